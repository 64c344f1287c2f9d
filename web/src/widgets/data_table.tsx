// A virtual table with a line above it: what stands there is the view's, the buttons that copy all of it are the table's.
import type { ComponentChildren, HTMLAttributes, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { tableText, type TableFormat, type TextTable } from '../base/table_text';
import { outcomeOf } from './copy_button';
import { FixedList } from './fixed_list';
import { PathText } from './path_text';
import { say } from './widget_text';

const ROW_HEIGHT = 22;
const HEAD_HEIGHT = 24;

export interface DataColumn {
  readonly head: string;
  readonly title: string;
  readonly number: boolean;
  /** A grid track: "88px", "minmax(240px, 3fr)". */
  readonly track: string;
}

export interface DataTableProps {
  /** Also the test id. */
  readonly id: string;
  readonly label: string;
  readonly role?: 'grid' | 'treegrid';
  readonly columns: readonly DataColumn[];
  readonly rowCount: number;
  readonly cells: (row: number) => readonly string[];
  /** Draws a cell otherwise than as its text; undefined: as its text. */
  readonly renderCell?: (row: number, column: number, text: string) => ComponentChildren | undefined;
  readonly rowProps?: (row: number) => HTMLAttributes<HTMLDivElement>;
  readonly selectedRow: number;
  readonly onSelect: (row: number) => void;
  readonly onOpen: (row: number) => void;
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

export function DataTable(props: DataTableProps): JSX.Element {
  const { id, columns, selectedRow } = props;
  const style = { gridTemplateColumns: columns.map(({ track }) => track).join(' ') };
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
        head={<Head columns={columns} style={style} />}
        selectedRow={selectedRow}
        {...(props.rowProps === undefined ? {} : { rowProps: props.rowProps })}
        renderRow={(row) => <Row props={props} row={row} style={style} />}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        onCopy={() => tableText(textOf(props), 'tsv', selectedRow < 0 ? undefined : selectedRow)}
        empty={props.empty}
      />
    </div>
  );
}

function DataBar(props: DataTableProps): JSX.Element {
  const [told, setTold] = useState('');
  const copy = async (format: TableFormat): Promise<void> => {
    await props.beforeCopy?.();
    await props.copyText(tableText(textOf(props), format));
  };
  const copyAs = (format: TableFormat): void => void outcomeOf(copy(format)).then(setTold);
  return (
    <div class="ft-data-bar">
      {props.children}
      <span class="ft-data-gap" />
      <span role="status">{told}</span>
      <button type="button" class="ft-quiet" title={say('copyTsvTitle')} onClick={() => copyAs('tsv')}>
        {say('copyTsv')}
      </button>
      <button type="button" class="ft-quiet" onClick={() => copyAs('markdown')}>
        {say('copyMarkdown')}
      </button>
    </div>
  );
}

interface LineProps {
  readonly style: { readonly gridTemplateColumns: string };
}

function Head({ columns, style }: LineProps & Pick<DataTableProps, 'columns'>): JSX.Element {
  return (
    <div class="ft-data-row" role="row" aria-rowindex={1} style={style}>
      {columns.map(({ head, title, number }) => (
        <div key={head} role="columnheader" class={number ? 'ft-number' : ''} title={title}>
          {head}
        </div>
      ))}
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
