// Garbage collections of the window, one a row.
import type { JSX } from 'preact';
import { formatValue } from '../../base/format';
import type { GcCycle } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { show } from '../../state/trace/jump';
import { fromBase } from '../../state/trace/trace_analyses';
import type { TimeWindow, TraceStore } from '../../state/trace/trace_store';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { duration, knownDuration } from './trace_format';
import type { TraceProps } from './trace_frame';

export function GcView({ app, trace, analyses }: TraceProps): JSX.Element {
  const answer = analyses.report('gc').value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const { cycles } = report;
  const make = new ColumnMaker(cycles);
  const track = { track: 'minmax(88px, 1fr)' };
  const time = (head: string, of: (cycle: GcCycle) => number): SortedColumn => make.number(head, track, of, duration);
  const bytes = (head: string, of: (cycle: GcCycle) => number): SortedColumn =>
    make.number(head, track, of, knownBytes);
  const startOf = ({ start }: GcCycle): number => (start === null ? -1 : fromBase(trace, start));
  const columns: readonly SortedColumn[] = [
    make.number(say('start'), track, startOf, knownDuration),
    time(say('duration'), (cycle) => lengthOf(windowOf(trace, cycle))),
    time(say('pause'), (cycle) => cycle.pause_ns),
    time(say('longestPause'), (cycle) => cycle.longest_pause_ns),
    time(say('assist'), (cycle) => cycle.assist_ns),
    time(say('dedicated'), (cycle) => cycle.dedicated_ns),
    time(say('fractional'), (cycle) => cycle.fractional_ns),
    time(say('idle'), (cycle) => cycle.idle_ns),
    bytes(say('heapStart'), (cycle) => cycle.heap_start_bytes),
    bytes(say('heapEnd'), (cycle) => cycle.heap_end_bytes),
    bytes(say('goal'), (cycle) => cycle.goal_bytes),
  ];
  return (
    <SortedTable
      app={app}
      id="gc-table"
      label={say('collections')}
      columns={columns}
      rowCount={cycles.length}
      rows={cycles}
      first={{ key: '0', descending: false }}
      actions={[{ id: 'gc-show', label: say('show'), run: (row) => show(trace, windowOf(trace, cycles[row]), null) }]}
      empty={say('noCollections')}
    >
      <strong>{say('collections')}</strong>
    </SortedTable>
  );
}

const lengthOf = ({ from, to }: TimeWindow): number => to - from;

/** 0: not known. */
const knownBytes = (value: number): string => (value === 0 ? '–' : formatValue(value, 'bytes'));

function windowOf(trace: TraceStore, cycle: GcCycle | undefined): TimeWindow {
  const start = cycle?.start ?? null;
  const end = cycle?.end ?? null;
  return {
    from: start === null ? 0 : fromBase(trace, start),
    to: end === null ? trace.summary.durationNanos : fromBase(trace, end),
  };
}
