// All view state stands in the URL hash: each view is set up by hand, then the same files are opened with that hash in a
// fresh page, which must look the same: texts, fields, order, selection, and the canvas pixel by pixel.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, openFile, openPage, samples, showView, startStage } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const skip = corpus === undefined ? 'no corpus' : false;
const inCorpus = (name) => join(corpus ?? '', 'profiles', name);
const cpu = join(samples, 'cpu.pb.gz');
const heap = join(samples, 'heap.pb.gz');

/** What a person sees of the view and of its bars. */
async function pictureOf(page) {
  await page.mouse.move(2, 2);
  await idle(page);
  const seen = await page.locator('main').evaluate((main) => {
    const fields = [...main.querySelectorAll('input, select, textarea')].map((field) => [
      field.dataset.testid ?? field.getAttribute('aria-label'),
      field.type === 'checkbox' ? field.checked : field.value,
    ]);
    const states = ['aria-pressed', 'aria-sort', 'aria-expanded', 'aria-selected'].flatMap((name) =>
      [...main.querySelectorAll(`[${name}]`)]
        .filter((element) => element.getAttribute(name) !== 'false' && element.getAttribute(name) !== 'none')
        .map((element) => `${name}=${element.getAttribute(name)} ${element.textContent}`),
    );
    return { text: main.innerText, fields, states };
  });
  const canvas = at(page, 'flame-canvas');
  return { ...seen, canvas: (await canvas.count()) > 0 ? (await canvas.screenshot()).toString('base64') : '' };
}

async function assertSurvives(files, setUp) {
  const first = await openPage(stage);
  await openFile(first.page, ...files);
  await setUp(first.page);
  // The history of steps is the one thing that a link does not carry.
  await first.page.locator('body').click({ position: { x: 2, y: 2 } });
  const wanted = await pictureOf(first.page);
  const hash = await first.page.evaluate(() => location.hash);
  await first.finish();
  const second = await openPage(stage, 'hosted', hash);
  await openFile(second.page, ...files);
  const got = await pictureOf(second.page);
  assert.equal(await second.page.evaluate(() => location.hash), hash);
  await second.finish();
  const plain = ({ text, fields, states }) => ({ text: text.replace(/\s+/g, ' '), fields, states });
  assert.deepEqual(plain(got), plain(wanted));
  assert.ok(got.canvas === wanted.canvas, 'the canvas differs');
}

const sortBy = async (page, table, head) => {
  await at(page, table).getByRole('columnheader', { name: head }).getByRole('button').click();
  await idle(page);
};

const clickRow = async (page, table, row) => {
  await at(page, table).locator('[role=row][aria-rowindex]').nth(row).click();
  await idle(page);
};

test('filters, search, granularity, unit; flame graph', () =>
  assertSurvives([cpu], async (page) => {
    await at(page, 'filter-focus').fill('catalog');
    await at(page, 'filter-prune_from').fill('mallocgc');
    await at(page, 'granularity').selectOption('3');
    await at(page, 'unit').selectOption('us');
    await at(page, 'search').fill('runtime');
    await idle(page);
    await at(page, 'flame-canvas').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await idle(page);
  }));

test('top: order, intervals, selection', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'top');
    await at(page, 'top-confidence').click();
    await sortBy(page, 'top-table', 'name');
    await clickRow(page, 'top-table', 3);
  }));

test('graph: what is trimmed, and the order of its tables', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'graph');
    await at(page, 'graph-nodecount').fill('15');
    await idle(page);
  }));

test('peek: what is unfolded, order', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'top');
    await sortBy(page, 'top-table', 'cum');
    await clickRow(page, 'top-table', 4);
    await showView(page, 'peek');
    await sortBy(page, 'peek-table', 'name');
    await at(page, 'peek-table').focus();
    for (const key of ['End', 'Enter']) await page.keyboard.press(key);
    await idle(page);
    for (const key of ['End', 'Enter']) await page.keyboard.press(key);
    await idle(page);
    // The row that keys stand on is no state of the view.
    await at(page, 'peek-table').press('Home');
    await showView(page, 'top');
    await showView(page, 'peek');
  }));

