// A table of functions with numbers, drawn by rows in sight, copied whole.
import type { ComponentChildren, JSX } from 'preact';
import { FixedList } from '../../widgets/fixed_list';
import { PathText } from '../../widgets/path_text';

export interface SeriesHeading {
  readonly label: string;
  readonly title?: string;
  readonly kind: 'number' | 'text' | 'name' | 'picture';
}

export interface SeriesTableProps {
  readonly id: string;
  readonly testId: string;
  readonly label: string;
  readonly headings: readonly SeriesHeading[];
  readonly rowCount: number;
  readonly cells: (row: number) => readonly string[];
  /** In place of the text of a heading of kind 'picture'. */
  readonly picture?: (row: number) => ComponentChildren;
  readonly selectedRow: number;
  readonly onSelect: (row: number) => void;
  readonly empty: string;
}

export function SeriesTable(props: SeriesTableProps): JSX.Element {
  const { headings, rowCount, cells, picture } = props;
  const columns = headings.map(({ kind }) => WIDTHS[kind]).join(' ');
  const grid = { gridTemplateColumns: columns };
  return (
    <FixedList
      id={props.id}
      testId={props.testId}
      label={props.label}
      rowCount={rowCount}
      columnCount={headings.length}
      rowHeight={22}
      headHeight={24}
      head={
        <div class="ft-series-row" role="row" aria-rowindex={1} style={grid}>
          {headings.map(({ label, title, kind }) => (
            <div key={label} role="columnheader" class={kind === 'number' ? 'ft-number' : ''} title={title}>
              {label}
            </div>
          ))}
        </div>
      }
      selectedRow={props.selectedRow}
      renderRow={(row) => (
        <div class="ft-series-row" role="presentation" style={grid}>
          {cells(row).map((text, i) => {
            const kind = headings[i]?.kind ?? 'text';
            return (
              <span key={i} role="gridcell" class={kind === 'number' ? 'ft-number' : ''}>
                {kind === 'name' ? <PathText text={text} /> : kind === 'picture' ? picture?.(row) : text}
              </span>
            );
          })}
        </div>
      )}
      onSelect={props.onSelect}
      onOpen={props.onSelect}
      onCopy={() => [headings.map(({ label }) => label), ...allCells(props)].map((line) => line.join('\t')).join('\n')}
      empty={props.empty}
    />
  );
}

const WIDTHS = { number: '88px', text: '80px', picture: '96px', name: 'minmax(0, 1fr)' } as const;

export function allCells({
  rowCount,
  cells,
}: Pick<SeriesTableProps, 'rowCount' | 'cells'>): readonly (readonly string[])[] {
  return Array.from({ length: rowCount }, (_, row) => cells(row));
}
