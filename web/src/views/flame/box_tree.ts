// Walks in the tree of boxes. Children of a box stand together in the next row, the widest first; parents ascend in a row.
import { NONE, type FlameColumns, type FrameColumns } from '../../protocol/columns';
import { lastAtMost, rowOf } from '../../draw/row_walk';
import type { NamesCache } from '../../state/names';

export const ROOT = 0;

/** Boxes [begin, end). */
export interface BoxRange {
  readonly begin: number;
  readonly end: number;
}

export function parentOf(columns: FlameColumns, box: number): number | undefined {
  const parent = columns.parent[box] ?? NONE;
  return parent === NONE ? undefined : parent;
}

export function childrenOf(columns: FlameColumns, box: number): BoxRange {
  const nextRow = rowOf(columns, box) + 1;
  const begin = columns.firstChild[box] ?? 0;
  const rowEnd = columns.rowBegin[nextRow + 1] ?? begin;
  if (begin >= rowEnd || columns.parent[begin] !== box) return { begin, end: begin };
  return { begin, end: lastAtMost(columns.parent, begin, rowEnd, box) + 1 };
}

export function hasChildren(columns: FlameColumns, box: number): boolean {
  const { begin, end } = childrenOf(columns, box);
  return end > begin;
}

/** From the root's child down to the box; empty for the root. */
export function pathTo(columns: FlameColumns, box: number): number[] {
  const path: number[] = [];
  let at: number | undefined = box;
  while (at !== undefined && at !== ROOT) {
    path.push(at);
    at = parentOf(columns, at);
  }
  return path.reverse();
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** Up: caller; down: its widest callee; left and right: neighbours in the row, siblings first as they stand there. */
export function neighbourOf(columns: FlameColumns, box: number, direction: Direction): number | undefined {
  if (direction === 'up') return parentOf(columns, box);
  if (direction === 'down') {
    const { begin, end } = childrenOf(columns, box);
    return begin < end ? begin : undefined;
  }
  const step = direction === 'left' ? -1 : 1;
  const row = rowOf(columns, box);
  const begin = columns.rowBegin[row] ?? 0;
  const end = columns.rowBegin[row + 1] ?? 0;
  for (let at = box + step; at >= begin && at < end; at += step) if ((columns.width[at] ?? 0) > 0) return at;
  return undefined;
}

/** The widest box of a frame; the one nearest to the root among equals. */
export function widestBoxOf(columns: FlameColumns, frame: number): number | undefined {
  let best: number | undefined;
  let bestWidth = -1;
  for (let box = 0; box < columns.frame.length; box++) {
    const width = columns.width[box] ?? 0;
    if (columns.frame[box] !== frame || width <= bestWidth) continue;
    best = box;
    bestWidth = width;
  }
  return best;
}

export function nameIdOf(columns: FlameColumns, frames: FrameColumns, box: number): number {
  return frames.name[columns.frame[box] ?? NONE] ?? NONE;
}

/** Follows frame names down from the root, as far as they lead: the deepest box reached. */
export async function followPath(
  columns: FlameColumns,
  frames: FrameColumns,
  names: NamesCache,
  path: readonly string[],
): Promise<number> {
  let at = ROOT;
  for (const name of path) {
    const { begin, end } = childrenOf(columns, at);
    const ids = Uint32Array.from({ length: end - begin }, (_, i) => nameIdOf(columns, frames, begin + i));
    await names.ensure(ids);
    const found = ids.findIndex((id) => names.text(id) === name);
    if (found < 0) return at;
    at = begin + found;
  }
  return at;
}

/** The frame of a box; of the root that of the function it stands for, if any. */
export function frameOf(
  { columns, rootFrame }: { readonly columns: FlameColumns; readonly rootFrame?: number | undefined },
  box: number,
): number {
  const frame = columns.frame[box] ?? NONE;
  return frame === NONE ? (rootFrame ?? NONE) : frame;
}

/** Names from below the root down to the box. */
export async function namesOfPath(
  columns: FlameColumns,
  frames: FrameColumns,
  names: NamesCache,
  box: number,
): Promise<string[]> {
  const ids = pathTo(columns, box).map((at) => nameIdOf(columns, frames, at));
  await names.ensure(ids);
  return ids.map((id) => names.text(id) ?? '');
}
