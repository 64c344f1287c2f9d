// The window on a chart: which values and which rows are on screen. Three spaces, three types: a mix does not compile.
// All arithmetic is f64, so a graph of 2^53 units can be zoomed by 2^40 before steps become visible.

declare const space: unique symbol;
type In<Name extends string> = number & { readonly [space]: Name };

/** From the left or top edge of a canvas, in CSS pixels. */
export type CssPx = In<'css'>;
/** The same in pixels of the screen: CssPx times the ratio. */
export type DevicePx = In<'device'>;
/** From the left edge of the root box, in value units. */
export type ValueX = In<'value'>;

export const css = (value: number): CssPx => value as CssPx;
export const device = (value: number): DevicePx => value as DevicePx;
export const valueX = (value: number): ValueX => value as ValueX;

export interface Viewport {
  /** Values at the left and right edge: from < to. */
  readonly from: ValueX;
  readonly to: ValueX;
  /** Content above the top edge. */
  readonly scroll: CssPx;
  readonly width: CssPx;
  readonly height: CssPx;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** The root stands at the bottom; `scroll` is then what lies below the bottom edge. */
  readonly flipped?: boolean;
}

/** What there is to see: the root's width and the height of all rows. */
export interface Extent {
  readonly total: number;
  readonly height: CssPx;
}

export interface Size {
  readonly width: CssPx;
  readonly height: CssPx;
  readonly ratio: number;
  readonly flipped?: boolean;
}

// An f64 holds total to 2^-53 of itself; at 2^-40 a screen is still 2^13 such steps wide, finer than any screen's pixels.
const SMALLEST_SHARE = 2 ** -40;
const WHOLE_SLACK = 1e-9;
/** What is revealed and narrower than the first is brought to the second, in CSS pixels. */
const READABLE_WIDTH = 40;
const REVEALED_WIDTH = 160;

export function wholeView(extent: Extent, size: Size): Viewport {
  return { from: valueX(0), to: valueX(rangeOf(extent)), scroll: css(0), ...size };
}

/** The same window on a canvas of another size or over other content. */
export function refit(viewport: Viewport, extent: Extent, size: Size): Viewport {
  return clamp({ ...viewport, ...size }, extent);
}

/** factor > 1 shows less. The value under `at` stays there. */
export function zoomAt(viewport: Viewport, extent: Extent, factor: number, at: CssPx): Viewport {
  const span = viewport.to - viewport.from;
  const wanted = limitSpan(span / factor, extent);
  const share = viewport.width > 0 ? at / viewport.width : 0.5;
  const from = viewport.from + share * (span - wanted);
  return clamp({ ...viewport, from: valueX(from), to: valueX(from + wanted) }, extent);
}

/** Positive dx and dy move the window right and down. */
export function panBy(viewport: Viewport, extent: Extent, dx: CssPx, dy: CssPx): Viewport {
  const shift = dx * valuePerCss(viewport);
  return clamp(
    {
      ...viewport,
      from: valueX(viewport.from + shift),
      to: valueX(viewport.to + shift),
      scroll: css(viewport.scroll + dy),
    },
    extent,
  );
}

export function showRange(viewport: Viewport, extent: Extent, from: number, to: number): Viewport {
  const span = limitSpan(to - from, extent);
  const left = from - (span - (to - from)) / 2;
  return clamp({ ...viewport, from: valueX(left), to: valueX(left + span) }, extent);
}

/** Moves sideways only as far as it takes to read [left, left + width), and zooms in only where that is too narrow. */
export function revealRange(viewport: Viewport, extent: Extent, left: number, width: number): Viewport {
  const x0 = toCss(viewport, left);
  const x1 = toCss(viewport, left + width);
  const inSight = Math.min(viewport.width, x1) - Math.max(0, x0);
  if (inSight >= READABLE_WIDTH || width <= 0) return viewport;
  if (x1 - x0 < READABLE_WIDTH) {
    const room = (width * Math.max(0, viewport.width / REVEALED_WIDTH - 1)) / 2;
    return showRange(viewport, extent, left - room, left + width + room);
  }
  // Wide enough, but beyond an edge: a wide one shows the end that is nearer.
  const shown = Math.min(x1 - x0, viewport.width);
  return panBy(viewport, extent, css(x0 < 0 ? x1 - shown : x0 + shown - viewport.width), css(0));
}

/** Scrolls only as far as it takes to see [top, bottom). */
export function revealRows(viewport: Viewport, extent: Extent, top: CssPx, bottom: CssPx): Viewport {
  let scroll: number = viewport.scroll;
  if (bottom > scroll + viewport.height) scroll = bottom - viewport.height;
  if (top < scroll) scroll = top;
  return scroll === viewport.scroll ? viewport : clamp({ ...viewport, scroll: css(scroll) }, extent);
}

/** Between two windows, t from 0 to 1. Spans change by a constant factor per time, so that a deep zoom feels even. */
export function between(a: Viewport, b: Viewport, t: number): Viewport {
  if (t >= 1) return b;
  const spanA = a.to - a.from;
  const spanB = b.to - b.from;
  const span = spanA * Math.pow(spanB / spanA, t);
  // The point that both windows show at the same place stays there: `from` moves as much as the span did of its way.
  const share = Math.abs(spanA - spanB) > 1e-9 * spanA ? (spanA - span) / (spanA - spanB) : t;
  const from = a.from + (b.from - a.from) * share;
  const scroll = a.scroll + (b.scroll - a.scroll) * t;
  return { ...b, from: valueX(from), to: valueX(from + span), scroll: css(scroll) };
}

export function sameView(a: Viewport, b: Viewport): boolean {
  const tiny = (a.to - a.from) * 1e-6;
  return Math.abs(a.from - b.from) <= tiny && Math.abs(a.to - b.to) <= tiny && a.scroll === b.scroll;
}

export function toCss(viewport: Viewport, value: number): CssPx {
  return css(((value - viewport.from) / (viewport.to - viewport.from)) * viewport.width);
}

export function toValue(viewport: Viewport, x: CssPx): ValueX {
  return valueX(viewport.from + x * valuePerCss(viewport));
}

export function valuePerCss(viewport: Viewport): number {
  return viewport.width > 0 ? (viewport.to - viewport.from) / viewport.width : 0;
}

export function deviceWidth(viewport: Viewport): DevicePx {
  return device(Math.round(viewport.width * viewport.ratio));
}

function rangeOf(extent: Extent): number {
  return extent.total > 0 ? extent.total : 1;
}

function limitSpan(span: number, extent: Extent): number {
  const range = rangeOf(extent);
  return Math.min(range, Math.max(span, range * SMALLEST_SHARE));
}

function clamp(viewport: Viewport, extent: Extent): Viewport {
  const range = rangeOf(extent);
  const wanted = viewport.to - viewport.from;
  // In and out again leaves a rest of rounding, and whole is whole.
  const span = wanted > range * (1 - WHOLE_SLACK) ? range : wanted;
  const from = Math.max(0, Math.min(viewport.from, range - span));
  const lowest = Math.max(0, extent.height - viewport.height);
  const scroll = Math.max(0, Math.min(viewport.scroll, lowest));
  return { ...viewport, from: valueX(from), to: valueX(from + span), scroll: css(scroll) };
}
