// Times on the axis: since the start, or on the wall where the trace or a person tells when it began.
import { parseWallTime, wallClockText, wallDateText } from '../../state/trace/trace_clock';
import type { TraceStore } from '../../state/trace/trace_store';
import { tell } from './timeline_text';
import { timeText } from './trace_format';

/** ns since the Unix epoch at the trace's start; undefined: nobody tells. */
export function wallStart(trace: TraceStore): bigint | undefined {
  const { start } = trace.clock.value;
  const { wallStart: told } = trace.summary;
  if (start !== '') return parseWallTime(start);
  return /^\d+$/.test(told) ? BigInt(told) : undefined;
}

function shownStart(trace: TraceStore): bigint | undefined {
  return trace.clock.value.wall ? wallStart(trace) : undefined;
}

export function axisTimeText(trace: TraceStore): (ns: number, step: number) => string {
  const start = shownStart(trace);
  return start === undefined ? timeText : (ns, step) => wallClockText(start + BigInt(Math.round(ns)), step);
}

export function axisText(trace: TraceStore): string {
  const start = shownStart(trace);
  return start === undefined ? tell('axisSince') : tell('axisUtc', { date: wallDateText(start) });
}
