// Paints the timeline: lanes of slices under an axis and counters, with a column of labels. Pure: everything it draws is in
// the scene, tests read it from a log. A slice is drawn at least one pixel wide and never over another one's last pixel, so
// nothing vanishes: the core merges what is thinner than MERGED_PIXELS.
import type { SliceColumns, StripColumns } from '../protocol/trace';
import { EDGE_CLOSED, type Painter } from './painter';
import { runShade, type TimelineTheme } from './timeline_colors';
import type { Viewport } from './viewport';

/** The core's resolution is at least this many device pixels. */
export const MERGED_PIXELS = 2;

export const LABEL_WIDTH = 200;
export const AXIS_HEIGHT = 20;
export const STRIP_HEIGHT = 32;
export const HEAD_HEIGHT = AXIS_HEIGHT + 2 * STRIP_HEIGHT;
export const LANE_HEIGHT = 20;

export interface SceneRow {
  readonly label: string;
  /** Of a heading: it folds. */
  readonly fold?: 'open' | 'folded';
  readonly selected: boolean;
  /** Index of its lane in `slices`. */
  readonly lane: number | undefined;
}

export interface TimelineScene {
  /** Of the lanes' area: right of the labels, below the head. */
  readonly viewport: Viewport;
  /** Of the rows in sight. */
  readonly firstRow: number;
  readonly rows: readonly SceneRow[];
  readonly slices: SliceColumns | undefined;
  /** Lane of pauses in `slices`: drawn as a veil over everything. */
  readonly stopLane: number | undefined;
  readonly strip: StripColumns | undefined;
  readonly theme: TimelineTheme;
  /** What stands on a slice, longest first; the first that fits is drawn. */
  readonly textsOf: (slice: number) => readonly string[];
  /** CSS pixels. */
  readonly charWidth: number;
  readonly timeText: (ns: number, step: number) => string;
  readonly stripTexts: readonly [string, string];
}

export function paintTimeline(painter: Painter, scene: TimelineScene): void {
  painter.clear(scene.theme.background);
  const slices = scene.slices;
  if (slices !== undefined) {
    scene.rows.forEach((row, i) => {
      if (row.lane === undefined) return;
      const y = rowTop(scene, i);
      painter.row(px(scene, y + 2), px(scene, LANE_HEIGHT - 3), 0);
      paintSlices(painter, scene, slices, row.lane);
    });
    painter.flushRows();
    scene.rows.forEach((row, i) => {
      if (row.lane !== undefined) paintTexts(painter, scene, slices, row.lane, rowTop(scene, i));
    });
    paintVeil(painter, scene, slices);
  }
  paintLabels(painter, scene);
  paintHead(painter, scene);
}

/** In CSS pixels of the whole canvas. */
export function rowTop({ viewport, firstRow }: TimelineScene, i: number): number {
  return HEAD_HEIGHT + (firstRow + i) * LANE_HEIGHT - viewport.scroll;
}

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

function paintSlices(painter: Painter, scene: TimelineScene, slices: SliceColumns, lane: number): void {
  const { left, right } = edgesOf(scene);
  const begin = slices.laneBegin[lane] ?? 0;
  const end = slices.laneBegin[lane + 1] ?? begin;
  // Spans first, then runs over them: a run may need a pixel that a span can spare.
  for (let i = begin; i < end; i++) {
    if (slices.count[i] !== 1) continue;
    const x0 = Math.floor(xOf(scene, slices.start[i] ?? 0));
    const x1 = Math.max(x0 + 1, Math.ceil(xOf(scene, slices.end[i] ?? 0)));
    if (x1 <= left || x0 >= right) continue;
    paintSpan(painter, scene, slices, i, Math.max(left, x0), Math.min(right, x1));
  }
  let last = left;
  for (let i = begin; i < end; i++) {
    if (slices.count[i] === 1) continue;
    const x0 = Math.max(last, Math.floor(xOf(scene, slices.start[i] ?? 0)));
    const x1 = Math.max(x0 + 1, Math.floor(xOf(scene, slices.end[i] ?? 0)));
    if (x1 <= left || x0 >= right) continue;
    const share = shareOf(slices, i);
    painter.span(x0, Math.min(right, x1), runShade(scene.theme, slices.state[i] ?? 0, share), EDGE_CLOSED);
    last = x1;
  }
}

const STRIPED = new Set([2, 8]); // runnable and waiting for the collector: patterns beside colours

function paintSpan(
  painter: Painter,
  scene: TimelineScene,
  slices: SliceColumns,
  i: number,
  x0: number,
  x1: number,
): void {
  const { theme } = scene;
  const state = slices.state[i] ?? 0;
  const colour = theme.states[state] ?? theme.muted;
  painter.span(x0, x1, colour, EDGE_CLOSED);
  if (STRIPED.has(state) && x1 - x0 > 4) painter.stripes(x0 + 1, x1 - 1, runShade(theme, state, 0.5));
  // A seam, so that neighbours of one state are two.
  if (x1 - x0 > 3) painter.span(x1 - 1, x1, theme.background, EDGE_CLOSED);
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
    if (to > from) painter.rect(from, top, to - from, px(scene, scene.viewport.height), scene.theme.stop, VEIL);
  }
}

const FOLD_SIGN = { open: '▾ ', folded: '▸ ' } as const;

