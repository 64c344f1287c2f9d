// A flame graph on a painter: boxes, their labels, and the marks over them. Pure: the same scene paints the same.
import { NONE, type FlameColumns, type FrameColumns } from '../protocol/columns';
import { boxColour, runColour, type FlameTheme } from './flame_colors';
import { EDGE_HEIGHT, LABEL_MIN_WIDTH, LABEL_PADDING, rowBottom, rowTop, visibleRows } from './flame_geometry';
import type { Hit } from './hit_test';
import type { Labels } from './labels';
import { EDGE_CLOSED, EDGE_DASHED, EDGE_DOTTED, type Edge, type Painter } from './painter';
import { rowOf, walkRow, type RowSink } from './row_walk';
import type { SearchHits } from './search_hits';
import { tintOf, type Tint } from './tint';
import { deviceWidth, toCss, type Viewport } from './viewport';

export interface FlameScene {
  readonly columns: FlameColumns;
  readonly frames: FrameColumns;
  readonly viewport: Viewport;
  readonly theme: FlameTheme;
  /** undefined: nothing is searched for. */
  readonly hits: SearchHits | undefined;
  /** Colours of boxes by something else than their package. */
  readonly tint?: Tint | undefined;
}

export function paintBoxes(painter: Painter, scene: FlameScene): void {
  const { columns, viewport, theme } = scene;
  const { ratio } = viewport;
  painter.clear(theme.background);
  const rows = visibleRows(columns, viewport);
  const sink = new BoxSink(painter, scene);
  for (let row = rows.first; row < rows.end; row++) {
    const y = Math.round(rowTop(row, viewport) * ratio);
    const below = Math.round(rowBottom(row, viewport) * ratio);
    painter.row(y, below - y, Math.max(1, Math.round(EDGE_HEIGHT * ratio)));
    walkRow(columns, row, viewport, sink);
  }
  painter.flushRows();
}

class BoxSink implements RowSink {
  private readonly gap: number;
  private readonly gapFrom: number;
  /** Device pixels per value. */
  private readonly scale: number;

  constructor(
    private readonly painter: Painter,
    private readonly scene: FlameScene,
  ) {
    const { from, to } = scene.viewport;
    this.scale = deviceWidth(scene.viewport) / (to - from);
    this.gap = Math.max(1, Math.round(scene.viewport.ratio));
    this.gapFrom = 3 * this.gap;
  }

  box(box: number, x0: number, x1: number): void {
    const { columns, frames, theme, hits } = this.scene;
    const frame = columns.frame[box] ?? NONE;
    const faded = hits !== undefined && frame !== NONE && hits.match[frame] !== 1;
    const colour =
      tintOf(this.scene.tint, box, faded) ??
      boxColour(faded ? theme.fadedBoxes : theme.boxes, theme.root, frames, frame);
    // The gap to the next sibling; the narrowest boxes need their pixels.
    const right = x1 - x0 >= this.gapFrom ? x1 - this.gap : x1;
    this.painter.span(x0, right, colour, EDGES[columns.inlining[box] ?? 0] ?? EDGE_CLOSED);
  }

  run(first: number, last: number, x0: number, x1: number): void {
    const { theme, hits } = this.scene;
    if (hits?.anyIn(first, last) === true) this.painter.stripes(x0, x1, theme.hitRun);
    else
      this.painter.stripes(
        x0,
        x1,
        runColour(hits === undefined ? theme.runs : theme.fadedRuns, this.coverage(first, last, x0, x1)),
      );
  }

  /** How much of the run's pixels its boxes fill. */
  private coverage(first: number, last: number, x0: number, x1: number): number {
    const { start, width } = this.scene.columns;
    const extent = (start[last] ?? 0) + (width[last] ?? 0) - (start[first] ?? 0);
    return (extent * this.scale) / (x1 - x0);
  }
}

/** By FlameColumns.inlining. */
const EDGES: readonly Edge[] = [EDGE_CLOSED, EDGE_DASHED, EDGE_DOTTED];

export interface LabelSource {
  readonly labels: Labels;
  /** undefined: not known yet; the next frame after it arrived shows it. */
  readonly nameOf: (stringId: number) => string | undefined;
  readonly root: string;
}

/** Baseline from the top of the row, for 12 px text in 18 px rows. */
const BASELINE = 13;

/** Over boxes that are painted. */
export function paintLabels(painter: Painter, scene: FlameScene, source: LabelSource): void {
  const { columns, viewport } = scene;
  const rows = visibleRows(columns, viewport);
  const sink = new LabelSink(painter, scene, source);
  for (let row = rows.first; row < rows.end; row++) {
    sink.baseline = Math.round((rowTop(row, viewport) + BASELINE) * viewport.ratio);
    walkRow(columns, row, viewport, sink, LABEL_MIN_WIDTH);
  }
}

