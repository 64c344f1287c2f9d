// Long because: one analysis after the other, each beside the native command’s answer.
// Every analysis of a trace on the page beside the native command's, of the whole trace and of a window; the way from rows
// to the timeline, "why was this slow", and what is taken away.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, showView, startStage, tableRows } from './support.mjs';

const traces = corpus === undefined ? undefined : join(corpus, 'traces');
const skip = traces === undefined || !existsSync(native) ? 'needs the corpus and the native command' : false;

let stage;
let folder;
before(async () => {
  if (skip) return;
  stage = await startStage();
  folder = mkdtempSync(join(tmpdir(), 'flametrail-trace-'));
});
after(async () => {
  await stage?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const file = (name) => join(traces, `${name}.trace`);
const run = (...args) =>
  execFileSync(native, args, {
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const ask = (name, analysis, ...flags) =>
  JSON.parse(run('trace', `-json=${analysis}`, '-keep=500', ...flags, file(name)).toString());

const UNITS = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, mins: 60e9, hrs: 3600e9 };
/** A duration as the page writes it: two digits behind the point of its unit. */
function assertTime(text, ns, what) {
  const [, value, unit] = /^([\d.]+)(ns|us|ms|s|mins|hrs)?$/.exec(text) ?? [];
  const scale = UNITS[unit] ?? 1;
  assert.ok(Math.abs(Number(value) * scale - ns) <= 0.00501 * scale + 1e-6 * ns, `${what}: ${text}, ${ns} ns`);
}
function assertShare(text, share, what) {
  assert.ok(Math.abs(Number(text.replace('%', '')) - share * 100) <= 0.051 + share, `${what}: ${text}, ${share}`);
}
const count = (text) => Number(text.replaceAll(',', ''));
const leaf = (stack) => (stack[0] ?? '').replace(/ [^ ]*:\d+$/, '');

/** What the page's times are behind those of JSON. */
function baseOf(name) {
  const summary = JSON.parse(run('trace', '-d=summary', file(name)).toString());
  return { base: summary.base_ns - summary.first_ns, length: summary.last_ns - summary.first_ns };
}

/** Views of one scope, each with what it shows beside what the native command says. */
const VIEWS = {
  blocking: (page, name, flags) => checkStates(page, ask(name, 'states', ...flags)),
  gc: async (page, name, flags, base) => {
    const { cycles } = ask(name, 'gc', ...flags);
    const rows = await tableRows(page, 'gc-table');
    assertRows(rows, cycles);
    rows.slice(0, cycles.length).forEach(([start, , pause, longest, assist, dedicated], i) => {
      if (cycles[i].start !== null) assertTime(start, cycles[i].start + base, 'start');
      assertTime(pause, cycles[i].pause_ns, 'pause');
      assertTime(longest, cycles[i].longest_pause_ns, 'longest');
      assertTime(assist, cycles[i].assist_ns, 'assist');
      assertTime(dedicated, cycles[i].dedicated_ns, 'dedicated');
    });
  },
  mmu: (page, name, flags, base) => checkMmu(page, ask(name, 'mmu', ...flags), base),
  latency: async (page, name, flags, base) => {
    const { causes, longest } = ask(name, 'sched', ...flags);
    const shown = await tableRows(page, 'sched-causes');
    const sorted = causes.map((cause, i) => ({ ...cause, i })).sort((a, b) => b.ns - a.ns || a.i - b.i);
    assert.equal(shown.length, sorted.length);
    shown.forEach(([, waits, time, , most], i) => {
      assert.equal(count(waits), sorted[i].count);
      assertTime(time, sorted[i].ns, 'cause');
      assertTime(most, sorted[i].longest_ns, 'longest');
    });
    const rows = await tableRows(page, 'sched-waits');
    assertRows(rows, longest);
    rows.slice(0, longest.length).forEach(([goroutine, start, time, , explained], i) => {
      assert.ok(goroutine.startsWith(`g${longest[i].goroutine.id} `), goroutine);
      assertTime(start, longest[i].start + base, 'start');
      assertTime(time, longest[i].ns, 'wait');
      assertTime(explained, longest[i].explained_ns, 'explained');
    });
  },
  contention: async (page, name, flags) => {
    const { pairs } = ask(name, 'contention', ...flags);
    const rows = await tableRows(page, 'contention-table');
    assertRows(rows, pairs);
    rows
      .slice(0, pairs.length)
      .forEach(([reason, times, delay, longest, waiters, wakers, pattern, waiter, unblocker], i) => {
        const pair = pairs[i];
        assert.equal(reason, pair.reason);
        assert.deepEqual([count(times), count(waiters), count(wakers)], [pair.count, pair.waiters, pair.wakers]);
        assertTime(delay, pair.delay_ns, 'delay');
        assertTime(longest, pair.longest_ns, 'longest');
        assert.equal(pattern.includes('convoy'), pair.convoy);
        assert.deepEqual([waiter, unblocker], [leaf(pair.waiter), leaf(pair.unblocker)]);
      });
  },
  tasks: (page, name, flags) => checkGroups(page, 'tasks', ask(name, 'task-latency', ...flags).groups),
  regions: (page, name, flags) => checkGroups(page, 'regions', ask(name, 'region-latency', ...flags).groups),
  logs: (page, name, flags) => checkGroups(page, 'logs', ask(name, 'log-latency', ...flags).groups),
};

/** As many rows as there are, or a screen of them. */
function assertRows(rows, wanted) {
  if (wanted.length === 0) assert.deepEqual(rows, []);
  else assert.ok(rows.length === wanted.length || (rows.length > 10 && rows.length < wanted.length), `${rows.length}`);
}

async function checkStates(page, states) {
  const wanted = [
    ['running', states.running_ns],
    ['runnable', states.runnable_ns],
    ['system call', states.syscall_ns],
    ['system call, P taken', states.syscall_block_ns],
    ...Object.entries(states.waiting_ns).map(([reason, ns]) => [
      reason === '' ? 'waiting, reason not known' : `waiting: ${reason}`,
      ns,
    ]),
  ].filter(([, ns]) => ns > 0);
  const rows = await tableRows(page, 'states-table');
  assert.deepEqual(rows.map(([state]) => state).sort(), wanted.map(([state]) => state).sort());
  const byState = new Map(wanted);
  for (const [state, time] of rows) assertTime(time, byState.get(state), state);
}

async function checkMmu(page, { windows, worst }, base) {
  const rows = await tableRows(page, 'mmu-table');
  assertRows(rows, windows);
  rows.slice(0, windows.length).forEach(([window, min, , p1, p5], i) => {
    assertTime(window, windows[i].window_ns, 'window');
    assertShare(min, windows[i].min, 'minimum');
    assertShare(p1, windows[i].p1, '1 %');
    assertShare(p5, windows[i].p5, '5 %');
  });
  const shown = await tableRows(page, 'mmu-worst');
  assertRows(shown, worst);
  shown.slice(0, worst.length).forEach(([window, left, start], i) => {
    assertTime(window, worst[i].window_ns, 'window');
    assertShare(left, worst[i].utilization, 'utilization');
    assertTime(start, worst[i].start + base, 'start');
  });
}

async function checkGroups(page, id, groups) {
  const rows = await tableRows(page, `${id}-table`);
  assertRows(rows, groups);
  const sorted = groups.map((group, i) => ({ ...group, i })).sort((a, b) => b.count - a.count || a.i - b.i);
  rows.slice(0, groups.length).forEach((cells, i) => {
    const [type, ...rest] = id === 'regions' ? [cells[0], ...cells.slice(2)] : cells;
    assert.equal(type, sorted[i].type === '' ? '(no name seen)' : sorted[i].type);
    assert.deepEqual([count(rest[0]), count(rest[1])], [sorted[i].count, sorted[i].complete]);
    assertTime(rest[2], sorted[i].sum_ns, 'total');
    assertTime(rest[4], sorted[i].max_ns, 'longest');
  });
  const all = groups.reduce((sum, group) => sum + group.count, 0);
  assert.equal(Number(await at(page, `${id}-list`).getAttribute('aria-rowcount')) - 1, all);
}

for (const name of [
  'tasks-a-go123',
  'gcthrash-a-go122',
  'schedthrash-a-go119',
  'mutex-a-go121',
  'esbuild-0.27.7-go125',
]) {
  test(`${name}: every analysis, of all of it and of a window, as the native command`, { skip }, async () => {
    const { base, length } = baseOf(name);
    const window = { from: base + Math.floor(length * 0.3), to: base + Math.floor(length * 0.55) };
    const flags = [`-from=${window.from - base}`, `-to=${window.to - base}`];
    const { page, finish } = await openPage(stage);
    await openFile(page, file(name));
    for (const [view, check] of Object.entries(VIEWS)) {
      await showView(page, view);
      await check(page, name, [], base);
    }
    await showView(page, 'footprint');
    const { types } = ask(name, 'footprint');
    const rows = await tableRows(page, 'footprint-table');
    assertRows(rows, types);
    rows.forEach(([type, , , times], i) => assert.deepEqual([type, count(times)], [types[i].name, types[i].count]));
    await page.evaluate((mark) => {
      location.hash = `${location.hash.replace(/view=\w+/, 'view=gc')}&mark=${mark}`;
    }, `${window.from}-${window.to}`);
    await idle(page);
    assert.equal(await at(page, 'scope-window').count(), 1);
    for (const [view, check] of Object.entries(VIEWS)) {
      await showView(page, view);
      await check(page, name, flags, base);
    }
    await at(page, 'scope-window').getByRole('button').click();
    await idle(page);
    assert.equal(await at(page, 'scope-window').count(), 0);
    await VIEWS.logs(page, name, [], base);
    await finish();
  });
}

test('flags of the utilization are asked for one by one', { skip }, async () => {
  const name = 'gcthrash-a-go123';
  const { base } = baseOf(name);
  const { page, finish } = await openPage(stage);
  await openFile(page, file(name));
  await showView(page, 'mmu');
  await at(page, 'mmu-background').uncheck();
  await at(page, 'mmu-sweep').check();
  await idle(page);
  await checkMmu(page, ask(name, 'mmu', '-util=stw,assist,sweep'), base);
  await at(page, 'mmu-perProc').check();
  await idle(page);
  await checkMmu(page, ask(name, 'mmu', '-util=stw,assist,sweep', '-per_proc'), base);
  assert.equal(await at(page, 'mmu-curve').count(), 1);
  await finish();
});

const paramOf = (page, key) => page.evaluate((k) => new URLSearchParams(location.hash.slice(1)).get(k), key);

test('a marked window shows at once who ran, what was waited for, and flame graphs of both', { skip }, async () => {
  const name = 'mutex-a-go123';
  const { base } = baseOf(name);
  const { page, finish } = await openPage(stage);
  await openFile(page, file(name));
  assert.equal(await at(page, 'window-drawer').count(), 0);
  const box = await at(page, 'timeline-canvas').boundingBox();
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 500, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 800, box.y + 100, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await idle(page);
  const [from, to] = (await paramOf(page, 'mark')).split('-').map(Number);
  const flags = [`-from=${Math.floor(from - base)}`, `-to=${Math.ceil(to - base)}`];
  const { functions } = ask(name, 'functions', ...flags);
  const rows = await tableRows(page, 'functions-table');
  assert.equal(rows.length, functions.length);
  rows.forEach(([, goroutines, exec], i) => {
    assert.equal(count(goroutines), functions[i].count);
    assertTime(exec, functions[i].exec_ns, 'execution');
  });
  await at(page, 'drawer-waitedFor').click();
  await idle(page);
  await checkStates(page, ask(name, 'states', ...flags));
  for (const [part, profile] of [
    ['onCpu', 'oncpu'],
    ['offCpu', 'offcpu'],
  ]) {
    await at(page, `drawer-${part}`).click();
    await idle(page);
    const flame = at(page, `scope-flame-${profile}`);
    assert.equal(await flame.getByTestId('flame-canvas').count(), 1, part);
    await flame.getByTestId('flame-canvas').focus();
    await page.keyboard.press('t');
    await idle(page);
    const states = ask(name, 'states', ...flags);
    const waiting = Object.values(states.waiting_ns).reduce((sum, ns) => sum + ns, 0);
    const off = waiting + states.runnable_ns + states.syscall_ns + states.syscall_block_ns;
    const [root] = await tableRows(page, 'flame-table');
    const total = root.find((text) => /^[\d.]+(ns|us|ms|s)$/.test(text));
    assertTime(total, profile === 'oncpu' ? states.running_ns : off, part);
  }
  // The trace is still the document in front, and its keys are not the flame graph's.
  assert.equal(await at(page, 'doc-tab').count(), 1);
  await at(page, 'timeline-canvas').focus();
  await page.keyboard.press('Escape');
  await idle(page);
  assert.equal(await at(page, 'window-drawer').count(), 0);
  await finish();
});

test('chosen goroutines are the ones that all analyses are of', { skip }, async () => {
  const name = 'mutex-a-go123';
  const { page, finish } = await openPage(stage);
  await openFile(page, file(name));
  await showView(page, 'goroutines');
  const rows = await tableRows(page, 'goroutines-table');
  const row = rows.findIndex(([head]) => head === '▸ main.main.func1');
  await at(page, 'goroutines-table').locator('.ft-list-row').nth(row).click();
  await at(page, 'goroutines-only').click();
  await idle(page);
  assert.match(await at(page, 'scope-goroutines').innerText(), /^main\.main\.func1 \(\d+\)/);
  assert.equal((await tableRows(page, 'goroutines-table')).length, 1);
  await showView(page, 'blocking');
  await checkStates(page, ask(name, 'states', '-name=main.main.func1'));
  await showView(page, 'contention');
  await VIEWS.contention(page, name, ['-name=main.main.func1']);
  await at(page, 'scope-goroutines').getByRole('button').click();
  await idle(page);
  await VIEWS.contention(page, name, []);
  await finish();
});

test('rows lead to their spans on the timeline', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, file('tasks-a-go123'));
  for (const [view, table, kind] of [
    ['tasks', 'tasks-list', 'task'],
    ['regions', 'regions-list', 'region'],
    ['logs', 'logs-list', 'goroutine'],
    ['latency', 'sched-waits', 'goroutine'],
    ['contention', 'contention-table', 'goroutine'],
  ]) {
    await showView(page, view);
    await at(page, table).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await idle(page);
    assert.equal(await at(page, 'view-tab-timeline').getAttribute('aria-selected'), 'true', view);
    assert.match(await paramOf(page, 'span'), new RegExp(`^${kind}\\.`), view);
    assert.notEqual(await paramOf(page, 'from'), null, view);
    assert.match(await at(page, 'timeline-details').innerText(), /Duration/, view);
  }
  await finish();
});

async function checkPath(page, name, flags) {
  const { base } = baseOf(name);
  const path = ask(name, 'path', ...flags);
  const rows = await tableRows(page, 'path-table');
  assertRows(rows, path.steps);
  rows.slice(0, path.steps.length).forEach(([start, time, , goroutine], i) => {
    assertTime(start, path.steps[i].start + base, 'start');
    assertTime(time, path.steps[i].ns, 'segment');
    assert.ok(goroutine.startsWith(`g${path.steps[i].goroutine.id} `), goroutine);
  });
  const head = await at(page, 'path-head').innerText();
  for (const ns of Object.values(path.ns)) if (ns > 1e6) assert.ok(ns > 0 && /\d(ms|s)/.test(head));
  return path;
}

test('why a goroutine and a task were slow: segments, jumps, a flame graph of the path', { skip }, async () => {
  const name = 'tasks-a-go123';
  const { page, finish } = await openPage(stage);
  await openFile(page, file(name));
  await showView(page, 'path');
  assert.match(await page.locator('.flame-face').innerText(), /Why was this slow/);
  await showView(page, 'goroutines');
  await at(page, 'goroutines-table').focus();
  for (const key of ['ArrowDown', 'Enter', 'ArrowDown']) await page.keyboard.press(key);
  await idle(page);
  const [number] = (await tableRows(page, 'goroutines-table'))[1];
  await at(page, 'goroutine-why').click();
  await idle(page);
  await checkPath(page, name, [`-goroutine=${number.slice(1)}`]);
  await at(page, 'path-flame').click();
  await idle(page);
  assert.equal(await at(page, 'doc-tab').count(), 2);
  await at(page, 'doc-tab').first().click();
  await idle(page);
  await showView(page, 'tasks');
  await at(page, 'tasks-list').focus();
  await page.keyboard.press('ArrowDown');
  const [, , , , task] = (await tableRows(page, 'tasks-list'))[0];
  await at(page, 'tasks-why').click();
  await idle(page);
  await checkPath(page, name, [`-task=${task}`]);
  await at(page, 'path-table').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.match(await paramOf(page, 'span'), /^goroutine\./);
  assert.notEqual(await paramOf(page, 'why'), null);
  await at(page, 'span-why').click();
  await idle(page);
  assert.equal(await at(page, 'view-tab-path').getAttribute('aria-selected'), 'true');
  await finish();
});

/** What a choice of the menu saves. */
async function take(page, label) {
  await at(page, 'take').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: label, exact: true }).click(),
  ]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await idle(page);
  return path;
}

