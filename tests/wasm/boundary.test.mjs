// The boundary as JavaScript sees it: names, element types and lengths of all columns equal web/src/protocol/columns.ts.
// Long because: the boundary is one class, and its tests share one core, feeding and reading of columns.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import createCore from '../../build/wasm/core.mjs';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = `${repo}tests/data/samples/heap.pb.gz`;
const ELEMENT_TYPES = { Float64Array, Uint32Array, Uint16Array, Uint8Array };

const core = await createCore({
  wasmBinary: await readFile(`${repo}build/wasm/core.wasm`),
});

/** Fields of an interface in protocol/columns.ts, in order: [name, type]. */
async function protocolFields(name, file = 'columns') {
  const source = await readFile(`${repo}web/src/protocol/${file}.ts`, 'utf8');
  const [, parents = '', body] = new RegExp(`interface ${name}(?: extends ([\\w, ]+))? \\{([^}]*)\\}`).exec(source);
  const own = [...body.matchAll(/readonly (\w+): (\w+);/g)].map(([, field, type]) => [field, type]);
  const inherited = await Promise.all(
    parents
      .split(', ')
      .filter(Boolean)
      .map((parent) => protocolFields(parent, file)),
  );
  return [...inherited.flat(), ...own];
}

function feed(session, bytes) {
  const address = session.reserve(bytes.length) >>> 0;
  core.HEAPU8.set(bytes, address);
  return session.commit(bytes.length);
}

function take(answer) {
  assert.equal(answer.ok, true);
  const columns = [];
  for (let i = 0; i < answer.columns.size(); i++) {
    const view = answer.columns.view(i);
    columns.push([answer.columns.name(i), typeof view === 'number' ? view : view.slice()]);
  }
  answer.columns.delete();
  return columns;
}

function texts(session, ids) {
  feedIds(session, ids);
  return new TextDecoder().decode(session.names(ids.length, false)).split('\0');
}

function feedIds(session, ids) {
  const address = session.reserve(ids.byteLength) >>> 0;
  core.HEAPU8.set(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength), address);
}

async function openSample() {
  const session = new core.Session();
  assert.deepEqual(feed(session, await readFile(SAMPLE)), { ok: true });
  assert.deepEqual(session.finish(), { ok: true });
  return session;
}

/** A ViewSpec of web/src/protocol/view_spec.ts. */
const spec = (sampleType, filters = {}) => ({
  sampleType,
  focus: '',
  ignore: '',
  hide: '',
  show: '',
  showFrom: '',
  pruneFrom: '',
  tagFocus: '',
  tagIgnore: '',
  tagFocusKind: 'text',
  tagIgnoreKind: 'text',
  tagRoot: [],
  tagLeaf: [],
  granularity: 0,
  noInlines: false,
  ...filters,
});

async function assertFields(columns, name, file) {
  const fields = await protocolFields(name, file);
  const typeOf = (value) => (typeof value === 'number' ? 'number' : value.constructor.name);
  assert.deepEqual(
    columns.map(([field, value]) => [field, typeOf(value)]),
    fields,
  );
  for (const [, type] of fields) assert.ok(type === 'number' || type in ELEMENT_TYPES, type);
  return Object.fromEntries(columns);
}

test('flame columns', async () => {
  const session = await openSample();
  const flame = await assertFields(take(session.flame(spec(0))), 'FlameColumns');
  const boxes = flame.frame.length;
  for (const name of ['start', 'width', 'self', 'total', 'parent', 'firstChild', 'inlining']) {
    assert.equal(flame[name].length, boxes, name);
  }
  assert.equal(flame.rowBegin.at(-1), boxes);
  assert.equal(flame.frame[0], 0xffffffff);
  const selfSum = flame.self.reduce((sum, value) => sum + value, 0);
  assert.equal(selfSum, session.summary().sampleTypes[0].total);
  session.delete();
});

test('frame columns, whose texts the core knows', async () => {
  const session = await openSample();
  const frames = await assertFields(take(session.frames()), 'FrameColumns');
  for (const column of Object.values(frames)) assert.equal(column.length, frames.name.length);
  const names = texts(session, frames.name);
  assert.equal(names.length, frames.name.length);
  assert.ok(names.some((name) => name.startsWith('runtime.')));
  session.delete();
});

test('top columns', async () => {
  const session = await openSample();
  const top = await assertFields(take(session.top(spec(0))), 'TopColumns');
  assert.ok(top.frame.length > 0);
  for (const column of Object.values(top)) assert.equal(column.length, top.frame.length);
  session.delete();
});

