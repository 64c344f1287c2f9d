// Keeps the canvases of a flame graph in step with its session: which layer is dirty when which signal moves. The picture
// (boxes and labels) follows data and window; the overlay alone follows the pointer. Labels have no canvas of their own: boxes
// cost a millisecond, while each canvas of the screen's size costs the browser several when it changes.
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { DARK_FLAME, LIGHT_FLAME, type FlameTheme } from '../../draw/flame_colors';
import {
  outlinesOf,
  paintBoxes,
  paintLabels,
  paintMarks,
  type FlameScene,
  type LabelSource,
  type Marks,
  type Outlines,
} from '../../draw/flame_painter';
import { hitTest, NOTHING, sameHit, type Hit } from '../../draw/hit_test';
import { Labels } from '../../draw/labels';
import { Layer, sizeOf, textMeasure } from '../../draw/layer';
import { css } from '../../draw/viewport';
import { rootLabel } from './box_facts';
import type { FlameSession } from './flame_session';

export interface FlameCanvases {
  /** Decides the size; gets the focus. */
  readonly area: HTMLElement;
  readonly picture: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
}

/** In CSS pixels of the canvas. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export class CanvasController {
  private readonly theme: ReadonlySignal<FlameTheme>;
  private readonly layers: { readonly picture: Layer; readonly overlay: Layer };
  private readonly labels: Labels;
  private readonly disposers: (() => void)[] = [];
  private outlines: Outlines = [];
  /** Where the pointer is, while it is over the canvas. */
  readonly pointer: Signal<Point | undefined> = signal(undefined);
  readonly dragging = signal(false);
  private nextPointer: Point | undefined;

  constructor(
    private readonly session: FlameSession,
    private readonly canvases: FlameCanvases,
  ) {
    const { area } = canvases;
    this.theme = computed(() => themeOf(session));
    this.labels = new Labels(textMeasure(area.ownerDocument));
    this.layers = {
      picture: new Layer(canvases.picture, { opaque: true }),
      overlay: new Layer(canvases.overlay, { opaque: false }),
    };
    this.watchSize();
    this.disposers.push(
      effect(() => this.followData()),
      effect(() => this.followMarks()),
    );
  }

  dispose(): void {
    for (const dispose of this.disposers) dispose();
    this.waitingForNames?.();
    for (const job of [this.drawPicture, this.drawOverlay, this.updateHit]) this.session.scheduler.forget(job);
    this.session.hit.value = NOTHING;
  }

  /** undefined: it left the canvas. */
  movePointer(pointer: Point | undefined): void {
    this.nextPointer = pointer;
    this.session.scheduler.schedule('input', this.updateHit);
  }

  /** At once, for what cannot wait for the next frame. */
  findHit(): Hit {
    this.updateHit();
    return this.session.hit.peek();
  }

  private readonly updateHit = (): void => {
    if (this.session.frozen.peek()) return;
    const shown = this.session.shown.peek();
    const pointer = this.nextPointer;
    this.pointer.value = pointer;
    const hit =
      shown === undefined || pointer === undefined
        ? NOTHING
        : hitTest(shown.columns, this.session.viewport.peek(), css(pointer.x), css(pointer.y));
    if (!sameHit(hit, this.session.hit.peek())) this.session.hit.value = hit;
  };

  private followData(): void {
    const { session } = this;
    session.shown.value;
    session.viewport.value;
    session.hits.value;
    session.tint.value;
    this.theme.value;
    session.scheduler.schedule('draw', this.drawPicture);
    // What is under a resting pointer moves with the window.
    if (this.nextPointer !== undefined) session.scheduler.schedule('input', this.updateHit);
  }

  private followMarks(): void {
    const { session } = this;
    session.shown.value;
    session.viewport.value;
    session.hit.value;
    session.document.cursor.selected.value;
    session.document.view.selectedFrame.value;
    this.theme.value;
    session.scheduler.schedule('draw', this.drawOverlay);
  }

  private readonly drawPicture = (): void => {
    const scene = this.scene();
    const shown = this.session.shown.peek();
    if (scene === undefined || shown === undefined) return;
    const { painter } = this.layers.picture;
    paintBoxes(painter, scene);
    const { names } = this.session.document;
    let missing = false;
    const source: LabelSource = {
      labels: this.labels,
      nameOf: (id) => {
        const text = names.text(id);
        missing ||= text === undefined;
        return text;
      },
      root: rootLabel(shown, names),
    };
    paintLabels(painter, scene, source);
    if (missing) this.redrawWhenNamesArrive();
    this.outlinedFor = undefined;
  };

  /** The frame that `outlines` are of; undefined: they are of another window. */
  private outlinedFor: number | null | undefined;
  private overlayIsClear = true;

  private readonly drawOverlay = (): void => {
    const scene = this.scene();
    if (scene === undefined) return;
    const frame = this.session.document.view.selectedFrame.peek();
    if (frame !== this.outlinedFor) {
      this.outlines = frame === null ? [] : outlinesOf(scene, frame);
      this.outlinedFor = frame;
    }
    const marks: Marks = {
      hover: this.session.hit.peek(),
      selected: this.session.document.cursor.selected.peek() ?? undefined,
      outlines: this.outlines,
    };
    const isClear = marks.hover.kind === 'nothing' && marks.selected === undefined && marks.outlines.length === 0;
    if (!isClear || !this.overlayIsClear) paintMarks(this.layers.overlay.painter, scene, marks);
    this.overlayIsClear = isClear;
  };

  private waitingForNames: (() => void) | undefined;

  private redrawWhenNamesArrive(): void {
    if (this.waitingForNames !== undefined) return;
    const { version } = this.session.document.names;
    const before = version.peek();
    this.waitingForNames = version.subscribe((now) => {
      if (now === before) return;
      this.waitingForNames?.();
      this.waitingForNames = undefined;
      this.session.scheduler.schedule('draw', this.drawPicture);
    });
  }

  private scene(): FlameScene | undefined {
    const { session } = this;
    const shown = session.shown.peek();
    const viewport = session.viewport.peek();
    if (shown === undefined || viewport.width <= 0 || viewport.height <= 0) return undefined;
    const { columns, frames } = shown;
    const theme = this.theme.peek();
    return { columns, frames, viewport, theme, hits: session.hits.peek(), tint: session.tint.peek() };
  }

  private watchSize(): void {
    const { area } = this.canvases;
    const fit = (): void => {
      const size = sizeOf(area);
      if (size.width <= 0 || size.height <= 0) return;
      const wiped = Object.values(this.layers).map((layer: Layer) => layer.resize(size));
      this.session.resize(size);
      if (!wiped.includes(true)) return;
      // At once, not in the next frame: a wiped canvas would blink.
      this.drawPicture();
      this.drawOverlay();
    };
    const observer = new ResizeObserver(fit);
    observer.observe(area);
    const view = area.ownerDocument.defaultView;
    view?.addEventListener('resize', fit);
    this.disposers.push(() => {
      observer.disconnect();
      view?.removeEventListener('resize', fit);
    });
    fit();
  }
}

export function themeOf(session: FlameSession): FlameTheme {
  return session.document.theme.value === 'dark' ? DARK_FLAME : LIGHT_FLAME;
}
