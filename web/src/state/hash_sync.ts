// Between the view signals of a document and the URL hash.
import { batch } from '@preact/signals-core';
import type { AppStore } from './app_store';
import { NO_FILTERS } from '../protocol/view_spec';
import { DEFAULT_TRIM, type DocumentStore } from './document_store';
import { changeFilters } from './filter_actions';
import { isPlain } from './filters';
import { PLAIN_LOOK, PLAIN_SHAPE } from './flame_shape';
import { traceFromParams, traceToParams } from './trace/trace_hash';
import { formatHash, type HashState } from './url_hash';

/** Takes over what applies to this file and leaves out the rest. */
export async function applyHash(store: DocumentStore, hash: HashState): Promise<void> {
  const { view } = store;
  const trace = store.trace.peek();
  if (trace !== undefined) {
    traceFromParams(new URLSearchParams(hash.trace ?? `view=${hash.view ?? ''}`), trace);
    return;
  }
  const types = store.summary.peek()?.sampleTypes ?? [];
  const typeIndex = types.findIndex((sampleType) => sampleType.type === hash.sampleType);
  batch(() => {
    if (hash.view !== undefined) view.activeView.value = hash.view;
    if (typeIndex >= 0) view.sampleType.value = typeIndex;
    view.search.value = { pattern: hash.search ?? '', caseSensitive: hash.caseSensitive ?? false };
    changeFilters(store, hash.filters ?? NO_FILTERS);
    view.graphTrim.value = hash.trim ?? DEFAULT_TRIM;
    view.shape.value = hash.flame?.shape ?? PLAIN_SHAPE;
    view.look.value = hash.flame?.look ?? PLAIN_LOOK;
    view.center.value = null;
    view.zoomPath.value = hash.zoom ?? null;
    view.params.value = hash.params ?? {};
    if (hash.selection === undefined) view.selectedFrame.value = null;
  });
  if (hash.center !== undefined) view.center.value = (await findFrame(store, hash.center)) ?? null;
  if (hash.selection === undefined) return;
  const frame = await findFrame(store, hash.selection);
  if (frame !== undefined) view.selectedFrame.value = frame;
}

async function findFrame(store: DocumentStore, name: string): Promise<number | undefined> {
  const known = await findKnownFrame(store, name);
  const spec = store.spec.peek();
  if (known !== undefined || spec === undefined) return known;
  // Frames of another granularity, and labels that are frames, come with the first answer that has them.
  await store.withFrames(store.ask('top', spec));
  return findKnownFrame(store, name);
}

async function findKnownFrame(store: DocumentStore, name: string): Promise<number | undefined> {
  const ids = store.frames.peek()?.name;
  if (ids === undefined) return undefined;
  await store.names.ensure(ids);
  const frame = ids.findIndex((id) => store.names.text(id) === name);
  return frame < 0 ? undefined : frame;
}

/** The hash of what is in front; reads signals, so an effect can follow it. */
export function currentHash(app: AppStore): string {
  const document = app.active.value;
  if (document === undefined) return '';
  const { view, source } = document;
  const sampleType = document.currentType.value;
  const selected = view.selectedFrame.value;
  const search = view.search.value;
  const parts: { -readonly [K in keyof HashState]: HashState[K] } = {};
  if (source.url !== undefined) parts.url = source.url;
  if (document.status.value.at !== 'ready') return formatHash(parts);
  const trace = document.trace.value;
  if (trace !== undefined) {
    const params = new URLSearchParams();
    traceToParams(trace, (key, value) => {
      if (value !== undefined && value !== '') params.append(key, value);
    });
    return formatHash({ ...parts, trace: params.toString() });
  }
  parts.view = view.activeView.value;
  if (sampleType !== undefined) parts.sampleType = sampleType.type;
  if (search.pattern !== '') parts.search = search.pattern;
  if (search.caseSensitive) parts.caseSensitive = true;
  const filters = view.filters.value;
  if (!isPlain(filters)) parts.filters = filters;
  const trim = view.graphTrim.value;
  if (JSON.stringify(trim) !== JSON.stringify(DEFAULT_TRIM)) parts.trim = trim;
  const shape = view.shape.value;
  const look = view.look.value;
  if (shape !== PLAIN_SHAPE || look !== PLAIN_LOOK) parts.flame = { shape, look };
  const center = view.center.value;
  if (center !== null && shape.kind === 'sandwich') parts.center = frameName(document, center) ?? '';
  const zoom = view.zoomPath.value;
  if (zoom !== null) parts.zoom = zoom;
  const selection = selected === null ? undefined : frameName(document, selected);
  if (selection !== undefined && selection !== '') parts.selection = selection;
  if (Object.keys(view.params.value).length > 0) parts.params = view.params.value;
  if (app.documents.value.length > 1) parts.document = source.name;
  return formatHash(parts);
}

function frameName(document: DocumentStore, frame: number): string | undefined {
  void document.names.version.value;
  const id = document.frames.value?.name[frame];
  return id === undefined ? undefined : document.names.text(id);
}
