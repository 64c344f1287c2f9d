// Which rows the timeline has, from top to bottom: headings that fold, and lanes. Pure: columns and options in, rows out.
import { LANE_KINDS, laneKindIndex, type LaneColumns, type LaneKind } from '../../protocol/trace';

export type LaneSort = 'start' | 'running' | 'blocked';
export const LANE_SORTS: readonly LaneSort[] = ['start', 'running', 'blocked'];

export interface LaneOptions {
  readonly sort: LaneSort;
  /** Goroutines by start function, or one after the other. */
  readonly grouped: boolean;
  /** Also goroutines that are the runtime's own. */
  readonly system: boolean;
  /** Part of a start function's name or a goroutine's number. */
  readonly filter: string;
  /** Headings that a person folded or unfolded, by id: the others are as they come. */
  readonly turned: ReadonlySet<string>;
}

export const LANE_OPTIONS: LaneOptions = { sort: 'start', grouped: true, system: false, filter: '', turned: new Set() };

export type LaneRow =
  | { readonly is: 'lane'; readonly lane: number }
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
  /** Lanes of goroutines of the runtime that are left out. */
  readonly hidden: number;
}

/** Groups larger than this come folded. */
const MAX_OPEN_GROUP = 64;
const FOLDED_FIRST: ReadonlySet<LaneKind> = new Set(['thread']);

export function arrangeLanes(
  columns: LaneColumns,
  options: LaneOptions,
  nameOf: (id: number) => string | undefined,
): ArrangedLanes {
  const rows: LaneRow[] = [];
  const byKind = LANE_KINDS.map((): number[] => []);
  columns.kind.forEach((kind, lane) => byKind[kind]?.push(lane));
  const lanesOf = (kind: LaneKind): number[] => byKind[laneKindIndex(kind)] ?? [];
  const add = (id: string, kind: LaneKind, name: number | undefined, lanes: readonly number[], open: boolean): void => {
    if (lanes.length === 0) return;
    const folded = options.turned.has(id) === open;
    rows.push({ is: 'head', id, name, kind, count: lanes.length, folded });
    if (!folded) for (const lane of lanes) rows.push({ is: 'lane', lane });
  };
  for (const kind of ['collector', 'stop'] as const) {
    for (const lane of lanesOf(kind)) rows.push({ is: 'lane', lane });
  }
  for (const kind of ['proc', 'thread', 'task', 'region'] as const) {
    const byNumber = lanesOf(kind).sort((a, b) => (columns.number[a] ?? 0) - (columns.number[b] ?? 0) || a - b);
    add(kind, kind, undefined, byNumber, !FOLDED_FIRST.has(kind));
  }
  const all = lanesOf('goroutine');
  const wanted = all.filter((lane) => isWanted(columns, options, lane, nameOf)).sort(bySort(columns, options.sort));
  if (options.grouped) {
    for (const [name, lanes] of groupsOf(columns, wanted)) {
      add(`g${name}`, 'goroutine', name, lanes, lanes.length <= MAX_OPEN_GROUP);
    }
  } else add('goroutines', 'goroutine', undefined, wanted, true);
  const hidden = options.system ? 0 : all.filter((lane) => columns.system[lane] === 1).length;
  return { rows, hidden };
}

function isWanted(
  columns: LaneColumns,
  { system, filter }: LaneOptions,
  lane: number,
  nameOf: (id: number) => string | undefined,
): boolean {
  if (!system && columns.system[lane] === 1) return false;
  if (filter === '') return true;
  const name = nameOf(columns.name[lane] ?? 0) ?? '';
  return name.toLowerCase().includes(filter.toLowerCase()) || `g${columns.number[lane] ?? 0}` === filter;
}

function bySort(columns: LaneColumns, sort: LaneSort): (a: number, b: number) => number {
  const column = columns[sort];
  const sign = sort === 'start' ? 1 : -1;
  return (a, b) => sign * ((column[a] ?? 0) - (column[b] ?? 0)) || a - b;
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
