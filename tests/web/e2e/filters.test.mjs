// The filter bar: what a person types filters all views as the native command does, live counts and errors stand under
// the fields, steps are undone, sets are kept.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const cpu = corpus ? join(corpus, 'profiles/shop-s1-go123.cpu.pb.gz') : join(samples, 'cpu.pb.gz');
const heap = corpus ? join(corpus, 'profiles/shop-s1-go123.heap.pb.gz') : join(samples, 'heap.pb.gz');

/** Names with flat and cum, as `flametrail pprof -top` has them. */
function nativeTop(file, ...options) {
  const all = ['-top', '-nodecount=100000', '-nodefraction=0', '-edgefraction=0'];
  const text = execFileSync(native, ['pprof', ...all, ...options, file], { encoding: 'utf8', stdio: 'pipe' });
  const lines = text.split('\n');
  const head = lines.findIndex((line) => /^\s+flat\s+flat%/.test(line));
  return lines.slice(head + 1).flatMap((line) => {
    const parts = line.match(/^\s*(\S+)\s+\S+%\s+\S+%\s+(\S+)\s+(\S+%) {2}(.*)$/);
    return parts === null ? [] : [parts.slice(1)];
  });
}

async function filter(page, name, text) {
  await at(page, `filter-${name}`).fill(text);
  await idle(page);
}

const topRows = async (page) => (await tableRows(page, 'top-table')).map((row) => [row[0], row[3], row[4], row[5]]);

for (const [name, text] of [
  ['focus', 'json|mallocgc'],
  ['ignore', 'mallocgc'],
  ['hide', '^runtime\\.'],
  ['show', 'main\\.'],
  ['show_from', 'main\\.'],
  ['prune_from', 'mallocgc|json'],
]) {
  for (const [kind, file] of [
    ['cpu', cpu],
    ['heap', heap],
  ]) {
    test(`${name} on a ${kind} profile: Top equals the native command`, async () => {
      const { page, finish } = await openPage(stage);
      await openFile(page, file);
      await showView(page, 'top');
      await filter(page, name, text);
      const expected = nativeTop(file, `-${name}=${text}`);
      const rows = await topRows(page);
      assert.ok(expected.length > 0 && rows.length > 0);
      assert.deepEqual(rows.slice(0, 12), expected.slice(0, Math.min(12, rows.length)));
      assert.match(await at(page, `filter-note-${name}`).textContent(), /^[\d,]+ samples? · /);
      await finish();
    });
  }
}

test('granularity and inlines', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  await at(page, 'granularity').selectOption('3');
  await idle(page);
  assert.deepEqual((await topRows(page)).slice(0, 12), nativeTop(cpu, '-lines').slice(0, 12));
  await at(page, 'granularity').selectOption('0');
  await at(page, 'inlines').click();
  await idle(page);
  assert.deepEqual((await topRows(page)).slice(0, 12), nativeTop(cpu, '-noinlines').slice(0, 12));
  await finish();
});

test('a label is text or number as a person says', { skip: !corpus }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, heap);
  await showView(page, 'top');
  await filter(page, 'tagfocus', 'bytes=1kb:');
  assert.match(await at(page, 'top-count').innerText(), /^0 functions/);
  await at(page, 'filter-kind-tagfocus').click();
  await idle(page);
  const expected = nativeTop(heap, '-tagfocus=bytes=1kb:');
  assert.deepEqual((await topRows(page)).slice(0, 10), expected.slice(0, 10));
  await filter(page, 'tagfocus', 'bytes=x');
  assert.match(await at(page, 'filter-note-tagfocus').innerText(), /is not a number or a range/);
  await finish();
});

test('values in the unit of one’s choice, as -unit; plain counts have none', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  for (const [unit, option] of [
    ['us', '-unit=us'],
    ['auto', '-unit=auto'],
    ['minimum', '-unit=minimum'],
  ]) {
    await at(page, 'unit').selectOption(unit);
    await idle(page);
    assert.deepEqual((await topRows(page)).slice(0, 12), nativeTop(cpu, option).slice(0, 12), unit);
    assert.match(await page.evaluate(() => location.hash), new RegExp(`unit=${unit}`));
  }
  await at(page, 'sample-type').selectOption({ index: 0 });
  await idle(page);
  assert.equal(await at(page, 'unit').count(), 0);
  await finish();
});

test('one history takes back filters, search and own code', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await filter(page, 'focus', 'main');
  await at(page, 'search').fill('json');
  await at(page, 'search').blur();
  await idle(page);
  await at(page, 'flame-tree').selectOption('up');
  await idle(page);
  for (const seen of [
    ['down', 'json', 'main'],
    ['down', '', 'main'],
    ['down', '', ''],
  ]) {
    await at(page, 'filter-undo').click();
    await idle(page);
    const now = await Promise.all(['flame-tree', 'search', 'filter-focus'].map((id) => at(page, id).inputValue()));
    assert.deepEqual(now, seen);
  }
  assert.ok(await at(page, 'filter-undo').isDisabled());
  for (let i = 0; i < 3; i++) await at(page, 'filter-redo').click();
  await idle(page);
  assert.equal(await at(page, 'flame-tree').inputValue(), 'up');
  await finish();
});

