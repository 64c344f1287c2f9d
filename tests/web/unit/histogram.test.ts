import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableText } from '../../../web/src/base/table_text';
import { binsOf } from '../../../web/src/state/histogram';

const draw = (values: readonly number[]): string =>
  binsOf(
    values,
    values.map(() => 1),
  )
    .map(({ from, to, weight }) => `${from}..${to}=${weight}`)
    .join(' ');

test('values close together stand in even bins, values far apart in doubling ones', () => {
  assert.equal(draw([]), '');
  assert.equal(draw([5]), '5..5=1');
  assert.equal(draw([1, 2, 2, 3]), '1..1=1 2..2=2 3..3=1');
  assert.equal(draw([8, 9, 600]), '8..15=2 16..31=0 32..63=0 64..127=0 128..255=0 256..511=0 512..1023=1');
  assert.equal(draw([-3, 0]), '-3..-3=1 -2..-2=0 -1..-1=0 0..0=1');
});

test('no weight is lost', () => {
  const values = Array.from({ length: 500 }, (_, i) => (i * 7919) % 100_003);
  const sum = binsOf(values, values).reduce((all, { weight }) => all + weight, 0);
  assert.equal(
    sum,
    values.reduce((all, value) => all + value, 0),
  );
});

test('a table as text: what would break it is blanked or escaped', () => {
  const table = {
    heads: ['n', 'name'],
    numbers: [true, false],
    rowCount: 1,
    cells: () => ['1', 'a\tb|c\n<d>'],
  };
  assert.equal(tableText(table, 'tsv'), 'n\tname\n1\ta b|c <d>\n');
  assert.equal(tableText(table, 'markdown'), '| n | name |\n| ---: | --- |\n| 1 | a b\\|c \\<d> |\n');
  assert.equal(tableText(table, 'tsv', 0), '1\ta b|c <d>');
});
