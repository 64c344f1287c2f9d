// Files that no Go program writes: strange names, negative and zero values, no samples. Nothing breaks, nothing of a file
// becomes part of the page.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { at, corpus, idle, native, openFile, openPage, samples, showView, startStage, tableRows } from './support.mjs';
import { makeProfile } from './make_profile.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const fileNamed = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
const COUNT = [['samples', 'count']];

async function everyView(page) {
  for (const view of ['flame', 'top', 'info', 'flame']) await showView(page, view);
  await at(page, 'flame-canvas').focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter', 't', 't', '0']) await page.keyboard.press(key);
  await idle(page);
}

test('markup in names and file names stays text', async () => {
  const markup = `<img src=x onerror="window.injected=1"><b>&amp;'"</b>`;
  const names = [markup, `main.${markup}`, '</script><script>window.injected=1</script>', 'a|b\tc\nd'];
  const profile = makeProfile({
    types: [[markup, 'count']],
    samples: names.map((name) => ({ stack: [name, 'main.main'], values: [10] })),
    comments: [markup],
  });
  const { page, finish } = await openPage(stage);
  const fileName = `"quoted" <b>bold<b> 'x' & <img src=x onerror=alert(1)>.pb`;
  await openFile(page, fileNamed(fileName, profile));
  await everyView(page);
  assert.equal(await page.evaluate(() => window.injected), undefined);
  assert.equal(await page.locator('#app img, #app b, #app script').count(), 0);
  assert.equal(
    await at(page, 'doc-tab')
      .innerText()
      .then((text) => text.split('\n')[0].trim()),
    fileName,
  );
  await showView(page, 'top');
  const rows = (await tableRows(page, 'top-table')).map((row) => row[5]);
  for (const name of names.slice(0, 3)) assert.ok(rows.includes(name), name);
  await openFile(page, fileNamed(fileName, Buffer.alloc(0)));
  assert.ok((await at(page, 'error').innerText()).includes(fileName));
  await finish();
});

test('names that are empty, long, beyond ASCII or no UTF-8 are shown and found', async () => {
  const long = `github.com/${'very/'.repeat(400)}long.(*Type[${'X,'.repeat(500)}Y]).Method`;
  const stack = [
    Buffer.from([0xff, 0xfe, 0x41]),
    '',
    long,
    'пакет.Функция',
    '包.関数🙂',
    'main.\u202Eesrever',
    'main.main',
  ];
  const { page, finish } = await openPage(stage);
  await openFile(page, fileNamed('names.pb', makeProfile({ types: COUNT, samples: [{ stack, values: [3] }] })));
  await everyView(page);
  await at(page, 'search').fill('関数');
  await idle(page);
  assert.match(await at(page, 'search-result').innerText(), /1 function$/);
  await showView(page, 'top');
  await at(page, 'search').fill('');
  await idle(page);
  const names = (await tableRows(page, 'top-table')).map((row) => row[5]);
  for (const name of [long, 'пакет.Функция', '包.関数🙂']) assert.ok(names.includes(name), name.slice(0, 40));
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(width[0] <= width[1], `the page is ${width[0]} wide in a window of ${width[1]}`);
  await finish();
});

test('negative values are shown with their sign; the parts still add up', async () => {
  const profile = makeProfile({
    types: [['inuse_space', 'bytes']],
    samples: [
      { stack: ['main.grow', 'main.main'], values: [4096] },
      { stack: ['main.shrink', 'main.main'], values: [-1024] },
      { stack: ['main.shrink', 'main.other'], values: [-2048] },
    ],
  });
  const { page, finish } = await openPage(stage);
  await openFile(page, fileNamed('diff.pb', profile));
  assert.equal(await at(page, 'total').innerText(), '1kB');
  await everyView(page);
  await showView(page, 'top');
  const rows = await tableRows(page, 'top-table');
  const shrink = rows.find((row) => row[5] === 'main.shrink');
  assert.deepEqual([shrink[0], shrink[3]], ['-3kB', '-3kB']);
  await finish();
});

test('a saved difference of two real heap profiles opens', { skip: !corpus }, async (context) => {
  const snap = (i) => join(corpus, 'profiles', `shop-s1-go123.heap-snap-${i}.pb.gz`);
  const made = spawnSync(native, ['pprof', '-proto', '-diff_base', snap(0), snap(5)], { maxBuffer: 1 << 26 });
  if (made.status === 2) return context.skip('this flametrail has no -diff_base');
  const diff = made.stdout;
  const { page, finish } = await openPage(stage);
  await openFile(page, fileNamed('diff.pb.gz', diff));
  assert.equal(await at(page, 'error').count(), 0);
  await everyView(page);
  await finish();
});

test('a profile without samples, and a type that is zero throughout, say so', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, fileNamed('none.pb', makeProfile({ types: COUNT, samples: [] })));
  assert.match(await page.locator('main').innerText(), /no samples/i);
  const zero = makeProfile({
    types: [...COUNT, ['delay', 'nanoseconds']],
    samples: [{ stack: ['main.main'], values: [5, 0] }],
  });
  await openFile(page, fileNamed('zero.pb', zero));
  assert.equal(await at(page, 'flame-canvas').count(), 1, 'the type that has values is in front');
  await at(page, 'sample-type').selectOption({ index: 1 });
  await idle(page);
  assert.match(await at(page, 'notice').innerText(), /zero/);
  await page.getByRole('button', { name: 'samples', exact: true }).click();
  await idle(page);
  assert.equal(await at(page, 'flame-canvas').count(), 1);
  await openFile(page, join(samples, 'threadcreate.pb.gz'));
  assert.equal(await at(page, 'error').count(), 0);
  await finish();
});
