// What GODEBUG=gctrace=1 and schedtrace logged: charts over time, and the tables that are their twins.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatValue } from '../../base/format';
import { oneAfterAnother } from '../../draw/thin_line';
import type { GcColumn, GcLogReport } from '../../protocol/reports';
import { latestOf } from '../../state/loadable';
import { reportResource } from '../../state/reports';
import { faceOf } from '../data/faces';
import type { DocumentProps } from '../document_view';
import { ColumnMaker } from '../trace/columns';
import { SortedTable, type SortedColumn } from '../trace/sorted_table';
import { say } from './gc_log_text';
import { TimeChart } from './time_chart';

type Cycles = GcLogReport['cycles'];
type Sched = GcLogReport['sched'];
type Chart = 'heap' | 'pauses' | 'cpu';
type LineName = 'before' | 'live' | 'goal' | 'sweepStop' | 'markStop' | 'background' | 'assists';

const time = (ns: number): string => formatValue(ns, 'nanoseconds');
const megabytes = (mb: number): string => formatValue(mb, 'megabytes');
const count = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1));

export function GcLogView({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(
    () => reportResource(app, store, () => ({ report: 'gcLog', documents: [store], labels: [store.source.name] })),
    [app, store],
  ).value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  return (
    <div class="ft-gclog" role="region" aria-label={say('title')} data-testid="gclog">
      {report.cycles.number.length === 0 ? undefined : <Collections app={app} cycles={report.cycles} />}
      {report.sched.time_ns.length === 0 ? undefined : <Scheduler app={app} sched={report.sched} />}
    </div>
  );
}

interface CollectionsProps {
  readonly app: DocumentProps['app'];
  readonly cycles: Cycles;
}

/** Titles, names and columns of the charts; all pauses and CPU times are of one collection. */
const CHARTS: readonly {
  readonly title: Chart;
  readonly write: (value: number) => string;
  readonly lines: readonly (readonly [LineName, GcColumn])[];
}[] = [
  {
    title: 'heap',
    write: megabytes,
    lines: [
      ['before', 'heap_begin_mb'],
      ['live', 'live_mb'],
      ['goal', 'goal_mb'],
    ],
  },
  {
    title: 'pauses',
    write: time,
    lines: [
      ['sweepStop', 'sweep_stop_ns'],
      ['markStop', 'mark_stop_ns'],
    ],
  },
  {
    title: 'cpu',
    write: time,
    lines: [
      ['background', 'background_cpu_ns'],
      ['assists', 'assist_cpu_ns'],
    ],
  },
];

function Collections({ app, cycles }: CollectionsProps): JSX.Element {
  const marked = useSignal(-1);
  const pauses = useMemo(() => sum(cycles.sweep_stop_ns, cycles.mark_stop_ns), [cycles]);
  const times = useMemo(() => oneAfterAnother(cycles.start_ns), [cycles]);
  return (
    <>
      <p class="ft-gclog-facts" data-testid="gclog-facts">
        {factsOf(cycles, times, pauses)}
      </p>
      {CHARTS.map(({ title, write, lines }) => (
        <TimeChart
          key={title}
          title={say(title)}
          testId={`gclog-${title}`}
          times={times}
          lines={lines.map(([name, column]) => ({ name: say(name), values: cycles[column] }))}
          write={write}
          marked={marked.value}
          onMark={(at) => (marked.value = at)}
        />
      ))}
      <SortedTable
        app={app}
        id="gclog-table"
        label={say('collections')}
        columns={cycleColumns(cycles, times, pauses)}
        rowCount={cycles.number.length}
        rows={cycles}
        first={{ key: '1', descending: false }}
        actions={[]}
        empty={say('none')}
        selected={marked}
      >
        <strong>{say('collections')}</strong>
      </SortedTable>
    </>
  );
}

function factsOf(cycles: Cycles, times: readonly number[], pauses: readonly number[]): string {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const number = cycles.number.length;
  return say('facts', {
    count: formatCount(number),
    time: time(span),
    rate: span > 0 ? ((number - 1) / (span / 1e9)).toFixed(1) : '–',
    percent: `${cycles.percent.at(-1) ?? 0}%`,
    pause: time(pauses.reduce((a, b) => Math.max(a, b), 0)),
    live: megabytes(cycles.live_mb.at(-1) ?? 0),
    goal: megabytes(cycles.goal_mb.at(-1) ?? 0),
  });
}

const TRACK = { track: 'minmax(84px, 1fr)' };

function cycleColumns(cycles: Cycles, times: readonly number[], pauses: readonly number[]): readonly SortedColumn[] {
  const make = new ColumnMaker(cycles.number.map((_, row) => row));
  const of = (values: readonly number[]) => (row: number) => values[row] ?? 0;
  return [
    make.number(say('number'), TRACK, of(cycles.number), formatCount),
    make.number(say('start'), TRACK, of(times), time),
    make.number(say('pause'), TRACK, of(pauses), time),
    make.number(say('mark'), TRACK, of(cycles.mark_ns), time),
    make.number(say('assists'), TRACK, of(cycles.assist_cpu_ns), time),
    make.number(say('background'), TRACK, of(cycles.background_cpu_ns), time),
    make.number(say('before'), TRACK, of(cycles.heap_begin_mb), megabytes),
    make.number(say('live'), TRACK, of(cycles.live_mb), megabytes),
    make.number(say('goal'), TRACK, of(cycles.goal_mb), megabytes),
    make.number(say('ofCpu'), { ...TRACK, title: say('ofCpuTitle') }, of(cycles.percent), (value) => `${value}%`),
    make.number(say('procs'), { track: '64px' }, of(cycles.procs), formatCount),
    make.text(say('forced'), { track: '72px' }, (row) => (cycles.is_forced[row] === true ? say('yes') : '')),
  ];
}

interface SchedulerProps {
  readonly app: DocumentProps['app'];
  readonly sched: Sched;
}

function Scheduler({ app, sched }: SchedulerProps): JSX.Element {
  const marked = useSignal(-1);
  const runnable = useMemo(() => sum(sched.global_queue, sched.local_queues), [sched]);
  const times = useMemo(() => oneAfterAnother(sched.time_ns), [sched]);
  const make = new ColumnMaker(sched.time_ns.map((_, row) => row));
  const number = (head: string, values: readonly number[], title = ''): SortedColumn =>
    make.number(head, { ...TRACK, title }, (row) => values[row] ?? 0, formatCount);
  return (
    <>
      <TimeChart
        title={say('sched')}
        testId="gclog-sched"
        times={times}
        write={count}
        marked={marked.value}
        onMark={(at) => (marked.value = at)}
        lines={[
          { name: say('runnable'), values: runnable },
          { name: say('idleProcs'), values: sched.idle_procs },
          { name: say('threads'), values: sched.threads },
        ]}
      />
      <SortedTable
        app={app}
        id="gclog-sched-table"
        label={say('sched')}
        columns={[
          make.number(say('time'), TRACK, (row) => times[row] ?? 0, time),
          number(say('runnable'), runnable, say('runnableTitle')),
          number(say('global'), sched.global_queue),
          number(say('procs'), sched.procs),
          number(say('idleProcs'), sched.idle_procs),
          number(say('threads'), sched.threads),
          number(say('spinning'), sched.spinning_threads),
          number(say('idleThreads'), sched.idle_threads),
        ]}
        rowCount={sched.time_ns.length}
        rows={sched}
        first={{ key: '0', descending: false }}
        actions={[]}
        empty={say('noSched')}
        selected={marked}
      >
        <strong>{say('sched')}</strong>
      </SortedTable>
    </>
  );
}

const sum = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((value, i) => value + (b[i] ?? 0));
