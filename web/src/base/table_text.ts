// A table as text for the clipboard: tab- or comma-separated for spreadsheets, Markdown for tickets.

export const TABLE_FORMATS = ['tsv', 'csv', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export interface TextTable {
  readonly heads: readonly string[];
  /** By column: whether it holds numbers, which Markdown sets to the right. */
  readonly numbers: readonly boolean[];
  readonly rowCount: number;
  readonly cells: (row: number) => readonly string[];
}

/** A name may hold anything; a tab or a line end in it would break the table. */
const inOneLine = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const FORMATS: Record<TableFormat, (cells: readonly string[]) => string> = {
  tsv: (cells) => cells.map(inOneLine).join('\t'),
  csv: (cells) => cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(','),
  markdown: (cells) => `| ${cells.map((cell) => inOneLine(cell).replace(/[\\|<*_`]/g, '\\$&')).join(' | ')} |`,
};

/** With headings, or one row alone. */
export function tableText(table: TextTable, format: TableFormat, row?: number): string {
  const write = FORMATS[format];
  if (row !== undefined) return write(table.cells(row));
  const lines = [write(table.heads)];
  if (format === 'markdown') lines.push(write(table.numbers.map((number) => (number ? '---:' : '---'))));
  for (let i = 0; i < table.rowCount; i++) lines.push(write(table.cells(i)));
  return `${lines.join('\n')}\n`;
}
