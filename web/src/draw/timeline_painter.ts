// Paints the timeline: lanes of slices under an axis and counters, with a column of labels. Pure: everything it draws is in
// the scene, tests read it from a log. A slice is drawn at least one pixel wide and never over another one's last pixel, so
// nothing vanishes: the core merges what is thinner than MERGED_PIXELS.
import { laneKindIndex, type SliceColumns, type StripColumns } from '../protocol/trace';
import { blend, type Colour } from './colour';
import { EDGE_CLOSED, type Painter } from './painter';
import { paintArrows, type Arrow } from './timeline_arrows';
import { runShade, type TimelineTheme } from './timeline_colors';
import {
  AXIS_HEIGHT,
  HEAD_HEIGHT,
  LABEL_WIDTH,
  LANE_HEIGHT,
  rowTop,
  scrollTop,
  STRIP_HEIGHTS,
  STRIPS,
  stripTop,
  type Strip,
} from './timeline_geometry';
import { paintStrip, type StripPeaks } from './timeline_strip';
import type { Viewport } from './viewport';

export interface SceneRow {
  /** Its place among all rows. */
  readonly index: number;
  readonly label: string;
  /** CSS pixels in front of the label. */
  readonly indent: number;
  readonly head: boolean;
  /** Of what has rows below it. */
  readonly fold?: 'open' | 'folded';
  readonly selected: boolean;
  /** Index of its lane in `slices`. */
  readonly lane: number | undefined;
  /** What runs on it are goroutines: those of others fade while one is followed. */
  readonly ofGoroutines?: boolean;
}

export interface TimelineScene {
  /** Of the lanes' area that scrolls: right of the labels, below the head and the pinned rows. */
  readonly viewport: Viewport;
  /** How many rows do not scroll. */
  readonly pinned: number;
  /** The rows in sight: pinned ones first. */
  readonly rows: readonly SceneRow[];
  readonly slices: SliceColumns | undefined;
  /** Lane of pauses in `slices`: drawn as a veil over everything. */
  readonly stopLane: number | undefined;
  readonly arrows: readonly Arrow[];
  /** GoroutineIndex: runs of others on Ps and Ms fade. */
  readonly followed?: number | undefined;
  readonly strip: StripColumns | undefined;
  readonly most: StripPeaks;
  readonly bookmarks: readonly { readonly from: number; readonly to: number }[];
  readonly theme: TimelineTheme;
  /** What stands on a slice, longest first; the first that fits is drawn. */
  readonly textsOf: (slice: number) => readonly string[];
  /** CSS pixels. */
  readonly charWidth: number;
  readonly timeText: (ns: number, step: number) => string;
  /** Beside the axis: what its times are. */
  readonly axisText: string;
  readonly stripTexts: Readonly<Record<Strip, string>>;
}

export function paintTimeline(painter: Painter, scene: TimelineScene): void {
  painter.clear(scene.theme.background);
  const isPinned = (row: SceneRow): boolean => row.index < scene.pinned;
  paintRows(
    painter,
    scene,
    scene.rows.filter((row) => !isPinned(row)),
  );
  if (scene.pinned > 0) {
    const top = px(scene, HEAD_HEIGHT);
    const width = px(scene, LABEL_WIDTH + scene.viewport.width);
    painter.rect(0, top, width, px(scene, scene.pinned * LANE_HEIGHT), scene.theme.background, 1);
    paintRows(painter, scene, scene.rows.filter(isPinned));
    painter.rect(0, px(scene, scrollTop(scene.pinned)) - 1, width, 1, scene.theme.muted, 1);
  }
  if (scene.slices !== undefined) paintVeil(painter, scene, scene.slices);
  paintArrows(painter, scene.viewport, scene.pinned, scene.theme, scene.arrows);
  painter.rect(px(scene, LABEL_WIDTH) - 1, 0, 1, bottomOf(scene), scene.theme.line, 1);
  paintHead(painter, scene);
}

