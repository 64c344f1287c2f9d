// Groups of goroutines as the person wants them: by stack, or those summed by one fact.
import type { GoroutineGroup } from '../protocol/reports';

export const GROUPINGS = ['stack', 'state', 'wait', 'creator'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GoroutineRow {
  /** Of the fact: state, minutes, creator; of a stack: its leaf. */
  readonly title: string;
  readonly count: number;
  readonly minMinutes: number;
  readonly maxMinutes: number;
  /** More than one when summed. */
  readonly groups: readonly GoroutineGroup[];
}

/** FUNCTION of "FUNCTION FILE:LINE". */
export function functionOf(frame: string): string {
  const blank = frame.lastIndexOf(' ');
  return blank < 0 ? frame : frame.slice(0, blank);
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

/** Most first, then by title. */
export function rowsOf(groups: readonly GoroutineGroup[], by: Grouping): readonly GoroutineRow[] {
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

function sumOf(same: readonly GoroutineGroup[], by: Grouping): GoroutineRow {
  const [first] = same;
  return {
    title: first === undefined ? '' : titleOf(first, by),
    count: same.reduce((sum, { count }) => sum + count, 0),
    minMinutes: Math.min(...same.map((group) => group.min_minutes)),
    maxMinutes: Math.max(...same.map((group) => group.max_minutes)),
    groups: same,
  };
}

function titleOf(group: GoroutineGroup, by: Grouping): string {
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
