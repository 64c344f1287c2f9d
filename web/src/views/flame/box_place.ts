import { rowBottom } from '../../draw/flame_geometry';
import { rowOf } from '../../draw/row_walk';
import * as vp from '../../draw/viewport';
import type { FlameColumns } from '../../protocol/columns';

/** A box and where its menu stands, from the window's edge. */
export interface BoxMenu {
  readonly box: number;
  readonly x: number;
  readonly y: number;
}

export function placeOnCanvas(
  viewport: vp.Viewport,
  columns: FlameColumns,
  box: number,
): { readonly x: number; readonly y: number } {
  const area = globalThis.document?.querySelector('.flame-area')?.getBoundingClientRect();
  const left = vp.toCss(viewport, columns.start[box] ?? 0);
  const x = Math.max(0, Math.min(left, viewport.width));
  return { x: (area?.left ?? 0) + x, y: (area?.top ?? 0) + rowBottom(rowOf(columns, box), viewport) };
}