function paintRows(painter: Painter, scene: TimelineScene, rows: readonly SceneRow[]): void {
  const { slices } = scene;
  if (slices !== undefined) {
    for (const row of rows) {
      if (row.lane === undefined) continue;
      painter.row(px(scene, topOf(scene, row) + 2), px(scene, LANE_HEIGHT - 3), 0);
      paintSlices(painter, scene, slices, row);
    }
    painter.flushRows();
    for (const row of rows) {
      if (row.lane === undefined) continue;
      paintTexts(painter, scene, slices, row.lane, topOf(scene, row));
      paintMarks(painter, scene, slices, row.lane, topOf(scene, row));
    }
  }
  paintLabels(painter, scene, rows);
}

const topOf = ({ viewport, pinned }: TimelineScene, row: SceneRow): number => rowTop(viewport, pinned, row.index);

const bottomOf = (scene: TimelineScene): number => px(scene, scrollTop(scene.pinned) + scene.viewport.height);

const px = ({ viewport }: TimelineScene, css: number): number => Math.round(css * viewport.ratio);

/** Device pixel of a time, not cut to the canvas. */
function xOf(scene: TimelineScene, ns: number): number {
  const { from, to, width, ratio } = scene.viewport;
  return (LABEL_WIDTH + ((ns - from) / (to - from)) * width) * ratio;
}

interface Edges {
  readonly left: number;
  readonly right: number;
}

const edgesOf = (scene: TimelineScene): Edges => ({
  left: px(scene, LABEL_WIDTH),
  right: px(scene, LABEL_WIDTH + scene.viewport.width),
});

const FADED = 0.28;

function paintSlices(painter: Painter, scene: TimelineScene, slices: SliceColumns, row: SceneRow): void {
  const { left, right } = edgesOf(scene);
  const lane = row.lane ?? 0;
  const begin = slices.laneBegin[lane] ?? 0;
  const end = slices.laneBegin[lane + 1] ?? begin;
  const follows = row.ofGoroutines === true && scene.followed !== undefined;
  const shade = (i: number, colour: Colour): Colour =>
    follows && slices.object[i] !== scene.followed ? blend(colour, scene.theme.background, FADED) : colour;
  // Spans first, then runs over them: a run may need a pixel that a span can spare.
  for (let i = begin; i < end; i++) {
    if (slices.count[i] !== 1) continue;
    const x0 = Math.floor(xOf(scene, slices.start[i] ?? 0));
    const x1 = Math.max(x0 + 1, Math.ceil(xOf(scene, slices.end[i] ?? 0)));
    if (x1 <= left || x0 >= right) continue;
    paintSpan(painter, scene, slices.state[i] ?? 0, shade, i, Math.max(left, x0), Math.min(right, x1));
  }
  let last = left;
  for (let i = begin; i < end; i++) {
    if (slices.count[i] === 1) continue;
    const x0 = Math.max(last, Math.floor(xOf(scene, slices.start[i] ?? 0)));
    const x1 = Math.max(x0 + 1, Math.floor(xOf(scene, slices.end[i] ?? 0)));
    if (x1 <= left || x0 >= right) continue;
    const share = shareOf(slices, i);
    const colour = shade(i, runShade(scene.theme, slices.state[i] ?? 0, share));
    painter.span(x0, Math.min(right, x1), colour, EDGE_CLOSED);
    last = x1;
  }
}

const STRIPED = new Set([2, 8]); // runnable and waiting for the collector: patterns beside colours

function paintSpan(
  painter: Painter,
  { theme }: TimelineScene,
  state: number,
  shade: (i: number, colour: Colour) => Colour,
  i: number,
  x0: number,
  x1: number,
): void {
  painter.span(x0, x1, shade(i, theme.states[state] ?? theme.muted), EDGE_CLOSED);
  if (STRIPED.has(state) && x1 - x0 > 4) painter.stripes(x0 + 1, x1 - 1, shade(i, runShade(theme, state, 0.5)));
  // A seam, so that neighbours of one state are two.
  if (x1 - x0 > 3) painter.span(x1 - 1, x1, theme.background, EDGE_CLOSED);
}

