import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSort, nextSort, orderRows, parseSort } from '../../../web/src/base/table_sort';
import { tableText } from '../../../web/src/base/table_text';

test('equal values keep their order, whichever the direction', () => {
  const values = [2, 1, 2, 3];
  const order = (descending: boolean): number[] => [...orderRows(4, (row) => values[row] ?? 0, descending)];
  assert.deepEqual(order(false), [1, 0, 2, 3]);
  assert.deepEqual(order(true), [3, 0, 2, 1]);
  assert.deepEqual([...orderRows(3, (row) => 'bca'[row] ?? '', false)], [2, 0, 1]);
});

test('a sort stands in the URL as its column, with a minus where the largest is first', () => {
  for (const text of ['cum', '-cum', 'alloc_space', 'type0']) {
    const sort = parseSort(text);
    assert.equal(sort && formatSort(sort), text);
  }
  for (const text of ['', '-', '--a', 'a b', 'ü', 'x'.repeat(40)]) assert.equal(parseSort(text), undefined, text);
});

test('numbers start with the largest, texts with A; the same head again turns the order', () => {
  assert.deepEqual(nextSort(undefined, 'cum', true), { key: 'cum', descending: true });
  assert.deepEqual(nextSort({ key: 'cum', descending: true }, 'cum', true), { key: 'cum', descending: false });
  assert.deepEqual(nextSort({ key: 'cum', descending: true }, 'name', false), { key: 'name', descending: false });
});

test('CSV puts quotes where a cell would break the line', () => {
  const cells = [
    ['name', 'value'],
    ['a,b', '1'],
    ['say "x"\n', '-2'],
  ];
  const [heads = [], ...rows] = cells;
  const table = { heads, numbers: [false, true], rowCount: rows.length, cells: (row: number) => rows[row] ?? [] };
  assert.equal(tableText(table, 'csv'), 'name,value\n"a,b",1\n"say ""x""\n",-2\n');
});
