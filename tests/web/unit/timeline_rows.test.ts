// Which rows a timeline has, and a trace's part of the URL hash.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LANE_KINDS,
  laneKindIndex,
  TIMELINE_STATES,
  type LaneColumns,
  type LaneKind,
  type TimelineState,
} from '../../../web/src/protocol/trace';
import { LANE_OPTIONS, type LaneOptions } from '../../../web/src/state/trace/lane_options';
import { sortGoroutines } from '../../../web/src/state/trace/lane_order';
import { arrangeLanes, laneIndex, moveHead } from '../../../web/src/state/trace/lane_rows';
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
    parent: Uint32Array.from(facts, () => 0xffffffff),
    states: new Uint32Array(facts.length),
    tagBegin: new Uint32Array(facts.length + 1),
    tagKind: new Uint8Array(),
    tagText: new Uint32Array(),
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
  const flat = { grouping: 'flat', system: true } as const;
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

const STATE = (state: TimelineState): number => 1 << TIMELINE_STATES.indexOf(state);
// g0 made g1 and g2, g2 made g3; g1 waited for the network, g3 has a task and a label.
const FAMILY: LaneColumns = {
  ...LANES,
  parent: Uint32Array.of(-1, -1, -1, -1, 0, 0, 2),
  states: Uint32Array.of(0, 0, 0, STATE('running'), STATE('network'), STATE('runnable'), STATE('sleep')),
  tagBegin: Uint32Array.of(0, 0, 0, 0, 0, 0, 0, 2),
  tagKind: Uint8Array.of(0, 1),
  tagText: Uint32Array.of(20, 21),
};
const WORDS = new Map([...NAMES, [20, 'order book'], [21, 'GC (dedicated)']]);

function goroutines(options: Partial<LaneOptions>): string {
  const all = { ...LANE_OPTIONS, system: true, grouping: 'flat', ...options } as const;
  const { rows } = arrangeLanes(FAMILY, all, (id) => WORDS.get(id));
  return rows
    .flatMap((row) =>
      row.is === 'lane' && FAMILY.kind[row.lane] === laneKindIndex('goroutine')
        ? [`${'.'.repeat(row.depth)}g${FAMILY.object[row.lane]}${row.folded === true ? '+' : ''}`]
        : [],
    )
    .join(' ');
}

test('the family tree: each below who created it, folding, and orphans of a filter stand alone', () => {
  assert.equal(goroutines({ grouping: 'family' }), 'g0 .g2 ..g3 .g1');
  assert.equal(goroutines({ grouping: 'family', turned: new Set(['t2']) }), 'g0 .g2+ .g1');
  assert.equal(goroutines({ grouping: 'family', turned: new Set(['t0']) }), 'g0+');
  assert.equal(goroutines({ grouping: 'family', filter: 'worker' }), 'g2 g1');
});

test('a filter finds by state, task, label, number and name; all words must hold', () => {
  assert.equal(goroutines({ filter: 'state:network' }), 'g1');
  assert.equal(goroutines({ filter: 'state:blocked' }), 'g3 g1');
  assert.equal(goroutines({ filter: 'state:run' }), 'g0 g2');
  assert.equal(goroutines({ filter: 'task:order' }), 'g3');
  assert.equal(goroutines({ filter: '"task:order book" label:gc' }), 'g3');
  assert.equal(goroutines({ filter: 'task:order label:idle' }), '');
  assert.equal(goroutines({ filter: 'worker state:blocked' }), 'g1');
  assert.equal(goroutines({ filter: 'state:' }), '');
  assert.equal(goroutines({ filter: 'g20' }), 'g2');
});

test('pinned lanes come first, once, in their order; what there is not is left out', () => {
  const { rows, pinned } = arrangeLanes(
    LANES,
    { ...LANE_OPTIONS, pinned: ['goroutine.2', 'proc.0', 'proc.9', 'nobody.0', 'proc.0'] },
    (id) => NAMES.get(id),
  );
  assert.equal(pinned, 2);
  const lanes = rows.flatMap((row) => (row.is === 'lane' ? [row.lane] : []));
  assert.deepEqual(lanes, [5, 1, 0, 4, 3]);
  assert.equal(laneIndex(LANES, laneKindIndex('goroutine'), 4), -1);
});

test('headings move by one place and keep it', () => {
  const heads = (options: LaneOptions): readonly string[] => arrangeLanes(LANES, options, (id) => NAMES.get(id)).heads;
  assert.deepEqual(heads(LANE_OPTIONS), ['proc', 'thread', 'g8', 'g7']);
  const moved = moveHead(LANE_OPTIONS, heads(LANE_OPTIONS), 'g7', -1);
  assert.deepEqual(moved === undefined ? [] : heads(moved), ['proc', 'thread', 'g7', 'g8']);
  assert.equal(moveHead(LANE_OPTIONS, heads(LANE_OPTIONS), 'proc', -1), undefined);
});

test('a hundred thousand lanes sort by radix as by comparison', () => {
  const count = 100_000;
  let seed = 5;
  const random = (): number => (seed = (seed * 48271) % 2147483647);
  const facts = Array.from({ length: count }, (_, i): LaneFact => [
    'goroutine',
    i,
    0,
    random() * 60_000,
    random() % 50,
  ]);
  const columns = columnsOf(facts);
  for (const sort of ['start', 'running', 'blocked'] as const) {
    const sign = sort === 'start' ? 1 : -1;
    const wanted = Uint32Array.from(facts, (_, i) => i).sort(
      (a, b) => sign * ((columns[sort][a] ?? 0) - (columns[sort][b] ?? 0)) || a - b,
    );
    assert.deepEqual(sortGoroutines(columns, sort), wanted, sort);
  }
});
