// A table of an analysis: ordered by whichever column a person clicks, copied as it stands, each row with a way to the
// timeline and whatever else can be done with it.
import { useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import type { TableSort } from '../../base/table_sort';
import type { AppStore } from '../../state/app_store';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { say } from './analysis_text';

export interface SortedColumn extends Omit<DataColumn, 'key' | 'sortBy'> {
  readonly text: (row: number) => string;
  /** What it is ordered by; undefined: by the text. */
  readonly value?: (row: number) => number;
}

/** A button above the table for the selected row. */
export interface RowAction {
  readonly id: string;
  readonly label: string;
  readonly run: (row: number) => void;
}

export interface SortedTableProps {
  readonly app: AppStore;
  readonly id: string;
  readonly label: string;
  readonly columns: readonly SortedColumn[];
  readonly rowCount: number;
  readonly first: TableSort;
  /** Changes when the rows are others. */
  readonly rows: unknown;
  /** The first one is what Enter and a double click do. */
  readonly actions: readonly RowAction[];
  readonly empty: string;
  readonly children?: ComponentChildren;
  readonly beforeCopy?: () => Promise<unknown>;
  /** Increases when texts of names came, where a column is ordered by text. */
  readonly version?: number;
  readonly onSelected?: (row: number) => void;
  /** Where others know of the selected row; -1: none. */
  readonly selected?: Signal<number>;
}

export function SortedTable(props: SortedTableProps): JSX.Element {
  const { columns, rowCount, actions } = props;
  const sort = useSignal(props.first);
  const own = useSignal(-1);
  const selected = props.selected ?? own;
  const at = selected.value < rowCount ? selected.value : -1;
  return (
    <DataTable
      id={props.id}
      label={props.label}
      columns={columns.map((column, i) => ({ ...column, key: String(i), sortBy: column.value ?? column.text }))}
      sorting={{ sort: sort.value, onSort: (chosen) => (sort.value = chosen) }}
      rowsOf={[props.rows, props.version]}
      rowCount={rowCount}
      cells={(row) => columns.map(({ text }) => text(row))}
      selectedRow={at}
      onSelect={(row) => {
        selected.value = row;
        props.onSelected?.(row);
      }}
      onOpen={(row) => actions[0]?.run(row)}
      empty={props.empty}
      copyText={props.app.surroundings.copyText}
      {...(props.beforeCopy === undefined ? {} : { beforeCopy: props.beforeCopy })}
    >
      {props.children}
      <RowButtons actions={actions} row={at} />
    </DataTable>
  );
}

interface RowButtonsProps {
  readonly actions: readonly RowAction[];
  /** -1: none is selected. */
  readonly row: number;
}

export function RowButtons({ actions, row }: RowButtonsProps): JSX.Element {
  return (
    <>
      {actions.map(({ id, label, run }) => (
        <button
          key={id}
          type="button"
          class="ft-quiet"
          data-testid={id}
          disabled={row < 0}
          title={row < 0 ? say('selectRow') : label}
          onClick={() => run(row)}
        >
          {label}
        </button>
      ))}
    </>
  );
}
