// The boundary as JavaScript sees it: names, element types and lengths of all columns equal web/src/protocol/columns.ts.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { repo, core, feed, take, texts, feedIds, openSample, spec, assertFields } from './support.mjs';

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
