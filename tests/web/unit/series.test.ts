import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesColumns } from '../../../web/src/protocol/columns';
import { changeOf, changeSteps, heatSteps } from '../../../web/src/state/flame_steps';
import { compareRows, trendRows } from '../../../web/src/state/series_rows';
import { changeText } from '../../../web/src/views/series/compare_view';

/** Values by function: one list a series. */
function columnsOf(
  flat: readonly (readonly number[])[],
  trend: readonly number[] = [],
  slope: readonly number[] = [],
): SeriesColumns {
  const frames = flat[0]?.length ?? 0;
  return {
    series: flat.length,
    name: new Uint32Array(frames),
    rowFlat: Float64Array.from(flat.flat()),
    rowCum: Float64Array.from(flat.flat().map((value) => value * 10)),
    trend: Uint8Array.from([...trend, ...trend]),
    slope: Float64Array.from([...slope, ...slope]),
    fit: new Float64Array(frames * 2),
  } as unknown as SeriesColumns;
}

test('a comparison lists what changed most first, and nothing that is on neither side', () => {
  const rows = compareRows(
    columnsOf([
      [5, 0, 100, 0],
      [9, 0, 98, 7],
    ]),
    false,
  );
  assert.deepEqual(
    rows.map(({ frame, before, after }) => [frame, before, after]),
    [
      [3, 0, 7],
      [0, 5, 9],
      [2, 100, 98],
    ],
  );
});

test('a trend lists leaks first, then what moves, by slope', () => {
  const rows = trendRows(
    columnsOf(
      [
        [1, 1, 1, 0],
        [2, 9, 1, 0],
        [3, 1, 1, 0],
      ],
      [1, 3, 0, 0],
      [1, 50, 0, 0],
    ),
    true,
  );
  assert.deepEqual(
    rows.map(({ frame, trend }) => [frame, trend]),
    [
      [0, 'leak'],
      [1, 'sawtooth'],
      [2, 'stable'],
    ],
  );
  assert.deepEqual(rows[0]?.values, [10, 20, 30]);
});

test('steps of change: gone and new are the ends, the same is the middle', () => {
  assert.deepEqual(
    [changeOf(4, 0), changeOf(4, 2), changeOf(3, 3), changeOf(2, 4), changeOf(0, 4), changeOf(0, 0)],
    [-1, -0.5, 0, 0.5, 1, 0],
  );
  assert.deepEqual([...changeSteps(Float64Array.of(4, 3, 0), Float64Array.of(0, 3, 4), 'diff').steps], [0, 8, 16]);
});

test('heat of a snapshot: each box against its own largest value', () => {
  assert.deepEqual([...heatSteps(Float64Array.of(5, 0), Float64Array.of(10, 0, 5, 0), 2).steps], [8, 0]);
});

test('a change is told with its sign and its share', () => {
  assert.equal(changeText(1e9, 1.5e9, 'nanoseconds'), '+500ms (+50.00%)');
  assert.equal(changeText(2e9, 1e9, 'nanoseconds'), '-1s (-50.00%)');
  assert.equal(changeText(0, 1e9, 'nanoseconds'), '+1s (new)');
});
