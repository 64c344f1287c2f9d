// Measures of a flame graph, in CSS pixels.
import type { FlameColumns } from '../protocol/columns';
import { rowCount } from './row_walk';
import { css, type CssPx, type Extent, type Viewport } from './viewport';

export const ROW_HEIGHT = 18;
/** The line between a box and its caller. */
export const EDGE_HEIGHT = 1;
/** Room left and right of a label, and the narrowest box that gets one. */
export const LABEL_PADDING = 4;
export const LABEL_MIN_WIDTH = 38;
/** Empty room below the deepest row, so that it does not stick to the edge. */
const BOTTOM_ROOM = 6;

export function extentOf(columns: FlameColumns): Extent {
  return { total: columns.width[0] ?? 0, height: css(rowCount(columns) * ROW_HEIGHT + BOTTOM_ROOM) };
}

/** Rows that the viewport shows, wholly or in part: [first, end). */
export function visibleRows(columns: FlameColumns, viewport: Viewport): { first: number; end: number } {
  const first = Math.max(0, Math.floor(viewport.scroll / ROW_HEIGHT));
  const end = Math.min(rowCount(columns), Math.ceil((viewport.scroll + viewport.height) / ROW_HEIGHT));
  return { first, end: Math.max(first, end) };
}

/** Top of a row on the canvas. */
export function rowTop(row: number, viewport: Viewport): CssPx {
  const fromRoot = row * ROW_HEIGHT - viewport.scroll;
  return css(viewport.flipped === true ? viewport.height - fromRoot - ROW_HEIGHT : fromRoot);
}

export function rowBottom(row: number, viewport: Viewport): CssPx {
  return css(rowTop(row, viewport) + ROW_HEIGHT);
}
