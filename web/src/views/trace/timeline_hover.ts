// What the line below the timeline says about the place under the pointer.
import { formatCount, formatPercent, formatValue } from '../../base/format';
import { laneKindIndex } from '../../protocol/trace';
import { LABEL_WIDTH, stripAt, type Strip } from '../../draw/timeline_geometry';
import { bucketsAt, meanOf, peakOf } from '../../draw/timeline_strip';
import { latestOf } from '../../state/loadable';
import { axisTimeText } from './timeline_clock';
import { markUnder, rowUnder, sliceUnder, timeAt, type Pointed } from './timeline_input';
import { labelOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
import { tell } from './timeline_text';
import { duration, laneText, sliceText } from './trace_format';
import { say } from './trace_text';

export function hoverText(session: TimelineSession, at: Pointed): string {
  const { from, to, width } = session.viewport.peek();
  const step = (to - from) / Math.max(1, width);
  const time = at.x < LABEL_WIDTH ? '' : axisTimeText(session.trace)(timeAt(session, at.x), step);
  const range = session.range.peek();
  const measured =
    range === null ? '' : say('measured', { duration: duration(range.to - range.from), start: duration(range.from) });
  const strip = stripAt(at.y);
  if (strip !== undefined) return join(measured, at.x < LABEL_WIDTH ? '' : stripText(session, strip, at.x), time);
  const row = rowUnder(session, at);
  const columns = session.columns.peek();
  const slices = session.shown.peek()?.columns;
  if (row === undefined || row.is === 'head' || columns === undefined) return join(measured, time);
  const nameOf = (id: number): string | undefined => session.document.names.text(id);
  const slice = sliceUnder(session, row, at);
  const what =
    slice === undefined || slices === undefined ? '' : sliceText(slices, slice, labelOf(session, slice, nameOf));
  return join(
    measured,
    laneText(columns, row.lane, nameOf),
    what,
    markText(session, markUnder(session, row, at)),
    time,
  );
}

function markText(session: TimelineSession, mark: number | undefined): string {
  const slices = session.shown.peek()?.columns;
  if (mark === undefined || slices === undefined) return '';
  const count = formatCount(slices.markCount[mark] ?? 0);
  if (slices.markKind[mark] !== laneKindIndex('log')) return tell('samplesHere', { count });
  const text = session.document.names.text(slices.markLabel[mark] ?? 0) ?? '…';
  return count === '1' ? tell('logHere', { text }) : tell('logsHere', { count, text });
}

const few = (value: number): string => String(Math.round(value * 10) / 10);

function stripText(session: TimelineSession, which: Strip, x: number): string {
  const strip = latestOf(session.trace.strip.peek());
  if (strip === undefined) return '';
  const at = bucketsAt(session.viewport.peek(), strip, x, x + 1);
  if (at === undefined) return '';
  const running = meanOf(strip.running, at);
  const syscall = few(meanOf(strip.syscall, at));
  switch (which) {
    case 'goroutines': {
      const runnable = few(meanOf(strip.runnable, at));
      return tell('atGoroutines', {
        running: few(running),
        syscall,
        runnable,
        waiting: few(meanOf(strip.waiting, at)),
      });
    }
    case 'threads':
      return tell('atThreads', { running: few(running), syscall });
    case 'heap':
      return tell('atHeap', {
        heap: formatValue(peakOf(strip.heap, at), 'bytes'),
        goal: formatValue(peakOf(strip.goal, at), 'bytes'),
      });
    case 'procs': {
      const all = meanOf(strip.procs, at);
      return tell('atProcs', { busy: few(running), all: few(all), share: formatPercent(running, Math.max(1e-9, all)) });
    }
  }
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
