// Which boxes a search found, prepared for questions about ranges of boxes.
import { NONE, type FlameColumns, type SearchColumns } from '../protocol/columns';

export class SearchHits {
  /** By frame id: 1 where it matches. */
  readonly match: Uint8Array;
  /** Matching boxes among the first i. */
  private readonly before: Uint32Array;

  constructor(columns: FlameColumns, search: SearchColumns) {
    this.match = search.match;
    const { frame } = columns;
    this.before = new Uint32Array(frame.length + 1);
    for (let box = 0; box < frame.length; box++) {
      const id = frame[box] ?? NONE;
      this.before[box + 1] = (this.before[box] ?? 0) + (id === NONE ? 0 : (search.match[id] ?? 0));
    }
  }

  get count(): number {
    return this.before[this.before.length - 1] ?? 0;
  }

  /** Whether a box of [first, last] matches. */
  anyIn(first: number, last: number): boolean {
    return (this.before[last + 1] ?? 0) > (this.before[first] ?? 0);
  }

  /** How many matching boxes stand before this one. */
  rankOf(box: number): number {
    return this.before[box] ?? 0;
  }

  /** The matching box with that many before it. */
  boxAt(rank: number): number | undefined {
    if (rank < 0 || rank >= this.count) return undefined;
    let low = 0;
    let high = this.before.length - 1;
    // before[low] <= rank < before[high]
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.before[middle] ?? 0) <= rank) low = middle;
      else high = middle;
    }
    return low;
  }
}
