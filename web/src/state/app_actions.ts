// Opening, closing and choosing documents.
import { batch } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { FrameColumns } from '../protocol/columns';
import type { ProfileSummary, Summary } from '../protocol/messages';
import type { AppStore, SampleFile } from './app_store';
import { DocumentStore, type Source, type ViewId } from './document_store';
import { applyHash } from './hash_sync';
import type { HashState } from './url_hash';

/**
 * Each file becomes a document of its own. The one that the page's hash is of comes to the front with the state that
 * stands there, else the first of them.
 */
export function openFiles(app: AppStore, sources: readonly Source[]): void {
  const hash = app.restoring;
  const named = sources.findIndex(({ name }) => name === hash?.document);
  const front = Math.max(0, named);
  // Named, but not among these: it may still come.
  const isOfThese = hash?.document === undefined || named >= 0 || sources.length === 1;
  if (isOfThese && sources.length > 0) app.restoring = undefined;
  const opened = sources.map((source, i) => open(app, source, isOfThese && i === front ? hash : undefined));
  const first = opened[front];
  if (first === undefined) return;
  batch(() => {
    app.documents.value = [...app.documents.peek(), ...opened];
    app.activeId.value = first.id;
    app.openingFault.value = null;
  });
}

/** Fetches from our own origin, then opens. `url` may be relative to the page. */
export function openUrl(app: AppStore, url: string): Promise<void> {
  const lastPart = url.split(/[?#]/)[0]?.split('/').pop() ?? '';
  const name = lastPart === '' ? url : lastPart;
  return openFetched(app, url, async () => ({ name, file: await app.surroundings.fetchFile(url), url }));
}

export function openSample(app: AppStore, sample: SampleFile): Promise<void> {
  const { name, url } = sample;
  return openFetched(app, name, async () => {
    const file = await sample.read();
    return url === undefined ? { name, file } : { name, file, url };
  });
}

async function openFetched(app: AppStore, what: string, fetchSource: () => Promise<Source>): Promise<void> {
  const end = app.surroundings.idle.begin();
  try {
    openFiles(app, [await fetchSource()]);
  } catch (error) {
    app.openingFault.value = `${what}: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    end();
  }
}

/** Ends the worker, which stops reading and gives the memory back. */
export function closeDocument(app: AppStore, id: number): void {
  const documents = app.documents.peek();
  const at = documents.findIndex((document) => document.id === id);
  const closed = documents[at];
  if (closed === undefined) return;
  const rest = documents.filter((document) => document.id !== id);
  batch(() => {
    app.documents.value = rest;
    if (app.activeId.peek() === id) app.activeId.value = (rest[at] ?? rest[at - 1])?.id ?? null;
  });
  closed.engine.end();
}

/** The same bytes once more, in the same place among the tabs: after the engine died, or when reading was cancelled. */
export function reopenDocument(app: AppStore, id: number): void {
  const before = app.documents.peek().find((document) => document.id === id);
  if (before === undefined) return;
  const again = open(app, before.source, app.restoring);
  app.restoring = undefined;
  before.engine.end();
  batch(() => {
    app.documents.value = app.documents.peek().map((document) => (document === before ? again : document));
    app.activeId.value = again.id;
  });
}

/** null: the landing page. */
export function bringToFront(app: AppStore, id: number | null): void {
  app.activeId.value = id;
}

export function cancelReading(document: DocumentStore): void {
  document.engine.end();
}

export interface Aside {
  readonly document: DocumentStore;
  /** When it is ready or failed. */
  readonly read: Promise<void>;
}

/** A document inside another one's view: no tab, not in the URL. Who opened it ends its engine. */
export function openAside(app: AppStore, source: Source): Aside {
  const document = newDocument(app, source);
  return { document, read: app.surroundings.idle.during(read(document, undefined)) };
}

function newDocument(app: AppStore, source: Source): DocumentStore {
  const { startEngine, idle, now } = app.surroundings;
  return new DocumentStore({ id: app.nextId++, source, idle, startEngine, theme: app.theme, startedAt: now() });
}

function open(app: AppStore, source: Source, hash: HashState | undefined): DocumentStore {
  const store = newDocument(app, source);
  void app.surroundings.idle.during(read(store, hash));
  return store;
}

async function read(store: DocumentStore, hash: HashState | undefined): Promise<void> {
  const opened = await readSummary(store);
  if (!opened.ok) {
    store.status.value = { at: 'failed', failure: opened.failure };
    return;
  }
  const { summary, frames } = opened.value;
  batch(() => {
    if (summary.kind === 'profile') store.view.sampleType.value = summary.suggestedType;
    store.status.value = { at: 'ready', summary, frames };
    if (summary.kind === 'profile') store.view.activeView.value = firstView(summary);
  });
  if (hash !== undefined) await applyHash(store, hash);
}

/** What a person wants to see first of such a file. */
function firstView({ holds, sampleTypes }: ProfileSummary): ViewId {
  if (holds.includes('bench')) return 'bench';
  if (holds.includes('dump')) return 'dump';
  if (sampleTypes.length > 0) return 'flame';
  if (holds.includes('gcLog')) return 'gc';
  return holds.includes('memStats') ? 'heap' : 'findings';
}

interface Opened {
  readonly summary: Summary;
  readonly frames: FrameColumns;
}

async function readSummary(store: DocumentStore): Promise<Outcome<Opened>> {
  const summary = await store.engine.request('open', { file: store.source.file, name: store.source.name });
  if (!summary.ok) return summary;
  const frames = await store.engine.request('frames', {});
  if (!frames.ok) return frames;
  return { ok: true, value: { summary: summary.value, frames: frames.value } };
}
