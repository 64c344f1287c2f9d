// timeline_frames.mjs [FILE] [WIDTHxHEIGHT]: the built page with a large trace in headless Chromium (software rendering): time
// from the file's arrival to the first lanes on screen and to everything read, memory of the core, then p50 and p95 of script
// time per frame for pan, zoom, hover, scroll and a change of the lanes' order. `gen_trace` makes such files.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { at, startStage } from '../web/e2e/support.mjs';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const [, , given, size = '1280x800'] = process.argv;
const made = `${repo}build/bench/trace-26-100m.out`;
const file = given ?? made;
if (!existsSync(file)) {
  console.log(`${file} is missing: scripts/bench makes traces, or name one`);
  process.exit(2);
}
const [width, height] = size.split('x').map(Number);

/** In the page, before its scripts: script time of each frame, and the size of the core's memory. */
function record() {
  const frames = [];
  const original = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    original((now) => {
      const begun = performance.now();
      callback(now);
      frames.push(performance.now() - begun);
    });
  window.takeFrames = () => frames.splice(0);
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
}

const share = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** One event per frame, as a person's hand does. */
async function drive(page, name, steps) {
  await page.evaluate(() => window.flametrail.idle().then(() => window.takeFrames()));
  await page.evaluate(
    async ({ what, count }) => {
      const area = document.querySelector('[data-testid=timeline-canvas]');
      const bounds = area.getBoundingClientRect();
      const place = (x, y) => ({ clientX: bounds.left + x, clientY: bounds.top + y, bubbles: true, cancelable: true });
      const wheel = (part) =>
        area.dispatchEvent(new WheelEvent('wheel', { ...place(bounds.width * 0.6, bounds.height * 0.5), ...part }));
      const order = document.querySelector('[data-testid=lane-sort]');
      const back = (i) => (i < count / 2 ? 1 : -1);
      const actions = {
        zoom: (i) => wheel({ ctrlKey: true, deltaY: -40 * back(i) }),
        pan: (i) => wheel({ deltaX: 30 * back(i) }),
        scroll: (i) => wheel({ deltaY: 200 * back(i) }),
        hover: (i) =>
          area.dispatchEvent(
            new PointerEvent('pointermove', {
              pointerId: 1,
              ...place(210 + ((i * 17) % (bounds.width - 220)), 130 + ((i * 7) % (bounds.height - 140))),
            }),
          ),
        sort: (i) => {
          order.value = ['start', 'running', 'blocked'][i % 3];
          order.dispatchEvent(new Event('change', { bubbles: true }));
        },
      };
      for (let i = 0; i < count; i++) {
        actions[what](i);
        await new Promise((resolve) => setTimeout(resolve, 16));
      }
    },
    { what: name, count: steps },
  );
  await page.evaluate(() => window.flametrail.idle());
  const frames = await page.evaluate(() => window.takeFrames());
  const [p50, p95, most] = [0.5, 0.95, 1].map((part) => share(frames, part).toFixed(1));
  console.log(`${name.padEnd(8)} script p50 ${p50} p95 ${p95} max ${most} ms, ${frames.length} frames`);
}

const stage = await startStage();
try {
  const page = await stage.browser.newPage();
  await page.setViewportSize({ width, height });
  await page.addInitScript(record);
  await page.goto(stage.shapes.hosted);
  await page.evaluate(() => window.flametrail.idle());
  const begun = performance.now();
  await at(page, 'file-input').setInputFiles(file);
  await page.locator('[data-testid=timeline-canvas] canvas').first().waitFor({ timeout: 600_000 });
  const first = performance.now() - begun;
  await page.evaluate(() => window.flametrail.idle());
  const complete = performance.now() - begun;
  const bytes = await Promise.all(
    page.workers().map((worker) => worker.evaluate(() => globalThis.benchMemory?.buffer.byteLength ?? 0)),
  );
  const totals = await at(page, 'trace-totals').innerText();
  console.log(`${basename(file)}: ${totals}; ${width}x${height}, processors ${spawnSync('nproc').stdout}`.trim());
  console.log(
    `first lanes ${Math.round(first)} ms, complete ${Math.round(complete)} ms, wasm ${Math.max(...bytes) >> 20} MiB`,
  );
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  for (const name of ['hover', 'pan', 'scroll', 'sort']) await drive(page, name, 120);
  await drive(page, 'zoom', 60);
} finally {
  await stage.close();
}
