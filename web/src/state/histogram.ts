// Numeric label values in bins: even ones, or powers of two where they lie far apart.

export interface Bin {
  /** Values in [from, to], both as the label has them. */
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

const BINS = 24;
/** Above this ratio of the largest to the smallest positive value, bins double. */
const FAR_APART = 64;

/** `values` need not be sorted; ascending bins without gaps. */
export function binsOf(values: readonly number[], weights: readonly number[]): readonly Bin[] {
  if (values.length === 0) return [];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const edges = low > 0 && high / low > FAR_APART ? doublingEdges(low, high) : evenEdges(low, high);
  const sums = new Array<number>(edges.length - 1).fill(0);
  values.forEach((value, i) => {
    let bin = edges.findIndex((edge) => value < edge) - 1;
    if (bin < 0) bin = sums.length - 1;
    sums[bin] = (sums[bin] ?? 0) + (weights[i] ?? 0);
  });
  // Labels are whole numbers, so a bin ends just below the next one.
  return sums.map((weight, i) => ({
    from: edges[i] ?? low,
    to: Math.max(edges[i] ?? low, (edges[i + 1] ?? high) - 1),
    weight,
  }));
}

function doublingEdges(low: number, high: number): number[] {
  const edges = [2 ** Math.floor(Math.log2(low))];
  while ((edges.at(-1) ?? high) <= high) edges.push((edges.at(-1) ?? 1) * 2);
  return edges;
}

function evenEdges(low: number, high: number): number[] {
  const step = Math.max(1, Math.ceil((high - low + 1) / BINS));
  const edges = [low];
  while ((edges.at(-1) ?? high) <= high) edges.push((edges.at(-1) ?? 0) + step);
  return edges;
}
