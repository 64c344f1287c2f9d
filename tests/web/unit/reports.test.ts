import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchCell, Finding, GoroutineGroup, Level } from '../../../web/src/protocol/reports';
import { benchValue, countVerdicts, intervalsOf, verdictOf } from '../../../web/src/state/bench_rows';
import { idsText, matchesGroup, placeOf, rowsOf } from '../../../web/src/state/goroutine_groups';
import { compareFindings, thresholdsText } from '../../../web/src/state/reports';

const finding = (severity: Level, confidence: Level, value: number, threshold: number): Finding => ({
  rule: `${severity}-${confidence}-${value}`,
  severity,
  confidence,
  title: '',
  sentence: '',
  advice: '',
  value,
  threshold,
  samples: 0,
  file: '',
  parameters: {},
  link: { view: '', sample_type: '', focus: '' },
});

test('the most urgent finding is first, then the surest, then the furthest beyond its threshold', () => {
  const findings = [
    finding('low', 'high', 9, 1),
    finding('high', 'low', 2, 1),
    finding('high', 'high', 2, 1),
    finding('high', 'high', 30, 10),
    finding('info', 'high', 99, 1),
  ];
  assert.deepEqual(
    findings.sort(compareFindings).map(({ rule }) => rule),
    ['high-high-30', 'high-high-2', 'high-low-2', 'low-high-9', 'info-high-99'],
  );
});

test('thresholds become what the native command takes', () => {
  assert.equal(thresholdsText({}), '');
  assert.equal(thresholdsText({ 'cpu.gc_share': 0.3, 'goroutine.count': 100 }), 'cpu.gc_share=0.3,goroutine.count=100');
});

const group = (
  count: number,
  state: string,
  minutes: number,
  creator: string | null,
  ...stack: string[]
): GoroutineGroup => ({
  count,
  state,
  min_minutes: minutes,
  max_minutes: minutes,
  created_by: creator,
  stack,
});

const GROUPS = [
  group(2, 'chan receive', 0, 'main.run m.go:1', 'runtime.gopark p.go:1', 'main.work m.go:9'),
  group(5, 'select', 31, 'main.run m.go:1', 'net/http.(*T).loop t.go:3', 'example.org/x/q.Pull q.go:4'),
  group(1, 'select', 2, null, 'time.Sleep s.go:1'),
];

const draw = (rows: ReturnType<typeof rowsOf>): string =>
  rows.map(({ count, title, minMinutes, maxMinutes }) => `${count} ${title} ${minMinutes}-${maxMinutes}`).join('; ');

test('goroutines are summed by stack, state, wait and creator, most first', () => {
  assert.equal(draw(rowsOf(GROUPS, 'stack')), '5 example.org/x/q.Pull 31-31; 2 main.work 0-0; 1 time.Sleep 2-2');
  assert.equal(draw(rowsOf(GROUPS, 'state')), '6 select 2-31; 2 chan receive 0-0');
  assert.equal(draw(rowsOf(GROUPS, 'wait')), '5 31 31-31; 2 0 0-0; 1 2 2-2');
  assert.equal(draw(rowsOf(GROUPS, 'creator')), '7 main.run 0-31; 1  2-2');
});

test('the place of a goroutine is its own code, else where it stands', () => {
  assert.deepEqual(GROUPS.map(placeOf), ['main.work', 'example.org/x/q.Pull', 'time.Sleep']);
  assert.equal(placeOf(group(1, '', 0, null)), '');
});

test('a filter looks at functions, states and creators', () => {
  const matching = (text: string): number => GROUPS.filter((each) => matchesGroup(each, text)).length;
  assert.deepEqual(['', 'SELECT', 'pull', 'main.run', 'none'].map(matching), [3, 2, 1, 2, 0]);
});

test('of many ids a few are told', () => {
  const more = (count: number): string => `and ${count} more`;
  assert.equal(idsText([1, 7], more), '1, 7');
  assert.equal(idsText([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], more), '1, 2, 3, 4, 5, 6, 7, 8 and 2 more');
});

const cell = (median: number, more: Partial<BenchCell> = {}): BenchCell => ({
  median,
  low: null,
  high: null,
  n: 6,
  ...more,
});

test('a benchmark got better only when that is sure, and more is better for rates', () => {
  const changed = { base: 10, significant: true };
  assert.equal(verdictOf(cell(5, changed), 'sec/op'), 'better');
  assert.equal(verdictOf(cell(5, changed), 'B/s'), 'worse');
  assert.equal(verdictOf(cell(5, { base: 10, significant: false }), 'sec/op'), 'same');
  assert.equal(verdictOf(cell(10, changed), 'sec/op'), 'same');
  assert.equal(verdictOf(cell(5), 'sec/op'), undefined);
  const rows = [cell(5, changed), cell(20, changed), cell(10, changed)].map((last) => ({
    name: '',
    cells: [cell(10), last],
  }));
  assert.deepEqual(countVerdicts({ config: {}, unit: 'sec/op', rows, geomean: [] }), { better: 1, worse: 1, same: 1 });
});

test('values of benchmarks stand in their units', () => {
  assert.deepEqual(
    [benchValue(0.0000015, 'sec/op'), benchValue(2048, 'B/op'), benchValue(1e6, 'B/s'), benchValue(3, 'allocs/op')],
    ['1.50us', '2kB', '976.56kB/s', '3'],
  );
});

test('intervals of a row share one scale from 0', () => {
  const [one, none, other] = intervalsOf([cell(50, { low: 40, high: 100 }), null, cell(25)]);
  assert.deepEqual(one, { low: 0.4, median: 0.5, high: 1 });
  assert.equal(none, undefined);
  assert.deepEqual(other, { low: 0.25, median: 0.25, high: 0.25 });
  assert.deepEqual(intervalsOf([cell(0)]), [{ low: 0, median: 0, high: 0 }]);
});
