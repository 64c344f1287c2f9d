// The pointer on the timeline. Wheel and two fingers move it, with Ctrl or Cmd they zoom at the pointer; dragging moves it,
// with Shift it marks a range; two fingers on a screen zoom; a click selects a span or a mark, or folds a heading; a heading
// that is dragged by its label moves among the headings, a pinned lane among the pinned; a double click zooms to the span.
import { HEAD_HEIGHT, LABEL_WIDTH, LANE_HEIGHT, rowAt, rowTop, stripAt } from '../../draw/timeline_geometry';
import { laneKindIndex } from '../../protocol/trace';
import { css, toValue, valuePerCss } from '../../draw/viewport';
import { movedTo, type LaneRow } from '../../state/trace/lane_rows';
import { hoverText } from './timeline_hover';
import type { TimelineSession } from './timeline_session';

const CLICK_SLACK = 4;
const HIT_SLACK = 3;
const LINE_HEIGHT = 20;
const WHEEL_ZOOM = 0.005;

/** In CSS pixels of the canvas. */
export interface Pointed {
  readonly x: number;
  readonly y: number;
}

interface Drag {
  readonly id: number;
  x: number;
  y: number;
  /** Time at which a range begins. */
  readonly rangeFrom: number | undefined;
  /** A row that moves with the pointer. */
  readonly row: LaneRow | undefined;
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
  const fingers = new Map<number, Pointed>();
  let drag: Drag | undefined;
  let moved = 0;
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    area.focus({ preventScroll: true });
    area.setPointerCapture(event.pointerId);
    const at = place(event);
    if (event.pointerType === 'touch') fingers.set(event.pointerId, at);
    drag = fingers.size > 1 ? undefined : dragFrom(session, event, at);
    moved = 0;
  };
  const onMove = (event: PointerEvent): void => {
    const at = place(event);
    if (fingers.size > 1 && fingers.has(event.pointerId)) {
      moved = CLICK_SLACK + 1;
      pinch(session, fingers, event.pointerId, at);
      return;
    }
    if (drag?.id === event.pointerId) {
      moved += Math.abs(at.x - drag.x) + Math.abs(at.y - drag.y);
      if (moved > CLICK_SLACK) dragTo(session, drag, at);
      drag.x = at.x;
      drag.y = at.y;
    }
    onPoint(at);
    session.trace.hover.value = hoverText(session, at);
  };
  const onUp = (event: PointerEvent): void => {
    fingers.delete(event.pointerId);
    if (drag?.id === event.pointerId) drag = undefined;
  };
  const onLeave = (): void => {
    if (drag !== undefined) return;
    onPoint(undefined);
    session.trace.hover.value = '';
  };
  area.addEventListener('pointerdown', onDown, { signal });
  area.addEventListener('pointermove', onMove, { signal });
  for (const end of ['pointerup', 'pointercancel'] as const) area.addEventListener(end, onUp, { signal });
  area.addEventListener('pointerleave', onLeave, { signal });
  area.addEventListener('wheel', (event) => turnWheel(session, event, place(event).x), { signal, passive: false });
  area.addEventListener('click', (event) => moved <= CLICK_SLACK && clickAt(session, place(event)), { signal });
  area.addEventListener('dblclick', (event) => zoomAtPoint(session, place(event)), { signal });
  return () => stop.abort();
}

/** On the axis and its counters, or with Shift, a range is marked. */
function dragFrom(session: TimelineSession, { pointerId: id, shiftKey }: PointerEvent, at: Pointed): Drag {
  const marks = shiftKey || (at.y < HEAD_HEIGHT && at.x >= LABEL_WIDTH);
  const row = at.x < LABEL_WIDTH ? rowUnder(session, at) : undefined;
  return { id, ...at, rangeFrom: marks ? timeAt(session, at.x) : undefined, row };
}

function dragTo(session: TimelineSession, drag: Drag, at: Pointed): void {
  if (drag.rangeFrom !== undefined) session.range.value = ordered(drag.rangeFrom, timeAt(session, at.x));
  else if (drag.row === undefined || !dragRow(session, drag.row, at)) session.panBy(drag.x - at.x, drag.y - at.y);
}

