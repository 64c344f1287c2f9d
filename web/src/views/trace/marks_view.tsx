// User tasks, regions and logs of the scope: types above, each one below.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { NONE } from '../../protocol/columns';
import { laneKindIndex, type MarkKind, type MarkRows } from '../../protocol/trace';
import type { LatencyGroup } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { showGoroutine, showMark } from '../../state/trace/jump';
import type { TimeWindow } from '../../state/trace/trace_store';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { askWhy, askWhyTask } from './ask_why';
import { ColumnMaker } from './columns';
import { SortedTable, type RowAction, type SortedColumn } from './sorted_table';
import { leafOf } from './stack_list';
import { duration, knownDuration } from './trace_format';
import type { TraceProps } from './trace_frame';

const KINDS = {
  task: { groups: 'task-latency', types: 'taskTypes', title: 'tasks', empty: 'noTasks', id: 'tasks' },
  region: { groups: 'region-latency', types: 'regionTypes', title: 'regions', empty: 'noRegions', id: 'regions' },
  log: { groups: 'log-latency', types: 'logCategories', title: 'logs', empty: 'noLogs', id: 'logs' },
} as const;

export const TasksView = (props: TraceProps): JSX.Element => <MarksView {...props} kind="task" />;
export const RegionsView = (props: TraceProps): JSX.Element => <MarksView {...props} kind="region" />;
export const LogsView = (props: TraceProps): JSX.Element => <MarksView {...props} kind="log" />;

type MarksProps = TraceProps & { readonly kind: MarkKind };

/** Name of a type; null: all. */
type OnlyType = Signal<string | null>;

function MarksView(props: MarksProps): JSX.Element {
  const only: OnlyType = useSignal<string | null>(null);
  return (
    <div class="ft-stack" key={props.kind}>
      <Groups {...props} only={only} />
      <Marks {...props} only={only} />
    </div>
  );
}

function Groups({ app, analyses, kind, only }: MarksProps & { readonly only: OnlyType }): JSX.Element {
  const { groups: name, types, empty, id } = KINDS[kind];
  const answer = analyses.report(name).value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const { groups } = report;
  const actions: readonly RowAction[] = [
    { id: `${id}-only-type`, label: say('onlyType'), run: (row) => (only.value = groups[row]?.type ?? null) },
  ];
  return (
    <div class="tr-short">
      <SortedTable
        app={app}
        id={`${id}-table`}
        label={say(types)}
        columns={groupColumns(groups, kind)}
        rowCount={groups.length}
        rows={groups}
        first={{ key: kind === 'region' ? '2' : '1', descending: true }}
        actions={actions}
        empty={say(empty)}
      >
        <strong>{say(types)}</strong>
      </SortedTable>
    </div>
  );
}

function groupColumns(groups: readonly LatencyGroup[], kind: MarkKind): readonly SortedColumn[] {
  const make = new ColumnMaker(groups);
  const narrow = { track: '96px' };
  const wide = { track: 'minmax(160px, 2fr)' };
  const summed = (group: LatencyGroup): number => group.histogram.reduce((sum, { count }) => sum + count, 0);
  const average = (group: LatencyGroup): number => (summed(group) === 0 ? -1 : group.sum_ns / summed(group));
  return [
    make.text(kind === 'log' ? say('category') : say('type'), wide, ({ type }) => type || say('noType')),
    ...(kind === 'region' ? [make.text(say('place'), wide, ({ frame = '' }) => leafOf([frame]))] : []),
    make.number(say('count'), narrow, ({ count }) => count, formatCount),
    make.number(say('complete'), narrow, ({ complete }) => complete, formatCount),
    make.number(say('total'), narrow, (group) => group.sum_ns, duration),
    make.number(say('average'), narrow, average, knownDuration),
    make.number(say('longest'), narrow, (group) => group.max_ns, duration),
    make.text(say('histogram'), { ...wide, title: say('histogramTitle') }, ({ histogram }) => histogramText(histogram)),
  ];
}

/** "1ms 12, 1.58ms 3": from which duration on, how many. */
function histogramText(histogram: LatencyGroup['histogram']): string {
  return histogram
    .filter(({ count }) => count > 0)
    .map(({ from_ns: from, count }) => `${duration(from)} ${formatCount(count)}`)
    .join(', ');
}

