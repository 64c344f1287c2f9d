// Comparison and trend on real files: numbers are the native command's, and the leak scenario's leak is named.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.close());

const skip = corpus === undefined ? 'no corpus' : false;
const profile = (name) => join(corpus ?? '', 'profiles', name);

/** The native command's flat value by function, of `pprof -top` with all rows, in the sample type's own unit. */
function nativeFlat(args) {
  const text = execFileSync(
    native,
    ['pprof', '-top', '-nodecount=0', '-nodefraction=0', '-edgefraction=0', '-unit=B', ...args],
    { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' }, maxBuffer: 1 << 26 },
  );
  const rows = text.split('\n').flatMap((line) => {
    const row =
      /^\s*(-?[\d.]+)(?:B)?\s+[\d.]+%\s+[\d.]+%\s+(-?[\d.]+)(?:B)?\s+[\d.]+%\s+(.*?)(?: \((?:partial-)?inline\))?$/.exec(
        line,
      );
    return row === null ? [] : [[row[3], { flat: Number(row[1]), cum: Number(row[2]) }]];
  });
  return new Map(rows);
}

const BYTES = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
function bytesOf(text) {
  const [, digits, unit] = /^\+?(-?[\d.]+)(\w*)$/.exec(text);
  return Number(digits) * (BYTES[unit || 'B'] ?? NaN);
}

/** Both were rounded to two digits of their unit. */
function assertNear(text, exact, what) {
  const unit = BYTES[/[a-zA-Z]+$/.exec(text)?.[0] ?? 'B'];
  assert.ok(Math.abs(bytesOf(text) - exact) <= 0.0051 * unit + 0.01, `${what}: page ${text}, native ${exact}`);
}

const compareRows = (page) => tableRows(page, 'compare-table');

test('two heap snapshots compared: old, new and change are those of -top and of -base', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  const [oldFile, newFile] = [profile('shop-s1-go119.heap-snap-1.pb.gz'), profile('shop-s1-go119.heap-snap-5.pb.gz')];
  await openFile(page, newFile, oldFile);
  await at(page, 'sample-type').selectOption({ label: 'inuse_space (bytes)' });
  await showView(page, 'diff');
  await at(page, 'compare-with').selectOption({ label: 'shop-s1-go119.heap-snap-1.pb.gz' });
  await idle(page);
  const rows = await compareRows(page);
  assert.ok(rows.length >= 5);
  const before = nativeFlat(['-sample_index=inuse_space', oldFile]);
  const now = nativeFlat(['-sample_index=inuse_space', newFile]);
  const change = nativeFlat(['-sample_index=inuse_space', newFile, '-base', oldFile]);
  for (const [old, fresh, delta, , , , , name] of rows.slice(0, 12)) {
    assertNear(old, before.get(name)?.flat ?? 0, `old ${name}`);
    assertNear(fresh, now.get(name)?.flat ?? 0, `new ${name}`);
    assertNear(delta, change.get(name)?.flat ?? 0, `change ${name}`);
  }
  // Largest change first, and that is where the program leaks.
  assert.match(rows[0][7], /remember|leak|session|cache|Remember|Leak/i);
  await at(page, 'compare-with').selectOption('');
  await finish();
});

test('a comparison swaps, changes its colours and survives a bad choice', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, profile('shop-s1-go119.heap-snap-5.pb.gz'), profile('shop-s1-go119.heap-snap-1.pb.gz'));
  await showView(page, 'diff');
  await at(page, 'compare-with').selectOption({ index: 1 });
  await idle(page);
  const total = await at(page, 'compare-total').textContent();
  const [, before, after] = /^(\S+) → (\S+)/.exec(total);
  await page.getByRole('button', { name: 'Swap' }).click();
  await idle(page);
  assert.ok((await at(page, 'compare-total').textContent()).startsWith(`${after} → ${before}`));
  const picture = await at(page, 'flame-canvas').screenshot();
  await at(page, 'compare-palette').selectOption('diff-blind');
  await idle(page);
  assert.notDeepEqual(await at(page, 'flame-canvas').screenshot(), picture);
  await at(page, 'compare-normalise').selectOption('function');
  await idle(page);
  assert.match(await at(page, 'error').textContent(), /no value above 0/);
  await at(page, 'compare-normalise').selectOption('total');
  await idle(page);
  assert.match(await at(page, 'compare-total').textContent(), / · 0 \(0%\)$/);
  await finish();
});

test('six heap snapshots: the leaking site is on top and named a leak', { skip }, async () => {
  const { page, finish } = await openPage(stage);
  const files = [3, 0, 5, 1, 4, 2].map((i) => profile(`shop-s1-go119.heap-snap-${i}.pb.gz`));
  await openFile(page, ...files);
  await at(page, 'sample-type').selectOption({ label: 'inuse_space (bytes)' });
  await showView(page, 'trend');
  const rows = await tableRows(page, 'trend-table');
  assert.equal(rows[0][0], 'leak');
  const verdict = await at(page, 'trend-verdict').textContent();
  assert.ok(verdict.startsWith(`${rows[0][6]} grows by +`), verdict);
  assert.equal((await page.locator('.ft-spark').count()) > 0, true);
  const scrubber = at(page, 'trend-scrubber');
  assert.match(await at(page, 'trend-snapshot').textContent(), /snap-5/);
  const picture = await at(page, 'flame-canvas').screenshot();
  await scrubber.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowLeft');
  await idle(page);
  assert.match(await at(page, 'trend-snapshot').textContent(), /snap-0/);
  assert.notDeepEqual(await at(page, 'flame-canvas').screenshot(), picture);
  await finish();
});

test('both views say what they need', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, join(samples, 'cpu.pb.gz'));
  await showView(page, 'diff');
  assert.equal(await page.getByText(/Choose another open document/).count(), 1);
  await showView(page, 'trend');
  assert.equal(await page.getByText(/A trend needs three or more/).count(), 1);
  await finish();
});
