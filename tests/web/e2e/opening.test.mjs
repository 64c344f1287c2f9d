// Ways in: landing, samples, drop, paste, several files, #url, a sub-path; and what bad files get.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { at, idle, openFile, openPage, samples, startStage } from './support.mjs';

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.close());

const cpu = join(samples, 'cpu.pb.gz');
const fileNamed = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

for (const shape of ['hosted', 'single']) {
  test(`landing says what this is and that nothing leaves the tab, ${shape}`, async () => {
    const { page, finish } = await openPage(stage, shape);
    assert.match(await at(page, 'drop-zone').innerText(), /Open files/);
    assert.match(await page.locator('body').innerText(), /Nothing leaves this tab/);
    await finish();
  });

  test(`a sample is one click away, ${shape}`, async () => {
    const { page, wrongs } = await openPage(stage, shape);
    await page.getByRole('button', { name: /cpu/i }).first().click();
    await idle(page);
    assert.equal(await at(page, 'flame-canvas').count(), 1);
    assert.deepEqual(
      wrongs.filter((wrong) => !/^request: .*\/samples\//.test(wrong)),
      [],
    );
    await page.close();
  });
}

/** Files into the page as a drop or a paste would bring them. */
async function give(page, event, files) {
  const handle = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, files);
  if (event === 'paste') {
    await page.evaluate(
      (data) => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })),
      handle,
    );
  } else {
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: handle });
    await page.dispatchEvent('body', 'dragover', { dataTransfer: handle });
    await page.dispatchEvent('body', 'drop', { dataTransfer: handle });
  }
  await idle(page);
}

const asBase64 = (name) => ({ name, base64: readFileSync(join(samples, name)).toString('base64') });

for (const event of ['drop', 'paste']) {
  test(`${event} opens a file, also onto an open document`, async () => {
    const { page, finish } = await openPage(stage);
    await give(page, event, [asBase64('cpu.pb.gz')]);
    assert.equal(await at(page, 'doc-tab').count(), 1);
    assert.equal(await at(page, 'flame-canvas').count(), 1);
    await give(page, event, [asBase64('heap.pb.gz'), asBase64('mutex.pb.gz')]);
    assert.equal(await at(page, 'doc-tab').count(), 3);
    await finish();
  });
}

test('several files at once are a tab each, and closing all leads back to the landing page', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, cpu, join(samples, 'heap.pb.gz'));
  assert.equal(await at(page, 'doc-tab').count(), 2);
  for (let left = 2; left > 0; left -= 1) {
    await page.locator('[data-testid=doc-tab] button').last().click();
    await idle(page);
  }
  assert.equal(await at(page, 'drop-zone').count(), 1);
  await finish();
});

test('#url opens a file of the same origin', async () => {
  const { page } = await openPage(stage, 'hosted', '#url=samples/heap.pb.gz');
  assert.equal(await at(page, 'doc-tab').count(), 1);
  assert.equal(await at(page, 'error').count(), 0);
  await page.close();
});

test('the hash brings back view, sample type and search for the same file', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, join(samples, 'heap.pb.gz'));
  await at(page, 'view-tab-top').click();
  await at(page, 'sample-type').selectOption({ index: 0 });
  await at(page, 'search').fill('main');
  await idle(page);
  const { hash } = new URL(page.url());
  await finish();
  const again = await openPage(stage, 'hosted', hash);
  await openFile(again.page, join(samples, 'heap.pb.gz'));
  assert.equal(await at(again.page, 'view-tab-top').getAttribute('aria-selected'), 'true');
  assert.equal(await at(again.page, 'sample-type').evaluate((e) => e.selectedIndex), 0);
  assert.equal(await at(again.page, 'search').inputValue(), 'main');
  await again.finish();
});

const raw = gunzipSync(readFileSync(cpu));

const badFiles = {
  'empty.pb.gz': [Buffer.alloc(0), /empty/i],
  'photo.jpg': [Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), /JPEG/],
  program: [Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)]), /ELF/],
  'noise.bin': [
    Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104729) & 255)),
    /supported|open/i,
  ],
  'bomb.gz': [gzipSync(Buffer.alloc(300 << 20), { level: 9 }), /bomb|zeros|limit|expands|times/i],
};

for (const [name, [bytes, wanted]] of Object.entries(badFiles)) {
  test(`${name} gets one sentence that names the file and the fault`, async () => {
    const { page, finish } = await openPage(stage);
    await openFile(page, fileNamed(name, bytes));
    const text = await at(page, 'error').innerText();
    assert.match(text, wanted);
    assert.ok(text.includes(name), `"${text}" names ${name}`);
    await finish();
  });
}

test('a cut profile shows what was before the cut, with a notice', async () => {
  const { page, finish } = await openPage(stage);
  await openFile(page, fileNamed('cut.pb', raw.subarray(0, Math.floor(raw.length * 0.6))));
  assert.equal(await at(page, 'flame-canvas').count(), 1);
  assert.match(await at(page, 'notice').innerText(), /ends|cut|missing|early/i);
  await finish();
});

test('the CSP is on the page and no inline script beyond it runs', async () => {
  const { page, finish } = await openPage(stage);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"]) {
    assert.ok(policy.includes(part), part);
  }
  await finish();
});
