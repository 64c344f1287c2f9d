// The timeline of real traces, as a person uses it: what a span woke, marks, pins, order, filters, follow, bookmarks, clock and
// fingers.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, openFile, openPage, startStage, tableRows } from './support.mjs';

const skip = corpus === undefined ? 'needs the corpus' : false;
const file = (name) => join(corpus, 'traces', `${name}.trace`);

let stage;
before(async () => {
  if (!skip) stage = await startStage();
});
after(() => stage?.close());

async function openTrace(name, suffix = '') {
  const opened = await openPage(stage, 'hosted', suffix);
  await openFile(opened.page, file(name));
  await at(opened.page, 'timeline-canvas').focus();
  return opened;
}

async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await idle(page);
  }
}

const param = (page, key) => page.evaluate((k) => new URLSearchParams(location.hash.slice(1)).get(k), key);

/** Lanes of the table twin, without repetition. */
async function lanesOf(page) {
  const rows = await tableRows(page, 'timeline-table');
  return [...new Set(rows.map(([lane]) => lane))];
}

const details = (page) => at(page, 'timeline-details').innerText();

test('from whom woke it to whom it woke and back; P, goroutine and M at the same instant', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  await at(page, 'lane-filter').fill('state:sync');
  await idle(page);
  await at(page, 'timeline-canvas').focus();
  // From heading to heading down to the first goroutine, then along its spans to one that was woken.
  for (let i = 0; i < 40 && !/^goroutine/.test((await param(page, 'span')) ?? ''); i++) await press(page, 'ArrowDown');
  for (let i = 0; i < 60 && !/Woken by/.test(await details(page)); i++) await press(page, ']');
  const woken = await param(page, 'span');
  assert.match(woken, /^goroutine\./);
  await press(page, 'k');
  const waker = await param(page, 'span');
  assert.notEqual(waker, woken);
  assert.match(await details(page), /Woke next/);
  const links = at(page, 'woken').locator('button');
  assert.ok((await links.count()) > 0);
  for (let i = 0; i < (await links.count()); i++) {
    await links.nth(i).click();
    await idle(page);
    if ((await param(page, 'span')) === woken) break;
    await press(page, 'k');
  }
  assert.equal(await param(page, 'span'), woken, 'the way back');
  await press(page, 'k', 'G');
  assert.match(await param(page, 'span'), /^(thread|proc)\./);
  await press(page, 'G', 'G');
  assert.equal(await param(page, 'span'), waker, 'around and back');
  await finish();
});

test('logs stand on a lane, tell their message and are walked through', { skip }, async () => {
  const { page, finish } = await openTrace('tasks-a-go123');
  for (let i = 0; i < 5 && !/^log/.test((await param(page, 'span')) ?? ''); i++) await press(page, 'ArrowDown');
  const first = await param(page, 'span');
  assert.match(first, /^log\.0\.\d+$/);
  assert.match(await details(page), /Category/);
  await press(page, ']');
  assert.equal(Number((await param(page, 'span')).split('.')[2]), Number(first.split('.')[2]) + 1);
  await press(page, 'g');
  assert.match(await param(page, 'span'), /^goroutine\./);
  await finish();
});

test('a pinned lane comes first and stays; the hash brings it back', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  for (let i = 0; i < 20 && !/^proc/.test((await param(page, 'span')) ?? ''); i++) await press(page, 'ArrowDown');
  await press(page, 'ArrowDown');
  const id = (await param(page, 'span')).replace(/\.\d+$/, '');
  await press(page, 'p');
  assert.equal(await param(page, 'pinned'), id);
  assert.equal(await at(page, 'pin-lane').innerText(), 'Unpin lane');
  await press(page, 't');
  const [first] = await lanesOf(page);
  assert.match(first, /^P\d+$/);
  const hash = await page.evaluate(() => location.hash);
  const other = await openTrace('mutex-a-go123', hash);
  await press(other.page, 't');
  assert.equal((await lanesOf(other.page))[0], first);
  await other.finish();
  await press(page, 'p');
  assert.equal(await param(page, 'pinned'), null);
  await finish();
});

test('headings fold and move by keys', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  for (let i = 0; i < 6 && !(await param(page, 'turned')); i++) {
    await press(page, 'ArrowDown');
    if ((await param(page, 'span')) === null) await press(page, 'Enter');
  }
  assert.equal(await param(page, 'turned'), 'proc');
  await press(page, 'Shift+ArrowDown');
  assert.match(await param(page, 'order'), /^thread,proc,/);
  await press(page, 'Enter', 't');
  assert.ok((await lanesOf(page)).some((lane) => /^P\d/.test(lane)));
  await finish();
});

