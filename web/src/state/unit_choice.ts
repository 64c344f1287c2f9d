// The unit that a person wants values in, as pprof's -unit. '' leaves it to the views: tables that are read down a column
// take one unit for it, as pprof does by itself, all else the unit that suits each value.
import { columnUnit, unitsLike } from '../base/format';
import type { TopColumns } from '../protocol/columns';
import type { SampleType } from '../protocol/messages';
import { smallestMagnitude } from './top_rows';

export const UNIT_WORDS = ['auto', 'minimum'] as const;

/** What can be chosen for a type besides ''; nothing for plain counts. */
export function unitChoices({ unit }: SampleType): readonly string[] {
  const units = unitsLike(unit);
  return units.length === 0 ? [] : [...UNIT_WORDS, ...units];
}

/** undefined: each value in what suits it. `top` is read for 'minimum' only: one unit for all that the view has. */
export function shownUnit(type: SampleType, chosen: string, top: () => TopColumns | undefined): string | undefined {
  if (!unitChoices(type).includes(chosen) || chosen === 'auto') return undefined;
  if (chosen !== 'minimum') return chosen;
  const columns = top();
  return columns === undefined ? undefined : columnUnit(smallestMagnitude(columns), type.magnitudeTotal, type.unit);
}

/** Of a table's columns of values. */
export function tableUnit(type: SampleType, chosen: string, smallest: number, total: number): string {
  if (type.shownUnit !== undefined) return type.shownUnit;
  return chosen === 'auto' ? 'auto' : columnUnit(smallest, total, type.unit);
}
