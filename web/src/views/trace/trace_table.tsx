// Rows of the tables of traces: cells on grid tracks, for FixedList.
import type { JSX } from 'preact';

export interface CellsProps {
  readonly texts: readonly string[];
  readonly numbers: readonly boolean[];
  readonly tracks: string;
  /** Of the first cell, in steps: rows that unfold. */
  readonly indent?: number;
}

export function Cells({ texts, numbers, tracks, indent }: CellsProps): JSX.Element {
  return (
    <div class="tr-row" role="presentation" style={{ gridTemplateColumns: tracks }}>
      {texts.map((text, i) => (
        <span
          key={i}
          role="gridcell"
          class={numbers[i] === true ? 'ft-number' : undefined}
          title={text}
          style={i === 0 && indent !== undefined ? { paddingLeft: `${8 + indent * 16}px` } : undefined}
        >
          {text}
        </span>
      ))}
    </div>
  );
}

export interface TableHeadProps {
  readonly heads: readonly string[];
  readonly numbers: readonly boolean[];
  readonly tracks: string;
  /** Index of the column that the rows are ordered by. */
  readonly sorted?: number;
  readonly onSort?: (column: number) => void;
}

export function TableHead({ heads, numbers, tracks, sorted, onSort }: TableHeadProps): JSX.Element {
  return (
    <div class="tr-row" role="row" aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
      {heads.map((head, i) => (
        <div
          key={head}
          role="columnheader"
          class={[numbers[i] === true ? 'ft-number' : '', onSort === undefined ? '' : 'ft-sortable'].join(' ')}
          aria-sort={sorted === i ? 'descending' : undefined}
        >
          {onSort === undefined ? (
            head
          ) : (
            <button type="button" onClick={() => onSort(i)}>
              {head}
              {sorted === i ? ' ▾' : ''}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
