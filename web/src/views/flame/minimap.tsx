// The whole graph in 24 px with the present window on it. Drag the window, or press elsewhere to bring it there.
import { effect } from '@preact/signals-core';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ensureExists } from '../../base/assert';
import { Layer, sizeOf } from '../../draw/layer';
import { paintMinimap } from '../../draw/minimap_painter';
import { wholeView } from '../../draw/viewport';
import { themeOf } from './canvas_controller';
import type { FlameSession } from './flame_session';
import { useWatch } from './use_watch';

export function Minimap({ session }: { readonly session: FlameSession }): JSX.Element {
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    return keepPainted(session, ensureExists(strip.current, 'minimap'), ensureExists(canvas.current, 'minimap canvas'));
  }, [session]);
  useLayoutEffect(() => listenToDrags(session, ensureExists(strip.current, 'minimap')), [session]);
  useWatch(() => {
    const { from, to } = session.viewport.value;
    const { total } = session.extent.value;
    const element = view.current;
    if (element === null || total <= 0) return;
    element.style.left = `${(from / total) * 100}%`;
    element.style.width = `${((to - from) / total) * 100}%`;
  }, [session]);
  return (
    <div ref={strip} class="flame-minimap" aria-hidden="true" data-testid="flame-minimap">
      <canvas ref={canvas} />
      <div ref={view} class={session.isWhole.value ? 'flame-window flame-window-whole' : 'flame-window'} />
    </div>
  );
}

/** Paints when graph, search, theme or size change; the window moves without painting. */
function keepPainted(session: FlameSession, strip: HTMLElement, canvas: HTMLCanvasElement): () => void {
  const layer = new Layer(canvas, { opaque: true });
  const draw = (): void => {
    const shown = session.shown.peek();
    const size = sizeOf(strip);
    if (shown === undefined || size.width <= 0) return;
    layer.resize(size);
    const viewport = wholeView(session.extent.peek(), size);
    const { columns, frames } = shown;
    const flipped = session.document.flipped.peek();
    paintMinimap(layer.painter, {
      columns,
      frames,
      viewport: { ...viewport, flipped },
      theme: themeOf(session),
      hits: session.hits.peek(),
      tint: session.tint.peek(),
    });
  };
  const sizes = new ResizeObserver(draw);
  sizes.observe(strip);
  const stop = effect(() => {
    session.shown.value;
    session.hits.value;
    session.tint.value;
    session.document.flipped.value;
    themeOf(session);
    session.scheduler.schedule('draw', draw);
  });
  return () => {
    sizes.disconnect();
    stop();
    session.scheduler.forget(draw);
  };
}

function listenToDrags(session: FlameSession, strip: HTMLElement): () => void {
  /** Value between the pointer and the window's left edge. */
  let grip: number | undefined;
  const valueAt = (event: PointerEvent): number => {
    const bounds = strip.getBoundingClientRect();
    return ((event.clientX - bounds.left) / bounds.width) * session.extent.peek().total;
  };
  const moveTo = (event: PointerEvent): void => {
    if (grip === undefined) return;
    const { from, to } = session.viewport.peek();
    const left = valueAt(event) - grip;
    session.showRange(left, left + to - from, false);
  };
  const stop = new AbortController();
  const { signal } = stop;
  const onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    strip.setPointerCapture(event.pointerId);
    const { from, to } = session.viewport.peek();
    const value = valueAt(event);
    grip = value >= from && value < to ? value - from : (to - from) / 2;
    moveTo(event);
  };
  const onUp = (): void => {
    grip = undefined;
  };
  // The focus stays where keys work.
  strip.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
  strip.addEventListener('pointerdown', onDown, { signal });
  strip.addEventListener('pointermove', moveTo, { signal });
  strip.addEventListener('pointerup', onUp, { signal });
  strip.addEventListener('pointercancel', onUp, { signal });
  return () => stop.abort();
}
