// browser.mjs [--runs=N] [--no-frames] [FILE...]: the built page in headless Chromium. For each file (default: what
// scripts/bench made below build/bench), in a fresh tab: time from the file's arrival to the drawn flame graph, its parts,
// and the memory the core has taken. Medians of N runs. Then frame times over 1 M boxes (flame_frames.mjs).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { at, startStage } from '../web/e2e/support.mjs';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, 'no-frames': { type: 'boolean' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
const made = ['100k', '1m'].map((name) => `${repo}build/bench/profile-${name}.pb`).filter(existsSync);
const files = positionals.length > 0 ? positionals : made;

/** In the page, before its scripts: when files arrived, when requests went out and were answered, bytes of wasm memory. */
function recordTimes() {
  const times = { arrived: 0, parts: [] };
  window.benchTimes = times;
  addEventListener('change', () => (times.arrived = performance.now()), true);
  const open = new Map();
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function postMessage(message, ...rest) {
    if (message?.kind === 'request') open.set(message.id, { name: message.name, from: performance.now() });
    if (message?.kind === 'start') {
      this.addEventListener('message', ({ data }) => {
        const request = data.kind === 'reply' ? open.get(data.id) : undefined;
        if (request !== undefined) times.parts.push({ ...request, to: performance.now() });
      });
    }
    return post.call(this, message, ...rest);
  };
  // Workers start from blobs, where no init script runs: what catches the core's memory goes into the blob.
  const catcher = `const make = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => {
      const made = await make.apply(WebAssembly, args);
      const exported = Object.values((made.instance ?? made).exports);
      globalThis.benchMemory = exported.find((value) => value instanceof WebAssembly.Memory);
      return made;
    };\n`;
  window.Blob = class extends Blob {
    constructor(parts, options) {
      super(options?.type === 'text/javascript' ? [`{${catcher}}`, ...parts] : parts, options);
    }
  };
  const fill = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function drawImage(...args) {
    times.drawn ??= times.arrived > 0 ? performance.now() : undefined;
    return fill.apply(this, args);
  };
}

/** The worker's core is the only wasm there is: its memory is what the heap view spans. */
async function coreMemory(page) {
  const sizes = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => globalThis.benchMemory?.buffer.byteLength ?? 0)),
  );
  return Math.max(0, ...sizes);
}

async function measure(stage, file) {
  const page = await stage.browser.newPage();
  await page.addInitScript(recordTimes);
  await page.goto(stage.shapes.hosted);
  await page.evaluate(() => window.flametrail.idle());
  // Idle means that all is done that the picture needs, names included; rendering of the last frame is part of it.
  const done = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('change', () => {
          setTimeout(() => window.flametrail.idle().then(() => resolve(performance.now())), 0);
        });
      }),
  );
  await at(page, 'file-input').setInputFiles(file);
  const atRest = await done;
  if ((await at(page, 'flame-canvas').count()) === 0) throw new Error(`${file}: no flame graph is shown`);
  const { arrived, drawn, parts } = await page.evaluate(() => window.benchTimes);
  const partOf = (name) => parts.filter((part) => part.name === name).reduce((sum, { from, to }) => sum + to - from, 0);
  const memory = await coreMemory(page);
  await page.close();
  return {
    drawn: drawn - arrived,
    atRest: atRest - arrived,
    open: partOf('open'),
    frames: partOf('frames'),
    flame: partOf('flame'),
    names: partOf('names'),
    memory: memory / 2 ** 20,
  };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function row(stage, file) {
  const results = [];
  for (let i = 0; i < runs; i += 1) results.push(await measure(stage, file));
  const of = (key) => Math.round(median(results.map((result) => result[key])));
  return {
    file: basename(file),
    'drop to drawn ms': of('drawn'),
    'drop to rest ms': of('atRest'),
    'read ms': of('open'),
    'frames ms': of('frames'),
    'flame ms': of('flame'),
    'names ms': of('names'),
    'wasm MiB': of('memory'),
  };
}

const load = () => loadavg()[0].toFixed(1);
if (!existsSync(`${repo}dist/index.html`)) throw new Error('dist/ is missing: run scripts/build first');
if (files.length === 0) console.log('no file given, and build/bench has none: run scripts/bench first');
else {
  console.log(
    `\nThe page in Chromium, medians of ${runs} runs (budget: 100k 600 ms; 1m 4,000 ms, 1,229 MiB); load ${load()}`,
  );
  const stage = await startStage();
  try {
    const rows = [];
    for (const file of files) rows.push(await row(stage, file));
    console.table(rows);
  } finally {
    await stage.close();
  }
  console.log(`load after: ${load()}`);
}
if (!values['no-frames']) {
  const { status } = spawnSync('node', [`${repo}tests/bench/flame_frames.mjs`], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
