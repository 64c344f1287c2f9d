// Graph, Peek, Source, Labels, Sizes, Raw and Info: what a person reads equals what the native command prints.
// Long because: one stage and one set of readers of the native command's answers serve all of these views.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import {
  at,
  corpus,
  idle,
  native,
  openFile,
  openPage,
  repo,
  samples,
  showView,
  startStage,
  tableRows,
} from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const sampleCpu = join(samples, 'cpu.pb.gz');
const cpu = corpus ? join(corpus, 'profiles/shop-s1-go123.cpu.pb.gz') : sampleCpu;
const heap = corpus ? join(corpus, 'profiles/shop-s1-go123.heap.pb.gz') : join(samples, 'heap.pb.gz');

/** What `flametrail pprof` prints, each value in the unit that suits it, as the page writes values. */
const pprof = (file, ...options) =>
  execFileSync(native, ['pprof', '-unit=auto', ...options, file], { encoding: 'utf8', stdio: 'pipe' });

async function openView(file, view, shape = 'hosted', hash = '') {
  const opened = await openPage(stage, shape, hash);
  // A 1 M row list would not fit, but these do: all rows are drawn.
  await opened.page.setViewportSize({ width: 1400, height: 8000 });
  await openFile(opened.page, file);
  await showView(opened.page, view);
  return opened;
}

const sorted = (rows) => rows.map((row) => row.join('  ')).sort();

