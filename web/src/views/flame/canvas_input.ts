// The pointer on the canvas, as actions of the session; keys: flame_actions.ts. Wheel as in speedscope and in maps of text: plain wheels and
// two fingers move the window both ways, with Ctrl or Cmd (so also a pinch) they zoom at the pointer.
import type { Hit } from '../../draw/hit_test';
import { css } from '../../draw/viewport';
import { ROOT } from './box_tree';
import type { CanvasController, Point } from './canvas_controller';
import type { FlameSession } from './flame_session';

/** Movements up to this many CSS pixels are a click. */
const CLICK_SLACK = 4;
const LINE_HEIGHT = 18;
const WHEEL_ZOOM = 0.005;

export function listenToPointer(area: HTMLElement, session: FlameSession, controller: CanvasController): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const drags = new Drags(area, session, controller);
  /** What was zoomed before the first click of a double click. */
  let zoomedBefore = ROOT;
  const onClick = (event: MouseEvent): void => {
    if (drags.moved > CLICK_SLACK || event.detail > 1) return;
    zoomedBefore = session.document.cursor.zoomed.peek();
    clickOn(session, controller.findHit());
  };
  const onDoubleClick = (): void => {
    session.zoomToBox(zoomedBefore);
    session.zoomOut();
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const sideways = event.shiftKey && dx === 0;
    if (event.ctrlKey || event.metaKey) session.zoomBy(Math.exp(-dy * WHEEL_ZOOM), css(drags.place(event).x), false);
    else session.panBy(sideways ? dy : dx, sideways ? 0 : dy, false);
  };
  area.addEventListener('pointerdown', (event) => drags.begin(event), { signal });
  area.addEventListener('pointermove', (event) => drags.move(event), { signal });
  area.addEventListener('pointerup', (event) => drags.end(event), { signal });
  area.addEventListener('pointercancel', (event) => drags.end(event), { signal });
  area.addEventListener('pointerleave', () => drags.leave(), { signal });
  area.addEventListener('click', onClick, { signal });
  area.addEventListener('dblclick', onDoubleClick, { signal });
  area.addEventListener('wheel', onWheel, { signal, passive: false });
  area.addEventListener('contextmenu', (event) => openMenu(event, session, controller), { signal });
  return () => stop.abort();
}

/** Follows the pointer; with the main button down the window moves along. */
class Drags {
  /** CSS pixels, of the present drag or of the last one. */
  moved = 0;
  private last: { readonly id: number; readonly x: number; readonly y: number } | undefined;

  constructor(
    private readonly area: HTMLElement,
    private readonly session: FlameSession,
    private readonly controller: CanvasController,
  ) {}

  place(event: MouseEvent): Point {
    const bounds = this.area.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  }

  begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.area.focus({ preventScroll: true });
    this.area.setPointerCapture(event.pointerId);
    this.last = { id: event.pointerId, x: event.clientX, y: event.clientY };
    this.moved = 0;
  }

  move(event: PointerEvent): void {
    if (this.last?.id === event.pointerId) {
      const dx = event.clientX - this.last.x;
      const dy = event.clientY - this.last.y;
      this.last = { id: event.pointerId, x: event.clientX, y: event.clientY };
      this.moved += Math.abs(dx) + Math.abs(dy);
      if (this.moved > CLICK_SLACK) {
        this.controller.dragging.value = true;
        this.session.panBy(-dx, -dy, false);
      }
    }
    this.controller.movePointer(this.place(event));
  }

  end(event: PointerEvent): void {
    if (this.last?.id !== event.pointerId) return;
    this.last = undefined;
    this.controller.dragging.value = false;
    this.controller.movePointer(this.place(event));
  }

  leave(): void {
    if (this.last === undefined) this.controller.movePointer(undefined);
  }
}

function openMenu(event: MouseEvent, session: FlameSession, controller: CanvasController): void {
  // From the keyboard the browser tells a place of its own, which is no box.
  if (event.button !== 2) return;
  const hit = controller.findHit();
  if (hit.kind !== 'box') return;
  event.preventDefault();
  session.select(hit.box);
  session.menu.value = { box: hit.box, x: event.clientX, y: event.clientY };
}

function clickOn(session: FlameSession, hit: Hit): void {
  if (hit.kind === 'box') {
    session.select(hit.box);
    session.zoomToBox(hit.box);
  } else if (hit.kind === 'run') zoomToRun(session, hit.first, hit.last);
}

/** All boxes of a run fill the width, so that they become visible. */
function zoomToRun(session: FlameSession, first: number, last: number): void {
  const columns = session.shown.peek()?.columns;
  if (columns === undefined) return;
  const from = columns.start[first] ?? 0;
  const to = (columns.start[last] ?? 0) + (columns.width[last] ?? 0);
  session.showRange(from, to, true);
}
