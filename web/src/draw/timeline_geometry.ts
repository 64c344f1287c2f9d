// Where things of a timeline stand: a column of labels, a head of axis and counters, rows that are pinned, rows that scroll.
// CSS pixels.
import type { Viewport } from './viewport';

/** The core's resolution is at least this many device pixels. */
export const MERGED_PIXELS = 2;

export const LABEL_WIDTH = 200;
export const AXIS_HEIGHT = 20;
/** Counters below the axis. */
export const STRIPS = ['goroutines', 'threads', 'heap', 'procs'] as const;
export type Strip = (typeof STRIPS)[number];
export const STRIP_HEIGHTS: Readonly<Record<Strip, number>> = { goroutines: 32, threads: 20, heap: 32, procs: 16 };
export const HEAD_HEIGHT = AXIS_HEIGHT + Object.values(STRIP_HEIGHTS).reduce((sum, height) => sum + height, 0);
export const LANE_HEIGHT = 20;

export function stripTop(strip: Strip): number {
  let top = AXIS_HEIGHT;
  for (const one of STRIPS) {
    if (one === strip) break;
    top += STRIP_HEIGHTS[one];
  }
  return top;
}

/** The counter at a height; undefined: axis or lanes. */
export function stripAt(y: number): Strip | undefined {
  return STRIPS.find((strip) => y >= stripTop(strip) && y < stripTop(strip) + STRIP_HEIGHTS[strip]);
}

/** What is above the rows that scroll. */
export const scrollTop = (pinned: number): number => HEAD_HEIGHT + pinned * LANE_HEIGHT;

/** Top edge of a row. `viewport` is of the area that scrolls. */
export function rowTop({ scroll }: Viewport, pinned: number, row: number): number {
  return HEAD_HEIGHT + row * LANE_HEIGHT - (row < pinned ? 0 : scroll);
}

/** -1: above the rows. There may be no row at the answer. */
export function rowAt({ scroll }: Viewport, pinned: number, y: number): number {
  if (y < HEAD_HEIGHT) return -1;
  const fixed = Math.floor((y - HEAD_HEIGHT) / LANE_HEIGHT);
  return fixed < pinned ? fixed : Math.floor((y - HEAD_HEIGHT + scroll) / LANE_HEIGHT);
}

/** Rows that are in sight: the pinned ones, and those from `first` to before `last`. */
export function rowsInSight(
  { scroll, height }: Viewport,
  pinned: number,
): { readonly first: number; readonly last: number } {
  return {
    first: pinned + Math.floor(scroll / LANE_HEIGHT),
    last: pinned + Math.ceil((scroll + height) / LANE_HEIGHT),
  };
}
