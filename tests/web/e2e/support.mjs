// A browser, the page in both its shapes, and the two promises that every test keeps: no console error, no request
// after the page has loaded.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startServer } from '../../../scripts/static_server.mjs';

export const repo = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const { chromium } = createRequire(join(repo, 'web/package.json'))('playwright-core');

const corpusFolder = process.env.FLAMETRAIL_CORPUS || join(repo, '../shared/corpus');
export const corpus = existsSync(corpusFolder) ? corpusFolder : undefined;
export const samples = join(repo, 'tests/data/samples');
export const native = join(repo, 'build/native/flametrail');

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--force-device-scale-factor=1',
  '--disable-lcd-text',
];

/** The built page behind a server, and a browser. `close` ends both. */
export async function startStage() {
  const server = await startServer({ root: join(repo, 'dist') });
  const profile = mkdtempSync(join(tmpdir(), 'flametrail-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.FLAMETRAIL_CHROMIUM || '/usr/bin/chromium',
    args: chromiumFlags,
    viewport: { width: 1280, height: 800 },
  });
  const close = async () => {
    await browser.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  };
  const shapes = { hosted: server.url, single: pathToFileURL(join(repo, 'dist/flametrail.html')).href };
  return { browser, shapes, close };
}

/** A fresh page of one shape, loaded and idle, that remembers what it must not do. */
export async function openPage(stage, shape = 'hosted', suffix = '') {
  const page = await stage.browser.newPage();
  const wrongs = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrongs.push(`exception: ${error.message}`));
  await page.goto(stage.shapes[shape] + suffix);
  await idle(page);
  // What the browser itself makes of data in memory is no request.
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url())) wrongs.push(`request: ${request.url()}`);
  });
  const finish = async () => {
    await idle(page);
    await page.close();
    assert.deepEqual(wrongs, []);
  };
  return { page, wrongs, finish };
}

export const idle = (page) => page.evaluate(() => window.flametrail.idle());
export const at = (page, testId) => page.getByTestId(testId);

export async function openFile(page, ...files) {
  await at(page, 'file-input').setInputFiles(files);
  await idle(page);
}

export async function showView(page, view) {
  await at(page, `view-tab-${view}`).click();
  await idle(page);
}

/** Texts of the cells of the rows that are drawn, in order; the head is not a row here. */
export async function tableRows(page, testId) {
  return at(page, testId).evaluate((table) =>
    [...table.querySelectorAll('[role=row][aria-rowindex]')]
      .map((row) => ({ index: Number(row.getAttribute('aria-rowindex')), row }))
      .filter(({ row }) => row.querySelector('[role=gridcell]'))
      .sort((a, b) => a.index - b.index)
      .map(({ row }) => [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent.trim())),
  );
}
