// Which rows the timeline has, from top to bottom: lanes that are pinned, headings that fold, lanes. Pure: columns and
// options in, rows out.
import { LANE_KINDS, laneKindIndex, type LaneColumns, type LaneKind } from '../../protocol/trace';
import { laneFilter, type NameOf } from './lane_filter';
import type { LaneOptions } from './lane_options';
import { sortGoroutines } from './lane_order';

export type LaneRow =
  | {
      readonly is: 'lane';
      readonly lane: number;
      /** Below who created it; 0: below nobody. */
      readonly depth: number;
      /** Of one with lanes below it: what turns it. */
      readonly id?: string;
      readonly folded?: boolean;
    }
  | {
      readonly is: 'head';
      readonly id: string;
      /** Of a group of goroutines: string id of the start function. */
      readonly name: number | undefined;
      readonly kind: LaneKind;
      readonly count: number;
      readonly folded: boolean;
    };

export interface ArrangedLanes {
  readonly rows: readonly LaneRow[];
  /** The first rows, that do not scroll. */
  readonly pinned: number;
  /** Ids of headings, from top to bottom. */
  readonly heads: readonly string[];
  /** Lanes of goroutines of the runtime that are left out. */
  readonly hidden: number;
  /** By lane: its row, or -1. */
  readonly rowOf: Int32Array;
}

/** Groups larger than this come folded. */
const MAX_OPEN_GROUP = 64;
const FOLDED_FIRST: ReadonlySet<LaneKind> = new Set(['thread']);

interface Section {
  readonly id: string;
  readonly kind: LaneKind;
  readonly name: number | undefined;
  readonly count: number;
  readonly open: boolean;
  readonly lanes: () => readonly LaneRow[];
}

/** `sorted`: sortGoroutines of the columns by options.sort. */
export function arrangeLanes(
  columns: LaneColumns,
  options: LaneOptions,
  nameOf: NameOf,
  sorted: Uint32Array = sortGoroutines(columns, options.sort),
): ArrangedLanes {
  const pinned = pinnedLanes(columns, options.pinned);
  const isPinned = new Set(pinned);
  const rows: LaneRow[] = pinned.map(toRow);
  for (const kind of ['collector', 'stop', 'log', 'sample'] as const) {
    for (const lane of lanesOf(columns, kind)) if (!isPinned.has(lane)) rows.push(toRow(lane));
  }
  const wanted: number[] = [];
  const holds = laneFilter(columns, options.filter, nameOf);
  let hidden = 0;
  for (const lane of sorted) {
    const left = !options.system && columns.system[lane] === 1;
    if (left) hidden++;
    else if (holds === undefined || holds(lane)) wanted.push(lane);
  }
  const sections = inOrder([...fixedSections(columns), ...goroutineSections(columns, options, wanted)], options.order);
  for (const { id, kind, name, count, open, lanes } of sections) {
    const folded = options.turned.has(id) === open;
    rows.push({ is: 'head', id, name, kind, count, folded });
    if (folded) continue;
    for (const row of lanes()) if (row.is !== 'lane' || !isPinned.has(row.lane)) rows.push(row);
  }
  return { rows, pinned: pinned.length, heads: sections.map(({ id }) => id), hidden, rowOf: rowsByLane(columns, rows) };
}

const toRow = (lane: number): LaneRow => ({ is: 'lane', lane, depth: 0 });

/** "proc.3": the same over all files. */
export function laneId(columns: LaneColumns, lane: number): string {
  return `${LANE_KINDS[columns.kind[lane] ?? 0] ?? ''}.${columns.object[lane] ?? 0}`;
}

/** Lanes stand by kind, then by object. -1: there is none. */
export function laneIndex(columns: LaneColumns, kind: number, object: number): number {
  const lane = columns.kind.indexOf(kind) + object;
  return columns.kind[lane] === kind && columns.object[lane] === object ? lane : -1;
}

function pinnedLanes(columns: LaneColumns, ids: readonly string[]): readonly number[] {
  const lanes = ids.map((id) => {
    const [name, object] = id.split('.');
    return laneIndex(
      columns,
      LANE_KINDS.findIndex((kind) => kind === name),
      Number(object),
    );
  });
  return [...new Set(lanes.filter((lane) => lane >= 0))];
}

function lanesOf(columns: LaneColumns, kind: LaneKind): readonly number[] {
  const index = laneKindIndex(kind);
  const lanes: number[] = [];
  const first = columns.kind.indexOf(index);
  for (let lane = first; lane >= 0 && columns.kind[lane] === index; lane++) lanes.push(lane);
  return lanes;
}

