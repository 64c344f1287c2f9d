// Execution traces of the corpus on the page: numbers as the native command gives them, the timeline by pointer and keys,
// its table twin, the URL hash, profiles of a trace.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, repo, showView, startStage, tableRows } from './support.mjs';

const traces = corpus === undefined ? undefined : join(corpus, 'traces');
const skip = traces === undefined || !existsSync(native) ? 'needs the corpus and the native command' : false;

let stage;
before(async () => {
  if (!skip) stage = await startStage();
});
after(() => stage?.close());

const file = (name) => join(traces, `${name}.trace`);

/** An answer of `flametrail trace`; a file that ends early still has one. */
function ask(flag, name) {
  const output = execFileSync(native, ['trace', flag, file(name)], {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output);
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
  await idle(page);
}

const UNITS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, hrs: 3600e9 };
function nanos(text) {
  const [, value, unit] = /^([\d.]+)(ns|us|ms|s|hrs)?$/.exec(text);
  return Number(value) * (UNITS[unit] ?? 1);
}

const hashOf = (page) => page.evaluate(() => new URLSearchParams(location.hash.slice(1)));
const paramOf = (page, key) => page.evaluate((k) => new URLSearchParams(location.hash.slice(1)).get(k), key);

/** Colours in the lanes' area of the canvas. */
const coloursOf = (page) =>
  at(page, 'timeline-canvas').evaluate((area) => {
    const canvas = area.querySelector('canvas');
    const { data } = canvas.getContext('2d').getImageData(200, 120, canvas.width - 200, canvas.height - 120);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  });

for (const name of ['tasks-a-go123', 'gcthrash-a-go122', 'esbuild-0.27.7-go125', 'tasks-a-go119', 'gcthrash-a-go121']) {
  test(`${name}: info, goroutines and GC show the native command's numbers`, { skip }, async () => {
    const summary = ask('-d=summary', name);
    const { page, finish } = await openPage(stage);
    await openFile(page, file(name));
    assert.equal(await at(page, 'view-tab-timeline').getAttribute('aria-selected'), 'true');
    assert.ok((await coloursOf(page)) > 3, 'the timeline is painted');
    await showView(page, 'info');
    const info = await at(page, 'trace-info').innerText();
    const fact = (head) => Number(new RegExp(`^${head}\\n+([\\d,]+)$`, 'm').exec(info)[1].replaceAll(',', ''));
    assert.equal(fact('Events'), summary.events_total);
    assert.equal(fact('Goroutines'), summary.goroutines_count);
    assert.equal(fact('Tasks'), summary.tasks_count);
    assert.equal(fact('Regions'), summary.regions_count);
    await showView(page, 'goroutines');
    const rows = await tableRows(page, 'goroutines-table');
    const { functions } = ask('-json=functions', name);
    assert.ok(functions.length > 0);
    const byName = new Map(functions.map((row) => [row.name === '' ? '(no stack seen)' : row.name, row]));
    const near = (text, ns) => Math.abs(nanos(text) - ns) <= 0.0051 * 10 ** Math.ceil(Math.log10(Math.max(1, ns) + 1));
    rows.forEach(([head, count, total, exec, sched, , block], i) => {
      const row = byName.get(head.slice(2));
      assert.equal(Number(count.replaceAll(',', '')), row.count, head);
      assert.ok(near(exec, functions[i].exec_ns), 'most execution time first');
      for (const [text, part] of Object.entries({ total_ns: total, exec_ns: exec, sched_ns: sched, block_ns: block })) {
        assert.ok(near(part, row[text]), `${head} ${text}: ${part}, ${row[text]}`);
      }
    });
    await showView(page, 'gc');
    const collections = await at(page, 'gc-table').getAttribute('aria-rowcount');
    assert.equal(Number(collections) - 1, summary.gc_cycles_count);
    await finish();
  });
}

test('keys zoom, pan, choose spans and jump to who woke them; the hash keeps all of it', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('mutex-a-go123'));
  await at(page, 'timeline-canvas').focus();
  assert.equal(await paramOf(page, 'from'), null);
  await press(page, 'w', 'w', 'd');
  const near = [await paramOf(page, 'from'), await paramOf(page, 'to')].map(Number);
  assert.ok(near[0] > 0 && near[1] > near[0]);
  await press(page, '0');
  assert.equal(await paramOf(page, 'from'), null);
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  assert.match(await paramOf(page, 'span'), /^(proc|goroutine|stop)\.\d+\.\d+$/);
  await press(page, 'g', ']');
  const span = await paramOf(page, 'span');
  assert.match(span, /^goroutine\./);
  await press(page, 'Enter');
  const details = await at(page, 'timeline-details').innerText();
  assert.match(details, /Duration/);
  const hash = await page.evaluate(() => location.hash);
  // Another person opens the same file with the link.
  const other = await openPage(stage, 'hosted', hash);
  await openFile(other.page, file('mutex-a-go123'));
  assert.equal(await other.page.evaluate(() => location.hash), hash);
  assert.equal(await at(other.page, 'timeline-details').innerText(), details);
  await other.finish();
  await press(page, 'Escape');
  assert.equal(await paramOf(page, 'span'), null);
  assert.ok((await hashOf(page)) !== undefined);
  await finish();
});

