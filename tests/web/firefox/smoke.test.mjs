// The page in Debian's Firefox: it opens a profile in both its shapes, draws, and answers as in Chromium.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startServer } from '../../../scripts/static_server.mjs';
import { repo } from '../e2e/support.mjs';
import { startFirefox } from './marionette.mjs';

const binary = process.env.FLAMETRAIL_FIREFOX || '/usr/bin/firefox-esr';
const skip = existsSync(binary) ? false : 'no firefox-esr';
let firefox;
let server;
before(async () => {
  if (skip !== false) return;
  server = await startServer({ root: join(repo, 'dist') });
  firefox = await startFirefox(binary);
});
after(async () => {
  await firefox?.close();
  await server?.close();
});

const idle = () => firefox.run(async () => void (await window.flametrail.idle()));

/** Whether the canvas shows more than one colour. */
const isPainted = () =>
  firefox.run(async () => {
    const canvas = document.querySelector('[data-testid=flame-canvas] canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, Math.min(100, canvas.height));
    return new Set(new Uint32Array(data.buffer)).size > 3;
  });

const click = (testId) => firefox.run(async (id) => document.querySelector(`[data-testid="${id}"]`).click(), testId);

const topRows = () =>
  firefox.run(async () =>
    [...document.querySelectorAll('[data-testid=top-table] [role=row] [role=gridcell]:nth-child(6)')].map(
      (cell) => cell.textContent,
    ),
  );

test('hosted: a profile by address, its flame graph and its table', { skip }, async () => {
  await firefox.goto(`${server.url}#url=samples/cpu.pb.gz`);
  await idle();
  assert.equal(await isPainted(), true);
  await click('view-tab-top');
  await idle();
  assert.ok((await topRows()).some((name) => name.startsWith('runtime.')));
  await click('view-tab-diff');
  await idle();
  assert.match(await firefox.run(async () => document.body.textContent), /Choose another open document/);
});

test('one file from disk: a sample opens without a server', { skip }, async () => {
  await firefox.goto(pathToFileURL(join(repo, 'dist/flametrail.html')).href);
  await idle();
  await firefox.run(async () => document.querySelector('.ft-samples button').click());
  await idle();
  assert.equal(await isPainted(), true);
});
