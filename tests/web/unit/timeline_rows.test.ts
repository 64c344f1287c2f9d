// Which rows a timeline has, and a trace's part of the URL hash.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANE_KINDS, type LaneColumns, type LaneKind } from '../../../web/src/protocol/trace';
import { arrangeLanes, LANE_OPTIONS, type LaneOptions } from '../../../web/src/state/trace/lane_rows';
import { groupGoroutines } from '../../../web/src/state/trace/goroutine_groups';

type LaneFact = readonly [kind: LaneKind, object: number, name: number, start: number, running: number, system?: 1];

function columnsOf(facts: readonly LaneFact[]): LaneColumns {
  return {
    kind: Uint8Array.from(facts, ([kind]) => LANE_KINDS.indexOf(kind)),
    object: Uint32Array.from(facts, ([, object]) => object),
    number: Float64Array.from(facts, ([, object]) => object * 10),
    name: Uint32Array.from(facts, ([, , name]) => name),
    system: Uint8Array.from(facts, ([, , , , , system]) => system ?? 0),
    start: Float64Array.from(facts, ([, , , start]) => start),
    end: Float64Array.from(facts, ([, , , start]) => start + 1),
    running: Float64Array.from(facts, ([, , , , running]) => running),
    blocked: Float64Array.from(facts, ([, , , , running]) => 100 - running),
    spans: Uint32Array.from(facts, () => 1),
  };
}

const LANES = columnsOf([
  ['stop', 0, 0, 0, 0],
  ['proc', 0, 0, 0, 9],
  ['thread', 0, 0, 0, 9],
  ['goroutine', 0, 7, 0, 5],
  ['goroutine', 1, 8, 3, 1],
  ['goroutine', 2, 8, 1, 30],
  ['goroutine', 3, 9, 2, 2, 1],
]);
const NAMES = new Map([
  [7, 'main.main'],
  [8, 'main.worker'],
  [9, 'runtime.bgsweep'],
]);

function show(options: Partial<LaneOptions>): string {
  const { rows, hidden } = arrangeLanes(LANES, { ...LANE_OPTIONS, ...options }, (id) => NAMES.get(id));
  const texts = rows.map((row) =>
    row.is === 'lane'
      ? `${LANE_KINDS[LANES.kind[row.lane] ?? 0]}${LANES.object[row.lane]}`
      : `[${row.folded ? '+' : '-'}${NAMES.get(row.name ?? 0) ?? row.kind} ${row.count}]`,
  );
  return `${texts.join(' ')} hidden ${hidden}`;
}

test('groups by start function, most time running first; threads come folded; the runtime’s own are counted', () => {
  assert.equal(
    show({}),
    'stop0 [-proc 1] proc0 [+thread 1] [-main.worker 2] goroutine2 goroutine1 [-main.main 1] goroutine0 hidden 1',
  );
});

test('flat, sorted, with the runtime’s own', () => {
  const flat = { grouped: false, system: true };
  assert.match(show({ ...flat }), /goroutine 4\] goroutine0 goroutine2 goroutine3 goroutine1 hidden 0$/);
  assert.match(show({ ...flat, sort: 'running' }), /goroutine2 goroutine0 goroutine3 goroutine1 hidden/);
  assert.match(show({ ...flat, sort: 'blocked' }), /goroutine1 goroutine3 goroutine0 goroutine2 hidden/);
});

test('a heading is turned, a filter finds by name and by number', () => {
  assert.match(show({ turned: new Set(['g8', 'thread']) }), /\[-thread 1\] thread0 \[\+main.worker 2\] \[-main.main/);
  assert.match(show({ filter: 'WORK' }), /\[-main.worker 2\] goroutine2 goroutine1 hidden/);
  assert.match(show({ filter: 'g20' }), /\[-main.worker 1\] goroutine2 hidden/);
  assert.doesNotMatch(show({ filter: 'g2' }), /goroutine\d/);
});

test('goroutines by start function, unfolded', () => {
  const column = (...values: number[]): Float64Array => Float64Array.from(values);
  const rows = groupGoroutines(
    {
      goroutine: Uint32Array.of(0, 1, 2),
      number: column(1, 18, 19),
      name: Uint32Array.of(7, 8, 8),
      start: column(0, 5, -1),
      end: column(-1, 9, -1),
      total: column(100, 4, 50),
      exec: column(50, 3, 30),
      sched: column(1, 1, 1),
      syscall: column(0, 0, 0),
      block: column(49, 0, 19),
      ranges: column(0, 0, 2),
    },
    'exec',
    new Set([8]),
  );
  const texts = rows.map(
    (row) => `${row.is === 'group' ? `f${row.name} ×${row.sums.count}` : `g${row.number}`} ${row.sums.exec}`,
  );
  assert.deepEqual(texts, ['f7 ×1 50', 'f8 ×2 33', 'g19 30', 'g18 3']);
});