test('the table twin lists what is on screen; digits choose views', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('tasks-a-go123'));
  await at(page, 'timeline-canvas').focus();
  await press(page, 't');
  const rows = await tableRows(page, 'timeline-table');
  assert.ok(rows.length > 5);
  assert.ok(rows.some(([lane]) => lane === 'Logs'));
  await at(page, 'timeline-table').focus();
  await page.keyboard.press('End');
  await idle(page);
  assert.notEqual(await paramOf(page, 'span'), null);
  await press(page, '2');
  assert.equal(await at(page, 'view-tab-goroutines').getAttribute('aria-selected'), 'true');
  await press(page, '1');
  assert.equal(await at(page, 'timeline-table').count(), 1);
  await finish();
});

test('a click selects the span under it, dragging moves, Shift marks a range, the wheel zooms', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('mutex-a-go119'));
  const box = await at(page, 'timeline-canvas').boundingBox();
  const [x, y] = [box.x + 600, box.y + 120 + 70];
  await page.keyboard.down('Control');
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await idle(page);
  const before = Number(await paramOf(page, 'from'));
  assert.ok(before > 0);
  await page.mouse.down();
  await page.mouse.move(x - 100, y, { steps: 4 });
  await page.mouse.up();
  await idle(page);
  assert.ok(Number(await paramOf(page, 'from')) > before);
  await page.keyboard.down('Shift');
  await page.mouse.move(x - 50, y);
  await page.mouse.down();
  await page.mouse.move(x + 50, y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.mouse.move(x + 51, y);
  await idle(page);
  assert.match(await at(page, 'hover-line').innerText(), /^measured /);
  await finish();
});

test('the runtime’s own goroutines are hidden with a count; a filter finds by name', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('tasks-a-go123'));
  const label = page.locator('label', { has: at(page, 'show-system') });
  assert.match(await label.innerText(), /\(\d+ hidden\)/);
  await at(page, 'lane-filter').fill('nothing has this name');
  await idle(page);
  await at(page, 'timeline-canvas').focus();
  await press(page, 't');
  const lanes = new Set((await tableRows(page, 'timeline-table')).map(([lane]) => lane));
  assert.ok(
    [...lanes].every((lane) => !/^g\d/.test(lane)),
    [...lanes].join(),
  );
  await finish();
});

test('a profile of the trace opens as a document with all views of a profile', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('mutex-a-go123'));
  await showView(page, 'blocking');
  await at(page, 'open-profile-sync').click();
  await idle(page);
  assert.equal(await at(page, 'doc-tab').count(), 2);
  await showView(page, 'top');
  const top = await tableRows(page, 'top-table');
  assert.ok(
    top.some((cells) => cells.join(' ').includes('sync.(*Mutex).Lock')),
    JSON.stringify(top.slice(0, 4)),
  );
  await finish();
});

test('the single file shows a trace too, and one that is cut keeps what was there', { skip }, async () => {
  const { page, finish } = await openPage(stage, 'single');
  await openFile(page, file('shop-s1-go123.cut60'));
  assert.ok((await coloursOf(page)) > 3);
  assert.equal(await at(page, 'notice').count(), 1);
  await finish();
});

test('axe finds nothing on any view of a trace, light or dark', { skip }, async () => {
  const axe = readFileSync(join(repo, 'web/node_modules/axe-core/axe.min.js'), 'utf8');
  const { page, finish } = await openPage(stage);
  await openFile(page, file('tasks-a-go123'));
  await page.evaluate(axe);
  await at(page, 'timeline-canvas').focus();
  await press(page, 'ArrowDown', 'ArrowDown');
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const view of [
      'timeline',
      'goroutines',
      'blocking',
      'tasks',
      'regions',
      'logs',
      'gc',
      'mmu',
      'latency',
      'contention',
      'path',
      'footprint',
      'info',
    ]) {
      await showView(page, view);
      const faults = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => impact !== 'minor')
          .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
      });
      assert.deepEqual(faults, [], `${scheme} ${view}`);
    }
  }
  await finish();
});
