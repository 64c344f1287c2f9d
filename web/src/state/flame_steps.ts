// Steps of colour for boxes, from what their columns say.
import type { FlameColumns } from '../protocol/columns';
import type { BoxSteps } from './flame_source';

const HEAT_STEPS = 16;
/** Steps on each side of no change, as draw/tint.ts has them. */
const DIFF_STEPS = 8;

/** How much of each box is its own value. */
export function selfShareSteps(columns: FlameColumns): BoxSteps {
  const steps = new Uint8Array(columns.frame.length);
  for (let box = 0; box < steps.length; box++) {
    const total = Math.abs(columns.total[box] ?? 0);
    const share = total > 0 ? Math.min(1, Math.abs(columns.self[box] ?? 0) / total) : 0;
    steps[box] = Math.round(share * (HEAT_STEPS - 1));
  }
  return { steps, scale: 'heat' };
}

/** From -1, gone, over 0, the same, to 1, new: a box that doubled is half way up. */
export function changeOf(before: number, after: number): number {
  const larger = Math.max(Math.abs(before), Math.abs(after));
  return larger > 0 ? Math.max(-1, Math.min(1, (after - before) / larger)) : 0;
}

export function changeSteps(before: Float64Array, after: Float64Array, scale: 'diff' | 'diff-blind'): BoxSteps {
  const steps = Uint8Array.from(
    before,
    (value, box) => DIFF_STEPS + Math.round(changeOf(value, after[box] ?? 0) * DIFF_STEPS),
  );
  return { steps, scale };
}

/** Each box against its own largest value over all series: a box that is at its highest is hottest. */
export function heatSteps(values: Float64Array, all: Float64Array, series: number): BoxSteps {
  const count = values.length;
  const steps = Uint8Array.from(values, (value, box) => {
    let largest = 0;
    for (let at = 0; at < series; at++) largest = Math.max(largest, Math.abs(all[at * count + box] ?? 0));
    return largest > 0 ? Math.round((Math.abs(value) / largest) * (HEAT_STEPS - 1)) : 0;
  });
  return { steps, scale: 'heat' };
}
