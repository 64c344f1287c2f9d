// The real flame view over a made-up graph, without core and worker: for frame times, and to look at.
import '@preact/signals';
import { signal } from '@preact/signals-core';
import { render } from 'preact';
import { IdleCounter, afterTwoFrames } from '../../web/src/base/idle';
import type { Engine } from '../../web/src/client/engine';
import type { ProfileSummary } from '../../web/src/protocol/messages';
import { AppStore } from '../../web/src/state/app_store';
import { DocumentStore, type Theme } from '../../web/src/state/document_store';
import { FlameView } from '../../web/src/views/flame/flame_view';
import { makeColumns, makeFrames, textOf } from './flame_columns';

const params = new URLSearchParams(location.hash.slice(1));
const columns = makeColumns(Number(params.get('boxes') ?? 1_000_000));
const frames = makeFrames();
const theme: Theme = params.get('theme') === 'dark' ? 'dark' : 'light';
document.documentElement.dataset['theme'] = theme;

const engine: Engine = {
  request: ((name: string, input: { readonly ids?: Uint32Array; readonly pattern?: string }) => {
    const answers: Record<string, () => unknown> = {
      flame: () => columns,
      names: () => Array.from(input.ids ?? [], textOf),
      search: () => ({
        match: Uint8Array.from(frames.name, (id) => (textOf(id).includes(input.pattern ?? '') ? 1 : 0)),
        matchedTotal: 0,
        matchedSelf: 0,
        frameCount: 0,
        boxCount: 0,
      }),
    };
    return Promise.resolve({ ok: true, value: answers[name]?.() });
  }) as Engine['request'],
  end: () => undefined,
};

const idle = new IdleCounter(afterTwoFrames);
const total = columns.total[0] ?? 0;
const type = {
  type: 'cpu',
  unit: 'nanoseconds',
  total,
  magnitudeTotal: total,
  totalText: String(total),
  nonzeroSamples: 1,
};
const store = new DocumentStore({
  id: 1,
  source: { name: 'made up', file: new Blob([]) },
  idle,
  startEngine: () => engine,
  theme: signal(theme),
  startedAt: 0,
});
store.status.value = {
  at: 'ready',
  summary: {
    kind: 'profile',
    sampleTypes: [type],
    samples: 1,
  } as unknown as ProfileSummary,
  frames,
};
Object.assign(window, {
  flametrail: { idle: () => idle.idle() },
  boxes: columns.frame.length,
  store,
});
const root = document.getElementById('app');
const app = new AppStore({
  startEngine: () => engine,
  idle,
  now: () => 0,
  fetchFile: () => Promise.reject(new Error('nothing to fetch')),
  samples: [],
  copyText: () => Promise.resolve(),
  askLayout: () => Promise.reject(new Error('no')),
});
if (root !== null) render(<FlameView app={app} store={store} />, root);
