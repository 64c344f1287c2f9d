// What a person did to a view is still there after a look at another one; keys of the flame graph; a bad search.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, idle, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const cpu = join(samples, 'cpu.pb.gz');

/** Where the window stands, as the minimap and the scroll mark say. */
const windowOf = (page) =>
  page.evaluate(() => {
    const { left, width } = document.querySelector('.flame-window').style;
    return [left, width, document.querySelector('.flame-scroll').style.top];
  });

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await idle(page);
}

test('samples have names a person understands, the CPU profile first, the formats stand on one line', async () => {
  const { page, finish } = await openPage(stage);
  const labels = await page.locator('.ft-samples button').allInnerTexts();
  assert.deepEqual(labels.slice(0, 2), ['CPU profile', 'Heap']);
  const heights = await page
    .locator('.ft-samples button, .ft-drop p')
    .evaluateAll((all) => all.map((element) => Math.round(element.getBoundingClientRect().height)));
  assert.ok(Math.max(...heights) <= 28, `heights ${heights}`);
  const tops = await page.locator('.ft-samples button').evaluateAll((all) => all.map((button) => button.offsetTop));
  assert.equal(new Set(tops).size, 1, 'all samples stand in one row');
  await finish();
});

test('the flame graph keeps window, scroll, selected box and table while another view or tab is in front', async () => {
  const { page, finish } = await openPage(stage);
  await page.setViewportSize({ width: 1280, height: 420 });
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter', 'w', 'w', 'd', 'PageDown');
  const before_ = await windowOf(page);
  const line = await at(page, 'hover-line').innerText();
  for (const away of [
    () => showView(page, 'top'),
    () => showView(page, 'info'),
    () => openFile(page, join(samples, 'heap.pb.gz')),
  ]) {
    await away();
    if ((await at(page, 'doc-tab').count()) > 1) await page.locator('[data-testid=doc-tab] button').first().click();
    await showView(page, 'flame');
    assert.deepEqual(await windowOf(page), before_);
    assert.equal(await at(page, 'hover-line').innerText(), line);
  }
  // The tab that was clicked has the focus; the graph's keys work all the same.
  await press(page, 't');
  await showView(page, 'top');
  await showView(page, 'flame');
  assert.equal(await at(page, 'flame-table').count(), 1);
  await press(page, 't');
  await finish();
});

test('Esc in another view takes the zoom back, and another function selected there is brought into sight', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  const zoomed = await windowOf(page);
  await showView(page, 'top');
  await at(page, 'top-table').focus();
  await press(page, 'Escape', 'End');
  const name = (await tableRows(page, 'top-table')).at(-1)[5];
  await showView(page, 'flame');
  assert.notDeepEqual(await windowOf(page), zoomed);
  assert.ok((await at(page, 'hover-line').innerText()).startsWith(name.replace(/ \((partial-)?inline\)$/, '')));
  await finish();
});

test('a bad expression highlights and filters nothing, in all views alike', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'search').fill('runtime');
  await idle(page);
  assert.equal(await page.locator('.flame-matches').count(), 1);
  await at(page, 'search').fill('runtime(');
  await idle(page);
  assert.match(await at(page, 'search-error').innerText(), /missing \)/);
  assert.equal(await page.locator('.flame-matches').count(), 0);
  assert.equal(await at(page, 'search-result').innerText(), '');
  await showView(page, 'top');
  assert.match(await at(page, 'top-count').innerText(), /^\d+ functions$/);
  assert.equal(await at(page, 'search-error').count(), 1);
  await at(page, 'search').fill('runtime');
  await idle(page);
  assert.match(await at(page, 'top-count').innerText(), / of /);
  await finish();
});

test('+ - Page and Home move the window', async () => {
  const { page, finish } = await openPage(stage);
  await page.setViewportSize({ width: 1280, height: 360 });
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  const whole = await windowOf(page);
  await press(page, '+');
  const near = await windowOf(page);
  assert.ok(parseFloat(near[1]) < parseFloat(whole[1]));
  await press(page, '-');
  assert.deepEqual(await windowOf(page), whole);
  await press(page, 'PageDown');
  assert.ok(parseFloat((await windowOf(page))[2]) > 0);
  await press(page, 'Home');
  assert.equal(parseFloat((await windowOf(page))[2]), 0);
  await press(page, 'PageDown', 'PageUp');
  assert.deepEqual(await windowOf(page), whole);
  await finish();
});
