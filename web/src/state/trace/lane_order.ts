// Goroutine lanes in order of a column. A hundred thousand of them within a frame: by radix, as times are whole ns.
import { laneKindIndex, type LaneColumns } from '../../protocol/trace';
import type { LaneSort } from './lane_options';

const RADIX = 1 << 16;
/** Times have 48 bits. */
const PASSES = 3;

/** Lanes of goroutines: by start, or most time first; of equal ones the smaller index. */
export function sortGoroutines(columns: LaneColumns, sort: LaneSort): Uint32Array {
  const goroutine = laneKindIndex('goroutine');
  const first = columns.kind.indexOf(goroutine);
  const lanes = Uint32Array.from({ length: first < 0 ? 0 : columns.kind.length - first }, (_, i) => first + i);
  const keys = columns[sort];
  return sort === 'start' ? byKey(lanes, (lane) => keys[lane] ?? 0) : byKey(lanes, fallingKey(keys));
}

function fallingKey(keys: Float64Array): (lane: number) => number {
  let most = 0;
  for (const key of keys) most = Math.max(most, key);
  return (lane) => most - (keys[lane] ?? 0);
}

/** Stable. */
function byKey(lanes: Uint32Array<ArrayBuffer>, keyOf: (lane: number) => number): Uint32Array {
  let from = lanes;
  let into = new Uint32Array(lanes.length);
  for (let pass = 0; pass < PASSES; pass++) {
    const scale = RADIX ** pass;
    const digitOf = (lane: number): number => Math.floor(keyOf(lane) / scale) % RADIX;
    const begin = new Uint32Array(RADIX + 1);
    for (const lane of from) begin[digitOf(lane) + 1] = (begin[digitOf(lane) + 1] ?? 0) + 1;
    for (let i = 1; i <= RADIX; i++) begin[i] = (begin[i] ?? 0) + (begin[i - 1] ?? 0);
    for (const lane of from) {
      const at = begin[digitOf(lane)] ?? 0;
      begin[digitOf(lane)] = at + 1;
      into[at] = lane;
    }
    [from, into] = [into, from];
  }
  return from;
}