function fixedSections(columns: LaneColumns): readonly Section[] {
  return (['proc', 'thread', 'task', 'region'] as const).flatMap((kind) => {
    const lanes = [...lanesOf(columns, kind)];
    if (lanes.length === 0) return [];
    lanes.sort((a, b) => (columns.number[a] ?? 0) - (columns.number[b] ?? 0) || a - b);
    const open = !FOLDED_FIRST.has(kind);
    return [{ id: kind, kind, name: undefined, count: lanes.length, open, lanes: () => lanes.map(toRow) }];
  });
}

function goroutineSections(columns: LaneColumns, options: LaneOptions, wanted: readonly number[]): readonly Section[] {
  if (wanted.length === 0) return [];
  if (options.grouping !== 'function') {
    const lanes = (): readonly LaneRow[] =>
      options.grouping === 'flat' ? wanted.map(toRow) : familyRows(columns, options, wanted);
    return [{ id: 'goroutines', kind: 'goroutine', name: undefined, count: wanted.length, open: true, lanes }];
  }
  return groupsOf(columns, wanted).map(([name, lanes]) => ({
    id: `g${name}`,
    kind: 'goroutine',
    name,
    count: lanes.length,
    open: lanes.length <= MAX_OPEN_GROUP,
    lanes: () => lanes.map(toRow),
  }));
}

/** Those that a person moved come first, as they were put. */
function inOrder(sections: readonly Section[], order: readonly string[]): readonly Section[] {
  if (order.length === 0) return sections;
  const places = new Map(order.map((id, i) => [id, i]));
  const placeOf = ({ id }: Section): number => places.get(id) ?? order.length;
  return [...sections].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Each below who created it; whose creator is not wanted stands alone. Without recursion: chains can be long. */
function familyRows(columns: LaneColumns, { turned }: LaneOptions, wanted: readonly number[]): readonly LaneRow[] {
  const first = columns.kind.indexOf(laneKindIndex('goroutine'));
  const isWanted = new Set(wanted);
  const children = new Map<number, number[]>();
  const roots: number[] = [];
  for (const lane of wanted) {
    const parent = first + (columns.parent[lane] ?? 0);
    if (parent === lane || !isWanted.has(parent)) roots.push(lane);
    else children.get(parent)?.push(lane) ?? children.set(parent, [lane]);
  }
  const rows: LaneRow[] = [];
  const seen = new Set<number>();
  const stack = roots.map((lane) => ({ lane, depth: 0 })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { lane, depth } = next;
    if (seen.has(lane)) continue;
    seen.add(lane);
    const below = children.get(lane);
    if (below === undefined) {
      rows.push({ is: 'lane', lane, depth });
      continue;
    }
    const id = `t${columns.object[lane] ?? 0}`;
    const folded = turned.has(id) === below.length <= MAX_OPEN_GROUP;
    rows.push({ is: 'lane', lane, depth, id, folded });
    if (!folded) for (let i = below.length - 1; i >= 0; i--) stack.push({ lane: below[i] ?? 0, depth: depth + 1 });
  }
  return rows;
}

/** Most time running first. */
function groupsOf(columns: LaneColumns, lanes: readonly number[]): readonly (readonly [number, readonly number[]])[] {
  const groups = new Map<number, { lanes: number[]; running: number }>();
  for (const lane of lanes) {
    const name = columns.name[lane] ?? 0;
    const group = groups.get(name) ?? { lanes: [], running: 0 };
    group.lanes.push(lane);
    group.running += columns.running[lane] ?? 0;
    groups.set(name, group);
  }
  return [...groups]
    .sort(([a, one], [b, other]) => other.running - one.running || a - b)
    .map(([name, group]) => [name, group.lanes] as const);
}

function rowsByLane(columns: LaneColumns, rows: readonly LaneRow[]): Int32Array {
  const rowOf = new Int32Array(columns.kind.length).fill(-1);
  rows.forEach((row, i) => {
    if (row.is === 'lane') rowOf[row.lane] = i;
  });
  return rowOf;
}

/** The options with a heading moved by one place, or undefined: it stands at the end. */
export function moveHead(
  options: LaneOptions,
  heads: readonly string[],
  id: string,
  step: 1 | -1,
): LaneOptions | undefined {
  const from = heads.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= heads.length) return undefined;
  return { ...options, order: movedTo(heads, from, to) };
}

export function movedTo<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), ...list.slice(from, from + 1), ...rest.slice(to)];
}
