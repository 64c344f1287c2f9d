import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals-core';
import { IdleCounter } from '../../../web/src/base/idle';
import type { Engine } from '../../../web/src/client/engine';
import { FrameScheduler } from '../../../web/src/draw/scheduler';
import { css } from '../../../web/src/draw/viewport';
import type { ProfileSummary, SampleType } from '../../../web/src/protocol/messages';
import { searchFor, stepBack } from '../../../web/src/state/document_actions';
import { DocumentStore } from '../../../web/src/state/document_store';
import { cutText, factsOf, sentenceOf, sentenceOfRun } from '../../../web/src/views/flame/box_facts';
import { FlameSession } from '../../../web/src/views/flame/flame_session';
import { flamePicture, type Picture } from './draw_flame_fixture';

// Boxes: 0 root | 1 a, 2 b, 3 c | 4 b, 5 c (inlined, under a), 6 a (under c) | 7 a (under 5)
const PICTURE = flamePicture(`
  rrrrrrrrrrrrrrrrrrrr
  aaaaaaaaaabbbbcccc--
  bbbbbCCCC-----aaa---
  -----aaa------------
`);
const TYPE: SampleType = {
  type: 'cpu',
  unit: 'count',
  total: 20,
  magnitudeTotal: 20,
  totalText: '20',
  nonzeroSamples: 9,
};

interface Bench {
  readonly session: FlameSession;
  readonly store: DocumentStore;
  readonly settle: () => Promise<void>;
}

