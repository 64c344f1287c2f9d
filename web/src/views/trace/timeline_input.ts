// The pointer on the timeline. Wheel and two fingers move it, with Ctrl or Cmd they zoom at the pointer; dragging moves it,
// with Shift it marks a range; a click selects a span or folds a heading, a double click zooms to the span.
import { HEAD_HEIGHT, LABEL_WIDTH, LANE_HEIGHT } from '../../draw/timeline_painter';
import { css, toValue, valuePerCss } from '../../draw/viewport';
import type { LaneRow } from '../../state/trace/lane_rows';
import { labelOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
import { duration, laneText, sliceText, timeText } from './trace_format';
import { say } from './trace_text';

const CLICK_SLACK = 4;
const HIT_SLACK = 3;
const LINE_HEIGHT = 20;
const WHEEL_ZOOM = 0.005;

/** In CSS pixels of the canvas. */
export interface Pointed {
  readonly x: number;
  readonly y: number;
}

export function listenToTimeline(
  area: HTMLElement,
  session: TimelineSession,
  onPoint: (pointed: Pointed | undefined) => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const place = (event: MouseEvent): Pointed => {
    const bounds = area.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  let drag: { readonly id: number; x: number; y: number; readonly rangeFrom: number | undefined } | undefined;
  let moved = 0;
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    area.focus({ preventScroll: true });
    area.setPointerCapture(event.pointerId);
    const at = place(event);
    drag = { id: event.pointerId, ...at, rangeFrom: event.shiftKey ? timeAt(session, at.x) : undefined };
    moved = 0;
  };
  const onMove = (event: PointerEvent): void => {
    const at = place(event);
    if (drag?.id === event.pointerId) {
      moved += Math.abs(at.x - drag.x) + Math.abs(at.y - drag.y);
      if (moved > CLICK_SLACK) {
        if (drag.rangeFrom === undefined) session.panBy(drag.x - at.x, drag.y - at.y);
        else session.range.value = ordered(drag.rangeFrom, timeAt(session, at.x));
      }
      drag.x = at.x;
      drag.y = at.y;
    }
    onPoint(at);
    session.trace.hover.value = hoverText(session, at);
  };
  const onUp = (event: PointerEvent): void => {
    if (drag?.id === event.pointerId) drag = undefined;
  };
  const onLeave = (): void => {
    if (drag !== undefined) return;
    onPoint(undefined);
    session.trace.hover.value = '';
  };
  area.addEventListener('pointerdown', onDown, { signal });
  area.addEventListener('pointermove', onMove, { signal });
  area.addEventListener('pointerup', onUp, { signal });
  area.addEventListener('pointercancel', onUp, { signal });
  area.addEventListener('pointerleave', onLeave, { signal });
  area.addEventListener('wheel', (event) => turnWheel(session, event, place(event).x), { signal, passive: false });
  area.addEventListener('click', (event) => moved <= CLICK_SLACK && clickAt(session, place(event)), { signal });
  area.addEventListener('dblclick', (event) => zoomAtPoint(session, place(event)), { signal });
  return () => stop.abort();
}

function turnWheel(session: TimelineSession, event: WheelEvent, x: number): void {
  event.preventDefault();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  const sideways = event.shiftKey && dx === 0;
  if (event.ctrlKey || event.metaKey) session.zoomBy(Math.exp(-dy * WHEEL_ZOOM), x - LABEL_WIDTH);
  else session.panBy(sideways ? dy : dx, sideways ? 0 : dy);
}

const ordered = (a: number, b: number): { from: number; to: number } => ({ from: Math.min(a, b), to: Math.max(a, b) });

function timeAt(session: TimelineSession, x: number): number {
  return toValue(session.viewport.peek(), css(Math.max(0, x - LABEL_WIDTH)));
}

function rowAt(session: TimelineSession, { y }: Pointed): LaneRow | undefined {
  if (y < HEAD_HEIGHT) return undefined;
  const row = Math.floor((y - HEAD_HEIGHT + session.viewport.peek().scroll) / LANE_HEIGHT);
  return session.arranged.peek().rows[row];
}

function sliceAt(session: TimelineSession, row: LaneRow, at: Pointed): number | undefined {
  if (at.x < LABEL_WIDTH) return undefined;
  return session.sliceAt(row, timeAt(session, at.x), HIT_SLACK * valuePerCss(session.viewport.peek()));
}

/** A run is zoomed into, as its spans cannot be told apart yet. */
function clickAt(session: TimelineSession, at: Pointed): void {
  const row = rowAt(session, at);
  if (row === undefined) return;
  if (row.is === 'head') {
    session.turn(row.id);
    return;
  }
  const slices = session.shown.peek()?.columns;
  const slice = sliceAt(session, row, at);
  const place = slice === undefined ? undefined : session.placeOf(row, slices?.item[slice] ?? 0);
  session.select(place ?? null);
}

function zoomAtPoint(session: TimelineSession, at: Pointed): void {
  const row = rowAt(session, at);
  const slices = session.shown.peek()?.columns;
  const slice = row === undefined ? undefined : sliceAt(session, row, at);
  if (slices === undefined || slice === undefined) return;
  session.showRange(slices.start[slice] ?? 0, slices.end[slice] ?? 0);
}

function hoverText(session: TimelineSession, at: Pointed): string {
  const { from, to, width } = session.viewport.peek();
  const time = at.x < LABEL_WIDTH ? '' : timeText(timeAt(session, at.x), (to - from) / Math.max(1, width));
  const row = rowAt(session, at);
  const columns = session.columns.peek();
  const slices = session.shown.peek()?.columns;
  const range = session.range.peek();
  const measured =
    range === null ? '' : say('measured', { duration: duration(range.to - range.from), start: duration(range.from) });
  if (row === undefined || row.is === 'head' || columns === undefined) return join(measured, time);
  const nameOf = (id: number): string | undefined => session.document.names.text(id);
  const slice = sliceAt(session, row, at);
  const what =
    slice === undefined || slices === undefined ? '' : sliceText(slices, slice, labelOf(session, slice, nameOf));
  return join(measured, laneText(columns, row.lane, nameOf), what, time);
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