/** Nodes as [cum, name] and edges as [weight, caller, callee] of -dot, from its tooltips. */
function nativeGraph(file, ...options) {
  const text = pprof(file, '-dot', ...options);
  const nodes = [...text.matchAll(/^N\d+ \[label=.* tooltip="(.*) \((\S+)\)" color/gm)].map(([, name, cum]) => [
    cum,
    name,
  ]);
  const edges = [...text.matchAll(/^N\d+ -> N\d+ \[.* tooltip="(.*) (?:->|\.\.\.) (.*) \((\S+)\)" labeltooltip/gm)];
  return { nodes, edges: edges.map(([, caller, callee, weight]) => [weight, caller, callee]) };
}

async function pageGraph(page) {
  if ((await at(page, 'graph-nodes-table').count()) === 0) await at(page, 'graph-table-switch').click();
  await idle(page);
  const nodes = (await tableRows(page, 'graph-nodes-table')).map((row) => [row[2], row[4]]);
  const edges = (await tableRows(page, 'graph-edges-table')).map((row) => row.slice(0, 3));
  return { nodes, edges };
}

for (const [kind, file] of [
  ['cpu', cpu],
  ['heap', heap],
]) {
  test(`graph of a ${kind} profile: nodes and edges as -dot, also trimmed and filtered`, async () => {
    const { page, finish } = await openView(file, 'graph');
    assert.ok((await page.locator('.ft-graph-node').count()) > 5);
    let shown = await pageGraph(page);
    let expected = nativeGraph(file);
    assert.ok(expected.edges.length > 5);
    assert.deepEqual(sorted(shown.nodes), sorted(expected.nodes));
    assert.deepEqual(sorted(shown.edges), sorted(expected.edges));
    await at(page, 'graph-nodecount').fill('20');
    await at(page, 'graph-edgefraction').fill('20');
    await idle(page);
    expected = nativeGraph(file, '-nodecount=20', '-edgefraction=0.02');
    shown = await pageGraph(page);
    assert.deepEqual(sorted(shown.nodes), sorted(expected.nodes));
    assert.deepEqual(sorted(shown.edges), sorted(expected.edges));
    assert.match(await page.evaluate(() => location.hash), /nodecount=20&nodefraction=0.005&edgefraction=0.02/);
    await at(page, 'filter-focus').fill('main');
    await idle(page);
    shown = await pageGraph(page);
    expected = nativeGraph(file, '-nodecount=20', '-edgefraction=0.02', '-focus=main');
    assert.deepEqual(sorted(shown.edges), sorted(expected.edges));
    await finish();
  });
}

/** The part of the graph in sight, as the picture has it. */
const placeOf = (page) => page.locator('.ft-graph svg > g').getAttribute('transform');

test('the graph moves by drag, wheel, keys and Fit; its place and its tables are in the link; labels follow the unit', async () => {
  const { page, finish } = await openView(cpu, 'graph');
  const first = await placeOf(page);
  const picture = at(page, 'graph-picture');
  const { x, y } = await picture.boundingBox();
  await page.mouse.move(x + 300, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 200, y + 150);
  await page.mouse.up();
  const dragged = await placeOf(page);
  assert.notEqual(dragged, first);
  await page.mouse.wheel(0, -200);
  await idle(page);
  const zoomed = await placeOf(page);
  assert.notEqual(zoomed, dragged);
  for (const key of ['w', 's', '+', '-', 'a', 'd', 'ArrowLeft', 'ArrowUp']) await picture.press(key);
  await at(page, 'graph-fit').click();
  await idle(page);
  const fitted = await placeOf(page);
  // All of it is in sight.
  const outside = await picture.evaluate((element) => {
    const view = element.getBoundingClientRect();
    const boxes = [...element.querySelectorAll('.ft-graph-node rect')].map((rect) => rect.getBoundingClientRect());
    return boxes.filter((box) => box.left < view.left || box.right > view.right || box.bottom > view.bottom).length;
  });
  assert.equal(outside, 0);
  const label = page.locator('.ft-graph-label').first();
  assert.match(await label.textContent(), /^[\d.]+m?s/);
  await at(page, 'unit').selectOption('us');
  await idle(page);
  assert.match(await label.textContent(), /^[\d.]+us/);
  await at(page, 'unit').selectOption('');
  await idle(page);
  await picture.press('0');
  await idle(page);
  assert.equal(await placeOf(page), fitted);
  const hash = await page.evaluate(() => location.hash);
  await finish();
  const again = await openPage(stage, 'hosted', hash);
  await openFile(again.page, cpu);
  assert.equal(await placeOf(again.page), fitted);
  await at(again.page, 'graph-picture').press('t');
  await idle(again.page);
  assert.match(await again.page.evaluate(() => location.hash), /gtable=1/);
  await again.finish();
});

/** [value, share of the function, name] above and below the function. */
function nativePeek(file, name) {
  const pattern = `^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  const lines = pprof(file, `-peek=${pattern}`).split('\n');
  assert.ok(lines.some((line) => line.endsWith(`| ${name}`)));
  const rows = [];
  for (const line of lines) {
    const row = /^ {20,}(\S+)\s+(\S+%) \| {3}(.*)$/.exec(line);
    if (row !== null) rows.push(row.slice(1, 4));
  }
  return rows;
}

test('peek: callers and callees as -peek, and further callers when a row is unfolded', async () => {
  const { page, finish } = await openView(cpu, 'peek', 'single', '#sel=runtime.mallocgc');
  assert.equal(await at(page, 'peek-function').innerText(), 'runtime.mallocgc');
  const rows = await tableRows(page, 'peek-table');
  const own = rows.findIndex((row) => row[3] === 'runtime.mallocgc');
  assert.ok(own > 0 && own < rows.length - 1);
  const neighbours = rows
    .filter((_, i) => i !== own)
    .map((row) => [row[0], row[1], row[3].replace(/^[▸▾]/, '').trim()]);
  assert.deepEqual(sorted(neighbours), sorted(nativePeek(cpu, 'runtime.mallocgc')));
  await at(page, 'peek-table').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.ok((await tableRows(page, 'peek-table')).length > rows.length);
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal((await tableRows(page, 'peek-table')).length, rows.length);
  await finish();
});

test('labels: weights and shares as -tags; focus, pivot, brush', { skip: !corpus }, async () => {
  const { page, finish } = await openView(heap, 'labels');
  const rows = (await tableRows(page, 'labels-table')).map((row) => [row[1], row[3]]);
  const expected = [...pprof(heap, '-tags').matchAll(/^ +\S+ \( *(\S+%)\): +(.*)$/gm)].map(([, share, name]) => [
    name,
    share,
  ]);
  assert.ok(expected.length > 5);
  assert.deepEqual(sorted(rows.slice(0, 12)), sorted(expected.slice(0, 12)));
  const box = await at(page, 'label-histogram').boundingBox();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + 30);
  await page.mouse.up();
  await idle(page);
  const filter = await at(page, 'filter-tagfocus').inputValue();
  assert.match(filter, /^bytes=\d+bytes:\d+bytes$/);
  await showView(page, 'top');
  const top = (await tableRows(page, 'top-table'))[0];
  assert.ok(pprof(heap, '-top', `-tagfocus=${filter}`).includes(` ${top[5]}`));
  await at(page, 'filter-clear').click();
  await showView(page, 'labels');
  await at(page, 'label-root').click();
  await showView(page, 'flame');
  await at(page, 'flame-canvas').focus();
  await page.keyboard.press('t');
  await idle(page);
  const [, first] = await tableRows(page, 'flame-table');
  const root = first[0].replace(/^[▸▾]/, '');
  assert.ok(
    pprof(heap, '-top', '-tagroot=bytes').includes(`  ${root}
`),
    root,
  );
  await finish();
});

test('labels: small multiples of a text label, on one scale', { skip: !corpus }, async () => {
  const { page, finish } = await openView(cpu, 'labels');
  const count = await page.locator('.ft-multiple').count();
  assert.ok(count > 1, `${count} multiples`);
  await finish();
});

/** [flat, cum, line, text] of -list, without lines that have neither. */
function nativeList(name, ...options) {
  const pattern = `^${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
  const text = pprof(sampleCpu, `-list=${pattern}`, ...options);
  return [...text.matchAll(/^ *(\S+) +(\S+) +(\d+):(.*)$/gm)]
    .map(([, flat, cum, line, source]) => [flat, cum, line, source.replace(/\t/g, '    ').trim()])
    .filter(([flat, cum]) => flat !== '.' || cum !== '.');
}

test('source: lines as -list, once the folder is there; without it the lines that have values', async () => {
  const name = 'example.org/shopdemo/catalog.(*Catalog).Search';
  const { page, finish } = await openView(sampleCpu, 'source', 'hosted', `#sel=${encodeURIComponent(name)}`);
  const folder = join(repo, 'tests/data/program');
  const expected = nativeList(name, `-source_path=${folder}`, '-trim_path=example.org/shopdemo');
  assert.ok(expected.length > 2);
  const rows = async () =>
    (await tableRows(page, 'source-table'))
      .filter((row) => row[0] !== '' || row[1] !== '')
      .map((row) => [row[0] || '.', row[1] || '.', row[3], row[4]]);
  assert.deepEqual(
    await rows(),
    expected.map(([flat, cum, line]) => [flat, cum, line, '']),
  );
  await at(page, 'source-folder').setInputFiles(folder);
  await idle(page);
  assert.deepEqual(await rows(), expected);
  assert.match(await at(page, 'source-hint').innerText(), /catalog\.go$/);
  assert.ok((await page.locator('.ft-go-keyword').count()) > 5);
  await finish();
});

/** A zip archive of the files, stored and deflated in turn (PKWARE's APPNOTE 4.3). */
function zipOf(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [i, [path, text]] of files.entries()) {
    const packed = i % 2 === 0 ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(26);
    [20, 0, i % 2 === 0 ? 8 : 0].forEach((value, at_) => head.writeUInt16LE(value, 2 * at_));
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(Buffer.byteLength(text), 18);
    head.writeUInt16LE(Buffer.byteLength(path), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(path), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, rest, Buffer.from(path));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  [files.length, files.length].forEach((value, i) => end.writeUInt16LE(value, 4 + 2 * i));
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listed, Buffer.from('PK\x05\x06'), end]);
}

test('source: a zip archive, and files dropped on the view', async () => {
  const name = 'example.org/shopdemo/catalog.(*Catalog).Search';
  const hash = `#sel=${encodeURIComponent(name)}`;
  const text = readFileSync(join(repo, 'tests/data/program/catalog/catalog.go'), 'utf8');
  const code = async (page) => (await tableRows(page, 'source-table')).map((row) => row[4]).join('\n');
  const zipped = await openView(sampleCpu, 'source', 'single', hash);
  const buffer = zipOf([
    ['shopdemo/catalog/catalog.go', text],
    ['shopdemo/main.go', 'package main\n'],
  ]);
  await at(zipped.page, 'source-files').setInputFiles([{ name: 'src.zip', mimeType: 'application/zip', buffer }]);
  await idle(zipped.page);
  assert.match(await at(zipped.page, 'source-hint').innerText(), /catalog\.go$/);
  assert.match(await code(zipped.page), /func \(.*Catalog\) Search/);
  await zipped.finish();

  const dropped = await openView(sampleCpu, 'source', 'hosted', hash);
  await at(dropped.page, 'source-table').evaluate((table, content) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([content], 'catalog.go'));
    table.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, text);
  await idle(dropped.page);
  assert.match(await code(dropped.page), /func \(.*Catalog\) Search/);
  assert.equal(await at(dropped.page, 'doc-tab').count(), 1, 'source is no document');
  await dropped.finish();
});

