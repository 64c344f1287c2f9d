import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestPoint, oneAfterAnother, thinLine } from '../../../web/src/draw/thin_line';

test('a thinned line keeps the lowest and highest point of each column', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i);
  const ys = xs.map((x) => (x === 333 ? 90 : x === 334 ? -5 : x % 3));
  const thin = thinLine({ xs, ys }, 0, 1000, 10);
  assert.ok(thin.xs.length <= 20);
  assert.deepEqual(
    thin.xs.filter((x) => x >= 300 && x < 400),
    [333, 334],
  );
  assert.deepEqual(
    thin.xs,
    [...thin.xs].sort((a, b) => a - b),
  );
  const few = { xs: [1, 2, 3], ys: [4, 5, 6] };
  assert.equal(thinLine(few, 1, 3, 10), few);
});

test('points at one moment and at the end have a column', () => {
  const line = { xs: [0, 0, 0, 0, 10], ys: [1, 9, 2, 3, 4] };
  assert.deepEqual(thinLine(line, 0, 10, 1), { xs: [0, 0, 10], ys: [1, 9, 4] });
});

test('runs that each begin at zero follow each other', () => {
  assert.deepEqual(oneAfterAnother([1, 5, 2, 4, 1]), [1, 5, 7, 9, 10]);
  assert.deepEqual(oneAfterAnother([]), []);
});

test('the nearest point', () => {
  assert.equal(nearestPoint([], 3), -1);
  assert.equal(nearestPoint([10, 20, 30], -5), 0);
  assert.equal(nearestPoint([10, 20, 30], 14), 0);
  assert.equal(nearestPoint([10, 20, 30], 16), 1);
  assert.equal(nearestPoint([10, 20, 30], 99), 2);
});
