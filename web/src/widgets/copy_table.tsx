// A short table, drawn whole, with the buttons that copy it.
import type { JSX } from 'preact';
import { tableText, type TextTable } from '../base/table_text';
import { CopyButtons } from './copy_buttons';

export interface CopyTableProps {
  readonly title: string;
  readonly testId: string;
  readonly table: TextTable;
  readonly copyText: (text: string) => Promise<void>;
}

export function CopyTable({ title, testId, table, copyText }: CopyTableProps): JSX.Element {
  const classOf = (column: number): string => (table.numbers[column] === true ? 'ft-number' : 'ft-mono');
  return (
    <section>
      <div class="ft-row">
        <h2>{title}</h2>
        <CopyButtons copy={(format) => copyText(tableText(table, format))} />
      </div>
      <table class="ft-table" data-testid={testId}>
        <thead>
          <tr>
            {table.heads.map((head, column) => (
              <th key={head} scope="col" class={table.numbers[column] === true ? 'ft-number' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: table.rowCount }, (_, row) => (
            <tr key={row}>
              {table.cells(row).map((text, column) => (
                <td key={column} class={classOf(column)}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
