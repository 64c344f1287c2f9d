// Traces as they cross the boundary: columns, facts and reports equal web/src/protocol/trace.ts.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { repo, core, feed, take, feedIds, openSample, spec, assertFields } from './support.mjs';

const TRACE = `${process.env.FLAMETRAIL_CORPUS || `${repo}../shared/corpus`}/traces/mutex-a-go123.trace`;
const noTrace = existsSync(TRACE) ? false : 'needs the corpus';

/** A TraceQuestion of web/src/protocol/trace.ts. */
const question = (name, more = {}) => ({
  name,
  profile: false,
  from: null,
  to: null,
  task: null,
  only: [],
  keep: 100,
  utilization: 7,
  exact: true,
  ...more,
});

async function openTrace() {
  const session = new core.Session();
  assert.deepEqual(feed(session, await readFile(TRACE)), { ok: true });
  assert.deepEqual(session.finish(), { ok: true });
  return session;
}

test('columns of a trace', { skip: noTrace }, async () => {
  const session = await openTrace();
  const lanes = await assertFields(take(session.lanes()), 'LaneColumns', 'trace');
  for (const [name, column] of Object.entries(lanes)) {
    if (!name.startsWith('tag')) assert.equal(column.length, lanes.kind.length, name);
  }
  assert.equal(lanes.tagBegin.at(-1), lanes.tagText.length);
  const strip = await assertFields(take(session.strip()), 'StripColumns', 'trace');
  assert.equal(strip.heap.length, strip.running.length);
  const goroutines = await assertFields(take(session.goroutines(question(''))), 'GoroutineRows', 'trace');
  assert.equal(goroutines.exec.length, session.summary().goroutines);
  for (const kind of [0, 1, 2]) await assertFields(take(session.marks(kind, question(''))), 'MarkRows', 'trace');
  // All goroutines, all time, one pixel: a run each, whose parts are the goroutine's times.
  const all = [...goroutines.goroutine].flatMap((goroutine) => [8, goroutine]);
  feedIds(session, Uint32Array.from(all));
  const slices = await assertFields(take(session.slices(all.length / 2, 0, 2 ** 48, 48)), 'SliceColumns', 'trace');
  assert.equal(slices.laneBegin.length, all.length / 2 + 1);
  assert.equal(slices.mixBegin.at(-1), slices.mixNs.length);
  const sumOf = (state) => slices.mixNs.reduce((sum, ns, i) => sum + (slices.mixState[i] === state ? ns : 0), 0);
  assert.equal(
    sumOf(1),
    goroutines.exec.reduce((sum, ns) => sum + ns, 0),
  );
  assert.equal(
    sumOf(2),
    goroutines.sched.reduce((sum, ns) => sum + ns, 0),
  );
  const facts = session.describe(8, goroutines.goroutine[0], slices.item[0]);
  assert.deepEqual(Object.keys(facts).slice(0, 6), ['ok', 'state', 'start', 'end', 'title', 'reason']);
  const profile = session.traceReport(question('sync', { profile: true }));
  assert.deepEqual([...profile.bytes.slice(0, 2)], [0x1f, 0x8b]);
  const part = {
    from: 0,
    to: 1e6,
    only: [...goroutines.goroutine.slice(0, 2)],
  };
  const { bytes } = session.traceReport(question('states', part));
  const states = JSON.parse(new TextDecoder().decode(bytes));
  const scoped = Object.fromEntries(take(session.goroutines(question('', part))));
  assert.ok(scoped.exec.length <= 2);
  assert.equal(
    states.running_ns,
    scoped.exec.reduce((sum, ns) => sum + ns, 0),
  );
  session.delete();
});

test('while a trace is read, the part that is there answers and grows', { skip: noTrace }, async () => {
  const bytes = await readFile(TRACE.replace('mutex-a-go123', 'shop-s1-go123'));
  const session = new core.Session();
  assert.equal(session.partialSummary(), undefined);
  const half = bytes.subarray(0, Math.floor(bytes.length * 0.9));
  assert.deepEqual(feed(session, half), { ok: true });
  const part = session.partialSummary();
  assert.equal(part.kind, 'trace');
  const before = Object.fromEntries(take(session.lanes()));
  feedIds(session, Uint32Array.of(2, 0));
  const spans = Object.fromEntries(take(session.slices(1, 0, 2 ** 48, 0))).start.length;
  assert.ok(spans > 0);
  assert.deepEqual(feed(session, bytes.subarray(half.length)), { ok: true });
  assert.deepEqual(session.finish(), { ok: true });
  assert.equal(session.partialSummary(), undefined);
  assert.ok(session.summary().events > part.events);
  const lanes = Object.fromEntries(take(session.lanes()));
  assert.ok(lanes.kind.length >= before.kind.length);
  feedIds(session, Uint32Array.of(2, 0));
  assert.ok(Object.fromEntries(take(session.slices(1, 0, 2 ** 48, 0))).start.length > spans);
  session.delete();
});

test('the summary of a trace has the fields of protocol TraceSummary', { skip: noTrace }, async () => {
  const source = await readFile(`${repo}web/src/protocol/trace.ts`, 'utf8');
  const body = /interface TraceSummary \{([^}]*)\}/.exec(source)[1];
  const wanted = [...body.matchAll(/readonly (\w+)\??:/g)]
    .map(([, field]) => field)
    .filter((field) => field !== 'fault');
  const session = await openTrace();
  assert.deepEqual(Object.keys(session.summary()), wanted);
  session.delete();
});

test(
  'what a trace does not have, and what a profile is asked, are failures or empty, not traps',
  { skip: noTrace },
  async () => {
    const session = await openTrace();
    assert.equal(session.describe(8, 1e9, 0).ok, false);
    assert.equal(session.describe(99, 0, 0).ok, false);
    assert.equal(session.traceReport(question('nothing')).ok, false);
    assert.equal(session.slices(1e6, 0, 1, 0).ok, false);
    feedIds(session, Uint32Array.of(99, 0, 8, 0xffffffff));
    const none = Object.fromEntries(take(session.slices(2, Number.NaN, Infinity, 99)));
    assert.deepEqual([...none.laneBegin], [0, 0, 0]);
    assert.equal(session.flame(spec(0)).ok, false);
    session.delete();
    const profile = await openSample();
    for (const ask of ['lanes', 'strip']) assert.equal(profile[ask]().ok, false, ask);
    for (const ask of ['goroutines', 'traceReport']) assert.equal(profile[ask](question('gc')).ok, false, ask);
    assert.equal(profile.marks(0, question('')).ok, false);
    assert.equal(profile.slices(0, 0, 1, 0).ok, false);
    profile.delete();
  },
);
