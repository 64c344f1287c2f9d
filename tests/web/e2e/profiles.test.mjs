// Every kind of profile, in both shapes of the product: what a person sees equals what the native command prints.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const kinds = ['cpu', 'heap', 'allocs', 'goroutine', 'block', 'mutex', 'threadcreate'];
const fileOf = (kind) =>
  corpus ? join(corpus, 'profiles', `shop-s1-go123.${kind}.pb.gz`) : join(samples, `${kind}.pb.gz`);

/** Rows of `flametrail pprof -top` with all nodes, names as the page reads them: {flat, flatShare, sum, cum, cumShare, name}. */
function nativeTop(file) {
  const options = ['-top', '-demangle=default', '-nodecount=100000', '-nodefraction=0', '-edgefraction=0'];
  const text = execFileSync(native, ['pprof', ...options, file], { encoding: 'utf8' });
  const lines = text.split('\n');
  const head = lines.findIndex((line) => /^\s+flat\s+flat%/.test(line));
  const type = lines.find((line) => line.startsWith('Type: ')).slice(6);
  const rows = lines
    .slice(head + 1)
    .filter((line) => line !== '')
    .map((line) => {
      const [, flat, flatShare, sum, cum, cumShare, name] = line.match(
        /^\s*(\S+)\s+(\S+%)\s+(\S+%)\s+(\S+)\s+(\S+%) {2}(.*)$/,
      );
      return { flat, flatShare, sum, cum, cumShare, name };
    });
  return { type, rows };
}

for (const shape of ['hosted', 'single']) {
  for (const kind of kinds) {
    test(`${kind} profile, ${shape}: Top equals the native command`, async () => {
      const file = fileOf(kind);
      const expected = nativeTop(file);
      const { page, finish } = await openPage(stage, shape);
      await openFile(page, file);
      assert.equal(
        await at(page, 'doc-tab')
          .innerText()
          .then((text) => text.split('\n')[0].trim()),
        basename(file),
      );
      await showView(page, 'top');
      const type = await at(page, 'sample-type').evaluate((e) => e.selectedOptions[0].textContent);
      assert.match(type, new RegExp(`^${expected.type}\\b`));
      const rows = await tableRows(page, 'top-table');
      if (expected.rows.length === 0) {
        assert.match(rows.flat().join(' ') + (await at(page, 'top-table').innerText()), /no function|no stack/i);
      }
      for (const [i, want] of expected.rows.slice(0, Math.min(15, rows.length)).entries()) {
        const [flat, flatShare, sum, cum, cumShare, name] = rows[i];
        assert.deepEqual({ flat, flatShare, sum, cum, cumShare, name }, want, `row ${i}`);
      }
      await finish();
    });
  }
}

test('the flame table holds the same total as the header, and its children sum to it', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, join(samples, 'cpu.pb.gz'));
  const total = await at(page, 'total').innerText();
  await at(page, 'flame-canvas').focus();
  await page.keyboard.press('t');
  await idle(page);
  const text = await at(page, 'flame-table').innerText();
  assert.ok(text.includes(total), `${total} in the flame table`);
  await finish();
});

test('every readable profile of the corpus opens without an error', { skip: !corpus }, async () => {
  const folder = join(corpus, 'profiles');
  const files = readdirSync(folder).filter((name) => /\.pb(\.gz)?$/.test(name) && !/empty|-cut/.test(name));
  assert.ok(files.length > 100);
  const { page, finish } = await openPage(stage);
  for (const name of files) {
    await openFile(page, join(folder, name));
    assert.equal(await at(page, 'error').count(), 0, name);
    await page.locator('[data-testid=doc-tab] button').last().click();
    await idle(page);
  }
  await finish();
});
