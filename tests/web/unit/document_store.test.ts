import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effect, signal } from '@preact/signals-core';
import { IdleCounter } from '../../../web/src/base/idle';
import type { Engine, EngineEvents, Outcome } from '../../../web/src/client/engine';
import { NO_FILTERS } from '../../../web/src/protocol/view_spec';
import type { ProfileSummary, RequestKind, Requests } from '../../../web/src/protocol/messages';
import { closeDocument, openFiles, reopenDocument } from '../../../web/src/state/app_actions';
import { AppStore } from '../../../web/src/state/app_store';
import { searchFor, selectFrame, stepBack, zoomTo } from '../../../web/src/state/document_actions';
import type { DocumentStore } from '../../../web/src/state/document_store';
import {
  changeFilters,
  filterByFrame,
  importSets,
  redoFilters,
  saveSet,
  undoFilters,
} from '../../../web/src/state/filter_actions';
import { formatSets } from '../../../web/src/state/filters';
import { currentHash } from '../../../web/src/state/hash_sync';
import { parseHash } from '../../../web/src/state/url_hash';

const NAMES = ['', 'main.main', 'main.work', 'main.go'];
const sampleType = {
  unit: 'count',
  total: 3,
  magnitudeTotal: 3,
  totalText: '3',
  nonzeroSamples: 1,
};
const SUMMARY = {
  kind: 'profile',
  sampleTypes: [
    { ...sampleType, type: 'samples' },
    { ...sampleType, type: 'cpu' },
  ],
  defaultType: 1,
  suggestedType: 1,
  holds: [],
} as unknown as ProfileSummary;

/** Answers like a small profile, and writes down what it was asked. */
class FakeEngine implements Engine {
  readonly asked: string[] = [];
  ended = false;
  hold: Promise<void> | undefined;
  /** Answers speak of one frame more. */
  moreFrames = false;

  constructor(readonly events: EngineEvents) {}

  async request<K extends RequestKind>(name: K, input: Requests[K]['in']): Promise<Outcome<Requests[K]['out']>> {
    this.asked.push(
      name === 'names'
        ? `names ${[...(input as { ids: Uint32Array }).ids].join(' ')}`
        : `${name} ${JSON.stringify(input)}`,
    );
    await (this.hold ?? Promise.resolve());
    const bad = name === 'search' && (input as { pattern: string }).pattern === '(';
    if (bad) return { ok: false, failure: { code: 'invalid', text: 'missing )' } };
    return { ok: true, value: this.answer(name, input) as Requests[K]['out'] };
  }

  private answer(name: RequestKind, input: unknown): unknown {
    switch (name) {
      case 'open':
        return SUMMARY;
      case 'frames':
        return {
          name: Uint32Array.of(...(this.moreFrames ? [1, 2, 3] : [1, 2])),
          file: Uint32Array.of(3, 3, 3),
          line: new Float64Array(3),
        };
      case 'names':
        return [...(input as { ids: Uint32Array }).ids].map((id) => NAMES[id] ?? '');
      case 'search':
        return {
          match: Uint8Array.of(0, 1),
          matchedTotal: 3,
          matchedSelf: 3,
          frameCount: 1,
          boxCount: 1,
        };
      default:
        return {
          frame: Uint32Array.of(1, this.moreFrames ? 2 : 0),
          flat: Float64Array.of(3, 0),
          cum: Float64Array.of(3, 3),
          inlining: new Uint8Array(2),
        };
    }
  }

  end(): void {
    this.ended = true;
  }
}

interface Page {
  readonly app: AppStore;
  readonly engines: FakeEngine[];
  readonly idle: IdleCounter;
}