test('source: a single file and a broken zip', async () => {
  const { page, finish } = await openView(sampleCpu, 'source');
  await at(page, 'source-files').setInputFiles([
    { name: 'odd.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip') },
  ]);
  await idle(page);
  assert.match(await at(page, 'source-hint').innerText(), /odd\.zip: it is no zip archive/);
  await at(page, 'source-files').setInputFiles(join(repo, 'tests/data/program/main.go'));
  await idle(page);
  assert.doesNotMatch(await at(page, 'source-hint').innerText(), /zip/);
  await finish();
});

test('sizes: classes hold what the labels say, sites what Top says', { skip: !corpus }, async () => {
  const { page, finish } = await openView(heap, 'sizes');
  const rows = await tableRows(page, 'sizes-table');
  const shares = new Map(
    [...pprof(heap, '-tags', '-sample_index=inuse_space').matchAll(/^ +\S+ \( *(\S+%)\): +(.*)$/gm)].map(
      ([, share, name]) => [name, share],
    ),
  );
  let compared = 0;
  for (const row of rows) {
    if (!shares.has(row[0])) continue;
    assert.equal(row[6], shares.get(row[0]), row[0]);
    compared++;
  }
  assert.ok(compared > 5, `${compared} classes compared`);
  const sites = await tableRows(page, 'sites-table');
  const top = pprof(heap, '-top', '-sample_index=alloc_space', '-nodecount=3');
  assert.ok(top.includes(sites[0][6]) && top.includes(` ${sites[0][3]} `));
  assert.ok(sites.some((row) => row[5] === 'churn') && sites.some((row) => row[5] === 'retention'));
  await finish();
});

