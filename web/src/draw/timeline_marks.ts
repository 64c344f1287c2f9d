// What moves over a timeline: the selected span and its wake-ups, a marked range with its length, the line under the pointer.
import type { Painter } from './painter';
import { paintArrow, type Arrow } from './timeline_arrows';
import type { TimelineTheme } from './timeline_colors';
import { AXIS_HEIGHT, HEAD_HEIGHT, LABEL_WIDTH, LANE_HEIGHT, rowTop, scrollTop } from './timeline_geometry';
import { toCss, type Viewport } from './viewport';

export interface TimelineMarks {
  readonly viewport: Viewport;
  readonly pinned: number;
  readonly theme: TimelineTheme;
  readonly range: { readonly from: number; readonly to: number; readonly text: string } | null;
  /** CSS pixels from the canvas's left edge. */
  readonly hoverX: number | undefined;
  readonly selected: { readonly row: number; readonly from: number; readonly to: number } | undefined;
  /** Of the selected span: who woke it, whom it woke. */
  readonly arrows: readonly Arrow[];
  /** CSS pixels. */
  readonly charWidth: number;
}

const RANGE_ALPHA = 0.18;

export function paintTimelineMarks(painter: Painter, marks: TimelineMarks): void {
  const { viewport, pinned, theme, range, hoverX, selected } = marks;
  const { ratio } = viewport;
  const px = (css: number): number => Math.round(css * ratio);
  const height = px(scrollTop(pinned) + viewport.height);
  const inside = (from: number, to: number): readonly [number, number] | undefined => {
    const x0 = Math.max(0, toCss(viewport, from));
    const x1 = Math.min(viewport.width, toCss(viewport, to));
    return x1 < 0 || x0 > viewport.width ? undefined : [px(LABEL_WIDTH + x0), Math.max(1, px(x1 - x0))];
  };
  painter.clear();
  const ranged = range === null ? undefined : inside(range.from, range.to);
  if (ranged !== undefined && range !== null) {
    painter.rect(ranged[0], 0, ranged[1], height, theme.accent, RANGE_ALPHA);
    const room = px(range.text.length * marks.charWidth + 8);
    const x = Math.max(
      px(LABEL_WIDTH),
      Math.min(ranged[0] + (ranged[1] - room) / 2, px(LABEL_WIDTH + viewport.width) - room),
    );
    painter.rect(Math.round(x), 0, room, px(AXIS_HEIGHT), theme.panel, 1);
    painter.text(Math.round(x) + px(4), px(14), range.text, theme.text);
  }
  for (const arrow of marks.arrows) paintArrow(painter, viewport, pinned, arrow, theme.accent, 1, 2);
  const box = selected === undefined || selected.row < 0 ? undefined : inside(selected.from, selected.to);
  if (box !== undefined && selected !== undefined) {
    const top = rowTop(viewport, pinned, selected.row);
    const above = selected.row < pinned ? HEAD_HEIGHT : scrollTop(pinned);
    if (top >= above - LANE_HEIGHT / 2) {
      painter.outline(box[0], px(top + 1), Math.max(3, box[1]), px(LANE_HEIGHT - 1), px(2), theme.text);
    }
  }
  if (hoverX !== undefined && hoverX >= LABEL_WIDTH) painter.rect(px(hoverX), 0, 1, height, theme.text, 0.4);
}
