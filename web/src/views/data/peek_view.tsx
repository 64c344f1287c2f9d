// Callers above, the function, callees below: pprof's -peek, unfolding to a tree on both sides.
import type { HTMLAttributes, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { formatPercent, formatValue } from '../../base/format';
import { selectFrame } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import { latestOf } from '../../state/loadable';
import { PEEK_TABLE, PeekState, type Both, type PeekRow } from '../../state/peek';
import { sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { PathText } from '../../widgets/path_text';
import type { DocumentProps } from '../document_view';
import { say } from './data_text';
import { faceOf, nothingText } from './faces';

const INDENT = 16;
const MAX_INDENT_LEVEL = 20;
/** By PeekColumns.inlining: as pprof's edges, only what is always inlined is called so. */
const INLINING = ['', '', ' (inline)'] as const;

function columnsOf(): readonly DataColumn[] {
  return [
    { key: 'value', head: say('value'), title: say('valueTitle'), number: true, track: '96px' },
    { head: say('peekShare'), title: say('peekShareTitle'), number: true, track: '120px' },
    { head: say('share'), title: say('shareTitle'), number: true, track: '96px' },
    { key: 'name', head: say('name'), title: say('peekName'), number: false, track: 'minmax(240px, 1fr)' },
  ];
}

export function PeekView({ app, store }: DocumentProps): JSX.Element {
  const state = useMemo(() => new PeekState(store), [store]);
  const topColumns = latestOf(store.top.value);
  const answer = state.both.value;
  const both = latestOf(answer);
  if (topColumns !== undefined && topColumns.frame.length === 0) return <p class="ft-empty">{nothingText(store)}</p>;
  if (answer.at === 'failed') {
    return <p class="ft-empty">{say('filteredAway', { why: answer.failure.text })}</p>;
  }
  if (both === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  return <PeekTable app={app} store={store} state={state} both={both} />;
}

/** In the order of columnsOf. */
function cellsOf(store: DocumentStore, row: PeekRow, total: number): readonly string[] {
  const { unit = '', shownUnit, magnitudeTotal = 0 } = store.currentType.value ?? {};
  const name = store.frameText(row.frame, 'name');
  const weight = row.kind === 'self' ? total : row.weight;
  return [
    formatValue(weight, unit, shownUnit),
    formatPercent(weight, total),
    formatPercent(weight, magnitudeTotal),
    row.kind === 'self' ? name : '  '.repeat(row.path.length - 2) + name + (INLINING[row.inlining] ?? ''),
  ];
}

interface PeekTableProps extends DocumentProps {
  readonly state: PeekState;
  readonly both: Both;
}

function PeekTable({ app, store, state, both }: PeekTableProps): JSX.Element {
  const selected = useSignal('');
  const rows = state.rows.value;
  const { total } = both.callers;
  // By its path, not its place: rows unfold above it too.
  const selectedRow = rows.findIndex((row) => keyOfRow(row) === selected.value);
  const toggle = (row: PeekRow): void => {
    if (row.kind !== 'self' && row.isOpen) state.fold(row);
    else void store.idle.during(state.unfold(row));
  };
  return (
    <DataTable
      id={PEEK_TABLE}
      label={say('peek')}
      role="treegrid"
      columns={columnsOf()}
      sorting={sortingOf(store, PEEK_TABLE)}
      rowCount={rows.length}
      cells={(index) => {
        const row = rows[index];
        return row === undefined ? [] : cellsOf(store, row, total);
      }}
      renderCell={(row, column, text) => (column === 3 ? drawName(rows[row], text, toggle) : undefined)}
      rowProps={(row) => rowProps(rows[row])}
      selectedRow={selectedRow}
      onSelect={(row) => (selected.value = keyOfRow(rows[row]))}
      onOpen={(index) => {
        const row = rows[index];
        if (row === undefined) return;
        if (row.kind !== 'self' && row.hasMore) toggle(row);
        else selectFrame(store, row.frame);
      }}
      empty={nothingText(store)}
      copyText={app.surroundings.copyText}
    >
      <PeekBar store={store} both={both} row={rows[selectedRow]} deselect={() => (selected.value = '')} />
    </DataTable>
  );
}

const keyOfRow = (row: PeekRow | undefined): string =>
  row === undefined ? '' : row.kind === 'self' ? row.kind : `${row.kind} ${row.path.join(' ')}`;

interface PeekBarProps {
  readonly store: DocumentStore;
  readonly both: Both;
  readonly row: PeekRow | undefined;
  readonly deselect: () => void;
}

function PeekBar({ store, both, row, deselect }: PeekBarProps): JSX.Element {
  const { unit = '', shownUnit } = store.currentType.value ?? {};
  const { self, total } = both.callers;
  return (
    <>
      <strong data-testid="peek-function">{store.frameText(both.frame, 'name')}</strong>
      <span>
        {say('peekSelf', { self: formatValue(self, unit, shownUnit), total: formatValue(total, unit, shownUnit) })}
      </span>
      {row === undefined || row.kind === 'self' ? undefined : (
        <button
          type="button"
          class="ft-quiet"
          onClick={() => {
            selectFrame(store, row.frame);
            deselect();
          }}
        >
          {say('selectThis')}
        </button>
      )}
    </>
  );
}

function drawName(row: PeekRow | undefined, text: string, toggle: (row: PeekRow) => void): JSX.Element {
  if (row === undefined || row.kind === 'self') return <span class="ft-peek-self">{text}</span>;
  const level = Math.min(row.path.length - 1, MAX_INDENT_LEVEL);
  return (
    <span class="ft-path" style={{ paddingLeft: `${level * INDENT}px` }}>
      <span class="ft-fold-mark" aria-hidden="true" onClick={() => toggle(row)}>
        {row.hasMore ? (row.isOpen ? '▾' : '▸') : ''}
      </span>
      <PathText text={text.trimStart()} />
    </span>
  );
}

function rowProps(row: PeekRow | undefined): HTMLAttributes<HTMLDivElement> {
  if (row === undefined || row.kind === 'self') return { 'aria-level': 1 };
  const level = { 'aria-level': row.path.length };
  return row.hasMore ? { ...level, 'aria-expanded': row.isOpen } : level;
}