/** A session on a canvas of 1000 x 400 over the picture; frames run as soon as they are asked for, time flies. */
async function open(
  picture: Picture = PICTURE,
  prepare: (store: DocumentStore) => void = () => undefined,
): Promise<Bench> {
  const answers: Record<string, (input: { ids?: Uint32Array; pattern?: string }) => unknown> = {
    flame: () => picture.columns,
    shaped: () => picture.columns,
    names: ({ ids }) => Array.from(ids ?? [], (id) => picture.names[id]),
    search: ({ pattern }) => ({
      match: Uint8Array.from(picture.names, (name) => (name.includes(pattern ?? '') ? 1 : 0)),
      matchedTotal: 0,
      matchedSelf: 0,
      frameCount: 0,
      boxCount: 0,
    }),
  };
  const engine: Engine = {
    request: ((name: string, input: { pattern?: string }) =>
      Promise.resolve(
        input.pattern?.endsWith('(') === true
          ? { ok: false, failure: { code: 'invalid', text: 'missing )' } }
          : { ok: true, value: answers[name]?.(input) },
      )) as Engine['request'],
    end: () => undefined,
  };
  const idle = new IdleCounter(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const store = new DocumentStore({
    id: 1,
    source: { name: 'test', file: new Blob([]) },
    idle,
    startEngine: () => engine,
    theme: signal('light'),
    startedAt: 0,
  });
  const summary = { kind: 'profile', sampleTypes: [TYPE], samples: 9 } as unknown as ProfileSummary;
  store.status.value = { at: 'ready', summary, frames: picture.frames };
  prepare(store);
  let now = 0;
  const frames = { request: (callback: (now: number) => void) => void queueMicrotask(() => callback((now += 50))) };
  const session = new FlameSession(store.flameSource, new FrameScheduler(idle, frames), () => false);
  session.resize({ width: css(1000), height: css(400), ratio: 1 });
  await idle.idle();
  return { session, store, settle: () => idle.idle() };
}

/** Another view was in front; now the flame view is back. */
async function reopen({ store, settle }: Bench): Promise<Bench> {
  const frames = { request: (callback: (now: number) => void) => void queueMicrotask(() => callback(0)) };
  const session = new FlameSession(store.flameSource, new FrameScheduler(store.idle, frames), () => true);
  session.resize({ width: css(1000), height: css(400), ratio: 1 });
  await settle();
  return { session, store, settle };
}

const shows = ({ session }: Bench): [number, number] => {
  const { from, to } = session.viewport.peek();
  return [Math.round(from * 1000) / 1000, Math.round(to * 1000) / 1000];
};

test('it starts with the whole graph', async () => {
  const bench = await open();
  assert.deepEqual(shows(bench), [0, 20]);
  assert.equal(bench.session.isWhole.peek(), true);
});

test('zooming to a box fills the width and writes the path of names', async () => {
  const bench = await open();
  bench.session.zoomToBox(5);
  await bench.settle();
  assert.deepEqual(shows(bench), [5, 9]);
  assert.deepEqual(bench.store.view.zoomPath.peek(), ['pkg.aaa', 'pkg.ccc']);
  assert.equal(bench.session.isWhole.peek(), false);
});

test('a path from the URL is followed, as far as it leads', async () => {
  const bench = await open(PICTURE, (store) => (store.view.zoomPath.value = ['pkg.aaa', 'pkg.ccc', 'gone']));
  assert.deepEqual(shows(bench), [5, 9]);
  bench.store.view.zoomPath.value = null;
  await bench.settle();
  assert.deepEqual(shows(bench), [0, 20]);
});

test('zooming out goes from a free window to the box, then to its callers, then says no', async () => {
  const bench = await open();
  bench.session.zoomToBox(5);
  await bench.settle();
  bench.session.zoomBy(2, css(500), false);
  assert.deepEqual(shows(bench), [6, 8]);
  const seen: [number, number][] = [];
  while (bench.session.zoomOut()) {
    await bench.settle();
    seen.push(shows(bench));
  }
  assert.deepEqual(seen, [
    [5, 9],
    [0, 10],
    [0, 20],
  ]);
  assert.equal(bench.store.view.zoomPath.peek(), null);
});

test('arrows move the selection, which selects the frame too', async () => {
  const bench = await open();
  const walk = (['down', 'down', 'down', 'right', 'down', 'up'] as const).map((way) => {
    bench.session.moveSelection(way);
    return bench.store.cursor.selected.peek();
  });
  assert.deepEqual(walk, [0, 1, 4, 5, 7, 5]);
  assert.equal(bench.store.view.selectedFrame.peek(), 2);
});

test('a frame selected elsewhere selects its widest box', async () => {
  const bench = await open();
  bench.store.view.selectedFrame.value = 2;
  await bench.settle();
  assert.equal(bench.store.cursor.selected.peek(), 3);
  bench.store.view.selectedFrame.value = null;
  assert.equal(bench.store.cursor.selected.peek(), null);
});

test('a selected box out of sight is panned to', async () => {
  const bench = await open();
  bench.session.showRange(0, 2, false);
  bench.session.select(6);
  bench.session.reveal(6);
  await bench.settle();
  assert.deepEqual(shows(bench), [14, 16]);
});

test('matches are visited in the order of rows, round and round', async () => {
  const bench = await open();
  bench.session.hits.subscribe(() => undefined);
  bench.store.view.search.value = { pattern: 'aaa', caseSensitive: false };
  await bench.settle();
  const visit = (step: 1 | -1): number | null => {
    bench.session.moveToMatch(step);
    return bench.store.cursor.selected.peek();
  };
  assert.deepEqual([visit(1), visit(1), visit(1), visit(1), visit(-1), visit(-1)], [1, 6, 7, 1, 7, 6]);
});

test('facts of a box: values, shares of all and of the view, inlining', async () => {
  const bench = await open();
  const shown = bench.session.shown.peek();
  assert.ok(shown !== undefined);
  await bench.store.names.ensure([0, 1, 2]);
  assert.equal(
    sentenceOf(factsOf(shown, bench.store.names, 5, 1), 1),
    'pkg.ccc · self 1 · total 4 · 20.00% of all · 40.00% of view · inlined into its caller',
  );
  assert.equal(sentenceOf(factsOf(shown, bench.store.names, 0, 0), 0), 'root · self 2 · total 20 · 100% of all');
  assert.equal(
    sentenceOfRun(shown, { kind: 'run', first: 4, last: 5, x0: 0, x1: 1 }),
    '2 frames too thin to draw, 9 total',
  );
});

test('the next session of a document finds the window of the one before, unless the zoom went elsewhere', async () => {
  const first = await open();
  first.session.zoomToBox(1);
  await first.settle();
  first.session.select(4);
  first.session.showRange(2, 5, false);
  first.session.tableOpen.value = true;
  first.session.dispose();
  const again = await reopen(first);
  assert.deepEqual(shows(again), [2, 5]);
  assert.equal(again.store.cursor.selected.peek(), 4);
  assert.equal(again.store.cursor.zoomed.peek(), 1);
  assert.equal(again.session.tableOpen.peek(), true);
  again.session.dispose();
  stepBack(again.store);
  const whole = await reopen(again);
  assert.deepEqual(shows(whole), [0, 20]);
});

test('no box is highlighted for an expression that is none', async () => {
  const bench = await open();
  bench.session.hits.subscribe(() => undefined);
  searchFor(bench.store, { pattern: 'a' });
  await bench.settle();
  assert.equal(bench.session.hits.peek()?.count, 3);
  searchFor(bench.store, { pattern: 'a(' });
  await bench.settle();
  assert.equal(bench.session.hits.peek(), undefined);
});

test('a graph that had to be cut says how much of it, a whole one nothing', () => {
  const { columns } = PICTURE;
  assert.equal(cutText({ columns, type: TYPE }), '');
  const cut = { ...columns, cut: 5 };
  assert.match(cutText({ columns: cut, type: TYPE }), /too many boxes to show: of 5 \(25\.00%\)/);
});
