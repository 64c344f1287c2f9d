// Benchmarks as rows of a table: what changed, how surely, and where the picture of a row stands.
import type { BenchCell, BenchTable } from '../protocol/reports';
import { formatValue } from '../base/format';

/** "sec/op" in ns, "B/op" in bytes; what is neither as it is. */
export function benchValue(value: number, unit: string): string {
  if (unit === 'sec/op') return formatValue(value * 1e9, 'nanoseconds');
  if (unit === 'B/op') return formatValue(value, 'bytes');
  if (unit === 'B/s') return `${formatValue(value, 'bytes')}/s`;
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** Units of which more is better. */
export function isBetterHigher(unit: string): boolean {
  return unit === 'B/s' || unit.endsWith('/sec') || unit.endsWith('/s');
}

export type Verdict = 'better' | 'worse' | 'same';

/** Of a cell against its base. */
export function verdictOf(cell: BenchCell | null | undefined, unit: string): Verdict | undefined {
  if (cell?.base === undefined) return undefined;
  if (cell.significant !== true || cell.median === cell.base) return 'same';
  return cell.median > cell.base === isBetterHigher(unit) ? 'better' : 'worse';
}

export function countVerdicts(table: BenchTable): Readonly<Record<Verdict, number>> {
  const counts = { better: 0, worse: 0, same: 0 };
  for (const { cells } of table.rows) {
    const verdict = verdictOf(cells.at(-1), table.unit);
    if (verdict !== undefined) counts[verdict]++;
  }
  return counts;
}

export interface Interval {
  /** Shares of the row's widest value, from 0. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** All cells of a row on one scale that begins at 0. */
export function intervalsOf(cells: readonly (BenchCell | null)[]): readonly (Interval | undefined)[] {
  const largest = Math.max(...cells.map((cell) => Math.max(cell?.high ?? 0, cell?.median ?? 0)), 0) || 1;
  return cells.map((cell) =>
    cell === null
      ? undefined
      : {
          low: (cell.low ?? cell.median) / largest,
          median: cell.median / largest,
          high: (cell.high ?? cell.median) / largest,
        },
  );
}