const LOG = laneKindIndex('log');

/** Marks nearer to each other have no bar on top, which would be one line over the whole lane. */
const CROWDED = 10;

/** Logs hang from the lane's upper edge, CPU samples stand on the lower one. */
function paintMarks(painter: Painter, scene: TimelineScene, slices: SliceColumns, lane: number, top: number): void {
  const { left, right } = edgesOf(scene);
  const width = Math.max(2, px(scene, 2));
  const crowd = px(scene, CROWDED);
  let before = -Infinity;
  for (let i = slices.markBegin[lane] ?? 0; i < (slices.markBegin[lane + 1] ?? 0); i++) {
    const x = Math.floor(xOf(scene, slices.markTime[i] ?? 0));
    if (x < left || x >= right) continue;
    if (slices.markKind[i] === LOG) {
      painter.rect(x, px(scene, top), width, px(scene, 4), scene.theme.text, 1);
      if (x - before >= crowd) painter.rect(x - width, px(scene, top), 3 * width, px(scene, 2), scene.theme.text, 1);
      before = x;
    } else painter.rect(x, px(scene, top + LANE_HEIGHT - 6), width, px(scene, 5), scene.theme.text, 1);
  }
}

/** Of the longest state in the run, 0 to 1. */
export function shareOf(slices: SliceColumns, i: number): number {
  const whole = (slices.end[i] ?? 0) - (slices.start[i] ?? 0);
  let most = 0;
  for (let m = slices.mixBegin[i] ?? 0; m < (slices.mixBegin[i + 1] ?? 0); m++)
    most = Math.max(most, slices.mixNs[m] ?? 0);
  return whole > 0 ? Math.min(1, most / whole) : 1;
}

function paintTexts(painter: Painter, scene: TimelineScene, slices: SliceColumns, lane: number, top: number): void {
  const { left, right } = edgesOf(scene);
  const { ratio } = scene.viewport;
  const y = px(scene, top + 14);
  for (let i = slices.laneBegin[lane] ?? 0; i < (slices.laneBegin[lane + 1] ?? 0); i++) {
    if (slices.count[i] !== 1) continue;
    const x0 = Math.max(left, xOf(scene, slices.start[i] ?? 0));
    const room = Math.min(right, xOf(scene, slices.end[i] ?? 0)) - x0 - 6 * ratio;
    if (room < scene.charWidth * ratio) continue;
    const fits = Math.floor(room / (scene.charWidth * ratio));
    const text = scene.textsOf(i).find((one) => one !== '' && one.length <= fits);
    if (text !== undefined) painter.text(Math.round(x0 + 3 * ratio), y, text, scene.theme.onState);
  }
}

const VEIL = 0.16;

function paintVeil(painter: Painter, scene: TimelineScene, slices: SliceColumns): void {
  const lane = scene.stopLane;
  if (lane === undefined) return;
  const { left, right } = edgesOf(scene);
  const top = px(scene, HEAD_HEIGHT);
  for (let i = slices.laneBegin[lane] ?? 0; i < (slices.laneBegin[lane + 1] ?? 0); i++) {
    const x0 = Math.floor(xOf(scene, slices.start[i] ?? 0));
    const x1 = Math.max(x0 + 1, Math.ceil(xOf(scene, slices.end[i] ?? 0)));
    const from = Math.max(left, x0);
    const to = Math.min(right, x1);
    if (to > from) painter.rect(from, top, to - from, bottomOf(scene) - top, scene.theme.stop, VEIL);
  }
}

const FOLD_SIGN = { open: '▾ ', folded: '▸ ' } as const;
const HEAD_INDENT = 6;
const LANE_INDENT = 20;

