// What moves over a timeline: the selected span, a marked range, the line under the pointer.
import type { Painter } from './painter';
import type { TimelineTheme } from './timeline_colors';
import { HEAD_HEIGHT, LABEL_WIDTH, LANE_HEIGHT } from './timeline_painter';
import { toCss, type Viewport } from './viewport';

export interface TimelineMarks {
  readonly viewport: Viewport;
  readonly theme: TimelineTheme;
  readonly range: { readonly from: number; readonly to: number } | null;
  /** CSS pixels from the canvas's left edge. */
  readonly hoverX: number | undefined;
  readonly selected: { readonly row: number; readonly from: number; readonly to: number } | undefined;
}

const RANGE_ALPHA = 0.18;

export function paintTimelineMarks(painter: Painter, marks: TimelineMarks): void {
  const { viewport, theme, range, hoverX, selected } = marks;
  const { ratio } = viewport;
  const px = (css: number): number => Math.round(css * ratio);
  const height = px(HEAD_HEIGHT + viewport.height);
  const inside = (from: number, to: number): readonly [number, number] | undefined => {
    const x0 = Math.max(0, toCss(viewport, from));
    const x1 = Math.min(viewport.width, toCss(viewport, to));
    return x1 < 0 || x0 > viewport.width ? undefined : [px(LABEL_WIDTH + x0), Math.max(1, px(x1 - x0))];
  };
  painter.clear();
  const ranged = range === null ? undefined : inside(range.from, range.to);
  if (ranged !== undefined) painter.rect(ranged[0], 0, ranged[1], height, theme.accent, RANGE_ALPHA);
  const box = selected === undefined || selected.row < 0 ? undefined : inside(selected.from, selected.to);
  if (box !== undefined && selected !== undefined) {
    const top = HEAD_HEIGHT + selected.row * LANE_HEIGHT - viewport.scroll;
    if (top >= HEAD_HEIGHT - LANE_HEIGHT / 2) {
      painter.outline(box[0], px(top + 1), Math.max(3, box[1]), px(LANE_HEIGHT - 1), px(2), theme.text);
    }
  }
  if (hoverX !== undefined && hoverX >= LABEL_WIDTH) painter.rect(px(hoverX), 0, 1, height, theme.text, 0.4);
}
