// The flame graph in its other shapes: inverted, sandwich, recursion folded, only my code, flipped; menu and freezing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, idle, native, openFile, openPage, samples, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.close());

const cpu = join(samples, 'cpu.pb.gz');

async function choose(page, testId, value) {
  await at(page, testId).selectOption(value);
  await idle(page);
}

/** Rows of the table twin, as [name, self, total]. */
async function rows(page) {
  return (await tableRows(page, 'flame-table')).map(([name, self, , total]) => [
    name.replace(/^[▾▸]/, ''),
    self,
    total,
  ]);
}

async function openTable(page) {
  await at(page, 'flame-canvas').focus();
  await page.keyboard.press('t');
  await idle(page);
}

/** Flat values as `-top` prints them, by function. */
async function flatOf(page) {
  await at(page, 'view-tab-top').click();
  await idle(page);
  const flat = new Map(
    (await tableRows(page, 'top-table')).map(([value, , , , , name]) => [name.split(' (')[0], value]),
  );
  await at(page, 'view-tab-flame').click();
  await idle(page);
  return flat;
}

const secondsOf = (text) => Number((parseFloat(text) * (text.endsWith('ms') ? 1e-3 : 1)).toFixed(3));

test('inverted: the root stays the sum, its first row is what Top calls flat', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  const flat = await flatOf(page);
  await openTable(page);
  const [plainRoot] = await rows(page);
  await choose(page, 'flame-tree', 'up');
  const inverted = await rows(page);
  assert.equal(inverted[0][2], plainRoot[2]);
  assert.ok(inverted.length > 5);
  const firstRow = inverted.slice(1).map(([name, , total]) => [name.replace(' (inlined)', ''), total]);
  for (const [name, total] of firstRow) assert.equal(secondsOf(flat.get(name)), secondsOf(total), name);
  assert.match(page.url(), /tree=up/);
  await finish();
});

test('only my code: no frame of runtime or standard library is left, the sum stays, and it can be undone', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await openTable(page);
  const before = await rows(page);
  await page.keyboard.press('q');
  await idle(page);
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
  }
  await idle(page);
  const own = await rows(page);
  assert.equal(own[0][2], before[0][2]);
  assert.deepEqual(
    own.map(([name]) => name).filter((name) => /^(runtime|sort|fmt|strings|syscall|encoding)\b/.test(name)),
    [],
  );
  await page.keyboard.press('q');
  await idle(page);
  assert.deepEqual((await rows(page))[0], before[0]);
  await finish();
});

test('a sandwich of the selected function: callers and callees agree on its value; the URL brings it back', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'x']) await page.keyboard.press(key);
  await idle(page);
  assert.equal(await at(page, 'flame-canvas').count(), 2);
  const url = page.url();
  assert.match(url, /tree=sandwich/);
  assert.match(url, /center=/);
  const roots = [];
  for (const canvas of await at(page, 'flame-canvas').all()) {
    await canvas.focus();
    await page.keyboard.press('Home');
    roots.push(await at(page, 'hover-line').textContent());
  }
  assert.equal(roots.length, 2);
  assert.match(roots[0], /total \d/);
  assert.equal(roots[0].split(' · ').slice(2).join(), roots[1].split(' · ').slice(2).join());
  await finish();
});

test('flipped: the root is at the bottom, what is up on the screen is up for keys and pointer', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  const canvas = at(page, 'flame-canvas');
  await canvas.focus();
  await page.keyboard.press('y');
  await idle(page);
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + box.width / 3, box.y + box.height - 9);
  await idle(page);
  assert.match(await at(page, 'hover-line').textContent(), /^root/);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await page.mouse.move(box.x + 1, box.y + 1);
  await idle(page);
  assert.doesNotMatch(await at(page, 'hover-line').textContent(), /^root/);
  assert.match(page.url(), /flip=1/);
  await finish();
});