test('source: whole file, line', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'source');
    await at(page, 'source-whole-file').click();
    await idle(page);
    await clickRow(page, 'source-table', 1);
  }));

test('labels: selected value, order', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'labels');
    await sortBy(page, 'labels-table', 'samples');
    await clickRow(page, 'labels-table', 2);
    await at(page, 'label-focus').click();
    await idle(page);
  }));

test('sizes and raw: order', async () => {
  await assertSurvives([heap], async (page) => {
    await showView(page, 'sizes');
    await sortBy(page, 'sizes-table', 'rounding');
    await sortBy(page, 'sites-table', 'name');
  });
  await assertSurvives([heap], async (page) => {
    await showView(page, 'raw');
    await sortBy(page, 'raw-table', 'alloc_space');
    await at(page, 'search').fill('json');
    await idle(page);
  });
});

const snapshot = (i) => inCorpus(`shop-s1-go119.heap-snap-${i}.pb.gz`);

test('compare: sides, normalisation, colours, measure, order, selection', { skip }, () =>
  assertSurvives([snapshot(5), snapshot(1), snapshot(0), snapshot(3)], async (page) => {
    await page.getByTestId('doc-tab').nth(1).click();
    await page.getByTestId('doc-tab').nth(0).click();
    await showView(page, 'diff');
    await at(page, 'compare-with').selectOption('shop-s1-go119.heap-snap-1.pb.gz');
    await at(page, 'compare-sets').click();
    await page.getByLabel('shop-s1-go119.heap-snap-0.pb.gz: old').check();
    await page.getByLabel('shop-s1-go119.heap-snap-5.pb.gz: new').check();
    await page.getByLabel('shop-s1-go119.heap-snap-3.pb.gz: new').check();
    await idle(page);
    await at(page, 'compare-sets').click();
    await at(page, 'compare-normalise').selectOption('total');
    await at(page, 'compare-palette').selectOption('diff-blind');
    await at(page, 'compare-measure').selectOption('cum');
    await page.getByRole('button', { name: 'Swap' }).click();
    await idle(page);
    await sortBy(page, 'compare-table', 'old');
    await clickRow(page, 'compare-table', 2);
  }),
);

test('compare: two label values', () =>
  assertSurvives([cpu], async (page) => {
    await showView(page, 'labels');
    const rows = await at(page, 'labels-table').locator('[role=row][aria-rowindex]').allInnerTexts();
    const [key, value] = rows[1].split('\n').map((part) => part.trim());
    await showView(page, 'diff');
    await at(page, 'compare-with').selectOption('labels');
    await at(page, 'compare-before').fill(`${key}=${value}`);
    await at(page, 'compare-after').fill(`${key}=.`);
    await at(page, 'compare-after').blur();
    await idle(page);
    assert.ok((await at(page, 'compare-table').count()) > 0);
  }));

test('trend: snapshot, order, selection, search', { skip }, () =>
  assertSurvives([3, 0, 5, 1].map(snapshot), async (page) => {
    await at(page, 'sample-type').selectOption({ label: 'inuse_space (bytes)' });
    await showView(page, 'trend');
    await at(page, 'trend-scrubber').fill('1');
    await idle(page);
    await sortBy(page, 'trend-table', 'last');
    await at(page, 'search').fill('alloc');
    await idle(page);
    await clickRow(page, 'trend-table', 1);
  }),
);

test('of several documents the hash names the one that it is of', async () => {
  const { page, finish } = await openPage(stage, 'hosted', '#view=top&doc=heap.pb.gz&sort.top-table=cum');
  await openFile(page, cpu, heap);
  assert.match(await at(page, 'doc-tab').nth(1).getAttribute('class'), /front/);
  assert.equal(await at(page, 'view-tab-top').getAttribute('aria-selected'), 'true');
  await finish();
});
