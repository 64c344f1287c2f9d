// The texts of the Top table, for the screen and for the clipboard.
import { formatPercent, formatValue } from '../base/format';
import type { TextTable } from '../base/table_text';
import type { TopColumns } from '../protocol/columns';
import type { SampleType } from '../protocol/messages';
import type { DocumentStore, TopColumn } from '../state/document_store';
import type { TopRows } from '../state/top_rows';
import type { say } from './tables_text';

export interface TopTable {
  readonly store: DocumentStore;
  readonly columns: TopColumns;
  readonly rows: TopRows;
  readonly sampleType: SampleType;
  /** One for the whole table. */
  readonly unit: string;
}

export interface Heading {
  readonly label: string;
  readonly title: Parameters<typeof say>[0] & `${string}Title`;
  readonly number: boolean;
  readonly sort?: TopColumn;
}

export const HEADINGS: readonly Heading[] = [
  { label: 'flat', title: 'flatTitle', number: true, sort: 'flat' },
  { label: 'flat %', title: 'flatShareTitle', number: true },
  { label: 'sum %', title: 'sumTitle', number: true },
  { label: 'cum', title: 'cumTitle', number: true, sort: 'cum' },
  { label: 'cum %', title: 'cumShareTitle', number: true },
  { label: 'name', title: 'nameTitle', number: false, sort: 'name' },
  { label: 'file', title: 'fileTitle', number: false, sort: 'file' },
];

const INLINING = ['', ' (partial-inline)', ' (inline)'] as const;

/** In the order of HEADINGS; `row` as displayed. */
export function cellTexts({ store, columns, rows, sampleType, unit }: TopTable, row: number): readonly string[] {
  const at = rows.order[row] ?? 0;
  const frame = columns.frame[at] ?? 0;
  const value = (amount: number): string => formatValue(amount, sampleType.unit, unit);
  const percent = (amount: number): string => formatPercent(amount, sampleType.magnitudeTotal);
  const flat = columns.flat[at] ?? 0;
  const cum = columns.cum[at] ?? 0;
  const file = store.frameText(frame, 'file');
  const line = store.frames.value?.line[frame] ?? 0;
  return [
    value(flat),
    percent(flat),
    percent(rows.running[row] ?? 0),
    value(cum),
    percent(cum),
    store.frameText(frame, 'name') + (INLINING[columns.inlining[at] ?? 0] ?? ''),
    line > 0 ? `${file}:${line}` : file,
  ];
}

/** What is copied: all rows as displayed. */
export function topText(table: TopTable): TextTable {
  return {
    heads: HEADINGS.map(({ label }) => label),
    numbers: HEADINGS.map(({ number }) => number),
    rowCount: table.rows.order.length,
    cells: (row) => cellTexts(table, row),
  };
}