function makePage(): Page {
  const engines: FakeEngine[] = [];
  const idle = new IdleCounter(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const app = new AppStore({
    startEngine: (events) => {
      const engine = new FakeEngine(events);
      engines.push(engine);
      return engine;
    },
    idle,
    now: () => 0,
    fetchFile: () => Promise.reject(new Error('no')),
    samples: [],
    copyText: () => Promise.resolve(),
    askLayout: () => Promise.reject(new Error('no')),
  });
  return { app, engines, idle };
}

async function openOne(page: Page): Promise<{ store: DocumentStore; engine: FakeEngine }> {
  openFiles(page.app, [{ name: 'cpu.pb.gz', file: new Blob(['x']) }]);
  await page.idle.idle();
  const store = page.app.active.value;
  const engine = page.engines.at(-1);
  assert.ok(store !== undefined && engine !== undefined);
  return { store, engine };
}

test('an opened file becomes ready with its suggested type, and asks only for what is watched', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  assert.equal(store.status.value.at, 'ready');
  assert.equal(store.view.sampleType.value, 1);
  assert.deepEqual(
    engine.asked.map((line) => line.split(' ')[0]),
    ['open', 'frames'],
  );
  const stop = effect(() => void store.top.value);
  await page.idle.idle();
  assert.match(engine.asked.at(-1) ?? '', /^top \{"sampleType":1,/);
  stop();
  const again = effect(() => void store.top.value);
  await page.idle.idle();
  assert.equal(engine.asked.length, 3, 'an answer is kept');
  again();
});

test('while a question is on its way only the newest one waits, and the old answer stays as stale', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  const seen: string[] = [];
  const stop = effect(() => {
    const { value } = store.searchResult;
    seen.push(value.at === 'loading' && value.stale !== undefined ? 'stale' : value.at);
  });
  await page.idle.idle();
  let release = (): void => undefined;
  engine.hold = new Promise((resolve) => (release = resolve));
  for (const pattern of ['m', 'ma', 'mai', 'main']) searchFor(store, { pattern });
  release();
  await page.idle.idle();
  const searches = engine.asked.filter((line) => line.startsWith('search'));
  assert.deepEqual(
    searches.map((line) => (JSON.parse(line.slice(7)) as { pattern: string }).pattern),
    ['m', 'main'],
  );
  assert.deepEqual(seen, ['loading', 'ready', 'stale', 'ready']);
  searchFor(store, { pattern: '(' });
  await page.idle.idle();
  assert.equal(store.searchResult.value.at, 'failed');
  stop();
});

test('names asked for in one turn travel in one request, each once', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  const version = store.names.version.value;
  assert.equal(store.names.text(1), undefined);
  assert.equal(store.names.text(2), undefined);
  assert.equal(store.names.text(1), undefined);
  await store.names.ensure([1, 2, 3]);
  assert.equal(store.names.text(3), 'main.go');
  assert.equal(store.names.version.value, version + 1);
  assert.deepEqual(
    engine.asked.filter((line) => line.startsWith('names')),
    ['names 1 2 3'],
  );
});

test('the hash says what is shown, and restores it in the next document', async () => {
  const page = makePage();
  const { store } = await openOne(page);
  searchFor(store, { pattern: 'wo.k' });
  selectFrame(store, 1);
  zoomTo(store, ['main.main', 'main.work']);
  const current = signal('');
  const stop = effect(() => void (current.value = currentHash(page.app)));
  await page.idle.idle();
  assert.equal(current.value, '#view=flame&type=cpu&search=wo.k&zoom=main.main&zoom=main.work&sel=main.work');
  stop();

  const next = makePage();
  next.app.restoring = parseHash(current.value);
  const restored = (await openOne(next)).store;
  assert.equal(restored.view.selectedFrame.value, 1);
  assert.deepEqual(restored.view.zoomPath.value, ['main.main', 'main.work']);
  assert.equal(restored.view.search.value.pattern, 'wo.k');
});