function paintLabels(painter: Painter, scene: TimelineScene): void {
  const { theme, viewport } = scene;
  const bottom = HEAD_HEIGHT + viewport.height;
  painter.rect(0, 0, px(scene, LABEL_WIDTH), px(scene, bottom), theme.panel, 1);
  const width = px(scene, LABEL_WIDTH + viewport.width);
  scene.rows.forEach((row, i) => {
    const top = rowTop(scene, i);
    if (row.fold !== undefined) painter.rect(0, px(scene, top), width, px(scene, LANE_HEIGHT), theme.panel, 1);
    if (row.selected)
      painter.rect(0, px(scene, top), px(scene, LABEL_WIDTH), px(scene, LANE_HEIGHT), theme.accent, 0.2);
    const indent = row.fold === undefined ? 20 : 6;
    const text = fit((row.fold === undefined ? '' : FOLD_SIGN[row.fold]) + row.label, LABEL_WIDTH - indent - 6, scene);
    painter.text(px(scene, indent), px(scene, top + 14), text, row.fold === undefined ? theme.text : theme.muted);
  });
  painter.rect(px(scene, LABEL_WIDTH) - 1, 0, 1, px(scene, bottom), theme.line, 1);
}

function fit(text: string, width: number, { charWidth }: TimelineScene): string {
  const most = Math.max(1, Math.floor(width / charWidth));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function paintHead(painter: Painter, scene: TimelineScene): void {
  const { theme, viewport } = scene;
  const width = px(scene, LABEL_WIDTH + viewport.width);
  painter.rect(0, 0, width, px(scene, HEAD_HEIGHT), theme.panel, 1);
  paintAxis(painter, scene);
  paintStrip(painter, scene);
  scene.stripTexts.forEach((text, i) => {
    const y = px(scene, AXIS_HEIGHT + i * STRIP_HEIGHT + 20);
    painter.rect(
      0,
      px(scene, AXIS_HEIGHT + i * STRIP_HEIGHT),
      px(scene, LABEL_WIDTH),
      px(scene, STRIP_HEIGHT),
      theme.panel,
      1,
    );
    painter.text(px(scene, 6), y, fit(text, LABEL_WIDTH - 12, scene), theme.muted);
  });
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
}

/** The smallest 1, 2 or 5 times a power of ten that is not below `wanted`. */
export function tickStep(wanted: number): number {
  const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, wanted))));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

const STRIP_COLUMN = 2;

function paintStrip(painter: Painter, scene: TimelineScene): void {
  const strip = scene.strip;
  if (strip === undefined) return;
  const { theme } = scene;
  const { left, right } = edgesOf(scene);
  const most = maxOf(strip.running, strip.syscall, strip.runnable);
  const bytes = Math.max(maxOf(strip.heap), maxOf(strip.goal));
  const height = px(scene, STRIP_HEIGHT - 4);
  const states = px(scene, AXIS_HEIGHT + STRIP_HEIGHT - 1);
  const heap = px(scene, AXIS_HEIGHT + 2 * STRIP_HEIGHT - 2);
  const bar = (x: number, bottom: number, share: number, colour: number): number => {
    const tall = Math.round(height * share);
    if (tall > 0) painter.rect(x, bottom - tall, STRIP_COLUMN, tall, colour, 1);
    return bottom - tall;
  };
  for (let x = left; x < right; x += STRIP_COLUMN) {
    const at = bucketsOf(scene, strip, x);
    if (at === undefined) continue;
    let top = states;
    if (most > 0) {
      top = bar(x, top, meanOf(strip.running, at) / most, theme.states[1] ?? 0);
      top = bar(x, top, meanOf(strip.syscall, at) / most, theme.states[3] ?? 0);
      bar(x, top, meanOf(strip.runnable, at) / most, theme.states[2] ?? 0);
    }
    if (bytes <= 0) continue;
    bar(x, heap, peakOf(strip.heap, at) / bytes, theme.heap);
    const goal = peakOf(strip.goal, at);
    if (goal > 0) painter.rect(x, heap - Math.round((height * goal) / bytes), STRIP_COLUMN, 1, theme.text, 1);
  }
}

interface Buckets {
  readonly first: number;
  readonly last: number;
}

function bucketsOf(scene: TimelineScene, strip: StripColumns, x: number): Buckets | undefined {
  const { from, to, width, ratio } = scene.viewport;
  const time = (device: number): number => from + ((device / ratio - LABEL_WIDTH) / width) * (to - from);
  const first = Math.floor(time(x) / strip.bucketNs);
  const last = Math.max(first, Math.ceil(time(x + STRIP_COLUMN) / strip.bucketNs) - 1);
  return first < 0 || first >= strip.running.length
    ? undefined
    : { first, last: Math.min(last, strip.running.length - 1) };
}

function meanOf(column: Float64Array, { first, last }: Buckets): number {
  let sum = 0;
  for (let i = first; i <= last; i++) sum += column[i] ?? 0;
  return sum / (last - first + 1);
}

function peakOf(column: Float64Array, { first, last }: Buckets): number {
  let peak = 0;
  for (let i = first; i <= last; i++) peak = Math.max(peak, column[i] ?? 0);
  return peak;
}

/** The largest sum by row. */
function maxOf(...columns: readonly Float64Array[]): number {
  let most = 0;
  const rows = columns[0]?.length ?? 0;
  for (let i = 0; i < rows; i++)
    most = Math.max(
      most,
      columns.reduce((sum, column) => sum + (column[i] ?? 0), 0),
    );
  return most;
}
