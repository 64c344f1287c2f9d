// The whole graph as a sketch, a few pixels high, whatever its depth: each line of pixels shows one row of boxes.
import type { FlameColumns } from '../protocol/columns';
import { boxColour, runColour } from './flame_colors';
import type { FlameScene } from './flame_painter';
import { EDGE_CLOSED, type Painter } from './painter';
import { rowCount, walkRow, type RowSink } from './row_walk';
import { tintOf } from './tint';

/** The scene's viewport is the minimap's own: the whole graph on its canvas. */
export function paintMinimap(painter: Painter, scene: FlameScene): void {
  const { columns, viewport, theme } = scene;
  painter.clear(theme.background);
  const lines = Math.round(viewport.height * viewport.ratio);
  // The root says nothing here. Few rows become thick lines, many rows are sampled evenly.
  const rows = Math.max(1, rowCount(columns) - 1);
  const shown = Math.min(rows, lines);
  const sink = new SketchSink(painter, scene);
  for (let i = 0; i < shown; i++) {
    const top = Math.round((i * Math.min(lines, shown * thickness(viewport.ratio))) / shown);
    const below = Math.round(((i + 1) * Math.min(lines, shown * thickness(viewport.ratio))) / shown);
    if (below <= top) continue;
    painter.row(viewport.flipped === true ? lines - below : top, below - top, 0);
    walkRow(columns, sampledRow(i, shown, rows), viewport, sink);
  }
  painter.flushRows();
}

function thickness(ratio: number): number {
  return 4 * ratio;
}

function sampledRow(line: number, lines: number, rows: number): number {
  return 1 + Math.floor((line * rows) / lines);
}

class SketchSink implements RowSink {
  constructor(
    private readonly painter: Painter,
    private readonly scene: FlameScene,
  ) {}

  box(box: number, x0: number, x1: number): void {
    const { columns, frames, theme, hits } = this.scene;
    const frame = frameOf(columns, box);
    const faded = hits !== undefined && hits.match[frame] !== 1;
    this.painter.span(
      x0,
      x1,
      tintOf(this.scene.tint, box, faded) ??
        boxColour(faded ? theme.fadedBoxes : theme.boxes, theme.root, frames, frame),
      EDGE_CLOSED,
    );
  }

  run(first: number, last: number, x0: number, x1: number): void {
    const { theme, hits } = this.scene;
    const faded = hits !== undefined && !hits.anyIn(first, last);
    this.painter.span(x0, x1, runColour(faded ? theme.fadedRuns : theme.runs, 0.5), EDGE_CLOSED);
  }
}

function frameOf(columns: FlameColumns, box: number): number {
  return columns.frame[box] ?? 0;
}
