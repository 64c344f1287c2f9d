// Why runnable goroutines did not run: causes, and the longest waits one by one.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount, formatPercent } from '../../base/format';
import type { NamedGoroutine, SchedReport, SchedWait } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { showNumbered } from '../../state/trace/jump';
import { fromBase } from '../../state/trace/trace_analyses';
import { faceOf } from '../data/faces';
import { say, type AnalysisText } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { leafOf, StackList } from './stack_list';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

/** core/analysis/trace/sched_waits.h SchedCauseName */
const CAUSES: Readonly<Record<string, AnalysisText & `cause${string}`>> = {
  'stop the world': 'causeStop',
  'idle P with work queued': 'causeIdle',
  'GC worker took the P': 'causeWorker',
  'long run without preemption': 'causeLong',
  'all Ps busy': 'causeBusy',
};

const causeText = (cause: string): string => {
  const text = CAUSES[cause];
  return text === undefined ? cause : say(text);
};

const goroutineText = ({ id, name }: NamedGoroutine): string => `g${id} ${name === '' ? say('noName') : name}`;

export function SchedView(props: TraceProps): JSX.Element {
  const answer = props.analyses.report('sched').value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  return (
    <div class="ft-stack">
      <Causes {...props} report={report} />
      <Waits {...props} report={report} />
    </div>
  );
}

type SchedProps = TraceProps & { readonly report: SchedReport };

function Causes({ app, report }: SchedProps): JSX.Element {
  const { causes } = report;
  const all = causes.reduce((sum, { ns }) => sum + ns, 0);
  const make = new ColumnMaker(causes);
  const narrow = { track: '120px' };
  const columns: readonly SortedColumn[] = [
    make.text(say('cause'), { track: 'minmax(240px, 1fr)' }, ({ cause }) => causeText(cause)),
    make.number(say('count'), narrow, ({ count }) => count, formatCount),
    make.number(say('time'), narrow, ({ ns }) => ns, duration),
    make.number(
      say('share'),
      narrow,
      ({ ns }) => ns,
      (ns) => formatPercent(ns, all),
    ),
    make.number(say('longest'), narrow, ({ longest_ns: ns }) => ns, duration),
  ];
  return (
    <div class="tr-short">
      <SortedTable
        app={app}
        id="sched-causes"
        label={say('causes')}
        columns={columns}
        rowCount={causes.length}
        rows={causes}
        first={{ key: '2', descending: true }}
        actions={[]}
        empty={say('noWaits')}
      >
        <strong>{say('causes')}</strong>
      </SortedTable>
    </div>
  );
}

function Waits({ app, trace, report }: SchedProps): JSX.Element {
  const selected = useSignal<SchedWait | undefined>(undefined);
  const waits = report.longest;
  const showRow = (row: number): void => {
    const wait = waits[row];
    if (wait === undefined) return;
    const from = fromBase(trace, wait.start);
    void trace.idle.during(showNumbered(trace, wait.goroutine.id, { from, to: from + wait.ns }));
  };
  return (
    <div class="ft-split">
      <SortedTable
        app={app}
        id="sched-waits"
        label={say('waits')}
        columns={waitColumns(waits, (ns) => fromBase(trace, ns))}
        rowCount={waits.length}
        rows={waits}
        first={{ key: '2', descending: true }}
        actions={[{ id: 'sched-show', label: say('show'), run: showRow }]}
        empty={say('noWaits')}
        onSelected={(row) => (selected.value = waits[row])}
      >
        <strong>{say('waits')}</strong>
      </SortedTable>
      <aside class="ft-details" tabIndex={0} aria-label={say('madeRunnable')}>
        {selected.value === undefined ? (
          <p class="ft-muted">{say('selectRow')}</p>
        ) : (
          <StackList title={say('madeRunnable')} frames={selected.value.made_runnable_at} />
        )}
      </aside>
    </div>
  );
}

function waitColumns(waits: readonly SchedWait[], timeOf: (ns: number) => number): readonly SortedColumn[] {
  const make = new ColumnMaker(waits);
  const narrow = { track: '84px' };
  const wide = { track: 'minmax(120px, 2fr)' };
  return [
    make.text(say('goroutine'), { track: 'minmax(190px, 3fr)' }, ({ goroutine }) => goroutineText(goroutine)),
    make.number(say('start'), narrow, ({ start }) => timeOf(start), duration),
    make.number(say('duration'), narrow, ({ ns }) => ns, duration),
    make.text(say('cause'), wide, ({ cause }) => causeText(cause)),
    make.number(say('explained'), { ...narrow, title: say('explainedTitle') }, (wait) => wait.explained_ns, duration),
    make.text(say('proc'), { track: '56px' }, ({ proc }) => (proc === undefined ? '–' : `P${proc}`)),
    make.text(say('culprit'), wide, ({ culprit }) => (culprit === undefined ? '–' : goroutineText(culprit))),
    make.text(say('madeRunnable'), wide, ({ made_runnable_at: stack }) => leafOf(stack)),
  ];
}
