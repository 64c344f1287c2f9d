// Languages, the command palette, and the sheet of keys.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, idle, openFile, openPage, samples, startStage } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.close());

const cpu = join(samples, 'cpu.pb.gz');

test('the page switches to Chinese and back, with a file open, and remembers', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await page.getByRole('button', { name: 'ZH: switch to Chinese' }).click();
  await idle(page);
  assert.equal(await at(page, 'view-tab-flame').textContent(), '火焰图');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  assert.match(await at(page, 'search').getAttribute('placeholder'), /正则|RE2/);
  await page.reload();
  await idle(page);
  assert.match(await page.locator('h1').textContent(), /Go 程序/);
  await page.getByRole('button', { name: 'EN：切换为英文 (English)' }).click();
  await idle(page);
  assert.match(await page.locator('h1').textContent(), /Go program/);
  await page.evaluate(() => localStorage.clear());
  await page.close();
  void finish;
});

test('no text of the page is left in English when it speaks Chinese', async () => {
  const { page } = await openPage(stage);
  await openFile(page, cpu);
  await page.getByRole('button', { name: 'ZH: switch to Chinese' }).click();
  await idle(page);
  const titles = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'header [aria-label], .ft-views [aria-label], .ft-filters [title], .flame-bar [title]',
      ),
    ]
      .map((element) => element.getAttribute('aria-label') ?? element.getAttribute('title'))
      .filter((text) => !/[\u4e00-\u9fff]/.test(text) && !text.includes('.pb.gz')),
  );
  assert.deepEqual(titles, []);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test('the palette finds an action by words and runs it', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await page.keyboard.press('Control+k');
  await at(page, 'palette').fill('view top');
  await idle(page);
  assert.deepEqual(await at(page, 'palette-line').allTextContents(), ['Show view: Top2']);
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await at(page, 'top-table').count(), 1);
  await page.keyboard.press('Control+k');
  await at(page, 'palette').fill('no such thing');
  await page.getByText('No command has this name.').waitFor();
  await page.keyboard.press('Escape');
  await at(page, 'palette').waitFor({ state: 'detached' });
  await finish();
});

test('the palette offers the flame graph’s actions while it is in front, and they act on it', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await page.keyboard.press('Control+k');
  await at(page, 'palette').fill('show as table');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await at(page, 'flame-table').count(), 1);
  await at(page, 'view-tab-top').click();
  await idle(page);
  await page.keyboard.press('Control+k');
  await at(page, 'palette').fill('show as table');
  await page.getByText('No command has this name.').waitFor();
  assert.equal(await at(page, 'palette-line').count(), 0);
  await page.keyboard.press('Escape');
  await finish();
});

test('the sheet of keys is made from the same table', async () => {
  const { page, finish } = await openPage(stage);
  await page.keyboard.press('?');
  await idle(page);
  const sheet = page.getByRole('dialog');
  for (const text of ['Find a command by name', 'Copy the stack of the selected box', 'Show view: Flame']) {
    assert.equal(await sheet.getByText(text, { exact: true }).count(), 1, text);
  }
  await page.keyboard.press('Escape');
  await finish();
});
