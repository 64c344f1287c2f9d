import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  columnUnit,
  formatCount,
  formatPercent,
  formatTime,
  formatTotal,
  formatValue,
} from '../../../web/src/base/format';

// value, from, to, text: what pprof's ScaledLabel gives.
const VALUES: readonly (readonly [number, string, string, string])[] = [
  [0, 'nanoseconds', 'auto', '0'],
  [1, 'nanoseconds', 'auto', '1ns'],
  [10_000_000, 'nanoseconds', 'auto', '10ms'],
  [1_500_000_000, 'nanoseconds', 'auto', '1.50s'],
  [30_140_000_000, 'nanoseconds', 'auto', '30.14s'],
  [3600e9, 'nanoseconds', 'auto', '1hrs'],
  [90 * 60e9, 'nanoseconds', 'auto', '1.50hrs'],
  [59 * 60e9, 'nanoseconds', 'auto', '3540s'],
  [10_000_000, 'nanoseconds', 's', '0.01s'],
  [1, 'nanoseconds', 's', '0'],
  [-1_500_000_000, 'nanoseconds', 'auto', '-1.50s'],
  [-1, 'nanoseconds', 's', '0'],
  [1023, 'bytes', 'auto', '1023B'],
  [1024, 'bytes', 'auto', '1kB'],
  [1536, 'bytes', 'auto', '1.50kB'],
  [32_716_000, 'bytes', 'auto', '31.20MB'],
  [1024 ** 5, 'bytes', 'auto', '1PB'],
  [3, 'kilobytes', 'auto', '3kB'],
  [1128, 'bytes', 'kb', '1.10kB'],
  [1152, 'bytes', 'kb', '1.12kB'],
  [1408, 'bytes', 'kb', '1.38kB'],
  [4096, 'count', 'auto', '4096'],
  [4096, 'objects', 'objects', '4096objects'],
  [4096, 'objects', 'auto', '4096'],
  [5, 'seconds', 'auto', '5s'],
  [2500, 'nanogcu', 'auto', '2.50u*GCU'],
  [7, 'bytes', 'nonsense', '7B'],
];

for (const [value, from, to, text] of VALUES) {
  test(`${value} ${from} in ${to} is ${text}`, () => assert.equal(formatValue(value, from, to), text));
}

const PERCENTS: readonly (readonly [number, number, string])[] = [
  [0, 100, '0%'],
  [5, 0, '0%'],
  [100, 100, '100%'],
  [9995, 10000, '100%'],
  [9994, 10000, '99.94%'],
  [10006, 10000, '100.06%'],
  [94, 516, '18.22%'],
  [-94, 305, '30.82%'],
  [1, 100, '1.00%'],
  [1, 200, '0.5%'],
  [31, 10000, '0.31%'],
  [1, 800, '0.12%'],
  [3, 800, '0.38%'],
  [999, 100_000, '1%'],
  [1, 10_000_000, '1e-05%'],
  [21, 10_000_000_000, '2.1e-07%'],
  [123, 1_000_000, '0.012%'],
];

for (const [value, total, text] of PERCENTS) {
  test(`${value} of ${total} is ${text}`, () => assert.equal(formatPercent(value, total), text));
}

test('a column takes the unit of its smallest value, or of a hundred times that where values lie far apart', () => {
  assert.equal(columnUnit(10e6, 20e6, 'nanoseconds'), 'ms');
  assert.equal(columnUnit(10e6, 30e9, 'nanoseconds'), 's');
  assert.equal(columnUnit(0, 30e9, 'nanoseconds'), 's');
  assert.equal(columnUnit(1, 5000, 'count'), 'count');
  assert.equal(columnUnit(512 * 1024, 31e6, 'bytes'), 'kB');
  assert.equal(columnUnit(512, 31e6, 'bytes'), 'kB');
});

test('counts, times and totals that a number cannot hold', () => {
  assert.equal(formatCount(1234567), '1,234,567');
  assert.equal(formatTime(''), '');
  assert.equal(formatTime('1700000000123456789'), '2023-11-14 22:13:20 UTC');
  assert.equal(formatTime('9223372036854775807'), '2262-04-11 23:47:16 UTC');
  assert.equal(formatTotal(1024, '1024', 'bytes'), '1kB');
  assert.equal(formatTotal(2 ** 63, '9223372036854775807', 'count'), '9,223,372,036,854,775,807 count');
});