test('the window as a trace file of whole generations, as profiles, as CSV, inside a report', { skip }, async () => {
  const name = 'shop-s1-go122';
  const { base } = baseOf(name);
  const { generations } = ask(name, 'generations');
  assert.ok(generations.length > 2);
  const { start } = generations[1];
  const window = { from: start + base + 1000, to: start + base + 2000 };
  const { page, finish } = await openPage(stage, 'single', `#view=timeline&mark=${window.from}-${window.to}`);
  await openFile(page, file(name));
  const cut = await take(page, 'Trace file of the window');
  const inCut = JSON.parse(run('trace', '-d=summary', cut).toString());
  assert.equal(inCut.result, 'ok');
  const kept = JSON.parse(run('trace', '-json=generations', cut).toString()).generations;
  assert.deepEqual(
    kept.map(({ number, bytes }) => [number, bytes]),
    [[generations[1].number, generations[1].bytes]],
  );
  const flags = [`-from=${window.from - base}`, `-to=${window.to - base}`];
  const top = (path) => run('pprof', '-raw', path).toString();
  const native = join(folder, 'native.pb.gz');
  writeFileSync(native, run('trace', '-pprof=offcpu', ...flags, file(name)));
  assert.equal(top(await take(page, 'Profile: Off CPU')), top(native));
  const csv = readFileSync(await take(page, 'Goroutines as CSV'), 'utf8')
    .trim()
    .split('\n');
  const { goroutines } = ask(name, 'goroutines', ...flags);
  assert.equal(csv.length - 1, goroutines.length);
  const exec = csv.slice(1).reduce((sum, line) => sum + Number(line.split(',').at(-5)), 0);
  assert.equal(
    exec,
    goroutines.reduce((sum, row) => sum + row.exec_ns, 0),
  );
  const report = await take(page, 'HTML report');
  await finish();
  const other = await stage.browser.newPage();
  await other.goto(pathToFileURL(report).href);
  await idle(other);
  assert.equal(await at(other, 'scope-window').count(), 1);
  assert.equal(await at(other, 'window-drawer').count(), 1);
  await other.close();
});