class LabelSink implements RowSink {
  baseline = 0;
  private readonly narrowest: number;

  constructor(
    private readonly painter: Painter,
    private readonly scene: FlameScene,
    private readonly source: LabelSource,
  ) {
    this.narrowest = LABEL_MIN_WIDTH * scene.viewport.ratio;
  }

  box(box: number, x0: number, x1: number): void {
    if (x1 - x0 < this.narrowest) return;
    const { columns, theme, hits, viewport } = this.scene;
    const frame = columns.frame[box] ?? NONE;
    const room = (x1 - x0) / viewport.ratio - 2 * LABEL_PADDING;
    const text = frame === NONE ? this.source.root : this.textOf(frame, room);
    if (text === undefined) return;
    const faded = hits !== undefined && frame !== NONE && hits.match[frame] !== 1;
    const x = x0 + Math.round(LABEL_PADDING * viewport.ratio);
    this.painter.text(x, this.baseline, text, faded ? theme.mutedText : theme.text);
  }

  run(): void {
    // Too thin for text.
  }

  private textOf(frame: number, room: number): string | undefined {
    const id = this.scene.frames.name[frame] ?? NONE;
    const name = this.source.nameOf(id);
    return name === undefined ? undefined : this.source.labels.fit(id, name, room);
  }
}

export interface Marks {
  readonly hover: Hit;
  /** The box that keys and details are about. */
  readonly selected: number | undefined;
  /** Rectangles of all boxes of the selected frame, from outlinesOf. */
  readonly outlines: Outlines;
}

/** x, y, width, height, four numbers a box, in device pixels. */
export type Outlines = readonly number[];

export function paintMarks(painter: Painter, scene: FlameScene, marks: Marks): void {
  const { viewport, theme, columns } = scene;
  const line = Math.max(1, Math.round(viewport.ratio));
  painter.clear();
  const { outlines } = marks;
  for (let i = 0; i + 3 < outlines.length; i += 4) {
    const [x = 0, y = 0, width = 0, height = 0] = outlines.slice(i, i + 4);
    painter.outline(x, y, width, height, line, theme.accent);
  }
  if (marks.selected !== undefined) {
    const [x, y, width, height] = rectangleOf(columns, viewport, marks.selected);
    if (width > 0) painter.outline(x, y, width, height, 2 * line, theme.accent);
  }
  paintHover(painter, scene, marks.hover, line);
}

function paintHover(painter: Painter, scene: FlameScene, hover: Hit, line: number): void {
  const { viewport, theme, columns } = scene;
  if (hover.kind === 'nothing') return;
  const [x, y, width, height] =
    hover.kind === 'box'
      ? rectangleOf(columns, viewport, hover.box)
      : rowRectangle(rowOf(columns, hover.first), viewport, hover.x0, hover.x1);
  if (width <= 0) return;
  painter.rect(x, y, width, height, theme.hover, 0.12);
  painter.outline(x, y, width, height, line, theme.hover);
}

/** Where the boxes of one frame are on screen; painted again and again while the pointer moves, so computed apart. */
export function outlinesOf(scene: FlameScene, frame: number): Outlines {
  const { columns, viewport } = scene;
  const found: number[] = [];
  const rows = visibleRows(columns, viewport);
  for (let row = rows.first; row < rows.end; row++) {
    walkRow(columns, row, viewport, {
      box: (box, x0, x1) => {
        if (columns.frame[box] === frame) found.push(...rowRectangle(row, viewport, x0, x1));
      },
      run: () => undefined,
    });
  }
  return found;
}

type Rectangle = readonly [x: number, y: number, width: number, height: number];

/** Empty where the box is off screen; at least a pixel wide otherwise, also for a box inside a run. */
function rectangleOf(columns: FlameColumns, viewport: Viewport, box: number): Rectangle {
  const left = columns.start[box] ?? 0;
  const edge = viewport.width;
  const x0 = Math.max(0, toCss(viewport, left));
  const x1 = Math.min(edge, toCss(viewport, left + (columns.width[box] ?? 0)));
  if (x1 < x0 || x0 >= edge) return [0, 0, 0, 0];
  const [deviceX0, deviceX1] = [Math.round(x0 * viewport.ratio), Math.round(x1 * viewport.ratio)];
  return rowRectangle(rowOf(columns, box), viewport, deviceX0, Math.max(deviceX1, deviceX0 + 1));
}

function rowRectangle(row: number, viewport: Viewport, x0: number, x1: number): Rectangle {
  const y = Math.round(rowTop(row, viewport) * viewport.ratio);
  const below = Math.round(rowBottom(row, viewport) * viewport.ratio);
  return [x0, y, x1 - x0, below - y];
}
