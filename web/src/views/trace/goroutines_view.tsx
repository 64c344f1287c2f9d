// What `go tool trace` tells of goroutines: sums by start function, which unfold into goroutines; a row's own jumps to the
// timeline.
import { batch, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { laneKindIndex, type GoroutineRows } from '../../protocol/trace';
import { groupGoroutines, SUM_COLUMNS, type GoroutineRow } from '../../state/trace/goroutine_groups';
import type { TraceStore } from '../../state/trace/trace_store';
import { FixedList } from '../../widgets/fixed_list';
import { functionText, knownDuration, type NameOf } from './trace_format';
import type { TraceProps } from './trace_frame';
import { Cells, TableHead } from './trace_table';
import { say } from './trace_text';

const TRACKS = 'minmax(200px, 3fr) 72px 88px 112px 136px 120px 88px 88px';
const NUMBERS = [false, true, true, true, true, true, true, true];

const headsOf = (): readonly string[] => [
  say('functionName'),
  say('count'),
  say('total'),
  say('exec'),
  say('sched'),
  say('syscalls'),
  say('block'),
  say('ranges'),
];

export function GoroutinesView(props: TraceProps): JSX.Element {
  const answer = props.trace.goroutines.value;
  if (answer.at === 'failed') return <p class="flame-face">{say('failed', { why: answer.failure.text })}</p>;
  if (answer.at === 'loading') return <p class="flame-face">{say('loading')}</p>;
  return <GoroutinesTable {...props} columns={answer.value} />;
}

function GoroutinesTable({ store, trace, columns }: TraceProps & { readonly columns: GoroutineRows }): JSX.Element {
  const sort = useSignal(SUM_COLUMNS.indexOf('exec'));
  const unfolded = useSignal<ReadonlySet<number>>(new Set());
  const selected = useSignal(-1);
  const rows = groupGoroutines(columns, SUM_COLUMNS[sort.value] ?? 'exec', unfolded.value);
  void store.names.version.value;
  const cells = (row: GoroutineRow | undefined): readonly string[] =>
    row === undefined ? [] : cellsOf(row, unfolded.value, (id) => store.names.text(id));
  const open = (index: number): void => {
    const row = rows[index];
    if (row?.is === 'group') unfolded.value = turned(unfolded.peek(), row.name);
    else if (row !== undefined) showOnTimeline(trace, row);
  };
  const sortBy = (column: number): void => {
    sort.value = Math.max(0, column - 1);
  };
  return (
    <div class="tr-table">
      <FixedList
        id={`goroutines-${store.id}`}
        label={say('goroutinesTitle')}
        testId="goroutines-table"
        role="treegrid"
        rowCount={rows.length}
        columnCount={NUMBERS.length}
        rowHeight={22}
        headHeight={24}
        head={<TableHead heads={headsOf()} numbers={NUMBERS} tracks={TRACKS} sorted={sort.value + 1} onSort={sortBy} />}
        selectedRow={selected.value}
        rowProps={(index) => treeProps(rows[index], unfolded.value)}
        renderRow={(index) => {
          const indent = rows[index]?.is === 'goroutine' ? 1 : 0;
          return <Cells texts={cells(rows[index])} numbers={NUMBERS} tracks={TRACKS} indent={indent} />;
        }}
        onSelect={(index) => {
          selected.value = index;
        }}
        onOpen={open}
        onCopy={() => [headsOf(), ...rows.map(cells)].map((line) => line.join('\t')).join('\n')}
        empty={say('noGoroutines')}
      />
      <p class="tr-hint">{say('goroutinesHint')}</p>
    </div>
  );
}

function cellsOf(row: GoroutineRow, unfolded: ReadonlySet<number>, nameOf: NameOf): readonly string[] {
  const sums = SUM_COLUMNS.slice(1).map((column) => knownDuration(row.sums[column]));
  if (row.is === 'goroutine') return [`g${row.number}`, `@ ${knownDuration(row.start)}`, ...sums];
  const sign = unfolded.has(row.name) ? '▾' : '▸';
  return [`${sign} ${functionText(row.name, nameOf)}`, formatCount(row.sums.count), ...sums];
}

function turned(unfolded: ReadonlySet<number>, name: number): ReadonlySet<number> {
  const next = new Set(unfolded);
  if (!next.delete(name)) next.add(name);
  return next;
}

function showOnTimeline(trace: TraceStore, row: GoroutineRow & { readonly is: 'goroutine' }): void {
  const end = row.end < 0 ? trace.summary.durationNanos : row.end;
  batch(() => {
    trace.selection.value = { kind: laneKindIndex('goroutine'), object: row.goroutine, item: 0 };
    if (row.start >= 0 && end > row.start) trace.window.value = { from: row.start, to: end };
    trace.view.value = 'timeline';
  });
}

function treeProps(
  row: GoroutineRow | undefined,
  unfolded: ReadonlySet<number>,
): { 'aria-level': number; 'aria-expanded'?: boolean } {
  if (row?.is !== 'group') return { 'aria-level': 2 };
  return { 'aria-level': 1, 'aria-expanded': unfolded.has(row.name) };
}
