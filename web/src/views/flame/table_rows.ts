// Which boxes the table twin shows, in the order of its lines: the tree, unfolded where a person unfolded it.
import type { FlameColumns } from '../../protocol/columns';
import { childrenOf, pathTo, ROOT } from './box_tree';

/** Depth first from the root; children in the order of the graph. */
export function visibleBoxes(columns: FlameColumns, unfolded: ReadonlySet<number>): number[] {
  const rows: number[] = [];
  /** Half-open ranges of siblings still to be listed, innermost last: no recursion on a file's depth. */
  const pending = [{ at: ROOT, end: columns.frame.length > 0 ? 1 : 0 }];
  for (let range = pending.at(-1); range !== undefined; range = pending.at(-1)) {
    if (range.at >= range.end) {
      pending.pop();
      continue;
    }
    const box = range.at++;
    rows.push(box);
    if (!unfolded.has(box)) continue;
    const { begin, end } = childrenOf(columns, box);
    pending.push({ at: begin, end });
  }
  return rows;
}

/** The root, and all callers of the box, unfolded. */
export function unfoldedTo(columns: FlameColumns, unfolded: ReadonlySet<number>, box: number): ReadonlySet<number> {
  const callers = [ROOT, ...pathTo(columns, box).slice(0, -1)];
  return callers.every((caller) => unfolded.has(caller)) ? unfolded : new Set([...unfolded, ...callers]);
}

export function withFold(unfolded: ReadonlySet<number>, box: number, open: boolean): ReadonlySet<number> {
  const changed = new Set(unfolded);
  if (open) changed.add(box);
  else changed.delete(box);
  return changed;
}
