// The texts of the Top table, for the screen and for the clipboard.
import { formatPercent, formatValue } from '../base/format';
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

export type TableFormat = 'tsv' | 'markdown';

/** A name may hold anything; a tab or a line end in it would break the table. */
const inOneLine = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const FORMATS: Record<TableFormat, (cells: readonly string[]) => string> = {
  tsv: (cells) => cells.map(inOneLine).join('\t'),
  markdown: (cells) => `| ${cells.map((cell) => inOneLine(cell).replace(/[\\|<*_`]/g, '\\$&')).join(' | ')} |`,
};

/** With headings, or one displayed row alone. */
export function tableText(table: TopTable, format: TableFormat, row?: number): string {
  const write = FORMATS[format];
  if (row !== undefined) return write(cellTexts(table, row));
  const lines = [write(HEADINGS.map(({ label }) => label))];
  if (format === 'markdown') lines.push(write(HEADINGS.map(({ number }) => (number ? '---:' : '---'))));
  for (let i = 0; i < table.rows.order.length; i++) lines.push(write(cellTexts(table, i)));
  return `${lines.join('\n')}\n`;
}
