// What `go tool trace` tells of goroutines: sums by start function, which unfold into goroutines.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { TableSort } from '../../base/table_sort';
import type { GoroutineRows } from '../../protocol/trace';
import { groupGoroutines, SUM_COLUMNS, type GoroutineRow, type SumColumn } from '../../state/trace/goroutine_groups';
import { showGoroutine } from '../../state/trace/jump';
import type { GoroutineSet, TimeWindow, TraceStore } from '../../state/trace/trace_store';
import { latestOf } from '../../state/loadable';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { askWhy } from './ask_why';
import { RowButtons } from './sorted_table';
import { functionText, knownDuration, type NameOf } from './trace_format';
import type { TraceProps } from './trace_frame';
import { say as sayTrace } from './trace_text';

function columnsOf(): readonly DataColumn[] {
  const number = (key: SumColumn, head: string, track: string): DataColumn => ({
    key,
    head,
    title: '',
    number: true,
    track,
  });
  return [
    { head: say('functionName'), title: '', number: false, track: 'minmax(200px, 3fr)' },
    number('count', say('count'), '112px'),
    number('total', say('total'), '96px'),
    number('exec', say('exec'), '112px'),
    number('sched', say('sched'), '136px'),
    number('syscall', say('syscalls'), '120px'),
    number('block', say('block'), '96px'),
    number('ranges', say('gcWork'), '96px'),
  ];
}

export function GoroutinesView(props: TraceProps): JSX.Element {
  const answer = props.analyses.goroutines.value;
  const columns = latestOf(answer);
  if (columns === undefined || answer.at === 'failed') return faceOf(answer) ?? <p class="ft-empty" />;
  return <GoroutinesTable {...props} columns={columns} />;
}

type TableProps = TraceProps & { readonly columns: GoroutineRows };

function GoroutinesTable({ app, store, trace, analyses, columns }: TableProps): JSX.Element {
  const sort = useSignal<TableSort>({ key: 'exec', descending: true });
  const unfolded = useSignal<ReadonlySet<number>>(new Set());
  const selected = useSignal(-1);
  void store.names.version.value;
  const nameOf: NameOf = (id) => store.names.text(id);
  const { key, descending } = sort.value;
  const by = SUM_COLUMNS.find((column) => column === key) ?? 'exec';
  const rows = groupGoroutines(columns, by, unfolded.value, descending);
  const at = rows[selected.value];
  const open = (index: number): void => {
    const row = rows[index];
    if (row?.is === 'group') unfolded.value = turned(unfolded.peek(), row.name);
    else if (row !== undefined) void trace.idle.during(showGoroutine(trace, row.goroutine, lifeOf(trace, row)));
  };
  const why = (): void => {
    if (at?.is === 'goroutine') askWhy(trace, labelOf(at, nameOf), at.goroutine, analyses.scope.peek().window);
  };
  const choose = (): void => {
    if (at !== undefined) trace.among.value = setOf(at, columns, nameOf);
  };
  return (
    <>
      <DataTable
        id="goroutines-table"
        label={sayTrace('goroutinesTitle')}
        role="treegrid"
        columns={columnsOf()}
        rowCount={rows.length}
        cells={(index) => cellsOf(rows[index], unfolded.value, nameOf)}
        rowProps={(index) => treeProps(rows[index], unfolded.value)}
        renderCell={(index, cell, text) =>
          cell === 0 && rows[index]?.is === 'goroutine' ? <span class="tr-indent">{text}</span> : undefined
        }
        sorting={{ sort: sort.value, onSort: (chosen) => (sort.value = chosen) }}
        selectedRow={selected.value}
        onSelect={(index) => (selected.value = index)}
        onOpen={open}
        empty={say('noGoroutines')}
        copyText={app.surroundings.copyText}
        beforeCopy={() => store.names.ensure(columns.name)}
      >
        <RowButtons
          row={at?.is === 'goroutine' ? selected.value : -1}
          actions={[
            { id: 'goroutine-show', label: say('show'), run: open },
            { id: 'goroutine-why', label: say('why'), run: why },
          ]}
        />
        <RowButtons
          row={at === undefined ? -1 : selected.value}
          actions={[{ id: 'goroutines-only', label: say('onlyThese'), run: choose }]}
        />
      </DataTable>
      <p class="tr-hint">{sayTrace('goroutinesHint')}</p>
    </>
  );
}

const labelOf = (row: GoroutineRow & { readonly is: 'goroutine' }, nameOf: NameOf): string =>
  `g${row.number} ${functionText(row.name, nameOf)}`;

function setOf(row: GoroutineRow, columns: GoroutineRows, nameOf: NameOf): GoroutineSet {
  if (row.is === 'goroutine') return { label: labelOf(row, nameOf), ids: [row.goroutine] };
  const ids = [...columns.goroutine].filter((_, i) => columns.name[i] === row.name);
  return { label: functionText(row.name, nameOf), ids };
}

function cellsOf(row: GoroutineRow | undefined, unfolded: ReadonlySet<number>, nameOf: NameOf): readonly string[] {
  if (row === undefined) return [];
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

function lifeOf(trace: TraceStore, { start, end }: GoroutineRow & { readonly is: 'goroutine' }): TimeWindow {
  return { from: Math.max(0, start), to: end < 0 ? trace.summary.durationNanos : end };
}

function treeProps(
  row: GoroutineRow | undefined,
  unfolded: ReadonlySet<number>,
): { 'aria-level': number; 'aria-expanded'?: boolean } {
  if (row?.is !== 'group') return { 'aria-level': 2 };
  return { 'aria-level': 1, 'aria-expanded': unfolded.has(row.name) };
}