test('sizes of another kind of profile say how to record a heap profile', async () => {
  const { page, finish } = await openView(cpu, 'sizes');
  assert.match(await page.locator('.ft-view').innerText(), /debug\/pprof\/heap/);
  await finish();
});

test('raw: samples, values and labels as -raw, and a search among them', async () => {
  const { page, finish } = await openView(heap, 'raw');
  const text = pprof(heap, '-raw').split('\n');
  const from = text.findIndex((line) => line.startsWith('alloc_objects/count'));
  const counts = text.slice(from + 1).flatMap((line) => {
    const row = /^ *(\d+) +\d+ +(\d+) +\d+: /.exec(line);
    return row === null ? [] : [[row[1], row[2]]];
  });
  assert.equal(await at(page, 'raw-count').innerText(), `${counts.length.toLocaleString('en')} samples`);
  const rows = await tableRows(page, 'raw-table');
  assert.deepEqual(
    rows.slice(0, 40).map((row) => [row[1], row[3]]),
    counts.slice(0, 40),
  );
  assert.match(rows[0][6], /^bytes:/);
  await at(page, 'search').fill('json');
  await idle(page);
  const found = await tableRows(page, 'raw-table');
  assert.ok(found.length > 0 && found.length < counts.length);
  assert.ok(found.every((row) => /json/i.test(row[5])));
  await finish();
});

