// The Top table's rows in the order a person asked for, those alone that the search lets through.
import type { TopColumns } from '../protocol/columns';
import type { TableSort } from '../base/table_sort';

export const TOP_TABLE = 'top-table';
export const TOP_FIRST: TableSort = { key: 'flat', descending: true };

export interface TopRows {
  /** Rows of TopColumns as displayed. */
  readonly order: Uint32Array;
  /** Running sum of flat along `order`: what sum % shows. */
  readonly running: Float64Array;
}

/** `textOf` gives the text to sort by, for the columns that hold texts. Ties keep the core's order, which is total. */
export function arrangeTop(
  columns: TopColumns,
  sort: TableSort,
  match: Uint8Array | undefined,
  textOf: (row: number) => string,
): TopRows {
  const order = filterRows(columns, match);
  const compare = sort.key === 'flat' || sort.key === 'cum' ? byMagnitude(columns[sort.key]) : byText(order, textOf);
  const direction = sort.descending ? -1 : 1;
  order.sort((a, b) => direction * compare(a, b) || a - b);
  return { order, running: runningSum(columns.flat, order) };
}

function filterRows(columns: TopColumns, match: Uint8Array | undefined): Uint32Array {
  const rows = Uint32Array.from(columns.frame.keys());
  return match === undefined ? rows : rows.filter((row) => match[columns.frame[row] ?? 0] === 1);
}

type Compare = (a: number, b: number) => number;

function byMagnitude(values: Float64Array): Compare {
  return (a, b) => Math.abs(values[a] ?? 0) - Math.abs(values[b] ?? 0);
}

function byText(rows: Uint32Array, textOf: (row: number) => string): Compare {
  const texts: string[] = [];
  for (const row of rows) texts[row] = textOf(row);
  return (a, b) => {
    const left = texts[a] ?? '';
    const right = texts[b] ?? '';
    if (left === right) return 0;
    return left < right ? -1 : 1;
  };
}

function runningSum(flat: Float64Array, order: Uint32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(order, (row) => (sum += flat[row] ?? 0));
}

/** Smallest |flat| above 0, or |cum| where flat is 0: decides the unit of the whole table. */
export function smallestMagnitude(columns: TopColumns): number {
  let smallest = 0;
  for (let row = 0; row < columns.frame.length; row++) {
    const value = Math.abs((columns.flat[row] ?? 0) || (columns.cum[row] ?? 0));
    if (value > 0 && (smallest === 0 || value < smallest)) smallest = value;
  }
  return smallest;
}
