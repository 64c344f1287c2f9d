// The page in use: search, zoom, keyboard, selection across views; no serious accessibility fault on any face.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, idle, openFile, openPage, repo, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const cpu = join(samples, 'cpu.pb.gz');
const axe = readFileSync(join(repo, 'web/node_modules/axe-core/axe.min.js'), 'utf8');

test('search shows the matched share, filters Top, and says what is wrong with a bad expression', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await page.keyboard.press('/');
  await page.keyboard.type('^main\\.');
  await idle(page);
  assert.match(await at(page, 'search-result').innerText(), /%.*function/);
  await showView(page, 'top');
  const rows = await tableRows(page, 'top-table');
  assert.ok(rows.length > 0);
  for (const row of rows) assert.match(row.join(' '), /main\./);
  await at(page, 'search').fill('a(b');
  await idle(page);
  assert.match(await at(page, 'search-error').innerText(), /missing \)/);
  await at(page, 'search').fill('');
  await idle(page);
  assert.equal(await at(page, 'search-error').count(), 0);
  await finish();
});

test('the flame graph is worked by keyboard alone', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await idle(page);
  const zoomed = new URL(page.url()).hash;
  assert.match(zoomed, /zoom/);
  await page.keyboard.press('0');
  await idle(page);
  assert.doesNotMatch(new URL(page.url()).hash, /zoom/);
  await finish();
});

test('a row of Top selects its function in the flame graph and back', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  await at(page, 'top-table').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await idle(page);
  const name = (await tableRows(page, 'top-table'))[1][5];
  await showView(page, 'flame');
  assert.ok((await page.locator('body').innerText()).includes(name.split('/').at(-1)), `${name} is in the details`);
  await showView(page, 'top');
  assert.equal(await page.locator('[data-testid=top-table] [aria-selected=true]').count(), 1);
  await finish();
});

test('sorting by another column changes the order and says so', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  const before_ = await tableRows(page, 'top-table');
  await page.locator('[data-testid=top-table] [role=columnheader]').nth(3).click();
  await idle(page);
  assert.match(
    await page.locator('[data-testid=top-table] [role=columnheader]').nth(3).getAttribute('aria-sort'),
    /descending/,
  );
  assert.notDeepEqual(await tableRows(page, 'top-table'), before_);
  await finish();
});

test('axe finds no serious fault on any face', async () => {
  const { page, finish } = await openPage(stage);
  const check = async (face) => {
    const faults = await page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    });
    assert.deepEqual(faults, [], face);
  };
  await page.evaluate(axe);
  await check('landing');
  await openFile(page, cpu);
  for (const view of ['flame', 'top', 'info']) {
    await showView(page, view);
    await check(view);
  }
  await showView(page, 'flame');
  await at(page, 'flame-canvas').focus();
  await page.keyboard.press('t');
  await idle(page);
  await check('flame table');
  await page.emulateMedia({ colorScheme: 'dark' });
  await check('flame table, dark');
  await openFile(page, { name: 'empty', mimeType: 'application/octet-stream', buffer: Buffer.alloc(0) });
  await check('error');
  await finish();
});
