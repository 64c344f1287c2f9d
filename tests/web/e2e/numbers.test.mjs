// What must be seen of a profile: the numbers on the page are the native command's, view by view, on real profiles of
// five kinds, under several filters. All values are asked in the unit that suits each (-unit=auto), so that texts compare.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const skip = corpus === undefined ? 'no corpus' : false;
const KINDS = ['cpu', 'heap', 'block', 'mutex', 'goroutine'];
const fileOf = (kind, version = 'go123') => join(corpus ?? '', 'profiles', `shop-s1-${version}.${kind}.pb.gz`);

/** The same filter for both: URL hash of the page, flags of the command. */
const FILTERS = [
  { name: 'unfiltered', hash: '', flags: [] },
  { name: 'focus', hash: '&focus=main%5C.', flags: ['-focus=main\\.'] },
  {
    name: 'ignore, hide, no inlines',
    hash: '&ignore=gcBgMarkWorker&hide=%5Eruntime%5C.m&noinlines=1',
    flags: ['-ignore=gcBgMarkWorker', '-hide=^runtime\\.m', '-noinlines'],
  },
  { name: 'prune_from', hash: '&prune_from=mallocgc%7CSleep', flags: ['-prune_from=mallocgc|Sleep'] },
];
const ALL = ['-nodecount=100000', '-nodefraction=0', '-edgefraction=0'];

function pprof(...args) {
  return execFileSync(native, ['pprof', '-unit=auto', '-demangle=default', ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
    maxBuffer: 1 << 28,
  });
}

