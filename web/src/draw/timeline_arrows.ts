// Wake-ups: from the lane of who woke to the lane of who was woken. Both stand at the same time, so an arrow is upright.
import { laneKindIndex, TIMELINE_STATES, type SliceColumns } from '../protocol/trace';
import type { Colour } from './colour';
import type { Painter } from './painter';
import type { TimelineTheme } from './timeline_colors';
import { LABEL_WIDTH, LANE_HEIGHT, rowTop, scrollTop, HEAD_HEIGHT } from './timeline_geometry';
import { toCss, type Viewport } from './viewport';

/** Between rows, by their places among all rows. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly time: number;
}

/** More than these would hide what they tell about: then only those of the selection are drawn. */
export const MAX_ARROWS = 400;

export interface WakeUps {
  readonly viewport: Viewport;
  readonly slices: SliceColumns;
  /** Goroutines in sight: row, lane in `slices`. */
  readonly lanes: readonly { readonly row: number; readonly lane: number }[];
  /** Row of a goroutine by its index; -1: it has none. */
  readonly rowOf: (goroutine: number) => number;
}

const RUNNABLE = TIMELINE_STATES.indexOf('runnable');
export const GOROUTINE = laneKindIndex('goroutine');

/** Of spans in sight that are wide enough to stand for themselves; none where there are too many. */
export function wakeUps({ viewport, slices, lanes, rowOf }: WakeUps): readonly Arrow[] {
  const arrows: Arrow[] = [];
  for (const { row, lane } of lanes) {
    for (let i = slices.laneBegin[lane] ?? 0; i < (slices.laneBegin[lane + 1] ?? 0); i++) {
      if (slices.state[i] !== RUNNABLE || slices.count[i] !== 1) continue;
      const time = slices.start[i] ?? 0;
      if (time < viewport.from || time > viewport.to) continue;
      const from = rowOf(slices.object[i] ?? 0);
      if (from < 0 || from === row) continue;
      if (arrows.length === MAX_ARROWS) return [];
      arrows.push({ from, to: row, time });
    }
  }
  return arrows;
}

export function paintArrows(
  painter: Painter,
  viewport: Viewport,
  pinned: number,
  theme: TimelineTheme,
  arrows: readonly Arrow[],
): void {
  for (const arrow of arrows) paintArrow(painter, viewport, pinned, arrow, theme.text, 0.55);
}

/** A line from the middle of one lane to the edge of the other, and a head of three steps. What is above or below the lanes is cut. */
export function paintArrow(
  painter: Painter,
  viewport: Viewport,
  pinned: number,
  { from, to, time }: Arrow,
  colour: Colour,
  alpha: number,
  thickness = 1,
): void {
  const px = (css: number): number => Math.round(css * viewport.ratio);
  const x = px(LABEL_WIDTH + toCss(viewport, time));
  if (x < px(LABEL_WIDTH) || x >= px(LABEL_WIDTH + viewport.width)) return;
  const down = to > from;
  const begin = rowTop(viewport, pinned, from) + LANE_HEIGHT / 2;
  const end = rowTop(viewport, pinned, to) + (down ? 2 : LANE_HEIGHT - 1);
  const lowest = scrollTop(pinned) + viewport.height;
  const cut = (y: number): number => px(Math.max(HEAD_HEIGHT, Math.min(lowest, y)));
  const [top, bottom] = down ? [cut(begin), cut(end)] : [cut(end), cut(begin)];
  if (bottom <= top) return;
  const width = Math.max(1, px(thickness));
  painter.rect(x, top, width, bottom - top, colour, alpha);
  // Where the end is out of sight there is no head.
  if (cut(end) !== px(end)) return;
  const step = Math.max(1, px(1));
  for (let i = 1; i <= 3; i++) {
    const y = down ? bottom - i * step : top + (i - 1) * step;
    painter.rect(x - (i - 1) * step, y, width + 2 * (i - 1) * step, step, colour, alpha);
  }
}