function Marks(props: MarksProps & { readonly only: OnlyType }): JSX.Element {
  const { app, store, trace, analyses, kind, only } = props;
  const { title, empty, id } = KINDS[kind];
  const answer = analyses.marks(kind).value;
  const all = latestOf(answer);
  const version = store.names.version.value;
  if (all === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const nameOf = (of: number): string => store.names.text(of) ?? '…';
  const kept = rowsOf(all, only.value, nameOf);
  const at = (row: number): number => kept[row] ?? 0;
  const window = (row: number): TimeWindow => {
    const from = Math.max(0, all.start[at(row)] ?? 0);
    const end = all.end[at(row)] ?? -1;
    return { from, to: end < 0 ? trace.summary.durationNanos : end };
  };
  const goroutine = (row: number): number => all.goroutine[at(row)] ?? NONE;
  const showRow = (row: number): void => {
    const index = all.index[at(row)] ?? 0;
    const showing =
      kind === 'log' ? showGoroutine(trace, goroutine(row), window(row)) : showMark(trace, kind, index, window(row));
    void trace.idle.during(showing);
  };
  const why = (row: number): void => {
    const label = nameOf(all.name[at(row)] ?? NONE);
    if (kind === 'task') askWhyTask(trace, label, all.task[at(row)] ?? 0);
    else if (goroutine(row) !== NONE) askWhy(trace, label, goroutine(row), window(row));
  };
  return (
    <SortedTable
      app={app}
      id={`${id}-list`}
      label={say(title)}
      columns={markColumns(props, all, at, window)}
      rowCount={kept.length}
      rows={kept}
      version={version}
      first={kind === 'log' ? { key: '0', descending: false } : { key: '1', descending: true }}
      actions={[
        { id: `${id}-show`, label: say('show'), run: showRow },
        ...(kind === 'log' ? [] : [{ id: `${id}-why`, label: say('why'), run: why }]),
      ]}
      empty={say(empty)}
      beforeCopy={() => Promise.all([store.names.ensure(all.name), store.names.ensure(all.text)])}
    >
      <strong>{say(title)}</strong>
      {only.value === null ? undefined : (
        <button type="button" class="ft-quiet" onClick={() => (only.value = null)}>
          {only.value} × {say('allTypes')}
        </button>
      )}
    </SortedTable>
  );
}

function rowsOf(all: MarkRows, only: string | null, nameOf: (id: number) => string): readonly number[] {
  const rows = Array.from(all.index, (_, row) => row);
  return only === null ? rows : rows.filter((row) => nameOf(all.name[row] ?? NONE) === only);
}

function markColumns(
  { store, trace, kind }: MarksProps,
  all: MarkRows,
  at: (row: number) => number,
  window: (row: number) => TimeWindow,
): readonly SortedColumn[] {
  const name = (column: Uint32Array) => (row: number) => store.names.text(column[at(row)] ?? NONE) ?? '…';
  const type = (row: number): string => name(all.name)(row) || say('noType');
  const length = (row: number): number => window(row).to - window(row).from;
  const start = (row: number): number => all.start[at(row)] ?? -1;
  const task = (row: number): number => all.task[at(row)] ?? -1;
  const goroutine = (row: number): number => all.goroutine[at(row)] ?? NONE;
  const lanes = latestOf(trace.lanes.value);
  const first = lanes === undefined ? -1 : lanes.kind.indexOf(laneKindIndex('goroutine'));
  const numberOf = (row: number): number => {
    const index = goroutine(row);
    return index === NONE || lanes === undefined || first < 0 ? -1 : (lanes.number[first + index] ?? -1);
  };
  const text = (head: string, track: string, of: (row: number) => string): SortedColumn => ({
    head,
    title: '',
    number: false,
    track,
    text: of,
  });
  const number = (head: string, of: (row: number) => number, write: (value: number) => string): SortedColumn => ({
    head,
    title: '',
    number: true,
    track: '104px',
    text: (row) => write(of(row)),
    value: of,
  });
  const known = (sign: string) => (value: number) => (value < 0 ? '–' : `${sign}${value}`);
  const open = (row: number): string => ((all.end[at(row)] ?? -1) < 0 ? ` (${say('open')})` : '');
  return [
    number(say('start'), start, knownDuration),
    ...(kind === 'log'
      ? []
      : [
          {
            ...number(say('duration'), length, duration),
            track: '144px',
            text: (row: number) => duration(length(row)) + open(row),
          },
        ]),
    text(kind === 'log' ? say('category') : say('type'), 'minmax(140px, 1fr)', type),
    ...(kind === 'task'
      ? []
      : [text(kind === 'log' ? say('message') : say('place'), 'minmax(160px, 2fr)', name(all.text))]),
    number(say('goroutine'), numberOf, known('g')),
    number(say('task'), task, known('')),
  ];
}
