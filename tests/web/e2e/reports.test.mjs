// Findings, dumps, heap and benchmarks: the page tells what the native command tells, and leads to the evidence.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, showView, startStage, tableRows } from './support.mjs';

let stage;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flametrail-reports-'));
  stage = await startStage();
});
after(async () => {
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (...args) =>
  JSON.parse(execFileSync(native, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
const noCorpus = corpus === undefined && 'no corpus';
const inCorpus = (file) => join(corpus ?? '', file);

function write(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const STUCK = `goroutine 1 [chan receive, 30 minutes]:
main.main()
\t/src/main.go:3 +0x1

goroutine 7 [chan send, 12 minutes]:
main.produce(0xc000012345)
\t/src/main.go:9 +0x1
created by main.main in goroutine 1
\t/src/main.go:2 +0x1

goroutine 8 [chan send, 12 minutes]:
main.produce(0xc000012345)
\t/src/main.go:9 +0x1
created by main.main in goroutine 1
\t/src/main.go:2 +0x1
`;

const findingTexts = (page) =>
  at(page, 'finding').evaluateAll((items) =>
    items.map((item) => item.querySelector('.ft-finding-sentence').textContent),
  );

test('a dump opens on its goroutines: groups, filter, grouping, stacks', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, write('stuck.txt', STUCK));
  assert.equal(await at(page, 'dump-total').textContent(), '3 goroutines in 2 groups');
  assert.deepEqual(await tableRows(page, 'dump-table'), [
    ['2', 'chan send', '12 min', 'main.produce'],
    ['1', 'chan receive', '30 min', 'main.main'],
  ]);
  assert.match(await at(page, 'dump-stack').textContent(), /2 \[chan send\].*main\.produce.*goroutines 7, 8/);
  await at(page, 'dump-filter').fill('receive');
  await idle(page);
  assert.deepEqual(await tableRows(page, 'dump-table'), [['1', 'chan receive', '30 min', 'main.main']]);
  await at(page, 'dump-filter').fill('');
  await at(page, 'dump-grouping').selectOption('creator');
  await idle(page);
  assert.deepEqual(await tableRows(page, 'dump-table'), [
    ['2', '12 min', 'main.main'],
    ['1', '30 min', '(the program’s start)'],
  ]);
  await at(page, 'dump-grouping').selectOption('family');
  await idle(page);
  const family = [
    ['1', '3', '30 min', '(the program’s start)'],
    ['2', '2', '12 min', 'main.main main.go:2'],
  ];
  assert.deepEqual(await tableRows(page, 'dump-table'), family);
  assert.match(await at(page, 'dump-table').textContent(), /\u00A0\u00A0main\.main/);
  assert.match(await page.evaluate(() => location.hash), /dumpby=family/);
  await finish();
});

test('two dumps are compared: what is new, gone, still there', async () => {
  const later = STUCK.replaceAll('goroutine 8 ', 'goroutine 9 ');
  const { page, finish } = await openPage(stage);
  await openFile(page, write('dump-2.txt', later), write('dump-1.txt', STUCK));
  await at(page, 'dump-compare').selectOption({ label: 'dump-1.txt' });
  await idle(page);
  assert.equal(
    await at(page, 'dump-changed').textContent(),
    '3 goroutines before, 3 now: 1 new, 1 gone, 2 still in the same place',
  );
  await finish();
});

test('findings say what the native command says, and lead to the evidence', { skip: noCorpus }, async () => {
  const files = [1, 2].map((i) => inCorpus(`dumps/goleak-a-go123.goroutine-${i}.debug2.txt`));
  const { page, finish } = await openPage(stage);
  await openFile(page, ...files.toReversed());
  await showView(page, 'findings');
  assert.deepEqual(
    await findingTexts(page),
    ask('findings', '-json', ...files).map(({ sentence }) => `${sentence}.`),
  );
  await at(page, 'finding-evidence').first().click();
  await idle(page);
  assert.match(await at(page, 'dump-total').textContent(), /^71 goroutines/);
  await finish();
});

test('a log of the collector opens as charts over time, and its findings lead there', async () => {
  const cycle = (n) =>
    `gc ${n} @${(n * 0.02).toFixed(3)}s 31%: 0.5+1.2+${n === 7 ? 40 : 0.3} ms clock, 1+0.5/1/0.2+0.6 ms cpu, ` +
    `${n + 4}->${n + 5}->${n} MB, ${n + 6} MB goal, 8 P`;
  const lines = Array.from({ length: 40 }, (_, i) => cycle(i + 1));
  lines.push(
    'SCHED 900ms: gomaxprocs=8 idleprocs=0 threads=9 spinningthreads=0 idlethreads=1 runqueue=70 [1 1 0 0 0 0 0 0]',
  );
  const { page, finish } = await openPage(stage);
  const file = write('gctrace.txt', `${lines.join('\n')}\n`);
  await openFile(page, file);
  assert.equal(
    await at(page, 'gclog-facts').textContent(),
    '40 collections in 780ms (50.0 a second), 31% of all CPU time; longest pause 40.50ms; 40MB live, goal 46MB',
  );
  const rows = await tableRows(page, 'gclog-table');
  assert.deepEqual(rows[6], ['7', '140ms', '40.50ms', '1.20ms', '500us', '1ms', '11MB', '7MB', '13MB', '31%', '8', '']);
  assert.deepEqual((await tableRows(page, 'gclog-sched-table'))[0], ['900ms', '72', '70', '8', '0', '9', '0', '1']);
  // A click into a chart marks the nearest collection in all charts and in the table.
  const box = await at(page, 'gclog-pauses').locator('.ft-chart-lines').boundingBox();
  await page.mouse.click(box.x + (box.width * 6) / 39, box.y + 20);
  await idle(page);
  assert.match(await at(page, 'gclog-pauses').textContent(), /to end 40ms/);
  assert.match(await at(page, 'gclog-heap').textContent(), /live 7MB/);
  await showView(page, 'findings');
  await at(page, 'finding-evidence').first().click();
  await idle(page);
  assert.equal(await at(page, 'gclog').count(), 1);
  assert.deepEqual(ask('gclog', '-json', file).cycles.live_mb[6], 7);
  await finish();
});

test('findings of a trace lead to its views', { skip: noCorpus }, async () => {
  const file = inCorpus('traces/gcthrash-a-go123.trace');
  const { page, finish } = await openPage(stage);
  await openFile(page, file);
  await showView(page, 'findings');
  assert.deepEqual(
    await findingTexts(page),
    ask('findings', '-json', file).map(({ sentence }) => `${sentence}.`),
  );
  await at(page, 'finding-evidence').first().click();
  await idle(page);
  assert.equal(await at(page, 'gc-table').count(), 1);
  await finish();
});

test('a threshold that a person sets is kept, and can be taken back', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, write('stuck.txt', STUCK));
  await showView(page, 'findings');
  const first = await findingTexts(page);
  assert.ok(first.length > 0);
  await at(page, 'rules').locator('summary').click();
  const threshold = page.getByLabel('Threshold of goroutine.count');
  await threshold.fill('3');
  await threshold.blur();
  await idle(page);
  assert.equal((await findingTexts(page)).length, first.length + 1);
  await finish();
  const later = await openPage(stage);
  await openFile(later.page, write('stuck.txt', STUCK));
  await showView(later.page, 'findings');
  assert.equal((await findingTexts(later.page)).length, first.length + 1);
  await at(later.page, 'rules').locator('summary').click();
  await at(later.page, 'rules').getByRole('button', { name: 'Reset' }).click();
  await idle(later.page);
  assert.deepEqual(await findingTexts(later.page), first);
  await later.page.evaluate(() => localStorage.clear());
  await later.finish();
});

test('from the heap profile to resident memory', { skip: noCorpus }, async () => {
  const file = inCorpus('dumps/gcthrash-a-go123.heap.debug1.txt');
  const { page, finish } = await openPage(stage);
  await openFile(page, file);
  await showView(page, 'heap');
  const rows = await at(page, 'memory-table')
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => row.firstElementChild.textContent));
  const { parts } = ask('memory', '-json', file);
  assert.deepEqual(
    rows.slice(0, parts.length),
    parts.map(({ part }) => part),
  );
  await at(page, 'heap-live-1').click();
  await idle(page);
  assert.equal(await at(page, 'view-tab-sizes').getAttribute('aria-selected'), 'true');
  await finish();
});

test('benchmarks of two files: medians, change and p as the native command has them', { skip: noCorpus }, async () => {
  const [old, now] = ['before', 'after'].map((name) => inCorpus(`bench/suite1-${name}-go123.txt`));
  const { page, finish } = await openPage(stage);
  await openFile(page, now, old);
  await at(page, 'bench-old').selectOption({ index: 1 });
  await idle(page);
  const [table] = ask('bench', '-format=json', old, now);
  const rows = await at(page, 'bench-table')
    .first()
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.deepEqual(
    rows.map(([name, , , change, p]) => [name, change, p]),
    table.rows.map(({ name, cells: [, cell] }) => [name, cell.significant ? cell.delta : '~', cell.p.toFixed(3)]),
  );
  await finish();
});
