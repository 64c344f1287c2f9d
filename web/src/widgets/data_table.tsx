// A virtual table with a line above it: what stands there is the view's, the buttons that copy all of it are the table's.
import type { ComponentChildren, HTMLAttributes, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { nextSort, orderRows, type SortValue, type TableSort } from '../base/table_sort';
import { tableText, type TableFormat, type TextTable } from '../base/table_text';
import { outcomeOf } from './copy_button';
import { CopyButtons } from './copy_buttons';
import { FixedList } from './fixed_list';
import { PathText } from './path_text';

const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 24;

export interface DataColumn {
  readonly head: string;
  readonly title: string;
  readonly number: boolean;
  /** A grid track: "88px", "minmax(240px, 3fr)". */
  readonly track: string;
  /** Its name in a TableSort; without one the table cannot be sorted by it. */
  readonly key?: string;
  /** What the table sorts its rows by; without one the view gives them in order. */
  readonly sortBy?: (row: number) => SortValue;
}

export interface Sorting {
  readonly sort: TableSort | undefined;
  readonly onSort: (sort: TableSort) => void;
}

export interface DataTableProps {
  /** Also the test id. */
  readonly id: string;
  readonly label: string;
  readonly role?: 'grid' | 'treegrid';
  readonly columns: readonly DataColumn[];
  readonly sorting?: Sorting;
  /** What rows and their sort values are made of: another one, and they are sorted anew. */
  readonly rowsOf?: readonly unknown[];
  readonly rowCount: number;
  readonly cells: (row: number) => readonly string[];
  /** Draws a cell otherwise than as its text; undefined: as its text. */
  readonly renderCell?: (row: number, column: number, text: string) => ComponentChildren | undefined;
  readonly rowProps?: (row: number) => HTMLAttributes<HTMLDivElement>;
  readonly selectedRow: number;
  readonly onSelect: (row: number) => void;
  readonly onOpen: (row: number) => void;
  /** With Ctrl or ⌘: a click on a row, or Enter. */
  readonly onAdd?: (row: number) => void;
  readonly empty: string;
  readonly children?: ComponentChildren;
  readonly copyText: (text: string) => Promise<void>;
  /** Sees to it that all cells have their texts. */
  readonly beforeCopy?: () => Promise<unknown>;
  /** Where another count of rows is copied than shown. */
  readonly copyRows?: number;
}

export function textOf(props: DataTableProps): TextTable {
  return {
    heads: props.columns.map(({ head }) => head),
    numbers: props.columns.map(({ number }) => number),
    rowCount: props.copyRows ?? props.rowCount,
    cells: props.cells,
  };
}

/** The same table with its rows in the order asked for: the view goes on counting them as it has them. */
function useSorted(given: DataTableProps): DataTableProps {
  const { columns, sorting, rowCount, rowsOf = [] } = given;
  const sort = sorting?.sort;
  const sortBy = columns.find(({ key }) => key !== undefined && key === sort?.key)?.sortBy;
  const order = useMemo(
    () => (sort === undefined || sortBy === undefined ? undefined : orderRows(rowCount, sortBy, sort.descending)),
    [sort?.key, sort?.descending, sortBy === undefined, rowCount, ...rowsOf],
  );
  if (order === undefined) return given;
  const { cells, renderCell, rowProps, selectedRow, onSelect, onOpen, onAdd } = given;
  const rowAt = (place: number): number => order[place] ?? 0;
  return {
    ...given,
    cells: (place) => cells(rowAt(place)),
    ...(renderCell === undefined
      ? {}
      : { renderCell: (place, column, text) => renderCell(rowAt(place), column, text) }),
    ...(rowProps === undefined ? {} : { rowProps: (place) => rowProps(rowAt(place)) }),
    selectedRow: selectedRow < 0 ? -1 : order.indexOf(selectedRow),
    onSelect: (place) => onSelect(rowAt(place)),
    onOpen: (place) => onOpen(rowAt(place)),
    ...(onAdd === undefined ? {} : { onAdd: (place) => onAdd(rowAt(place)) }),
  };
}

export function DataTable(given: DataTableProps): JSX.Element {
  const props = useSorted(given);
  const { id, columns, selectedRow } = props;
  const style = {
    gridTemplateColumns: columns.map(({ track }) => track).join(' '),
    minWidth: `${columns.reduce((sum, { track }) => sum + Number(/(\d+)px/.exec(track)?.[1] ?? 0), 0)}px`,
  };
  return (
    <div class="ft-data" onKeyDown={(event) => copyRowOnKey(event, props)}>
      <DataBar {...props} />
      <FixedList
        id={`ft-${id}`}
        testId={id}
        label={props.label}
        role={props.role ?? 'grid'}
        rowCount={props.rowCount}
        columnCount={columns.length}
        rowHeight={ROW_HEIGHT}
        headHeight={HEAD_HEIGHT}
        head={<Head columns={columns} sorting={props.sorting} style={style} />}
        selectedRow={selectedRow}
        {...(props.rowProps === undefined ? {} : { rowProps: props.rowProps })}
        renderRow={(row) => <Row props={props} row={row} style={style} />}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        onAdd={props.onAdd}
        onCopy={() => tableText(textOf(props), 'tsv', selectedRow < 0 ? undefined : selectedRow)}
        empty={props.empty}
      />
    </div>
  );
}

function DataBar(props: DataTableProps): JSX.Element {
  const copy = async (format: TableFormat): Promise<void> => {
    await props.beforeCopy?.();
    await props.copyText(tableText(textOf(props), format));
  };
  return (
    <div class="ft-data-bar">
      {props.children}
      <span class="ft-data-gap" />
      <CopyButtons copy={copy} />
    </div>
  );
}

interface LineProps {
  readonly style: { readonly gridTemplateColumns: string; readonly minWidth: string };
}

interface HeadProps extends LineProps, Pick<DataTableProps, 'columns'> {
  readonly sorting: Sorting | undefined;
}

function Head({ columns, sorting, style }: HeadProps): JSX.Element {
  return (
    <div class="ft-data-row" role="row" aria-rowindex={1} style={style}>
      {columns.map((column) => (
        <HeadCell key={column.head} column={column} sorting={column.key === undefined ? undefined : sorting} />
      ))}
    </div>
  );
}

const ARROWS = { none: '', ascending: ' ▴', descending: ' ▾' } as const;

interface HeadCellProps {
  readonly column: DataColumn;
  readonly sorting: Sorting | undefined;
}

function HeadCell({ column, sorting }: HeadCellProps): JSX.Element {
  const { head, title, number, key = '' } = column;
  const sort = sorting?.sort;
  const direction = sort?.key !== key ? 'none' : sort.descending ? 'descending' : 'ascending';
  const classes = `${number ? 'ft-number' : ''} ${sorting === undefined ? '' : 'ft-sortable'}`.trim();
  return (
    <div role="columnheader" class={classes} title={title} aria-sort={sorting === undefined ? undefined : direction}>
      {sorting === undefined ? (
        head
      ) : (
        <button type="button" onClick={() => sorting.onSort(nextSort(sort, key, number))}>
          {head}
          {ARROWS[direction]}
        </button>
      )}
    </div>
  );
}

function Row({ props, row, style }: LineProps & { readonly props: DataTableProps; readonly row: number }): JSX.Element {
  return (
    <div class="ft-data-row" role="presentation" style={style}>
      {props.cells(row).map((text, i) => (
        <span key={i} role="gridcell" class={props.columns[i]?.number === true ? 'ft-number' : ''}>
          {props.renderCell?.(row, i, text) ?? (props.columns[i]?.number === true ? text : <PathText text={text} />)}
        </span>
      ))}
    </div>
  );
}

function copyRowOnKey(event: KeyboardEvent, props: DataTableProps): void {
  if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey || props.selectedRow < 0) return;
  if (event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  event.stopPropagation();
  void outcomeOf(props.copyText(tableText(textOf(props), 'tsv', props.selectedRow)));
}