test(
  'a label value is added to the focus with Ctrl, and focused on with a double click',
  { skip: !corpus },
  async () => {
    const { page, finish } = await openPage(stage);
    await openFile(page, cpu);
    await showView(page, 'labels');
    const rows = await tableRows(page, 'labels-table');
    const at_ = rows.findIndex(([key]) => key === 'endpoint');
    const row = at(page, 'labels-table')
      .locator('[role=row][aria-rowindex]')
      .nth(at_ + 1);
    await row.click({ modifiers: ['Control'] });
    await idle(page);
    const wanted = `endpoint=^${rows[at_][1]}$`;
    assert.equal(await at(page, 'filter-tagfocus').inputValue(), wanted);
    await showView(page, 'top');
    assert.deepEqual((await topRows(page)).slice(0, 10), nativeTop(cpu, `-tagfocus=${wanted}`).slice(0, 10));
    await at(page, 'filter-clear').click();
    await showView(page, 'labels');
    await row.dblclick();
    await idle(page);
    assert.equal(await at(page, 'filter-tagfocus').inputValue(), wanted);
    await finish();
  },
);

test('filter sets are exported and taken over', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'filter-sets').click();
  const buffer = Buffer.from(JSON.stringify([{ name: 'theirs', filters: { focus: 'json', pruneFrom: 'gc' } }]));
  await at(page, 'filter-sets-import').setInputFiles({ name: 'sets.json', mimeType: 'application/json', buffer });
  await idle(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).last().click();
  const kept = JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
  assert.deepEqual([kept[0].name, kept[0].filters.focus, kept[0].filters.pruneFrom], ['theirs', 'json', 'gc']);
  await page.getByRole('button', { name: 'theirs', exact: true }).click();
  await idle(page);
  assert.equal(await at(page, 'filter-prune_from').inputValue(), 'gc');
  await at(page, 'filter-sets').click();
  await page.getByRole('button', { name: 'Delete theirs' }).click();
  await finish();
});

test('a bad expression says why under its field and filters nothing; Esc empties the field', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  const before_ = await topRows(page);
  await filter(page, 'focus', 'main(');
  assert.match(await at(page, 'filter-note-focus').innerText(), /missing \)/);
  assert.deepEqual(await topRows(page), before_);
  await page.keyboard.press('Escape');
  await idle(page);
  assert.equal(await at(page, 'filter-focus').inputValue(), '');
  await finish();
});

test('filters stand in the address, are undone, redone, and kept as a set', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await filter(page, 'focus', 'main\\.');
  await filter(page, 'hide', 'runtime');
  const hash = await page.evaluate(() => location.hash);
  assert.match(hash, /focus=main%5C\.&hide=runtime/);
  assert.match(await at(page, 'filter-kept').innerText(), /% of total$/);
  await at(page, 'filter-undo').click();
  await idle(page);
  assert.equal(await at(page, 'filter-hide').inputValue(), '');
  await at(page, 'filter-redo').click();
  await at(page, 'filter-sets').click();
  await at(page, 'filter-set-name').fill('mine');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await at(page, 'filter-clear').click();
  await idle(page);
  assert.equal(await at(page, 'filter-focus').inputValue(), '');
  await at(page, 'filter-sets').click();
  await page.getByRole('button', { name: 'mine', exact: true }).click();
  await idle(page);
  assert.equal(await at(page, 'filter-hide').inputValue(), 'runtime');
  await finish();

  const other = await openPage(stage, 'hosted', hash);
  await openFile(other.page, cpu);
  assert.equal(await at(other.page, 'filter-focus').inputValue(), 'main\\.');
  await at(other.page, 'filter-sets').click();
  await other.page.getByRole('button', { name: 'Delete mine' }).click();
  await other.finish();
});

test('f, i and h filter by the selected function', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await showView(page, 'top');
  await at(page, 'top-table').focus();
  await page.keyboard.press('Home');
  const name = (await topRows(page))[0][3].replace(/ \((partial-)?inline\)$/, '');
  await page.keyboard.press('f');
  await idle(page);
  assert.deepEqual((await topRows(page)).at(0)[3].startsWith(name), true);
  assert.notEqual(await at(page, 'filter-focus').inputValue(), '');
  await page.keyboard.press('u');
  await page.keyboard.press('i');
  await idle(page);
  assert.ok((await topRows(page)).every((row) => !row[3].startsWith(`${name} `) && row[3] !== name));
  await finish();
});