test('search columns', async () => {
  const session = await openSample();
  const frames = Object.fromEntries(take(session.frames()));
  const found = await assertFields(take(session.search(spec(0), 'RUNTIME\\.', false)), 'SearchColumns');
  assert.equal(found.match.length, frames.name.length);
  assert.equal(
    found.frameCount,
    found.match.reduce((sum, hit) => sum + hit, 0),
  );
  assert.ok(found.frameCount > 0);
  assert.equal(Object.fromEntries(take(session.search(spec(0), 'RUNTIME\\.', true))).frameCount, 0);
  session.delete();
});

test('a bad expression and a bad sample type are failures, not traps', async () => {
  const session = await openSample();
  const { ok, code, text } = session.search(spec(0), '(', false);
  assert.deepEqual([ok, code], [false, 'invalid']);
  assert.match(text, /\(/);
  for (const ask of [
    () => session.flame(spec(99)),
    () => session.top(spec(99)),
    () => session.search(spec(99), 'x', false),
  ]) {
    assert.equal(ask().ok, false);
  }
  session.delete();
});

test('columns of the further views', async () => {
  const session = await openSample();
  const top = Object.fromEntries(take(session.top(spec(1))));
  const frames = Object.fromEntries(take(session.frames()));
  const [frame] = top.frame;
  const answers = {
    PeekColumns: session.peek(spec(1), [frame], true),
    GraphColumns: session.graph(spec(1), 80, 0.005, 0.001),
    SourceColumns: session.source(spec(1), frames.file[frame]),
    LabelColumns: session.labels(spec(1)),
    SizeColumns: session.sizes(spec(1)),
    SiteColumns: session.sites(spec(1)),
    SampleColumns: session.samples(spec(1), '', false, 0, 20, 3, false),
    MappingColumns: session.mappings(),
    ConfidenceColumns: session.confidence(spec(1)),
  };
  const taken = {};
  for (const [name, answer] of Object.entries(answers)) taken[name] = await assertFields(take(answer), name);
  assert.equal(taken.SampleColumns.sample.length, Math.min(20, session.summary().samples));
  assert.equal(taken.SampleColumns.value.length, 4 * taken.SampleColumns.sample.length);
  assert.equal(taken.SizeColumns.isHeap, 1);
  const sum = (column) => column.reduce((all, value) => all + value, 0);
  const [, allocSpace, , inuseSpace] = session.summary().sampleTypes.map(({ total }) => total);
  assert.deepEqual([sum(taken.SizeColumns.allocSpace), sum(taken.SizeColumns.inuseSpace)], [allocSpace, inuseSpace]);
  assert.deepEqual([sum(taken.SiteColumns.allocSpace), sum(taken.SiteColumns.inuseSpace)], [allocSpace, inuseSpace]);
  assert.equal(session.peek(spec(1), [0xffffffff], true).ok, false);
  assert.equal(session.samples(spec(1), '(', false, 0, 1, -1, false).ok, false);
  session.delete();
});

test('facts say what filters match, and the views are of what they leave', async () => {
  const session = await openSample();
  const source = await readFile(`${repo}web/src/protocol/view_spec.ts`, 'utf8');
  const names = /FILTER_FIELDS = \[([^\]]*)\]/.exec(source)[1].match(/\w+/g);
  const plain = session.facts(spec(1));
  assert.deepEqual(Object.keys(plain), ['ok', 'filters', 'samples', 'total', 'magnitudeTotal', 'totalText']);
  assert.deepEqual(Object.keys(plain.filters), names);
  assert.equal(plain.total, session.summary().sampleTypes[1].total);
  const wanted = spec(1, {
    focus: 'catalog',
    tagFocus: '(',
    tagRoot: ['bytes'],
    noInlines: true,
    granularity: 2,
  });
  const facts = session.facts(wanted);
  assert.match(facts.filters.tagFocus.error, /missing/);
  assert.equal(facts.filters.tagFocus.samples, 0);
  assert.ok(facts.samples > 0 && facts.samples < session.summary().samples);
  assert.equal(facts.filters.focus.samples, facts.samples);
  assert.equal(facts.filters.focus.value, facts.total);
  assert.equal(facts.totalText, String(facts.total));
  const flame = Object.fromEntries(take(session.flame(wanted)));
  assert.equal(flame.total[0], facts.total);
  assert.equal(session.facts(spec(99)).ok, false);
  session.delete();
});

const shape = (kind, center = 0xffffffff) => ({
  kind,
  collapse: false,
  squash: {
    standard: false,
    runtime: false,
    dependencies: false,
    packages: [],
  },
  center,
});

