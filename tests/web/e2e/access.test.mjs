// Accessibility: axe on every face in both themes; the whole way by keyboard with a focus that can be seen; no motion where
// none is wanted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { at, idle, openFile, openPage, repo, samples, showView, startStage } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const cpu = join(samples, 'cpu.pb.gz');
const axe = readFileSync(join(repo, 'web/node_modules/axe-core/axe.min.js'), 'utf8');
const fileNamed = (name, data) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(data) });
const raw = gunzipSync(readFileSync(cpu));

async function axeFaults(page) {
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact !== 'minor')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  });
}

/** Each step leads to the next face. */
const faces = {
  landing: () => undefined,
  flame: (page) => openFile(page, cpu),
  'a box selected and zoomed': async (page) => {
    await at(page, 'flame-canvas').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  },
  searched: (page) => at(page, 'search').fill('runtime'),
  'a bad search': (page) => at(page, 'search').fill('runtime('),
  'flame table': async (page) => {
    await at(page, 'search').fill('runtime');
    await at(page, 'flame-canvas').focus();
    await page.keyboard.press('t');
  },
  top: (page) => showView(page, 'top'),
  'top without a hit': (page) => at(page, 'search').fill('no such function'),
  info: (page) => showView(page, 'info'),
  'key sheet': async (page) => {
    await page.locator('body').press('?');
  },
  palette: async (page) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
  },
  notice: async (page) => {
    await page.keyboard.press('Escape');
    await openFile(page, fileNamed('cut.pb', raw.subarray(0, Math.floor(raw.length * 0.6))));
  },
  findings: (page) => showView(page, 'findings'),
  'a dump': (page) =>
    openFile(page, fileNamed('dump.txt', 'goroutine 1 [chan receive, 30 minutes]:\nmain.main()\n\t/m.go:3 +0x1\n')),
  'findings and rules': async (page) => {
    await showView(page, 'findings');
    await at(page, 'rules').locator('summary').click();
  },
  benchmarks: (page) => openFile(page, fileNamed('bench.txt', 'BenchmarkA 100 10 ns/op\nBenchmarkA 100 11 ns/op\n')),
  heap: async (page) => {
    await openFile(page, join(samples, 'heap.pb.gz'));
    await showView(page, 'heap');
  },
  error: (page) => openFile(page, fileNamed('empty', Buffer.alloc(0))),
};

const heap = join(samples, 'heap.pb.gz');

/** Every view of a profile and what opens over it; of three documents, so that Compare and Trend have something. */
const views = {
  'top with intervals': async (page) => {
    await openFile(page, heap, heap, heap);
    await showView(page, 'top');
    await at(page, 'top-confidence').click();
  },
  'a filter with a fault': (page) => at(page, 'filter-focus').fill('main('),
  graph: async (page) => {
    await at(page, 'filter-focus').fill('');
    await showView(page, 'graph');
  },
  'tables of the graph': (page) => at(page, 'graph-table-switch').click(),
  peek: (page) => showView(page, 'peek'),
  source: (page) => showView(page, 'source'),
  labels: (page) => showView(page, 'labels'),
  sizes: (page) => showView(page, 'sizes'),
  raw: (page) => showView(page, 'raw'),
  'compare without another': (page) => showView(page, 'diff'),
  compare: (page) => at(page, 'compare-with').selectOption({ index: 1 }),
  'sets of a comparison': (page) => at(page, 'compare-sets').click(),
  trend: async (page) => {
    await at(page, 'compare-sets').click();
    await showView(page, 'trend');
  },
  sandwich: async (page) => {
    await showView(page, 'top');
    await at(page, 'top-table').locator('[role=row][aria-rowindex]').nth(3).click();
    await showView(page, 'flame');
    await page.keyboard.press('Escape');
    await at(page, 'flame-tree').selectOption('sandwich');
  },
  'what can be taken away': (page) => at(page, 'take').click(),
  'saved filters': async (page) => {
    await page.keyboard.press('Escape');
    await at(page, 'filter-sets').click();
  },
};

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing of weight on any view, ${theme}`, async () => {
    const { page, finish } = await openPage(stage);
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(axe);
    for (const [view, goTo] of Object.entries(views)) {
      await goTo(page);
      await idle(page);
      assert.deepEqual(await axeFaults(page), [], view);
    }
    await finish();
  });

  test(`axe finds nothing of weight on any face, ${theme}`, async () => {
    const { page, finish } = await openPage(stage);
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(axe);
    for (const [face, goTo] of Object.entries(faces)) {
      await goTo(page);
      await idle(page);
      assert.deepEqual(await axeFaults(page), [], face);
    }
    await finish();
  });
}

/** What has the focus, and whether it shows it. */
const focusOf = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const own = getComputedStyle(element);
    const after_ = getComputedStyle(element, '::after');
    const ring = own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) >= 1;
    const frame = after_.content !== 'none' && parseFloat(after_.borderTopWidth) >= 1;
    const { testid } = element.dataset;
    return { what: testid ?? element.textContent, seen: ring || frame, isBody: element === document.body };
  });

async function tabTo(page, wanted, limit = 40) {
  for (let i = 0; i < limit; i += 1) {
    await page.keyboard.press('Tab');
    const { what, seen, isBody } = await focusOf(page);
    if (!isBody) assert.ok(seen, `the focus on "${what}" can be seen`);
    if (wanted.test(what)) return;
  }
  assert.fail(`Tab does not lead to ${wanted}`);
}

test('from the landing page to a zoomed frame and back by keyboard, the focus always in sight', async () => {
  const { page } = await openPage(stage);
  await tabTo(page, /^CPU profile$/);
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await at(page, 'flame-canvas').count(), 1);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  assert.ok((await focusOf(page)).seen, 'the flame graph took the focus and shows it');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.match(new URL(page.url()).hash, /zoom=/);
  // All stops of the page show where they are.
  await tabTo(page, /^flame-canvas$/, 80);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await idle(page);
  assert.doesNotMatch(new URL(page.url()).hash, /zoom=/);
  await tabTo(page, /^Flametrail$/, 80);
  await page.keyboard.press('Enter');
  await idle(page);
  assert.equal(await at(page, 'drop-zone').count(), 1);
  await page.close();
});

test('the key sheet takes the focus and gives it back', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu);
  await at(page, 'search').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('?');
  await idle(page);
  assert.equal(await page.locator('dialog[open]').count(), 1);
  await page.keyboard.press('Escape');
  await idle(page);
  assert.equal(await page.locator('dialog').count(), 0);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Aa/);
  await finish();
});

test('with reduced motion a zoom is there in one frame', async () => {
  const { page, finish } = await openPage(stage);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openFile(page, cpu);
  await at(page, 'flame-canvas').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await idle(page);
  const widths = await page.evaluate(async () => {
    const seen = new Set();
    const look = () => seen.add(document.querySelector('.flame-window').style.width);
    look();
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    for (let i = 0; i < 12; i += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      look();
    }
    return [...seen];
  });
  assert.equal(widths.length, 2, widths.join(' '));
  await finish();
});