test('filters are in every question, in the hash, and every step of them can be taken back', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  const stop = effect(() => void store.top.value);
  for (const focus of ['m', 'ma', 'main']) changeFilters(store, { focus }, 'focus');
  changeFilters(store, { hide: 'work' });
  await page.idle.idle();
  const last = JSON.parse((engine.asked.at(-1) ?? '').slice(4)) as Record<string, unknown>;
  assert.deepEqual([last['focus'], last['hide'], last['sampleType']], ['main', 'work', 1]);
  assert.equal(currentHash(page.app), '#view=flame&type=cpu&focus=main&hide=work');
  undoFilters(store);
  assert.deepEqual([store.view.filters.value.focus, store.view.filters.value.hide], ['main', '']);
  undoFilters(store);
  assert.deepEqual(store.view.filters.value, NO_FILTERS, 'typing is one step');
  undoFilters(store);
  redoFilters(store);
  redoFilters(store);
  assert.equal(store.view.filters.value.hide, 'work');
  await filterByFrame(store, 'ignore', 1);
  await filterByFrame(store, 'ignore', 0);
  assert.equal(store.view.filters.value.ignore, '^main\\.work$|^main\\.main$');
  stop();
});

test('filter sets come back from a file as they went, and what is none is refused', async () => {
  const page = makePage();
  const { store } = await openOne(page);
  changeFilters(store, { focus: 'a', tagFocus: '4096', tagFocusKind: 'number', tagRoot: ['worker'] });
  saveSet(page.app, 'one', store.view.filters.value);
  const json = formatSets(page.app.filterSets.value);
  const other = makePage();
  assert.equal(importSets(other.app, json), 1);
  assert.deepEqual(other.app.filterSets.value, page.app.filterSets.value);
  for (const bad of ['', '{', '[{"name":""}]', '[{"name":"x","filters":{"focus":1}}]', '{"a":1}']) {
    assert.equal(importSets(other.app, bad), undefined, bad);
  }
  assert.equal(other.app.filterSets.value.length, 1);
});

test('frames that an answer brings along are fetched before it is shown', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  engine.moreFrames = true;
  let known = 0;
  const stop = effect(() => {
    if (store.top.value.at === 'ready') known = store.frames.value?.name.length ?? 0;
  });
  await page.idle.idle();
  assert.equal(known, 3);
  stop();
});

test('Esc steps back: search, zoom, selection', async () => {
  const { store } = await openOne(makePage());
  searchFor(store, { pattern: 'x' });
  zoomTo(store, ['main.main']);
  selectFrame(store, 0);
  const left = (): string =>
    [
      store.view.search.value.pattern !== '',
      store.view.zoomPath.value !== null,
      store.view.selectedFrame.value !== null,
    ].join(' ');
  assert.equal(stepBack(store), true);
  assert.equal(left(), 'false true true');
  stepBack(store);
  stepBack(store);
  assert.equal(left(), 'false false false');
  assert.equal(stepBack(store), false);
});

test('closing ends the engine and shows the neighbour; reopening keeps the place', async () => {
  const page = makePage();
  const file = new Blob(['x']);
  openFiles(
    page.app,
    ['a', 'b', 'c'].map((name) => ({ name, file })),
  );
  await page.idle.idle();
  const names = (): string => page.app.documents.value.map(({ source }) => source.name).join(' ');
  assert.equal(page.app.active.value?.source.name, 'a');
  const [a, b] = page.app.documents.value;
  assert.ok(a !== undefined && b !== undefined);
  closeDocument(page.app, a.id);
  assert.equal(page.engines[0]?.ended, true);
  assert.equal(page.app.active.value?.source.name, 'b');
  reopenDocument(page.app, b.id);
  await page.idle.idle();
  assert.equal(names(), 'b c');
  assert.equal(page.app.active.value?.status.value.at, 'ready');
  assert.notEqual(page.app.active.value?.id, b.id);
});

test('an engine that dies later leaves the document on screen', async () => {
  const page = makePage();
  const { store, engine } = await openOne(page);
  engine.events.onDead({ code: 'engine', text: 'out of memory' });
  assert.equal(store.status.value.at, 'ready');
  assert.equal(store.engineFault.value?.text, 'out of memory');
});
