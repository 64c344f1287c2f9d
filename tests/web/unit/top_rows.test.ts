import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TopColumns } from '../../../web/src/protocol/columns';
import { arrangeTop, smallestMagnitude } from '../../../web/src/state/top_rows';

/** "name flat cum" in the core's order; frame ids count from 10. */
function table(text: string): {
  columns: TopColumns;
  names: readonly string[];
} {
  const rows = text.split(', ').map((row) => row.split(' '));
  return {
    columns: {
      frame: Uint32Array.from(rows, (_, i) => i + 10),
      flat: Float64Array.from(rows, ([, flat]) => Number(flat)),
      cum: Float64Array.from(rows, ([, , cum]) => Number(cum)),
      inlining: new Uint8Array(rows.length),
    },
    names: rows.map(([name = '']) => name),
  };
}

const { columns, names } = table('read -6 -6, work 5 9, alloc 2 2, main 0 14, init 0 2');
const shown = (order: Uint32Array): string => [...order].map((row) => names[row]).join(' ');
const nameOf = (row: number): string => names[row] ?? '';

test('flat: by magnitude, the core’s order among equals, also backwards', () => {
  const down = arrangeTop(columns, { key: 'flat', descending: true }, undefined, nameOf);
  assert.equal(shown(down.order), 'read work alloc main init');
  assert.deepEqual([...down.running], [-6, -1, 1, 1, 1]);
  const up = arrangeTop(columns, { key: 'flat', descending: false }, undefined, nameOf);
  assert.equal(shown(up.order), 'main init alloc work read');
});

test('cum and name', () => {
  const cum = arrangeTop(columns, { key: 'cum', descending: true }, undefined, nameOf);
  assert.equal(shown(cum.order), 'main work read alloc init');
  const name = arrangeTop(columns, { key: 'name', descending: false }, undefined, nameOf);
  assert.equal(shown(name.order), 'alloc init main read work');
});

test('the search lets through matching frames alone, and sum % runs over those', () => {
  const match = new Uint8Array(20);
  match[11] = 1;
  match[12] = 1;
  const rows = arrangeTop(columns, { key: 'flat', descending: true }, match, nameOf);
  assert.equal(shown(rows.order), 'work alloc');
  assert.deepEqual([...rows.running], [5, 7]);
});

test('the smallest magnitude is of flat, or of cum where flat is 0', () => {
  assert.equal(smallestMagnitude(columns), 2);
  assert.equal(smallestMagnitude(table('a 5 5, b 0 1').columns), 1);
  assert.equal(smallestMagnitude(table('a 0 0').columns), 0);
});