const exactly = (name) => `^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
const sorted = (rows) => rows.map((row) => row.join('  ')).sort();

function nativeTop(...args) {
  return pprof('-top', ...ALL, ...args)
    .split('\n')
    .flatMap((line) => {
      const row = /^\s*(\S+)\s+(\S+%)\s+(\S+%)\s+(\S+)\s+(\S+%) {2}(.*)$/.exec(line);
      return row === null ? [] : [row.slice(1, 7)];
    });
}

/** Rows of equal value stand in the order of both: they are compared as sets. */
function assertTop(rows, expected) {
  assert.ok(expected.length > 0);
  const shown = rows.slice(0, 25);
  const withoutName = (row) => [row[0], row[1], row[3], row[4]];
  assert.deepEqual(shown.map(withoutName), expected.slice(0, shown.length).map(withoutName));
  const all = new Set(sorted(expected.map((row) => [...withoutName(row), row[5]])));
  for (const row of shown) assert.ok(all.has([...withoutName(row), row[5]].join('  ')), row.join(' '));
}

async function assertPeek(page, name, flags) {
  const rows = (await tableRows(page, 'peek-table')).map((row) => [...row.slice(0, 2), row[3].replace(/^[▸▾]/, '')]);
  const own = rows.findIndex((row) => row[2].trim() === name);
  assert.ok(own >= 0, name);
  const text = pprof(`-peek=${exactly(name)}`, ...flags);
  const expected = [...text.matchAll(/^ {20,}(\S+)\s+(\S+%) \| {3}(.*)$/gm)].map((row) => row.slice(1, 4));
  const neighbours = rows.filter((_, i) => i !== own).map((row) => row.map((cell) => cell.trim()));
  assert.deepEqual(sorted(neighbours), sorted(expected));
}

async function assertGraph(page, flags) {
  if ((await at(page, 'graph-nodes-table').count()) === 0) await at(page, 'graph-table-switch').click();
  await idle(page);
  const text = pprof('-dot', ...flags);
  const nodes = [...text.matchAll(/^N\d+ \[label=.* tooltip="(.*) \((\S+)\)" color/gm)].map((row) => [row[2], row[1]]);
  const edges = [...text.matchAll(/^N\d+ -> N\d+ \[.* tooltip="(.*) (?:->|\.\.\.) (.*) \((\S+)\)" labeltooltip/gm)];
  assert.ok(nodes.length > 0);
  const shown = (await tableRows(page, 'graph-nodes-table')).map((row) => [row[2], row[4]]);
  assert.deepEqual(sorted(shown), sorted(nodes));
  const shownEdges = (await tableRows(page, 'graph-edges-table')).map((row) => row.slice(0, 3));
  assert.deepEqual(sorted(shownEdges), sorted(edges.map(([, caller, callee, weight]) => [weight, caller, callee])));
}

/** Without source text: the function's lines, which -lines has as nodes. */
async function assertSource(page, name, flags) {
  const rows = (await tableRows(page, 'source-table')).map((row) => [row[0] || '0', row[1] || '0', row[3]]);
  const expected = nativeTop('-lines', ...flags)
    .filter((row) => row[5].startsWith(`${name} `) && !row[5].slice(name.length + 1).startsWith('('))
    .map((row) => [row[0], row[3], /:(\d+)(?: \(|$)/.exec(row[5])?.[1] ?? '–']);
  assert.ok(expected.length > 0, name);
  assert.deepEqual(sorted(rows), sorted(expected));
}

// -tags lays its rows out with tabs, which takes those inside of values away.
const withoutBlanks = (text) => text.replace(/\s+/g, '');

async function assertLabels(page, flags) {
  const text = pprof('-tags', ...flags);
  const expected = [...text.matchAll(/^ +(\S+) \( *(\S+%)\): +(.*)$/gm)].map((row) => [
    withoutBlanks(row[3]),
    row[1],
    row[2],
  ]);
  if (expected.length === 0) {
    assert.match(await page.locator('.ft-view').innerText(), /label/i);
    return;
  }
  const rows = (await tableRows(page, 'labels-table')).map((row) => [withoutBlanks(row[1]), row[2], row[3]]);
  const nonzero = (list) => list.filter(([, , share]) => share !== '0%').sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const byName = (list) => sorted(nonzero(list).map(([name, , share]) => [name, share]));
  assert.deepEqual(byName(rows), byName(expected));
  // -tags writes one digit behind the point, the page two.
  const partsOf = (text) => [Number(/^-?[\d.]+/.exec(text)[0]), text.replace(/^-?[\d.]+/, '')];
  const wanted = new Map(nonzero(expected).map(([name, value, share]) => [`${name} ${share}`, partsOf(value)]));
  for (const [name, value, share] of nonzero(rows)) {
    const [amount, unit] = partsOf(value);
    const [otherAmount, otherUnit] = wanted.get(`${name} ${share}`);
    assert.equal(unit, otherUnit, name);
    assert.ok(Math.abs(amount - otherAmount) <= 0.0551, `${name}: ${value}, ${otherAmount}${otherUnit}`);
  }
}

async function assertRaw(page, flags) {
  const lines = pprof('-raw', ...flags).split('\n');
  const from = lines.indexOf('Samples:') + 2;
  const samples = [];
  for (const line of lines.slice(from)) {
    if (line === 'Locations') break;
    const row = /^ *([-\d ]+): /.exec(line);
    if (row !== null) samples.push(row[1].trim().split(/ +/).map(Number));
  }
  assert.equal(await at(page, 'raw-count').innerText(), `${samples.length.toLocaleString('en')} samples`);
  const rows = await tableRows(page, 'raw-table');
  const plain = rows.slice(0, 60).map((row) => row.slice(1, 1 + samples[0].length));
  // Counts are shown as they are; other values were rounded, so only their sign and order of size could be compared.
  samples.slice(0, plain.length).forEach((values, i) => assert.equal(Number(plain[i][0]), values[0], `sample ${i}`));
}

async function assertInfo(page, file) {
  const head = pprof('-raw', file);
  const text = (await page.locator('.ft-info').innerText()).replace(/\s+/g, ' ');
  const period = /^Period: (\d+)$/m.exec(head)[1];
  const [type, unit] = /^PeriodType: (.*)$/m.exec(head)[1].split(' ');
  assert.ok(text.includes(type), type);
  if (unit === 'nanoseconds') assert.ok(text.includes(`${Number(period) / 1e6}ms`), period);
  const time = /^Time: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/m.exec(head);
  if (time !== null) assert.ok(text.includes(time[1]), time[1]);
  const types = /^Samples:\n(.*)$/m.exec(head)[1].trim().split(/\s+/);
  const shown = await at(page, 'info-types').evaluate((table) =>
    [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  assert.deepEqual(
    shown.map((row) => `${row[0]}/${row[1]}`),
    types.map((each) => each.replace('[dflt]', '')),
  );
  const sums = types.map(() => 0n);
  for (const [, values] of head.matchAll(/^ *((?:-?\d+ *)+): [\d ]*$/gm))
    values
      .trim()
      .split(/ +/)
      .forEach((value, i) => (sums[i] += BigInt(value)));
  assert.deepEqual(
    shown.map((row) => row[3].replaceAll(',', '')),
    sums.map(String),
  );
}

for (const kind of KINDS) {
  for (const { name: filter, hash, flags } of FILTERS) {
    test(
      `${kind}, ${filter}: Top, Peek, Graph, Source, Labels, Raw, Info as the native command`,
      { skip },
      async () => {
        const file = fileOf(kind);
        const { page, finish } = await openPage(stage, 'hosted', `#view=top&unit=auto${hash}`);
        await page.setViewportSize({ width: 1400, height: 12_000 });
        await openFile(page, file);
        const type = await at(page, 'sample-type').evaluate((select) => select.selectedOptions[0].textContent);
        const ofType = [...flags, `-sample_index=${type.split(' ')[0]}`, file];
        const rows = await tableRows(page, 'top-table');
        assertTop(rows, nativeTop(...ofType));
        // The heaviest function that calls something and that a pattern names without doubt.
        const at_ = rows.findIndex((row) => row[0] !== row[3] && !/[[(<]/.test(row[5].replace('(*', '')));
        const name = rows[Math.max(0, at_)][5].replace(/ \((partial-)?inline\)$/, '');
        await at(page, 'top-table')
          .locator('[role=row][aria-rowindex]')
          .nth(Math.max(0, at_) + 1)
          .click();
        await showView(page, 'peek');
        await assertPeek(page, name, ofType);
        await showView(page, 'source');
        await assertSource(page, name, ofType);
        await showView(page, 'graph');
        await assertGraph(page, ofType);
        await showView(page, 'labels');
        await assertLabels(page, ofType);
        await showView(page, 'raw');
        await assertRaw(page, ofType);
        await showView(page, 'info');
        await assertInfo(page, file);
        await finish();
      },
    );
  }

  test(`${kind}: Compare as -diff_base -top, also filtered`, { skip }, async () => {
    const [oldFile, newFile] = [fileOf(kind, 'go122'), fileOf(kind)];
    const { page, finish } = await openPage(stage, 'hosted', '#view=diff&unit=auto');
    await openFile(page, newFile, oldFile);
    await at(page, 'compare-with').selectOption({ index: 1 });
    await idle(page);
    const type = await at(page, 'sample-type').evaluate((select) => select.selectedOptions[0].textContent);
    const index = `-sample_index=${type.split(' ')[0]}`;
    let compared = 0;
    for (const [pattern, flags] of [
      ['', []],
      ['main\\.', ['-focus=main\\.']],
    ]) {
      await at(page, 'filter-focus').fill(pattern);
      await idle(page);
      const changes = new Map(
        nativeTop(index, ...flags, `-diff_base=${oldFile}`, newFile).map((row) => [
          row[5].replace(/ \((partial-)?inline\)$/, ''),
          row[0],
        ]),
      );
      for (const row of await tableRows(page, 'compare-table')) {
        // Functions that the page matches under two names stand in two rows of the command.
        if (row[6] !== '') continue;
        assert.equal(row[2].replace('+', ''), changes.get(row[7]) ?? '0', row[7]);
        compared++;
      }
    }
    assert.ok(compared >= 3, `${compared} rows compared`);
    await finish();
  });
}
