// What stands under a point: the same walk as painting, so it answers with what was painted.
import type { FlameColumns } from '../protocol/columns';
import { ROW_HEIGHT } from './flame_geometry';
import { rowCount, walkRow, type RowSink } from './row_walk';
import type { CssPx, Viewport } from './viewport';

export type Hit =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'box'; readonly box: number }
  /** Boxes [first, last] of one row, merged because each is too thin to draw. */
  | { readonly kind: 'run'; readonly first: number; readonly last: number; readonly x0: number; readonly x1: number };

export const NOTHING: Hit = { kind: 'nothing' };

export function hitTest(columns: FlameColumns, viewport: Viewport, x: CssPx, y: CssPx): Hit {
  const fromRoot = viewport.flipped === true ? viewport.height - y : y;
  const row = Math.floor((fromRoot + viewport.scroll) / ROW_HEIGHT);
  if (x < 0 || x >= viewport.width || y < 0 || y >= viewport.height || row < 0 || row >= rowCount(columns))
    return NOTHING;
  const finder = new Finder(Math.floor(x * viewport.ratio));
  walkRow(columns, row, viewport, finder);
  return finder.found;
}

export function sameHit(a: Hit, b: Hit): boolean {
  if (a.kind === 'box') return b.kind === 'box' && a.box === b.box;
  if (a.kind === 'run') return b.kind === 'run' && a.first === b.first && a.last === b.last && a.x0 === b.x0;
  return b.kind === 'nothing';
}

export interface RunSum {
  readonly boxes: number;
  readonly total: number;
}

export function sumOfRun(columns: FlameColumns, first: number, last: number): RunSum {
  let total = 0;
  for (let box = first; box <= last; box++) total += columns.total[box] ?? 0;
  return { boxes: last - first + 1, total };
}

class Finder implements RowSink {
  found: Hit = NOTHING;

  constructor(private readonly x: number) {}

  box(box: number, x0: number, x1: number): void {
    if (this.x >= x0 && this.x < x1) this.found = { kind: 'box', box };
  }

  run(first: number, last: number, x0: number, x1: number): void {
    if (this.x >= x0 && this.x < x1) this.found = { kind: 'run', first, last, x0, x1 };
  }
}