test('a flame graph in another shape: the same sum', async () => {
  const session = await openSample();
  const plain = Object.fromEntries(take(session.flame(spec(1))));
  const inverted = await assertFields(take(session.shapedFlame(spec(1), shape(1))), 'ShapedColumns');
  assert.equal(inverted.total[0], plain.total[0]);
  assert.equal(inverted.cut, 0);
  session.delete();
});

test('two documents in one: their values by box and by function', async () => {
  const session = await openSample();
  const other = await openSample();
  const { ok, index } = session.attach(other);
  assert.equal(ok, true);
  other.delete();
  const sources = [
    { attached: index, view: spec(1), at: 0, series: 0 },
    { attached: 0xffffffff, view: spec(1), at: 1, series: 1 },
  ];
  const query = { sources, shape: shape(0), normalise: 0, function: '' };
  const series = await assertFields(take(session.series(query)), 'SeriesColumns');
  const boxes = series.frame.length;
  assert.equal(series.series, 2);
  assert.equal(series.boxTotal.length, 2 * boxes);
  assert.deepEqual(series.boxTotal.slice(0, boxes), series.boxTotal.slice(boxes));
  assert.equal(series.rowFlat.length, 2 * series.name.length);
  // A heap profile against itself: sampled allocations, and no change is more than noise.
  assert.equal(series.sampling, 3);
  assert.equal(series.significant.length, 2 * series.name.length);
  assert.ok(series.newEvents.some((events) => events > 0) && !series.significant.some((each) => each === 1));
  const found = await assertFields(take(session.searchSeries('^runtime', true)), 'SearchColumns');
  assert.ok(found.frameCount > 0 && found.frameCount < series.name.length);
  feedIds(session, series.name);
  const names = new TextDecoder().decode(session.names(series.name.length, true)).split('\0');
  assert.ok(names.includes('runtime.main'), names.slice(0, 5).join());
  assert.equal(session.series({ ...query, sources: [{ ...sources[0], attached: 9 }] }).ok, false);
  session.delete();
});

test('what the filters leave, as gzipped pprof, with or without names', async () => {
  const session = await openSample();
  for (const anonymous of [false, true]) {
    const { bytes } = session.export(spec(1), anonymous);
    const copy = new core.Session();
    assert.deepEqual(feed(copy, bytes.slice()), { ok: true });
    assert.deepEqual(copy.finish(), { ok: true });
    assert.equal(copy.summary().sampleTypes[1].totalText, session.summary().sampleTypes[1].totalText);
    copy.delete();
  }
  session.delete();
});

test('the summary has exactly the fields of protocol ProfileSummary', async () => {
  const source = await readFile(`${repo}web/src/protocol/messages.ts`, 'utf8');
  const body = /interface ProfileSummary \{([^}]*)\}/.exec(source)[1];
  const wanted = [...body.matchAll(/readonly (\w+):/g)].map(([, field]) => field);
  const session = await openSample();
  const summary = session.summary();
  assert.deepEqual(Object.keys(summary), wanted);
  assert.equal(summary.sampleTypes.length, 4);
  assert.deepEqual(Object.keys(summary.sampleTypes[0]), [
    'type',
    'unit',
    'total',
    'magnitudeTotal',
    'totalText',
    'nonzeroSamples',
  ]);
  session.delete();
});

test('what is no profile is refused in a sentence, byte by byte as well as at once', async () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0);
  for (const step of [1, jpeg.length]) {
    const session = new core.Session();
    for (let at = 0; at < jpeg.length; at += step) feed(session, jpeg.subarray(at, at + step));
    const { ok, text } = session.finish();
    assert.equal(ok, false);
    assert.match(text, /JPEG/i);
    session.delete();
  }
});

test('names of no ids, and a commit of more than was reserved', async () => {
  const session = await openSample();
  assert.equal(session.names(0, false).length, 0);
  session.reserve(4);
  assert.equal(session.names(1_000_000, false).length, 0);
  session.delete();
  const fresh = new core.Session();
  assert.equal(fresh.commit(1_000_000).ok, false);
  fresh.delete();
});

test('memory grows under live sessions', async () => {
  const first = await openSample();
  const before = core.HEAPU8.length;
  const second = new core.Session();
  second.reserve(before);
  assert.ok(core.HEAPU8.length > before);
  const top = Object.fromEntries(take(first.top(spec(1))));
  assert.ok(top.frame.length > 0);
  second.delete();
  first.delete();
});

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
