import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  between,
  css,
  panBy,
  refit,
  revealRange,
  revealRows,
  showRange,
  toCss,
  toValue,
  wholeView,
  zoomAt,
} from '../../../web/src/draw/viewport';

const SIZE = { width: css(1000), height: css(200), ratio: 1 };
const EXTENT = { total: 100, height: css(500) };
const WHOLE = wholeView(EXTENT, SIZE);

const range = ({ from, to }: { from: number; to: number }): [number, number] => [from, to];

test('the whole view shows all values from the top', () => {
  assert.deepEqual([...range(WHOLE), WHOLE.scroll], [0, 100, 0]);
});

test('a profile without values has a view all the same', () => {
  assert.deepEqual(range(wholeView({ total: 0, height: css(0) }, SIZE)), [0, 1]);
});

test('zooming keeps the value under the pointer', () => {
  const zoomed = zoomAt(WHOLE, EXTENT, 4, css(250));
  assert.deepEqual(range(zoomed), [18.75, 43.75]);
  assert.equal(toValue(zoomed, css(250)), 25);
});

test('zooming out ends at the whole', () => {
  assert.deepEqual(range(zoomAt(zoomAt(WHOLE, EXTENT, 10, css(900)), EXTENT, 1 / 1000, css(0))), [0, 100]);
});

test('zooming in ends at 2^-40 of the whole, still exact', () => {
  let view = WHOLE;
  for (let i = 0; i < 100; i++) view = zoomAt(view, EXTENT, 2, css(500));
  assert.ok(Math.abs((view.to - view.from) / (100 * 2 ** -40) - 1) < 0.001);
  assert.ok(view.from < view.to);
});

test('panning stops at the edges, both ways', () => {
  const zoomed = showRange(WHOLE, EXTENT, 40, 60);
  assert.deepEqual(range(panBy(zoomed, EXTENT, css(100), css(0))), [42, 62]);
  assert.deepEqual(range(panBy(zoomed, EXTENT, css(-9000), css(0))), [0, 20]);
  assert.equal(panBy(zoomed, EXTENT, css(0), css(9000)).scroll, 300);
  assert.equal(panBy(zoomed, EXTENT, css(0), css(-10)).scroll, 0);
});

test('values and pixels convert back and forth', () => {
  const zoomed = showRange(WHOLE, EXTENT, 40, 60);
  assert.equal(toCss(zoomed, 45), 250);
  assert.equal(toValue(zoomed, css(250)), 45);
});

test('a range is revealed: not at all when in sight, by panning, else by zooming in', () => {
  const window = showRange(WHOLE, EXTENT, 40, 60);
  const reveal = (left: number, width: number): [number, number] => range(revealRange(window, EXTENT, left, width));
  assert.deepEqual(reveal(45, 5), [40, 60]);
  assert.deepEqual(reveal(10, 80), [40, 60]);
  assert.deepEqual(reveal(70, 5), [55, 75]);
  assert.deepEqual(reveal(30, 5), [30, 50]);
  assert.deepEqual(reveal(0, 30), [10, 30]);
  assert.deepEqual(reveal(70, 30), [70, 90]);
  const zoomed = revealRange(window, EXTENT, 50, 0.16);
  assert.equal(Math.round(toCss(zoomed, 50.16) - toCss(zoomed, 50)), 160);
});

test('rows are revealed with the least movement', () => {
  assert.equal(revealRows(WHOLE, EXTENT, css(20), css(40)).scroll, 0);
  assert.equal(revealRows(WHOLE, EXTENT, css(300), css(320)).scroll, 120);
  const scrolled = panBy(WHOLE, EXTENT, css(0), css(300));
  assert.equal(revealRows(scrolled, EXTENT, css(100), css(120)).scroll, 100);
});

test('another size keeps the range and stays inside the content', () => {
  const scrolled = panBy(showRange(WHOLE, EXTENT, 40, 60), EXTENT, css(0), css(300));
  const taller = refit(scrolled, EXTENT, { width: css(500), height: css(400), ratio: 2 });
  assert.deepEqual([...range(taller), taller.scroll, taller.ratio], [40, 60, 100, 2]);
});

test('easing starts and ends exactly and never leaves the two windows', () => {
  const target = showRange(WHOLE, EXTENT, 40, 41);
  assert.deepEqual(range(between(WHOLE, target, 0)), [0, 100]);
  assert.deepEqual(between(WHOLE, target, 1), target);
  const middle = between(WHOLE, target, 0.5);
  assert.equal(Math.round(middle.to - middle.from), 10);
  assert.ok(middle.from > 0 && middle.from < 40 && middle.to > 41);
});

test('in and out again is whole again, without a rest of rounding', () => {
  let view = WHOLE;
  for (const factor of [1.5, 1.1, 3]) view = zoomAt(view, EXTENT, factor, css(333));
  for (const factor of [1.1, 3, 1.5]) view = zoomAt(view, EXTENT, 1 / factor, css(333));
  assert.deepEqual(range(view), [0, 100]);
});
