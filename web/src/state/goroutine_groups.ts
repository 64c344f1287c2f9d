// Groups of goroutines as the person wants them: by stack, or those summed by one fact.
import type { FamilyNode, GoroutineGroup } from '../protocol/reports';

export const GROUPINGS = ['stack', 'state', 'wait', 'creator', 'family'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GoroutineRow {
  /** Of the fact: state, minutes, creator; of a stack: its leaf. */
  readonly title: string;
  readonly count: number;
  readonly minMinutes: number;
  readonly maxMinutes: number;
  /** More than one when summed. */
  readonly groups: readonly GoroutineGroup[];
  /** Of a family tree. */
  readonly depth?: number;
  readonly descendants?: number;
}

/** FUNCTION of "FUNCTION FILE:LINE". */
export function functionOf(frame: string): string {
  const blank = frame.lastIndexOf(' ');
  return blank < 0 ? frame : frame.slice(0, blank);
}

/** "FUNCTION FILE:LINE" with the name of the file alone. */
function withoutFolders(frame: string): string {
  const name = functionOf(frame);
  const place = frame.slice(name.length + 1);
  return place === '' ? name : `${name} ${place.slice(place.lastIndexOf('/') + 1)}`;
}

/** The innermost frame that is not the runtime's or the standard library's way of waiting. */
export function placeOf({ stack }: GoroutineGroup): string {
  const own = stack.find((frame) => isOwn(functionOf(frame))) ?? stack[0];
  return own === undefined ? '' : functionOf(own);
}

/** Import paths of the standard library have no dot before their first slash. */
function isOwn(name: string): boolean {
  const path = name.split('/');
  return path.length > 1 ? (path[0] ?? '').includes('.') : name.startsWith('main.');
}

export function matchesGroup(group: GoroutineGroup, text: string): boolean {
  const wanted = text.toLowerCase();
  const has = (part: string | null): boolean => part !== null && part.toLowerCase().includes(wanted);
  return wanted === '' || has(group.state) || has(group.created_by) || group.stack.some(has);
}

/** The family tree, without branches that have none of the groups. */
export function familyRows(family: readonly FamilyNode[], groups: readonly GoroutineGroup[]): readonly GoroutineRow[] {
  const rows: GoroutineRow[] = [];
  // From the last to the first: what was shown needs its parent, the next one before it that is one level higher.
  let parentDepth = -1;
  for (const { site, depth, count, descendants } of [...family].reverse()) {
    const own = groups.filter((group) => group.created_by === site);
    if (own.length === 0 && depth !== parentDepth) continue;
    parentDepth = depth - 1;
    rows.push({ ...sumOf(own, 'creator'), title: withoutFolders(site ?? ''), count, depth, descendants });
  }
  return rows.reverse();
}

/** Most first, then by title. */
export function rowsOf(groups: readonly GoroutineGroup[], by: Exclude<Grouping, 'family'>): readonly GoroutineRow[] {
  const rows = new Map<string, GoroutineGroup[]>();
  groups.forEach((group, i) => {
    const key = by === 'stack' ? String(i) : titleOf(group, by);
    const same = rows.get(key);
    if (same === undefined) rows.set(key, [group]);
    else same.push(group);
  });
  return [...rows.values()]
    .map((same) => sumOf(same, by))
    .sort((a, b) => b.count - a.count || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}

function sumOf(same: readonly GoroutineGroup[], by: Exclude<Grouping, 'family'>): GoroutineRow {
  const [first] = same;
  return {
    title: first === undefined ? '' : titleOf(first, by),
    count: same.reduce((sum, { count }) => sum + count, 0),
    minMinutes: same.reduce((least, group) => Math.min(least, group.min_minutes), first?.min_minutes ?? 0),
    maxMinutes: same.reduce((most, group) => Math.max(most, group.max_minutes), 0),
    groups: same,
  };
}

function titleOf(group: GoroutineGroup, by: Exclude<Grouping, 'family'>): string {
  switch (by) {
    case 'stack':
      return placeOf(group);
    case 'state':
      return group.state;
    case 'wait':
      return group.min_minutes === group.max_minutes
        ? String(group.min_minutes)
        : `${group.min_minutes}–${group.max_minutes}`;
    case 'creator':
      return group.created_by === null ? '' : functionOf(group.created_by);
  }
}

/** "1, 7, 9 …": a few of many. */
export function idsText(ids: readonly number[], more: (count: number) => string): string {
  const SHOWN = 8;
  const text = ids.slice(0, SHOWN).join(', ');
  return ids.length > SHOWN ? `${text} ${more(ids.length - SHOWN)}` : text;
}