/** Whether the row is one that moves. It takes the place of what the pointer is over. */
function dragRow(session: TimelineSession, row: LaneRow, at: Pointed): boolean {
  const { rows, pinned, heads } = session.arranged.peek();
  const over = rowAt(session.viewport.peek(), pinned, at.y);
  if (row.is === 'head') {
    const target = rows.slice(0, over + 1).findLast((other) => other.is === 'head');
    if (target?.is !== 'head' || target.id === row.id) return true;
    session.choose({ order: movedTo(heads, heads.indexOf(row.id), heads.indexOf(target.id)) });
    return true;
  }
  const from = rows.findIndex((other) => other.is === 'lane' && other.lane === row.lane);
  if (from >= pinned) return false;
  const to = Math.max(0, Math.min(pinned - 1, over));
  if (from !== to) session.choose({ pinned: movedTo(session.trace.options.peek().pinned, from, to) });
  return true;
}

/** The times under both fingers stay under them. */
function pinch(session: TimelineSession, fingers: Map<number, Pointed>, id: number, at: Pointed): void {
  const other = [...fingers].find(([finger]) => finger !== id)?.[1];
  const before = fingers.get(id);
  fingers.set(id, at);
  if (other === undefined || before === undefined) return;
  const apart = Math.max(8, Math.abs(before.x - other.x));
  const now = Math.max(8, Math.abs(at.x - other.x));
  session.zoomBy(now / apart, other.x - LABEL_WIDTH);
  session.panBy(0, (before.y - at.y) / 2);
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

export function timeAt(session: TimelineSession, x: number): number {
  return toValue(session.viewport.peek(), css(Math.max(0, x - LABEL_WIDTH)));
}

export function rowUnder(session: TimelineSession, { y }: Pointed): LaneRow | undefined {
  if (stripAt(y) !== undefined) return undefined;
  const { rows, pinned } = session.arranged.peek();
  return rows[rowAt(session.viewport.peek(), pinned, y)];
}

export function sliceUnder(session: TimelineSession, row: LaneRow, at: Pointed): number | undefined {
  if (at.x < LABEL_WIDTH) return undefined;
  return session.sliceAt(row, timeAt(session, at.x), HIT_SLACK * valuePerCss(session.viewport.peek()));
}

/** A log in the upper half of a lane, a CPU sample in the lower third; a mark in `slices`. */
export function markUnder(session: TimelineSession, row: LaneRow, at: Pointed): number | undefined {
  if (at.x < LABEL_WIDTH || row.is !== 'lane') return undefined;
  const { pinned } = session.arranged.peek();
  const viewport = session.viewport.peek();
  const down = at.y - rowTop(viewport, pinned, rowAt(viewport, pinned, at.y));
  const kind = down < LANE_HEIGHT / 2 ? 'log' : 'sample';
  return session.markAt(row, laneKindIndex(kind), timeAt(session, at.x), HIT_SLACK * valuePerCss(viewport));
}

/** A run is zoomed into, as its spans cannot be told apart yet. */
function clickAt(session: TimelineSession, at: Pointed): void {
  const row = rowUnder(session, at);
  if (row === undefined) return;
  if (row.is === 'head') {
    session.turn(row.id);
    return;
  }
  if (at.x < LABEL_WIDTH && row.id !== undefined) {
    session.turn(row.id);
    return;
  }
  const slices = session.shown.peek()?.columns;
  const mark = markUnder(session, row, at);
  if (mark !== undefined && slices !== undefined) {
    session.select({ kind: slices.markKind[mark] ?? 0, object: 0, item: slices.markItem[mark] ?? 0 });
    return;
  }
  const slice = sliceUnder(session, row, at);
  const place = slice === undefined ? undefined : session.placeOf(row, slices?.item[slice] ?? 0);
  session.select(place ?? null);
}

function zoomAtPoint(session: TimelineSession, at: Pointed): void {
  const row = rowUnder(session, at);
  const slices = session.shown.peek()?.columns;
  const slice = row === undefined ? undefined : sliceUnder(session, row, at);
  if (slices === undefined || slice === undefined) return;
  session.showRange(slices.start[slice] ?? 0, slices.end[slice] ?? 0);
}
