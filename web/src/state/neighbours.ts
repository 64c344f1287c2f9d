// Who calls a frame and whom it calls, as pprof's edges: a value counts once per pair of caller and callee however deep
// the recursion, and a frame that calls itself is no neighbour.
import { NONE, type FlameColumns } from '../protocol/columns';

export interface Neighbour {
  readonly frame: number;
  readonly value: number;
}

export interface Neighbours {
  /** By |value| descending. */
  readonly callers: readonly Neighbour[];
  readonly callees: readonly Neighbour[];
  /** The frame's own, recursion counted once; of the flame graph, so without rounding of any kind. */
  readonly self: number;
  readonly total: number;
  readonly boxes: number;
}

export function findNeighbours(flame: FlameColumns, selected: number): Neighbours {
  const callers = new Map<number, number>();
  const callees = new Map<number, number>();
  let self = 0;
  let total = 0;
  let boxes = 0;
  for (let box = 0; box < flame.frame.length; box++) {
    const parent = flame.parent[box] ?? NONE;
    if (parent === NONE) continue;
    const frame = flame.frame[box] ?? NONE;
    const caller = flame.frame[parent] ?? NONE;
    const value = flame.total[box] ?? 0;
    if (frame === selected) {
      boxes++;
      self += flame.self[box] ?? 0;
      if (!hasAbove(flame, parent, selected)) total += value;
    }
    if (frame === caller || (frame !== selected && caller !== selected)) continue;
    if (pairIsAbove(flame, parent, caller, frame)) continue;
    if (frame === selected && caller !== NONE) add(callers, caller, value);
    if (caller === selected) add(callees, frame, value);
  }
  return { callers: ranked(callers), callees: ranked(callees), self, total, boxes };
}

function add(sums: Map<number, number>, frame: number, value: number): void {
  sums.set(frame, (sums.get(frame) ?? 0) + value);
}

function hasAbove(flame: FlameColumns, from: number, frame: number): boolean {
  for (let box = from; box !== NONE; box = flame.parent[box] ?? NONE) {
    if (flame.frame[box] === frame) return true;
  }
  return false;
}

/** Whether `caller` calls `callee` at or above the box `from`. */
function pairIsAbove(flame: FlameColumns, from: number, caller: number, callee: number): boolean {
  for (let box = from; box !== NONE;) {
    const parent = flame.parent[box] ?? NONE;
    if (parent !== NONE && flame.frame[box] === callee && flame.frame[parent] === caller) return true;
    box = parent;
  }
  return false;
}

function ranked(sums: Map<number, number>): readonly Neighbour[] {
  return [...sums]
    .map(([frame, value]) => ({ frame, value }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.frame - b.frame);
}