test('filters by task, label and state leave those goroutines', { skip }, async () => {
  const { page, finish } = await openTrace('tasks-a-go123', '#view=timeline&group=flat&turned=proc,task,region');
  await press(page, 't');
  const goroutines = async (filter) => {
    await at(page, 'lane-filter').fill(filter);
    await idle(page);
    assert.equal(await param(page, 'lanefilter'), filter);
    // Logs stand above the goroutines and fill the table: from its end on.
    await at(page, 'timeline-table').focus();
    await page.keyboard.press('End');
    await idle(page);
    return (await lanesOf(page)).filter((lane) => /^g\d/.test(lane));
  };
  assert.ok((await goroutines('task:level-')).length > 0);
  assert.deepEqual(await goroutines('task:level- label:nowhere'), []);
  assert.ok((await goroutines('state:running')).length > 0);
  const words = await at(page, 'lane-filter').evaluate((field) => [...field.list.options].map(({ value }) => value));
  assert.ok(words.includes('task:level-1'), 'the list offers the words of the trace');
  await finish();
});

test('a followed goroutine is named, and let go by Esc', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  for (let i = 0; i < 20 && !/^proc/.test((await param(page, 'span')) ?? ''); i++) await press(page, 'ArrowDown');
  await press(page, 'f');
  assert.notEqual(await param(page, 'follow'), null);
  assert.match(await at(page, 'followed').innerText(), /^following g\d+/);
  await press(page, 'Escape', 'Escape');
  assert.equal(await param(page, 'follow'), null);
  await finish();
});

test('bookmarks keep windows, by keys and in the hash', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  await press(page, 'w', 'w', 'w', 'b');
  const kept = await param(page, 'bookmarks');
  assert.match(kept, /^\d+~\d+$/);
  await press(page, '0', '.');
  const [from, to] = kept.split('~').map(Number);
  assert.ok(Math.abs(Number(await param(page, 'from')) - from) <= 2);
  assert.ok(Math.abs(Number(await param(page, 'to')) - to) <= 2);
  assert.match(await at(page, 'bookmarks').innerText(), /\(1\)/);
  await finish();
});

test('the axis shows the clock of the trace, or one that a person gives', { skip }, async () => {
  const { page, finish } = await openTrace('esbuild-0.27.7-go125');
  await press(page, 'c');
  assert.equal(await at(page, 'axis-clock').inputValue(), 'wall');
  assert.equal(await at(page, 'clock-start').count(), 0);
  await page.mouse.move(600, 500);
  await idle(page);
  assert.match(await at(page, 'hover-line').innerText(), /\d\d:\d\d:\d\d\.\d+$/);
  await finish();
  const old = await openTrace('mutex-a-go119');
  await at(old.page, 'axis-clock').selectOption('wall');
  await at(old.page, 'clock-start').fill('2025-11-25 13:45:00');
  await idle(old.page);
  await old.page.mouse.move(600, 500);
  await idle(old.page);
  assert.match(await at(old.page, 'hover-line').innerText(), /13:45:\d\d\.\d+$/);
  await old.finish();
});

test('counters tell their numbers; dragging on the axis measures', { skip }, async () => {
  const { page, finish } = await openTrace('gcthrash-a-go122');
  const box = await at(page, 'timeline-canvas').boundingBox();
  const hover = async (y) => {
    await page.mouse.move(box.x + 500, box.y + y);
    await idle(page);
    return at(page, 'hover-line').innerText();
  };
  assert.match(await hover(30), /running, .* waiting/);
  assert.match(await hover(60), /threads run Go code/);
  assert.match(await hover(90), /^heap .*B, goal .*B/);
  assert.match(await hover(112), /of \d+ Ps run goroutines/);
  await page.mouse.move(box.x + 400, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 8, { steps: 3 });
  await page.mouse.up();
  assert.match(await hover(8), /^measured /);
  await finish();
});

test('two fingers zoom, one moves', { skip }, async () => {
  const { page, finish } = await openTrace('mutex-a-go123');
  const touch = (type, id, x, y) =>
    at(page, 'timeline-canvas').evaluate(
      (area, [kind, pointerId, dx, dy]) => {
        const { left, top } = area.getBoundingClientRect();
        area.setPointerCapture = () => undefined;
        const place = { clientX: left + dx, clientY: top + dy, bubbles: true, button: 0 };
        area.dispatchEvent(new PointerEvent(kind, { pointerId, pointerType: 'touch', ...place }));
      },
      [type, id, x, y],
    );
  await touch('pointerdown', 1, 500, 300);
  await touch('pointerdown', 2, 600, 300);
  await touch('pointermove', 2, 800, 300);
  await touch('pointerup', 2, 800, 300);
  await touch('pointerup', 1, 500, 300);
  await idle(page);
  const from = Number(await param(page, 'from'));
  assert.ok(from > 0);
  await touch('pointerdown', 3, 600, 300);
  await touch('pointermove', 3, 500, 300);
  await touch('pointerup', 3, 500, 300);
  await idle(page);
  assert.ok(Number(await param(page, 'from')) > from);
  await finish();
});
