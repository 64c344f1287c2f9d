// What charts draw with. Coordinates are device pixels, so that edges are sharp by construction. Two painters: one for a
// canvas (canvas_painter.ts) and one that writes a text log for tests (log_painter.ts).
import type { Colour } from './colour';

/** The line above a span: closed shows the background; half open is dashed, open dotted: the span reaches up. */
export type Edge = 0 | 1 | 2;
export const EDGE_CLOSED: Edge = 0;
export const EDGE_DASHED: Edge = 1;
export const EDGE_DOTTED: Edge = 2;

export interface Painter {
  /** Everything becomes background, or transparent without one. */
  clear(background?: Colour): void;
  /** Starts a row [y, y + height), of which the first `edge` pixels are the line above. Then spans from left to right. */
  row(y: number, height: number, edge: number): void;
  /** Fills [x0, x1) of the row. */
  span(x0: number, x1: number, colour: Colour, edge: Edge): void;
  /** Fills [x0, x1) of the row with vertical stripes. */
  stripes(x0: number, x1: number, colour: Colour): void;
  /** Puts the rows on the canvas. What follows is drawn over them. */
  flushRows(): void;
  rect(x: number, y: number, width: number, height: number, colour: Colour, alpha: number): void;
  /** A line inside the rectangle's edge. */
  outline(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void;
  /** One line of text, its baseline at y. */
  text(x: number, y: number, text: string, colour: Colour): void;
}
