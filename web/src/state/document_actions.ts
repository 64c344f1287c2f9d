// What a person can do with an opened document. Actions are plain functions: they write view signals and nothing else.
import { batch, type Signal } from '@preact/signals-core';
import type { DocumentStore, SearchText, ViewId, ViewState } from './document_store';
import type { FlameShape } from './flame_shape';

export function showView(store: DocumentStore, view: ViewId): void {
  if (store.view.activeView.peek() === view) return;
  batch(() => {
    store.view.activeView.value = view;
    store.hover.value = null;
  });
}

/** The selection and the search stay; a zoom path may lead nowhere in the new tree, then the flame view drops it. */
export function chooseSampleType(store: DocumentStore, index: number): void {
  batch(() => {
    store.view.sampleType.value = index;
    store.hover.value = null;
  });
}

/** `typing`: letter by letter, which is one step of the history. */
export function searchFor(store: DocumentStore, search: Partial<SearchText>, typing = false): void {
  store.history.typing = typing ? 'search' : undefined;
  store.view.search.value = { ...store.view.search.peek(), ...search };
}

export function selectFrame(store: { readonly view: Pick<ViewState, 'selectedFrame'> }, frame: number | null): void {
  store.view.selectedFrame.value = frame;
}

/** Frame names from below the root to the zoomed box; an empty path is the whole. */
export function zoomTo(store: { readonly view: Pick<ViewState, 'zoomPath'> }, path: readonly string[] | null): void {
  store.view.zoomPath.value = path === null || path.length === 0 ? null : path;
}

/** One step back: first the search, then the zoom, then the selection. Says whether there was one. */
export function stepBack(store: DocumentStore): boolean {
  const { search, zoomPath, selectedFrame } = store.view;
  if (search.peek().pattern !== '') searchFor(store, { pattern: '' });
  else if (zoomPath.peek() !== null) zoomTo(store, null);
  else if (selectedFrame.peek() !== null) selectFrame(store, null);
  else return false;
  return true;
}

/** Whether the frame is among the search's hits; true when nothing is searched for. */
export function isMatch(store: DocumentStore, frame: number): boolean {
  const found = store.found.value;
  return found === undefined || found.match[frame] === 1;
}

/** Another tree has other boxes: the zoom would lead nowhere in it. */
export function reshapeFlame(
  store: { readonly shape: Signal<FlameShape>; readonly view: Pick<ViewState, 'zoomPath'> },
  shape: FlameShape,
): void {
  batch(() => {
    store.shape.value = shape;
    store.view.zoomPath.value = null;
  });
}