function paintLabels(painter: Painter, scene: TimelineScene, rows: readonly SceneRow[]): void {
  const { theme, viewport } = scene;
  const first = rows[0];
  if (first === undefined) return;
  const width = px(scene, LABEL_WIDTH + viewport.width);
  const top = px(scene, topOf(scene, first));
  const below = first.index < scene.pinned ? px(scene, scrollTop(scene.pinned)) : bottomOf(scene);
  painter.rect(0, top, px(scene, LABEL_WIDTH), below - top, theme.panel, 1);
  for (const row of rows) {
    const y = px(scene, topOf(scene, row));
    if (row.head) painter.rect(0, y, width, px(scene, LANE_HEIGHT), theme.panel, 1);
    if (row.selected) painter.rect(0, y, px(scene, LABEL_WIDTH), px(scene, LANE_HEIGHT), theme.accent, 0.2);
    const sign = row.fold === undefined ? '' : FOLD_SIGN[row.fold];
    const signRoom = row.head || row.fold === undefined ? 0 : -2 * scene.charWidth;
    const indent = (row.head ? HEAD_INDENT : LANE_INDENT) + row.indent + signRoom;
    const text = fit(sign + row.label, LABEL_WIDTH - indent - 6, scene);
    painter.text(px(scene, indent), y + px(scene, 14), text, row.head ? theme.muted : theme.text);
  }
}

function fit(text: string, width: number, { charWidth }: TimelineScene): string {
  const most = Math.max(1, Math.floor(width / charWidth));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function paintHead(painter: Painter, scene: TimelineScene): void {
  const { theme, viewport, strip } = scene;
  const width = px(scene, LABEL_WIDTH + viewport.width);
  painter.rect(0, 0, width, px(scene, HEAD_HEIGHT), theme.panel, 1);
  paintAxis(painter, scene);
  if (strip !== undefined) paintStrip(painter, { viewport, theme, strip, most: scene.most });
  painter.text(px(scene, 6), px(scene, 14), fit(scene.axisText, LABEL_WIDTH - 12, scene), theme.muted);
  for (const one of STRIPS) {
    const middle = stripTop(one) + STRIP_HEIGHTS[one] / 2 + 4;
    painter.text(px(scene, 6), px(scene, middle), fit(scene.stripTexts[one], LABEL_WIDTH - 12, scene), theme.muted);
  }
  painter.rect(px(scene, LABEL_WIDTH) - 1, 0, 1, px(scene, HEAD_HEIGHT), theme.line, 1);
  painter.rect(0, px(scene, HEAD_HEIGHT) - 1, width, 1, theme.line, 1);
}

const TICK_ROOM = 110;

function paintAxis(painter: Painter, scene: TimelineScene): void {
  const { theme, viewport } = scene;
  const step = tickStep((viewport.to - viewport.from) / Math.max(1, viewport.width / TICK_ROOM));
  const { left, right } = edgesOf(scene);
  for (let tick = Math.ceil(viewport.from / step); tick * step <= viewport.to; tick++) {
    const x = Math.round(xOf(scene, tick * step));
    if (x < left || x >= right) continue;
    painter.rect(x, 0, 1, px(scene, AXIS_HEIGHT), theme.line, 1);
    painter.text(x + px(scene, 4), px(scene, 14), scene.timeText(tick * step, step), theme.muted);
  }
  paintBookmarks(painter, scene);
}

/** The smallest 1, 2 or 5 times a power of ten that is not below `wanted`. */
export function tickStep(wanted: number): number {
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, wanted))));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

/** A flag on the axis for each: its pole at the beginning, its cloth over the window. */
function paintBookmarks(painter: Painter, scene: TimelineScene): void {
  const { left, right } = edgesOf(scene);
  for (const { from, to } of scene.bookmarks) {
    const x0 = Math.round(xOf(scene, from));
    const x1 = Math.round(xOf(scene, to));
    const cloth = Math.min(right, x1) - Math.max(left, x0);
    const y = px(scene, AXIS_HEIGHT - 4);
    if (cloth > 0) painter.rect(Math.max(left, x0), y, cloth, px(scene, 3), scene.theme.accent, 1);
    if (x0 >= left && x0 < right)
      painter.rect(x0, px(scene, 2), px(scene, 2), px(scene, AXIS_HEIGHT - 3), scene.theme.accent, 1);
  }
}
