// Goroutines by start function: rows of a table that unfolds. Pure.
import type { GoroutineRows } from '../../protocol/trace';

export const SUM_COLUMNS = ['count', 'total', 'exec', 'sched', 'syscall', 'block', 'ranges'] as const;
export type SumColumn = (typeof SUM_COLUMNS)[number];
type Sums = Record<SumColumn, number>;

export type GoroutineRow =
  | { readonly is: 'group'; readonly name: number; readonly sums: Readonly<Sums> }
  | {
      readonly is: 'goroutine';
      readonly name: number;
      readonly goroutine: number;
      readonly number: number;
      readonly start: number;
      readonly end: number;
      readonly sums: Readonly<Sums>;
    };

/** Groups by `sort`, then by name id; below an unfolded one its goroutines by the same, then by row. */
export function groupGoroutines(
  columns: GoroutineRows,
  sort: SumColumn,
  unfolded: ReadonlySet<number>,
  descending = true,
): readonly GoroutineRow[] {
  const sign = descending ? 1 : -1;
  const groups = new Map<number, { sums: Sums; members: number[] }>();
  columns.name.forEach((name, row) => {
    const group = groups.get(name) ?? { sums: sumsOf(columns, -1), members: [] };
    const own = sumsOf(columns, row);
    for (const column of SUM_COLUMNS) group.sums[column] += own[column];
    group.members.push(row);
    groups.set(name, group);
  });
  const rows: GoroutineRow[] = [];
  const ordered = [...groups].sort(([a, one], [b, other]) => sign * (other.sums[sort] - one.sums[sort]) || a - b);
  for (const [name, { sums, members }] of ordered) {
    rows.push({ is: 'group', name, sums });
    if (!unfolded.has(name)) continue;
    const own = members.map((row) => ({ row, sums: sumsOf(columns, row) }));
    own.sort((a, b) => sign * (b.sums[sort] - a.sums[sort]) || a.row - b.row);
    for (const member of own) {
      const { row } = member;
      rows.push({
        is: 'goroutine',
        name,
        goroutine: columns.goroutine[row] ?? 0,
        number: columns.number[row] ?? 0,
        start: columns.start[row] ?? -1,
        end: columns.end[row] ?? -1,
        sums: member.sums,
      });
    }
  }
  return rows;
}

/** Of no row: zeros. */
function sumsOf(columns: GoroutineRows, row: number): Sums {
  return {
    count: row < 0 ? 0 : 1,
    total: columns.total[row] ?? 0,
    exec: columns.exec[row] ?? 0,
    sched: columns.sched[row] ?? 0,
    syscall: columns.syscall[row] ?? 0,
    block: columns.block[row] ?? 0,
    ranges: columns.ranges[row] ?? 0,
  };
}