test('info: mappings as -raw lists them', async () => {
  const { page, finish } = await openView(cpu, 'info');
  const rows = await at(page, 'info-mappings').evaluate((table) =>
    [...table.querySelectorAll('tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  const expected = [...pprof(cpu, '-raw').matchAll(/^\d+: (0x\w+)\/(0x\w+)\/(0x\w+) (\S*)/gm)].map((row) =>
    row.slice(1, 5),
  );
  assert.deepEqual(
    rows.map((row) => row.slice(0, 4)),
    expected,
  );
  await finish();
});

test('a table copies as TSV and Markdown; keys 1 to 9 show the views', async () => {
  const { page, finish } = await openView(cpu, 'labels');
  await page.evaluate(() => {
    window.copied = [];
    navigator.clipboard.writeText = (text) => {
      window.copied.push(text);
      return Promise.resolve();
    };
  });
  await showView(page, 'peek');
  await page.getByRole('button', { name: 'Copy as TSV' }).click();
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await idle(page);
  const [tsv, markdown] = await page.evaluate(() => window.copied);
  assert.match(tsv, /^value\t% of function\t% of total\tname\n/);
  assert.match(markdown, /^\| value \| % of function \| % of total \| name \|\n\| ---: \| ---: \| ---: \| --- \|\n/);
  await at(page, 'view-tab-peek').focus();
  for (const [key, view] of ['flame', 'top', 'graph', 'peek', 'source', 'labels', 'sizes', 'diff', 'trend'].entries()) {
    await page.keyboard.press(String(key + 1));
    await idle(page);
    assert.equal(await at(page, `view-tab-${view}`).getAttribute('aria-selected'), 'true', view);
  }
  await finish();
});

test('every view has a face for a profile without samples, and for filters that leave nothing', async () => {
  const { page, finish } = await openView(cpu, 'top');
  await at(page, 'filter-focus').fill('no such function');
  await idle(page);
  for (const view of ['graph', 'peek', 'source', 'labels', 'sizes', 'raw', 'info', 'flame', 'top']) {
    await showView(page, view);
    assert.notEqual((await page.locator('.ft-view').innerText()).trim(), '', view);
  }
  await finish();
});

test('the program of the samples is the one whose source is here', () => {
  assert.match(readFileSync(join(repo, 'tests/data/program/catalog/catalog.go'), 'utf8'), /func \(.*Catalog\) Search/);
});

test('labels: values that the filter leaves out can be added to it, of any key, as -tagfocus would', async () => {
  const { page, finish } = await openView(cpu, 'labels');
  const boxes = () => at(page, 'label-values').getByRole('checkbox');
  await at(page, 'label-add').click();
  await idle(page);
  // Nothing covers it or cuts it off.
  const isInSight = await at(page, 'label-values').evaluate((list) => {
    const { left, right, top, bottom } = list.getBoundingClientRect();
    return list.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  });
  assert.ok(isInSight);
  const texts = await at(page, 'label-values').locator('li').allInnerTexts();
  const keyOf = (text) => text.trim().split('=')[0];
  const first = 0;
  await boxes().nth(first).click();
  await idle(page);
  assert.ok((await at(page, 'filter-tagfocus').inputValue()).startsWith(`${keyOf(texts[first])}=`));
  assert.ok(await boxes().nth(first).isChecked());
  await at(page, 'label-values').locator('input:not(:disabled)').last().click();
  await idle(page);
  const filter = await at(page, 'filter-tagfocus').inputValue();
  const kept = /^.* total$/m.exec(pprof(cpu, '-top', `-tagfocus=${filter}`))[0];
  assert.ok(kept.includes((await at(page, 'filter-kept').innerText()).split(' ')[0]), `${filter}: ${kept}`);
  await page.keyboard.press('Escape');
  await idle(page);
  assert.equal(await at(page, 'label-values').count(), 0);
  await finish();
});
