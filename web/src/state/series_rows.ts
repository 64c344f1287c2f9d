// Rows of a comparison and of a trend, in the order in which a person wants them.
import type { SeriesColumns } from '../protocol/columns';
import { valuesOf } from './series_store';

/** core/analysis/name_match.h MatchKind, by number. */
export const MATCH_KINDS = ['matchSame', 'matchRenamed', 'matchMoved', 'matchOldOnly', 'matchNewOnly'] as const;
/** core/analysis/trend.h TrendClass, by number. */
export const TREND_CLASSES = ['stable', 'leak', 'warmUp', 'sawtooth', 'falling'] as const;
export type TrendClass = (typeof TREND_CLASSES)[number];

export interface CompareRow {
  readonly frame: number;
  readonly before: number;
  readonly after: number;
}

function measured(columns: SeriesColumns, byCum: boolean): Float64Array {
  return byCum ? columns.rowCum : columns.rowFlat;
}

/** Largest change first. Functions without a value on either side are left out. */
export function compareRows(columns: SeriesColumns, byCum: boolean): readonly CompareRow[] {
  const values = measured(columns, byCum);
  const before = valuesOf(values, columns.series, 0);
  const after = valuesOf(values, columns.series, columns.series - 1);
  const rows: CompareRow[] = [];
  before.forEach((value, frame) => {
    const now = after[frame] ?? 0;
    if (value !== 0 || now !== 0) rows.push({ frame, before: value, after: now });
  });
  const change = (row: CompareRow): number => Math.abs(row.after - row.before);
  return rows.sort((a, b) => change(b) - change(a) || Math.abs(b.after) - Math.abs(a.after) || a.frame - b.frame);
}

export interface TrendRow {
  readonly frame: number;
  readonly trend: TrendClass;
  /** Value per unit of the axis. */
  readonly slope: number;
  readonly fit: number;
  readonly values: readonly number[];
}

/** Leaks first, then what else moves; inside, by slope. */
export function trendRows(columns: SeriesColumns, byCum: boolean): readonly TrendRow[] {
  const values = measured(columns, byCum);
  const frames = columns.name.length;
  const offset = byCum ? frames : 0;
  const rows: TrendRow[] = [];
  for (let frame = 0; frame < frames; frame++) {
    const course = Array.from({ length: columns.series }, (_, at) => values[at * frames + frame] ?? 0);
    if (course.every((value) => value === 0)) continue;
    rows.push({
      frame,
      trend: TREND_CLASSES[columns.trend[offset + frame] ?? 0] ?? 'stable',
      slope: columns.slope[offset + frame] ?? 0,
      fit: columns.fit[offset + frame] ?? 0,
      values: course,
    });
  }
  const rank = (row: TrendRow): number => (row.trend === 'leak' ? 0 : row.trend === 'stable' ? 2 : 1);
  return rows.sort((a, b) => rank(a) - rank(b) || Math.abs(b.slope) - Math.abs(a.slope) || a.frame - b.frame);
}
