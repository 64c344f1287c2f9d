// What belongs to the window and not to a view: tabs, theme, drop veil, copying, cancelling, sub-paths, being offline.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { startServer } from '../../../scripts/static_server.mjs';
import { at, idle, openFile, openPage, repo, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
let scratch;
before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'flametrail-e2e-'));
  stage = await startStage();
  await stage.browser.grantPermissions(['clipboard-read', 'clipboard-write']);
});
after(async () => {
  await stage?.close();
  rmSync(scratch, { recursive: true, force: true });
});

const cpu = join(samples, 'cpu.pb.gz');
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

test('Top is copied whole, as TSV and as Markdown, and by row', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  const rows = await tableRows(page, 'top-table');
  const count = Number((await at(page, 'top-count').innerText()).replace(/\D/g, ''));
  await page.getByRole('button', { name: 'Copy as TSV' }).click();
  await idle(page);
  const tsv = (await clipboard(page)).trimEnd().split('\n');
  assert.equal(tsv.length, count + 1);
  assert.deepEqual(tsv[1].split('\t'), rows[0]);
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await idle(page);
  const markdown = (await clipboard(page)).trimEnd().split('\n');
  assert.equal(markdown.length, count + 2);
  assert.match(markdown[1], /^\| ---: \|/);
  assert.match(await page.locator('.ft-data-bar [role=status]').innerText(), /Copied/);
  await at(page, 'top-table').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await idle(page);
  assert.deepEqual((await clipboard(page)).trimEnd().split('\t'), rows[1]);
  await finish();
});

test('c and the details panel copy stack and name of the selected box', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'c']) await page.keyboard.press(key);
  await idle(page);
  const stack = (await clipboard(page)).split('\n');
  assert.equal(stack.length, 2);
  await page.getByRole('button', { name: 'Copy name' }).click();
  await idle(page);
  assert.equal(await clipboard(page), stack[0]);
  await page.getByRole('button', { name: 'Copy stack' }).click();
  await idle(page);
  assert.deepEqual((await clipboard(page)).split('\n'), stack);
  await finish();
});

test('the theme button goes round, and the choice is kept', async () => {
  const { page } = await openPage(stage);
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  const button = page.getByRole('button', { name: /^Colours/ });
  await button.click();
  assert.equal(await theme(), 'light');
  await button.click();
  assert.equal(await theme(), 'dark');
  await page.reload();
  await idle(page);
  assert.equal(await theme(), 'dark');
  await button.click();
  await page.close();
  const again = await openPage(stage);
  await again.page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await again.page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await again.finish();
});

test('a veil shows while files are dragged over the window, and goes when they leave', async () => {
  const { page, finish } = await openPage(stage);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'x'));
    return data;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await idle(page);
  assert.equal(await page.locator('.ft-drop-veil').count(), 1);
  await page.dispatchEvent('body', 'dragleave', { dataTransfer: transfer });
  await idle(page);
  assert.equal(await page.locator('.ft-drop-veil').count(), 0);
  await finish();
});

test('a middle click closes a tab', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu, join(samples, 'heap.pb.gz'));
  await page.locator('[data-testid=doc-tab] button').first().click({ button: 'middle' });
  await idle(page);
  assert.equal(await at(page, 'doc-tab').count(), 1);
  assert.match(await at(page, 'doc-tab').innerText(), /heap/);
  await finish();
});

test('a long read shows bytes and rate; Cancel ends it at once; the same file opens again', async () => {
  const { page, finish } = await openPage(stage);
  const big = join(scratch, 'big.pb');
  const raw = gunzipSync(readFileSync(cpu));
  const block = Buffer.concat(Array.from({ length: 400 }, () => raw));
  // Profiles behind each other are one profile to protobuf; 400 MB take a while on any machine.
  const file = openSync(big, 'w');
  for (let size = 0; size < 400e6; size += block.length) writeSync(file, block);
  closeSync(file);
  await at(page, 'file-input').setInputFiles(big);
  await page.waitForFunction(() => /\/s$/.test(document.querySelector('[data-testid=progress] .ft-mono')?.textContent));
  await at(page, 'cancel').click();
  await at(page, 'error').waitFor({ timeout: 2000 });
  await idle(page);
  assert.match(await at(page, 'error').innerText(), /cancelled/);
  assert.equal(page.workers().length, 0);
  await openFile(page, cpu);
  assert.equal(await at(page, 'flame-canvas').count(), 1);
  await finish();
});

test('the page works below any path, and without a network once it is loaded', async () => {
  cpSync(join(repo, 'dist'), join(scratch, 'site/a/b'), { recursive: true });
  const server = await startServer({ root: join(scratch, 'site') });
  try {
    stage.shapes.below = `${server.url}a/b/`;
    const { page, finish } = await openPage(stage, 'below');
    await stage.browser.setOffline(true);
    await openFile(page, cpu, join(samples, 'heap.pb.gz'));
    for (const view of ['top', 'info', 'flame']) await showView(page, view);
    assert.equal(await at(page, 'flame-canvas').count(), 1);
    await finish();
  } finally {
    await stage.browser.setOffline(false);
    await server.close();
  }
});
