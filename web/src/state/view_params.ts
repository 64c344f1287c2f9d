// Smaller parts of the view state as they stand in the URL hash: a text by key, '' for what is as it was at first. Whoever
// reads one checks it; here only keys and lengths are.
import type { Signal } from '@preact/signals-core';
import { formatSort, parseSort, type TableSort } from '../base/table_sort';

export type ViewParams = Readonly<Record<string, string>>;

/** A view that keeps something of its own adds a key here. */
const KEYS: readonly string[] = [
  'unit',
  'conf',
  'label',
  'wholefile',
  'line',
  'peek',
  'base',
  'with',
  'also',
  'before',
  'after',
  'bylabels',
  'norm',
  'swap',
  'palette',
  'measure',
  'snapshot',
  'szoom',
  'ssel',
  'gplace',
  'gtable',
  'dumpby',
  'dumpfilter',
];
/** `sort.` and the id of a table. */
const SORT_KEY = /^sort\.[a-z-]{1,40}$/;
const MAX_PARAM_LENGTH = 2_000;
const MAX_PARAMS = 60;

export interface Holder {
  readonly view: { readonly params: Signal<ViewParams> };
}

export const paramOf = ({ view }: Holder, key: string): string => view.params.value[key] ?? '';

export function setParam({ view }: Holder, key: string, value: string): void {
  const { [key]: before = '', ...rest } = view.params.peek();
  if (before !== value) view.params.value = value === '' ? rest : { ...rest, [key]: value };
}

/** As a DataTable's `sorting`; `first` is the order without a person's wish. */
export function sortingOf(
  store: Holder,
  table: string,
  first?: TableSort,
): { readonly sort: TableSort | undefined; readonly onSort: (sort: TableSort) => void } {
  const key = `sort.${table}`;
  return {
    sort: parseSort(paramOf(store, key)) ?? first,
    onSort: (sort) => setParam(store, key, formatSort(sort)),
  };
}

/** undefined: none is there. */
export function viewParamsFrom(params: URLSearchParams): ViewParams | undefined {
  const found: Record<string, string> = {};
  for (const [key, value] of [...params].slice(0, 10 * MAX_PARAMS)) {
    if (!KEYS.includes(key) && !SORT_KEY.test(key)) continue;
    if (value !== '' && value.length <= MAX_PARAM_LENGTH && Object.keys(found).length < MAX_PARAMS) found[key] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
