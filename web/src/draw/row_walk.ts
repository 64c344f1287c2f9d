// Walks what one row shows between the edges of a viewport, left to right, in time that depends on pixels and not on
// boxes: the first box by bisection, and where boxes are thinner than a CSS pixel, the next one a pixel further by
// galloping. Painting and hit test use the same walk, so a hover always tells what was painted.
import type { FlameColumns } from '../protocol/columns';
import { deviceWidth, type Viewport } from './viewport';

/** Gets device pixels, snapped, inside the canvas, x0 < x1. */
export interface RowSink {
  box(box: number, x0: number, x1: number): void;
  /** Neighbours, all too thin to draw: boxes [first, last]. */
  run(first: number, last: number, x0: number, x1: number): void;
}

export function rowCount(columns: FlameColumns): number {
  return Math.max(0, columns.rowBegin.length - 1);
}

/** The row that a box stands in. */
export function rowOf(columns: FlameColumns, box: number): number {
  return lastAtMost(columns.rowBegin, 0, columns.rowBegin.length - 1, box);
}

/** Boxes narrower than `thinnest` CSS pixels come as runs. Labels pass more than 1: they look at wide boxes only. */
export function walkRow(columns: FlameColumns, row: number, viewport: Viewport, sink: RowSink, thinnest = 1): void {
  const { start, width } = columns;
  const end = columns.rowBegin[row + 1] ?? 0;
  const { from, to } = viewport;
  const edge = deviceWidth(viewport);
  const scale = edge / (to - from);
  const thin = viewport.ratio * thinnest;
  const thinValue = thin / scale;
  // The pending run, not yet told to the sink: boxes [first, last], pixels [x0, x1).
  let first = -1;
  let last = -1;
  let runX0 = 0;
  let runX1 = 0;
  let i = firstVisible(columns, row, from);
  while (i < end) {
    const left = start[i] ?? 0;
    if (left >= to) break;
    const extent = (width[i] ?? 0) * scale;
    const x0 = Math.round((left - from) * scale);
    if (extent >= thin) {
      if (first >= 0) sink.run(first, last, runX0, runX1);
      first = -1;
      emitBox(sink, i, Math.max(0, x0), Math.min(edge, Math.round((left - from) * scale + extent)));
      i++;
      continue;
    }
    // All that start within a pixel: they end before the next one starts, so only the last of them may be wide.
    const after = gallop(start, i + 1, end, left + thinValue);
    let thinLast = after - 1;
    if (thinLast > i && (width[thinLast] ?? 0) * scale >= thin) thinLast--;
    const right = (start[thinLast] ?? 0) + (width[thinLast] ?? 0);
    if (right > left) {
      const x1 = Math.max(x0 + 1, Math.round((right - from) * scale));
      if (first >= 0 && x0 > runX1) {
        sink.run(first, last, runX0, runX1);
        first = -1;
      }
      if (first < 0) {
        first = i;
        runX0 = Math.max(0, Math.min(x0, edge - 1));
      }
      last = thinLast;
      runX1 = Math.min(edge, Math.max(x1, runX0 + 1));
    }
    i = thinLast + 1;
  }
  if (first >= 0) sink.run(first, last, runX0, runX1);
}

function emitBox(sink: RowSink, box: number, x0: number, x1: number): void {
  if (x1 > x0) sink.box(box, x0, x1);
}

/** The first box of the row that ends right of `value`. */
function firstVisible(columns: FlameColumns, row: number, value: number): number {
  const begin = columns.rowBegin[row] ?? 0;
  const end = columns.rowBegin[row + 1] ?? 0;
  if (begin >= end) return end;
  const at = lastAtMost(columns.start, begin, end, value);
  const right = (columns.start[at] ?? 0) + (columns.width[at] ?? 0);
  return right > value || (columns.start[at] ?? 0) > value ? at : at + 1;
}

/** The last index in [begin, end) whose value is at most `limit`; begin if there is none. */
export function lastAtMost(sorted: ArrayLike<number>, begin: number, end: number, limit: number): number {
  let low = begin;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}

/** The first index in [begin, end) whose value is at least `limit`, found in steps that double: near ones are cheap. */
function gallop(sorted: Float64Array, begin: number, end: number, limit: number): number {
  if (begin >= end || (sorted[begin] ?? 0) >= limit) return begin;
  let low = begin;
  let step = 1;
  while (low + step < end && (sorted[low + step] ?? 0) < limit) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, end);
  // sorted[low] < limit, and high is the end or at least limit.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle;
    else high = middle;
  }
  return high;
}
