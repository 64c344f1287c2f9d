import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extentOf } from '../../../web/src/draw/flame_geometry';
import { hitTest, type Hit } from '../../../web/src/draw/hit_test';
import { rowCount, rowOf, walkRow } from '../../../web/src/draw/row_walk';
import { css, panBy, showRange, wholeView } from '../../../web/src/draw/viewport';
import type { FlameColumns } from '../../../web/src/protocol/columns';
import { flamePicture } from './draw_flame_fixture';

const { columns } = flamePicture(`
  rrrrrrrrrr
  aaaaaabbb-
  ccdaaa----
`);
const EXTENT = extentOf(columns);
const VIEW = wholeView(EXTENT, { width: css(100), height: css(30), ratio: 1 });

const describe = (hit: Hit): string => (hit.kind === 'box' ? `box ${hit.box}` : hit.kind);

test('a point hits the box that covers it', () => {
  assert.equal(describe(hitTest(columns, VIEW, css(0), css(0))), 'box 0');
  assert.equal(describe(hitTest(columns, VIEW, css(59), css(20))), 'box 1');
  assert.equal(describe(hitTest(columns, VIEW, css(60), css(20))), 'box 2');
});

test('nothing is hit right of the last box, outside, and below', () => {
  assert.equal(describe(hitTest(columns, VIEW, css(95), css(20))), 'nothing');
  assert.equal(describe(hitTest(columns, VIEW, css(-1), css(5))), 'nothing');
  assert.equal(describe(hitTest(columns, VIEW, css(5), css(31))), 'nothing');
});

test('scrolling and zooming move what is hit', () => {
  const scrolled = panBy(VIEW, EXTENT, css(0), css(18));
  assert.equal(describe(hitTest(columns, scrolled, css(25), css(20))), 'box 4');
  const zoomed = showRange(VIEW, EXTENT, 2, 4);
  assert.equal(describe(hitTest(columns, panBy(zoomed, EXTENT, css(0), css(18)), css(75), css(20))), 'box 5');
});

test('the row of a box', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 5].map((box) => rowOf(columns, box)),
    [0, 1, 1, 2, 2],
  );
  assert.equal(rowCount(columns), 3);
});

/** One row of many boxes, most of them thin, from a fixed sequence of widths. */
function comb(count: number): FlameColumns {
  const widths = Array.from({ length: count }, (_, i) => ((i * 7919) % 101 === 0 ? 400 : ((i * 31) % 7) * 0.3));
  const starts: number[] = [];
  let at = 0;
  for (const [i, width] of widths.entries()) {
    starts.push(at);
    at += width + (i % 5 === 0 ? 0.7 : 0);
  }
  const values = Float64Array.from([at, ...widths]);
  const zeros = new Uint32Array(count + 1);
  return {
    rowBegin: Uint32Array.from([0, 1, count + 1]),
    start: Float64Array.from([0, ...starts]),
    width: values,
    self: values,
    total: values,
    frame: zeros,
    parent: zeros,
    firstChild: zeros,
    inlining: new Uint8Array(count + 1),
  };
}

test('a walk tells every box in sight once, in order, and never overlaps runs and boxes of the same kind', () => {
  const big = comb(5000);
  for (const width of [80, 700, 2560]) {
    const viewport = wholeView(extentOf(big), { width: css(width), height: css(40), ratio: 1 });
    const seen: number[] = [];
    let total = 0;
    let edge = 0;
    walkRow(big, 1, viewport, {
      box: (box, x0, x1) => {
        seen.push(box);
        total += big.total[box] ?? 0;
        assert.ok(x0 < x1 && x1 <= width);
        edge = x1;
      },
      run: (first, last, x0, x1) => {
        assert.ok(x0 < x1 && x1 <= width && x0 >= edge - 1);
        for (let box = first; box <= last; box++) {
          seen.push(box);
          total += big.total[box] ?? 0;
          assert.ok((big.width[box] ?? 0) * (width / viewport.to) < 1);
        }
        edge = x1;
      },
    });
    assert.deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    const told = new Set(seen);
    assert.equal(told.size, seen.length);
    // Only boxes of no width at all may be missing.
    const missing = Array.from({ length: 5000 }, (_, i) => i + 1).filter(
      (box) => !told.has(box) && (big.width[box] ?? 0) > 0,
    );
    assert.deepEqual(missing, []);
    const sum = big.width.subarray(1).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(total - sum) < 1e-6 * sum, `${total} of ${sum}`);
  }
});
