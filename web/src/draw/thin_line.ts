// A line of many points for few pixels: of each column the lowest and the highest point, in their order, so that no peak is
// lost.

export interface Line {
  /** Ascending. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

/** At most 2 points a column; a line that has no more is itself. The columns divide [from, to]. */
export function thinLine(line: Line, from: number, to: number, columns: number): Line {
  const { xs, ys } = line;
  if (xs.length <= 2 * columns) return line;
  const thinXs: number[] = [];
  const thinYs: number[] = [];
  const keep = (at: number): void => {
    thinXs.push(xs[at] ?? 0);
    thinYs.push(ys[at] ?? 0);
  };
  const columnOf = (at: number): number => Math.floor((((xs[at] ?? 0) - from) / (to - from)) * columns);
  for (let begin = 0; begin < xs.length;) {
    let low = begin;
    let high = begin;
    let end = begin;
    for (const column = columnOf(begin); end < xs.length && columnOf(end) === column; end++) {
      if ((ys[end] ?? 0) < (ys[low] ?? 0)) low = end;
      if ((ys[end] ?? 0) > (ys[high] ?? 0)) high = end;
    }
    keep(Math.min(low, high));
    if (low !== high) keep(Math.max(low, high));
    begin = end;
  }
  return { xs: thinXs, ys: thinYs };
}

/** Times of several runs, each of which counts from its own begin, one run behind the other: ascending. */
export function oneAfterAnother(times: readonly number[]): readonly number[] {
  let before = 0;
  let shift = 0;
  return times.map((time) => {
    if (time < before) shift += before;
    before = time;
    return time + shift;
  });
}

/** The point nearest to x; -1: there is none. `xs` ascends. */
export function nearestPoint(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  if (low === xs.length) return xs.length - 1;
  return low > 0 && x - (xs[low - 1] ?? 0) <= (xs[low] ?? 0) - x ? low - 1 : low;
}
