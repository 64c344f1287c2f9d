// flame_frames.mjs [BOXES] [WIDTHxHEIGHT]: frame times of the real flame view over a made-up graph, in headless Chromium
// with software rendering. Prints p50 and p95 of script time per frame and of the time between frames, and the mean of all
// that the page's main thread did per frame (events, script, style, rastering of canvases).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(`${repo}web/`);
const { build } = require('esbuild');
const { chromium } = require('playwright-core');

const boxes = Number(process.argv[2] ?? 1_000_000);
const [width = 1280, height = 800] = (process.argv[3] ?? '1280x800').split('x').map(Number);
const folder = `${repo}build/bench-flame`;

export async function makePage() {
  await mkdir(folder, { recursive: true });
  const common = { bundle: true, nodePaths: [`${repo}web/node_modules`], logLevel: 'warning' };
  await build({
    ...common,
    entryPoints: [`${repo}tests/bench/flame_page.tsx`],
    outfile: `${folder}/page.js`,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  await build({ ...common, entryPoints: [`${repo}web/src/style/main.css`], outfile: `${folder}/page.css` });
  const [script, style] = await Promise.all([
    readFile(`${folder}/page.js`, 'utf8'),
    readFile(`${folder}/page.css`, 'utf8'),
  ]);
  const html = `<!doctype html><meta charset="utf-8"><style>${style} #app{display:flex}</style><div id="app"></div><script>${script.replaceAll('</script', '<\\/script')}</script>`;
  await writeFile(`${folder}/page.html`, html);
  return `file://${folder}/page.html`;
}

const share = (values, part) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

// Wraps requestAnimationFrame: script time of each frame, and the time since the frame before.
function recordFrames() {
  const frames = { script: [], between: [] };
  let last = 0;
  const original = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    original((now) => {
      const begun = performance.now();
      callback(now);
      frames.script.push(performance.now() - begun);
      if (last > 0) frames.between.push(begun - last);
      last = begun;
    });
  window.takeFrames = () => {
    const taken = { script: frames.script.splice(0), between: frames.between.splice(0) };
    last = 0;
    return taken;
  };
}

async function busySeconds(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** Sends one event per frame, as a person's hand does. */
async function drive(page, cdp, name, steps) {
  await page.evaluate(() => window.flametrail.idle().then(() => window.takeFrames()));
  const busyBefore = await busySeconds(cdp);
  await page.evaluate(
    async ({ name, steps }) => {
      const area = document.querySelector('[data-testid=flame-canvas]');
      const bounds = area.getBoundingClientRect();
      const at = (x, y) => ({
        bubbles: true,
        cancelable: true,
        clientX: bounds.left + x,
        clientY: bounds.top + y,
        pointerId: 1,
      });
      const middle = [bounds.width / 2, bounds.height / 2];
      const frame = () => new Promise((resolve) => setTimeout(resolve, 16));
      const actions = {
        zoom: (i) =>
          area.dispatchEvent(
            new WheelEvent('wheel', { ...at(bounds.width * 0.3, 40), ctrlKey: true, deltaY: i < steps / 2 ? -40 : 40 }),
          ),
        pan: (i) => area.dispatchEvent(new WheelEvent('wheel', { ...at(...middle), deltaX: i < steps / 2 ? 30 : -30 })),
        scroll: (i) =>
          area.dispatchEvent(new WheelEvent('wheel', { ...at(...middle), deltaY: i < steps / 2 ? 20 : -20 })),
        hover: (i) =>
          area.dispatchEvent(new PointerEvent('pointermove', at((i * 17) % bounds.width, (i * 7) % bounds.height))),
      };
      for (let i = 0; i < steps; i++) {
        actions[name](i);
        await frame();
      }
    },
    { name, steps },
  );
  const { script, between } = await page.evaluate(() => window.takeFrames());
  const busy = (((await busySeconds(cdp)) - busyBefore) * 1000) / script.length;
  const line = (values) =>
    `p50 ${share(values, 0.5).toFixed(1)} p95 ${share(values, 0.95).toFixed(1)} max ${Math.max(...values).toFixed(1)} ms`;
  console.log(
    `${name.padEnd(8)} script ${line(script)} | between frames ${line(between)} | thread ${busy.toFixed(1)} ms a frame, ${script.length} frames`,
  );
}

const url = await makePage();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage({ viewport: { width, height } });
page.on('pageerror', (error) => console.log(`page: ${error.stack}`));
page.on('console', (message) => message.type() === 'error' && console.log(`page: ${message.text()}`));
await page.addInitScript(recordFrames);
await page.goto(`${url}#boxes=${boxes}${process.env.THEME ? `&theme=${process.env.THEME}` : ''}`);
await page.evaluate(() => window.flametrail.idle());
console.log(`${await page.evaluate(() => window.boxes)} boxes, ${width}x${height}, Chromium ${browser.version()}`);
const cdp = await page.context().newCDPSession(page);
// Time of the thread itself: other programs on the machine do not count.
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
for (const name of ['hover', 'zoom', 'pan', 'scroll']) await drive(page, cdp, name, 240);
await page.evaluate(() => (window.store.view.selectedFrame.value = 12));
await drive(page, cdp, 'hover', 120);
await browser.close();
