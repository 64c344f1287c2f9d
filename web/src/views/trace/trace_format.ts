// Texts of times, spans and lanes.
import { formatPercent, formatValue } from '../../base/format';
import { TIMELINE_STATES, LANE_KINDS, type LaneColumns, type SliceColumns } from '../../protocol/trace';
import type { LaneRow } from '../../state/trace/lane_rows';
import { tell } from './timeline_text';
import { say } from './trace_text';

export const duration = (ns: number): string => formatValue(ns, 'nanoseconds');

/** -1: not known. */
export const knownDuration = (ns: number): string => (ns < 0 ? '–' : duration(ns));

/** A time on an axis whose ticks are `step` apart: as many digits as tell neighbours apart. */
export function timeText(ns: number, step: number): string {
  const [factor, unit] =
    ns >= 1e9 || step >= 1e9 ? [1e9, 's'] : ns >= 1e6 ? [1e6, 'ms'] : ns >= 1e3 ? [1e3, 'us'] : [1, 'ns'];
  const digits = Math.max(0, Math.ceil(-Math.log10(step / factor) - 1e-9));
  return ns === 0 ? '0' : `${(ns / factor).toFixed(Math.min(9, digits))}${unit}`;
}

export function stateText(state: number): string {
  const name = TIMELINE_STATES[state];
  if (name === 'log' || name === 'sample') return tell(name);
  return name === undefined ? '' : say(name);
}

export type NameOf = (id: number) => string | undefined;

export function laneText(columns: LaneColumns, lane: number, nameOf: NameOf): string {
  const number = columns.number[lane] ?? 0;
  const row = (columns.object[lane] ?? 0) + 1;
  switch (LANE_KINDS[columns.kind[lane] ?? 0]) {
    case 'collector':
      return say('laneCollector');
    case 'stop':
      return say('laneStop');
    case 'proc':
      return say('laneProc', { number });
    case 'thread':
      return say('laneThread', { number });
    case 'task':
      return say('laneTask', { number: row });
    case 'region':
      return say('laneRegion', { number: row });
    case 'log':
      return tell('laneLog');
    case 'sample':
      return tell('laneSample');
    default:
      return say('laneGoroutine', { number, name: functionText(columns.name[lane] ?? 0, nameOf) });
  }
}

export function functionText(name: number, nameOf: NameOf): string {
  const text = nameOf(name);
  return text === '' ? say('noName') : (text ?? '…');
}

export function headText(row: LaneRow & { readonly is: 'head' }, nameOf: NameOf): string {
  const { kind, count, name } = row;
  if (name !== undefined) return say('headGroup', { name: functionText(name, nameOf), count });
  switch (kind) {
    case 'proc':
      return say('headProc', { count });
    case 'thread':
      return say('headThread', { count });
    case 'task':
      return say('headTask', { count });
    case 'region':
      return say('headRegion', { count });
    default:
      return say('headGoroutines', { count });
  }
}

/** What a slice is, in one line: a span, or a run with its parts, longest first. */
export function sliceText(slices: SliceColumns, i: number, label: string): string {
  const span = (slices.end[i] ?? 0) - (slices.start[i] ?? 0);
  const count = slices.count[i] ?? 1;
  if (count === 1) {
    return [label, stateText(slices.state[i] ?? 0), duration(span)].filter((text) => text !== '').join(' · ');
  }
  const parts: { state: number; ns: number }[] = [];
  for (let m = slices.mixBegin[i] ?? 0; m < (slices.mixBegin[i + 1] ?? 0); m++) {
    parts.push({ state: slices.mixState[m] ?? 0, ns: slices.mixNs[m] ?? 0 });
  }
  const texts = parts
    .sort((a, b) => b.ns - a.ns || a.state - b.state)
    .map(({ state, ns }) => say('partOf', { state: stateText(state), share: formatPercent(ns, span) }));
  return say('runOf', { count, duration: duration(span), parts: texts.join(', ') });
}
