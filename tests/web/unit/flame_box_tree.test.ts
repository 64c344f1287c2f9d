import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenOf, neighbourOf, pathTo, widestBoxOf } from '../../../web/src/views/flame/box_tree';
import { unfoldedTo, visibleBoxes, withFold } from '../../../web/src/views/flame/table_rows';
import { flamePicture } from './draw_flame_fixture';

// Boxes: 0 root | 1 a, 2 b, 3 c | 4 b, 5 c (under a), 6 a (under c) | 7 a (under 5)
const { columns } = flamePicture(`
  rrrrrrrrrrrrrrrrrrrr
  aaaaaaaaaabbbbcccc--
  bbbbbcccc-----aaa---
  -----aaa------------
`);

test('children of a box stand together; a leaf has none', () => {
  assert.deepEqual(childrenOf(columns, 0), { begin: 1, end: 4 });
  assert.deepEqual(childrenOf(columns, 1), { begin: 4, end: 6 });
  assert.deepEqual(childrenOf(columns, 5), { begin: 7, end: 8 });
  for (const leaf of [2, 4, 6, 7]) {
    const { begin, end } = childrenOf(columns, leaf);
    assert.equal(begin, end, `box ${leaf}`);
  }
});

test('the path to a box starts below the root', () => {
  assert.deepEqual(pathTo(columns, 7), [1, 5, 7]);
  assert.deepEqual(pathTo(columns, 0), []);
});

test('neighbours: caller, widest callee, left and right in the row', () => {
  const around = (box: number): (number | undefined)[] =>
    (['up', 'down', 'left', 'right'] as const).map((way) => neighbourOf(columns, box, way));
  assert.deepEqual(around(0), [undefined, 1, undefined, undefined]);
  assert.deepEqual(around(1), [0, 4, undefined, 2]);
  assert.deepEqual(around(5), [1, 7, 4, 6]);
  assert.deepEqual(around(6), [3, undefined, 5, undefined]);
});

test('the widest box of a frame, the upper one among equals', () => {
  const [a, b, c] = [0, 1, 2];
  assert.equal(widestBoxOf(columns, a), 1);
  assert.equal(widestBoxOf(columns, b), 4);
  assert.equal(widestBoxOf(columns, c), 3);
  assert.equal(widestBoxOf(columns, 99), undefined);
});

test('table lines: folded boxes hide what is below them', () => {
  assert.deepEqual(visibleBoxes(columns, new Set()), [0]);
  assert.deepEqual(visibleBoxes(columns, new Set([0])), [0, 1, 2, 3]);
  assert.deepEqual(visibleBoxes(columns, new Set([0, 1, 5])), [0, 1, 4, 5, 7, 2, 3]);
  assert.deepEqual(visibleBoxes(columns, new Set([5])), [0]);
});

test('a box in the table is reached by unfolding its callers, and nothing else', () => {
  const start: ReadonlySet<number> = new Set([0]);
  assert.deepEqual([...unfoldedTo(columns, start, 7)].sort(), [0, 1, 5]);
  assert.equal(unfoldedTo(columns, start, 2), start);
  assert.deepEqual([...withFold(withFold(start, 1, true), 0, false)], [1]);
});
