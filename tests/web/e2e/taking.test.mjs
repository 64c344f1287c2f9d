// What is taken away: files other tools read, pictures, and the report that opens from disk.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { at, idle, native, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
let folder;
before(async () => {
  stage = await startStage();
  folder = mkdtempSync(join(tmpdir(), 'flametrail-taken-'));
});
after(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const cpu = join(samples, 'cpu.pb.gz');
const run = (...args) => execFileSync(native, args, { env: { ...process.env, TZ: 'UTC' }, maxBuffer: 1 << 26 });

/** Presses a button of the dialog and gives the file that was saved. */
async function take(page, what) {
  const [download] = await Promise.all([page.waitForEvent('download'), at(page, `take-${what}`).click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await idle(page);
  return path;
}

async function openDialog(page) {
  await at(page, 'take').click();
  await idle(page);
}

const total = (path) => {
  const text = run('pprof', '-top', path).toString();
  return /of (\S+) total/.exec(text)?.[1];
};

test('filtered pprof is byte for byte what -proto writes', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'filter-focus').fill('main');
  await idle(page);
  await openDialog(page);
  const path = await take(page, 'pprof');
  assert.deepEqual(readFileSync(path), run('pprof', '-proto', '-focus=main', cpu));
  await page.keyboard.press('Escape');
  await finish();
});

test('folded stacks and speedscope have the same total when read again', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await openDialog(page);
  const folded = readFileSync(await take(page, 'folded'), 'utf8');
  const sum = folded
    .trim()
    .split('\n')
    .reduce((all, line) => all + Number(/ (-?\d+)$/.exec(line)[1]), 0);
  const speedscope = await take(page, 'speedscope');
  const exact = JSON.parse(readFileSync(speedscope, 'utf8')).profiles[0].endValue;
  assert.equal(sum, exact);
  assert.equal(total(speedscope), total(cpu));
  const csv = readFileSync(await take(page, 'csv'), 'utf8');
  assert.match(csv, /^depth,name,file,line,/);
  assert.equal(csv.split('\r\n')[1], `0,root,,0,0,${exact}`);
  await page.keyboard.press('Escape');
  await finish();
});

test('SVG and PNG are pictures of the graph', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await openDialog(page);
  const svg = readFileSync(await take(page, 'svg'), 'utf8');
  const boxes = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return parsed.querySelector('parsererror') === null ? parsed.querySelectorAll('rect').length : -1;
  }, svg);
  assert.ok(boxes > 20);
  assert.match(svg, />runtime/);
  const png = readFileSync(await take(page, 'png'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(png.length > 5000);
  await page.keyboard.press('Escape');
  await finish();
});

/** A saved page from disk: what it asks for besides itself, and what goes wrong. */
async function openSaved(path) {
  const page = await stage.browser.newPage();
  const wrongs = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrongs.push(message.text());
  });
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.isNavigationRequest()) wrongs.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  await idle(page);
  return { page, wrongs };
}

for (const shape of ['hosted', 'single']) {
  test(`a report saved from the ${shape} page opens from disk with the same view, the notes, and no request`, async () => {
    const { page } = await openPage(stage, shape);
    await openFile(page, cpu);
    await showView(page, 'top');
    await at(page, 'search').fill('runtime');
    await idle(page);
    const topOf = async (shown) => (await tableRows(shown, 'top-table')).slice(0, 12);
    const rows = await topOf(page);
    await openDialog(page);
    await at(page, 'notes').fill('Slow since </script> Monday.\n慢');
    const path = await take(page, 'report');
    await page.close();
    const saved = await openSaved(path);
    assert.deepEqual(await topOf(saved.page), rows);
    assert.equal(await at(saved.page, 'search').inputValue(), 'runtime');
    assert.match(await at(saved.page, 'shown-notes').textContent(), /Slow since <\/script> Monday\.\n慢/);
    // A report of a report is a report.
    await openDialog(saved.page);
    const again = await openSaved(await take(saved.page, 'report'));
    assert.deepEqual(await topOf(again.page), rows);
    assert.deepEqual([...saved.wrongs, ...again.wrongs], []);
    await saved.page.close();
    await again.page.close();
  });
}

test('an anonymous report names neither functions nor paths of the program', async () => {
  const { page } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'search').fill('catalog');
  await openDialog(page);
  await at(page, 'take-anonymous').check();
  const path = await take(page, 'report');
  const pprof = await take(page, 'pprof');
  await page.close();
  const raw = run('pprof', '-raw', pprof).toString();
  assert.doesNotMatch(raw, /catalog|pricing|warehouse|main\.go/);
  assert.match(raw, /package1\.f1/);
  assert.equal(total(pprof), total(cpu));
  assert.doesNotMatch(readFileSync(path, 'utf8').split('flametrail-report"')[1], /catalog|cpu\.pb/);
  const saved = await openSaved(path);
  await showView(saved.page, 'top');
  const names = (await tableRows(saved.page, 'top-table')).map((row) => row[5]).join(' ');
  assert.match(names, /package\d+\.f\d+/);
  assert.doesNotMatch(names, /catalog|pricing|warehouse/);
  assert.deepEqual(saved.wrongs, []);
  await saved.page.close();
});