test('the menu of a box, by pointer and by key; freezing keeps the tooltip', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  const canvas = at(page, 'flame-canvas');
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + 200, box.y + 27, { button: 'right' });
  await idle(page);
  const items = await at(page, 'flame-menu').getByRole('menuitem').allTextContents();
  for (const text of ['Copy the stack', 'Copy the name', 'Freeze', 'Sandwich', 'Open in Top']) {
    assert.ok(
      items.some((item) => item.startsWith(text)),
      `${text} in ${items.join(', ')}`,
    );
  }
  await page.keyboard.press('Escape');
  await idle(page);
  assert.equal(await at(page, 'flame-menu').count(), 0);
  await page.mouse.move(box.x + 210, box.y + 27);
  await idle(page);
  const hovered = await at(page, 'hover-line').textContent();
  await canvas.focus();
  await page.keyboard.press('z');
  await page.mouse.move(box.x + 600, box.y + 300);
  await idle(page);
  assert.equal(await at(page, 'hover-line').textContent(), hovered);
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  await idle(page);
  await page.getByRole('menuitem', { name: 'Open in Top' }).click();
  await idle(page);
  assert.equal(await page.locator('[data-testid=top-table] [aria-selected=true]').count(), 1);
  await finish();
});

test('colour by self share, and folded recursion, change the picture and the URL', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  const picture = () => at(page, 'flame-canvas').screenshot();
  const plain = await picture();
  await choose(page, 'flame-colour', 'self');
  assert.notDeepEqual(await picture(), plain);
  assert.match(page.url(), /colour=self/);
  await page.getByRole('button', { name: 'Fold recursion' }).click();
  await idle(page);
  assert.match(page.url(), /fold=1/);
  await finish();
});

test('only my code is undone and redone with the buttons of the filters', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'filter-focus').fill('main');
  await idle(page);
  const own = page.getByRole('button', { name: 'Only my code' });
  await own.click();
  await idle(page);
  assert.match(page.url(), /squash=/);
  await at(page, 'filter-undo').click();
  await idle(page);
  assert.equal(await own.getAttribute('aria-pressed'), 'false');
  assert.equal(await at(page, 'filter-focus').inputValue(), 'main');
  await at(page, 'filter-undo').click();
  await idle(page);
  assert.equal(await at(page, 'filter-focus').inputValue(), '');
  await at(page, 'filter-redo').click();
  await at(page, 'filter-redo').click();
  await idle(page);
  assert.equal(await own.getAttribute('aria-pressed'), 'true');
  await finish();
});

test('colour by change against another document: its values of the same box in the tooltip, inverted too', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, join(samples, 'heap.pb.gz'), join(samples, 'allocs.pb.gz'));
  await at(page, 'flame-canvas').focus();
  const plain = await at(page, 'flame-canvas').screenshot();
  await choose(page, 'flame-colour', 'change');
  assert.match(await page.locator('.flame-legend').textContent(), /Open another profile/);
  await at(page, 'flame-base').selectOption({ label: 'allocs.pb.gz' });
  await idle(page);
  assert.match(await page.locator('.flame-legend').textContent(), /less than in allocs\.pb\.gz/);
  assert.notDeepEqual(await at(page, 'flame-canvas').screenshot(), plain);
  const box = await at(page, 'flame-canvas').boundingBox();
  const tip = async () => {
    await page.mouse.move(box.x + 10, box.y + 9);
    await idle(page);
    const rows = await page.locator('.flame-tip dl').evaluate((list) => list.innerText.split('\n').filter(Boolean));
    return Object.fromEntries(
      ['before', 'change', 'total'].map((name) => [name, rows[rows.findIndex((row) => row === name) + 1]]),
    );
  };
  const down = await tip();
  const totalOf = (file) =>
    /of (\S+) total/.exec(
      execFileSync(native, ['pprof', '-top', '-sample_index=inuse_space', join(samples, file)], {
        env: { ...process.env, TZ: 'UTC' },
      }).toString(),
    )[1];
  await choose(page, 'flame-tree', 'up');
  assert.deepEqual(await tip(), down);
  const plainText = (text) => text.replace(/[\s,]/g, '');
  assert.equal(plainText(down.before), plainText(totalOf('allocs.pb.gz')));
  assert.equal(plainText(down.total), plainText(totalOf('heap.pb.gz')));
  await finish();
});

test('the search marks boxes of a comparison too', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, join(samples, 'heap.pb.gz'), join(samples, 'allocs.pb.gz'));
  await at(page, 'view-tab-diff').click();
  await idle(page);
  await at(page, 'compare-with').selectOption({ label: 'allocs.pb.gz' });
  await idle(page);
  const plain = await at(page, 'flame-canvas').screenshot();
  await at(page, 'search').fill('runtime\\.');
  await idle(page);
  assert.match(await page.locator('.flame-matches').textContent(), /^\d+ boxes match$/);
  assert.notDeepEqual(await at(page, 'flame-canvas').screenshot(), plain);
  await finish();
});
