// From a row of a table to its span on the timeline.
import { batch } from '@preact/signals-core';
import { laneKindIndex, type LaneColumns, type LaneKind, type Place } from '../../protocol/trace';
import { latestOf } from '../loadable';
import type { TimeWindow, TraceStore } from './trace_store';

/** Of a window that shows a span: what stands around it, as part of its length. */
const ROOM = 0.2;
/** A jump to something shorter shows this much: an instant has no length. */
const LEAST_NS = 1000;

async function lanesOf(trace: TraceStore): Promise<LaneColumns | undefined> {
  const known = latestOf(trace.lanes.peek());
  if (known !== undefined) return known;
  const asked = await trace.ask('lanes', {});
  return asked.ok ? asked.value : undefined;
}

/** By Go's number; the last one where a number was used again. */
export async function goroutineNumbered(trace: TraceStore, number: number): Promise<number | undefined> {
  const lanes = await lanesOf(trace);
  if (lanes === undefined) return undefined;
  const goroutine = laneKindIndex('goroutine');
  for (let lane = lanes.kind.length - 1; lane >= 0; lane--) {
    if (lanes.kind[lane] === goroutine && lanes.number[lane] === number) return lanes.object[lane];
  }
  return undefined;
}

/** Index of the lane's span that holds at a time. */
async function itemAt(trace: TraceStore, kind: number, object: number, time: number): Promise<number> {
  const lanes = Uint32Array.of(kind, object);
  const slices = await trace.ask('slices', { lanes, from: time, to: time + 1, level: 0 });
  return slices.ok ? (slices.value.item[0] ?? 0) : 0;
}

export function show(trace: TraceStore, window: TimeWindow, place: Place | null): void {
  const room = Math.max(LEAST_NS, (window.to - window.from) * ROOM);
  batch(() => {
    if (place !== null) trace.selection.value = place;
    trace.window.value = {
      from: Math.max(0, window.from - room),
      to: Math.min(trace.summary.durationNanos, window.to + room),
    };
    trace.view.value = 'timeline';
  });
}

export async function showGoroutine(trace: TraceStore, object: number, window: TimeWindow): Promise<void> {
  const kind = laneKindIndex('goroutine');
  const item = await itemAt(trace, kind, object, Math.max(0, window.from));
  show(trace, window, { kind, object, item });
}

export async function showNumbered(trace: TraceStore, number: number, window: TimeWindow): Promise<void> {
  const object = await goroutineNumbered(trace, number);
  if (object === undefined) show(trace, window, null);
  else await showGoroutine(trace, object, window);
}

/** A task or region by its row, in whichever lane it was put. */
export async function showMark(
  trace: TraceStore,
  lane: LaneKind & ('task' | 'region'),
  index: number,
  window: TimeWindow,
): Promise<void> {
  const kind = laneKindIndex(lane);
  const all = await lanesOf(trace);
  const objects = [...(all?.object ?? [])].filter((_, i) => all?.kind[i] === kind);
  const lanes = Uint32Array.from(objects.flatMap((object) => [kind, object]));
  const time = Math.max(0, window.from);
  const found = await trace.ask('slices', { lanes, from: time, to: time + 1, level: 0 });
  const at = found.ok ? found.value.object.indexOf(index) : -1;
  if (!found.ok || at < 0) {
    show(trace, window, null);
    return;
  }
  const row = found.value.laneBegin.findIndex((begin) => begin > at) - 1;
  show(trace, window, { kind, object: objects[row] ?? 0, item: found.value.item[at] ?? 0 });
}
