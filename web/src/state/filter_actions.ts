// What a person does to filters. Every step can be taken back; typing in one field is one step.
import { NO_FILTERS, type FilterField, type Filters } from '../protocol/view_spec';
import type { AppStore } from './app_store';
import type { DocumentStore } from './document_store';
import { exactly, MAX_SETS, parseSets } from './filters';

/** `typing`: the field that is being typed in. Its letters are one step until another edit comes between. */
export function changeFilters(store: DocumentStore, change: Partial<Filters>, typing?: FilterField): void {
  const before = store.view.filters.peek();
  const after = { ...before, ...change };
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  store.history.typing = typing;
  store.view.filters.value = after;
}

export const undoFilters = (store: DocumentStore): void => store.history.undo();
export const redoFilters = (store: DocumentStore): void => store.history.redo();

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
