// What a person does to filters. Every step can be taken back; typing in one field is one step.
import { batch } from '@preact/signals-core';
import { NO_FILTERS, type FilterField, type Filters } from '../protocol/view_spec';
import type { AppStore } from './app_store';
import type { DocumentStore } from './document_store';
import { exactly, MAX_SETS, parseSets } from './filters';

const MAX_STEPS = 200;

/** `typing`: the field that is being typed in. Its letters are one step until another edit comes between. */
export function changeFilters(store: DocumentStore, change: Partial<Filters>, typing?: FilterField): void {
  const before = store.view.filters.peek();
  const after = { ...before, ...change };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  const { past } = store.filterHistory.peek();
  const goesOn = typing !== undefined && store.typing === typing;
  store.typing = typing;
  batch(() => {
    store.view.filters.value = after;
    store.filterHistory.value = { past: goesOn ? past : [...past, before].slice(-MAX_STEPS), future: [] };
    store.hover.value = null;
  });
}

export function undoFilters(store: DocumentStore): void {
  const { past, future } = store.filterHistory.peek();
  const before = past.at(-1);
  if (before === undefined) return;
  goTo(store, before, { past: past.slice(0, -1), future: [...future, store.view.filters.peek()] });
}

export function redoFilters(store: DocumentStore): void {
  const { past, future } = store.filterHistory.peek();
  const after = future.at(-1);
  if (after === undefined) return;
  goTo(store, after, { past: [...past, store.view.filters.peek()], future: future.slice(0, -1) });
}

function goTo(store: DocumentStore, filters: Filters, history: DocumentStore['filterHistory']['value']): void {
  store.typing = undefined;
  batch(() => {
    store.view.filters.value = filters;
    store.filterHistory.value = history;
    store.hover.value = null;
  });
}

export function clearFilters(store: DocumentStore): void {
  changeFilters(store, NO_FILTERS);
}

/** Filters by the function of a frame as well. Asks for its name first, if that is not here yet. */
export async function filterByFrame(store: DocumentStore, field: FilterField, frame: number): Promise<void> {
  const id = store.frames.peek()?.name[frame];
  if (id === undefined) return;
  await store.names.ensure([id]);
  const name = store.names.text(id);
  if (name === undefined || name === '') return;
  const before = store.view.filters.peek()[field];
  // What is focused on gets narrower with each step, what is ignored or hidden gets more.
  const adds = (field === 'ignore' || field === 'hide') && before !== '';
  changeFilters(store, { [field]: adds ? `${before}|${exactly(name)}` : exactly(name) });
}

// Named sets: the browser keeps them for every file.

export function saveSet(app: AppStore, name: string, filters: Filters): void {
  const rest = app.filterSets.peek().filter((set) => set.name !== name);
  app.filterSets.value = [...rest, { name, filters }].slice(-MAX_SETS);
}

export function deleteSet(app: AppStore, name: string): void {
  app.filterSets.value = app.filterSets.peek().filter((set) => set.name !== name);
}

/** A set of the same name is replaced. Says how many came, or undefined when the text holds none. */
export function importSets(app: AppStore, json: string): number | undefined {
  const sets = parseSets(json);
  if (sets === undefined) return undefined;
  const names = new Set(sets.map(({ name }) => name));
  const kept = app.filterSets.peek().filter(({ name }) => !names.has(name));
  app.filterSets.value = [...kept, ...sets].slice(-MAX_SETS);
  return sets.length;
}
