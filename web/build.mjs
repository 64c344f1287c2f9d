// Builds the static page into dist/, in two shapes from the same sources:
//   index.html + assets/   for a static host; only relative URLs, so that it works below any path
//   flametrail.html        one file with everything inside, for file://
// web/index.html holds no script, style or CSP of its own: all three are put before </head> here.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repo = fileURLToPath(new URL('..', import.meta.url));
const dist = `${repo}dist`;
const source = `${repo}web/src`;
const coreModule = `${repo}build/wasm/core.mjs`;
const coreWasm = `${repo}build/wasm/core.wasm`;
const sampleFolder = `${repo}tests/data/samples`;
// Base64 inside the single file costs every start; larger samples are only beside the hosted page.
const maxInlineSampleBytes = 100_000;

const esbuildOptions = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  // Nothing above ASCII: the text of an inline script then hashes the same under every charset.
  charset: 'ascii',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  alias: { 'flametrail-core': coreModule },
  // Never reached: the glue is built for web and worker only, but names Node's modules.
  external: ['fs', 'path', 'module', 'url'],
  outdir: `${dist}/assets`,
  write: false,
  logLevel: 'warning',
};

const entries = {
  page: `${source}/main.tsx`,
  worker: `${source}/worker/main.ts`,
  layout: `${source}/worker/layout.ts`,
  style: `${source}/style/main.css`,
};

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10);
const cspHash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

async function bundleText(entry, options = {}) {
  const result = await build({ ...esbuildOptions, ...options, entryPoints: [entry] });
  if (result.outputFiles.length !== 1) throw new Error(`${entry}: expected one output file`);
  return result.outputFiles[0].text;
}

async function writeHashed(name, bytes) {
  const extension = extname(name);
  const hashed = `${basename(name, extension)}-${hash(bytes)}${extension}`;
  await writeFile(`${dist}/assets/${hashed}`, bytes);
  return `assets/${hashed}`;
}

// The page is split, so that what a view imports lazily is not part of the first load.
async function writePageScript() {
  const result = await build({
    ...esbuildOptions,
    entryPoints: [entries.page],
    splitting: true,
    write: true,
    metafile: true,
    entryNames: 'page-[hash]',
    chunkNames: 'chunk-[hash]',
    absWorkingDir: repo,
  });
  const isPage = ([, output]) => output.entryPoint === 'web/src/main.tsx';
  return Object.entries(result.metafile.outputs).find(isPage)[0].slice('dist/'.length);
}

// In the order in which a person who is new here would want them; others come after these, by name.
const sampleLabels = {
  cpu: 'CPU profile',
  heap: 'Heap',
  trace: 'Trace',
  allocs: 'Allocs',
  goroutine: 'Goroutines',
  block: 'Blocking',
  mutex: 'Mutexes',
  threadcreate: 'Threads',
};

const kindOf = (name) => name.replace(/\..*$/, '');
const rankOf = (name) => (Object.keys(sampleLabels).indexOf(kindOf(name)) + 1 || Infinity) - 1;

async function readSamples() {
  const names = (await readdir(sampleFolder).catch(() => [])).filter((name) => name !== 'README.md');
  // Not by subtraction: two ranks may both be infinite.
  const ordered = names.sort().sort((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) < rankOf(b) ? -1 : 1));
  return Promise.all(
    ordered.map(async (name) => ({
      name,
      label: sampleLabels[kindOf(name)] ?? kindOf(name).replace(/[-_]/g, ' '),
      bytes: await readFile(`${sampleFolder}/${name}`),
    })),
  );
}

// Text of a data block may not hold "</script" or "<!--": base64 never does, JSON escapes "<", scripts are asserted.
const dataBlock = (id, type, text) => `<script type="${type}" id="${id}">${text}</script>`;

const assetsBlock = (assets) =>
  dataBlock('flametrail-assets', 'application/json', JSON.stringify(assets).replaceAll('<', '\\u003c'));

function assertInlineable(name, script) {
  if (/<\/script|<!--/i.test(script))
    throw new Error(`${name} holds "</script" or "<!--", which ends an inline script`);
}

const cspMeta = (directives) => `<meta http-equiv="Content-Security-Policy" content="${directives.join('; ')}">`;

// A function as replacement: "$&" in a minified script must stay as it is.
function insertIntoHead(html, parts) {
  if (!html.includes('</head>') || !/<meta charset[^>]*>/.test(html)) {
    throw new Error('web/index.html needs <meta charset> and </head>');
  }
  const [csp, ...rest] = parts;
  return html
    .replace(/<meta charset[^>]*>/, (meta) => `${meta}\n${csp}`)
    .replace('</head>', () => `${rest.join('\n')}\n</head>`);
}

async function buildHosted(html, worker, layout, style, wasm, samples) {
  await mkdir(`${dist}/samples`, { recursive: true });
  for (const { name } of samples) await cp(`${sampleFolder}/${name}`, `${dist}/samples/${name}`);
  const assets = {
    mode: 'hosted',
    workerUrl: await writeHashed('worker.js', worker),
    layoutUrl: await writeHashed('layout.js', layout),
    wasmUrl: await writeHashed('core.wasm', wasm),
    samples: samples.map(({ name, label }) => ({ name, label, url: `samples/${name}` })),
  };
  const parts = [
    cspMeta([
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "img-src 'self' data:",
      "worker-src 'self' blob:",
      "connect-src 'self'",
    ]),
    `<link rel="stylesheet" href="${await writeHashed('style.css', style)}">`,
    assetsBlock(assets),
    `<script type="module" src="${await writePageScript()}"></script>`,
  ];
  await writeFile(`${dist}/index.html`, insertIntoHead(html, parts));
}

async function buildSingle(html, style, wasm, samples) {
  const page = await bundleText(entries.page);
  // A classic worker: from file:// Chromium starts no module worker out of a blob.
  const worker = await bundleText(entries.worker, { format: 'iife' });
  const layout = await bundleText(entries.layout, { format: 'iife' });
  assertInlineable('the page script', page);
  assertInlineable('the worker script', worker);
  assertInlineable('the layout script', layout);
  const inline = samples.filter(({ bytes }) => bytes.length <= maxInlineSampleBytes);
  const sampleId = (index) => `flametrail-sample-${index}`;
  const assets = {
    mode: 'single',
    workerSource: 'flametrail-worker',
    layoutSource: 'flametrail-layout',
    wasmBase64Element: 'flametrail-wasm',
    samples: inline.map(({ name, label }, index) => ({ name, label, base64Element: sampleId(index) })),
  };
  const parts = [
    cspMeta([
      "default-src 'none'",
      `script-src ${cspHash(page)} 'wasm-unsafe-eval'`,
      `style-src ${cspHash(style)}`,
      "img-src 'self' data:",
      'worker-src blob:',
      "connect-src 'self'",
    ]),
    `<style>${style}</style>`,
    assetsBlock(assets),
    dataBlock(assets.workerSource, 'text/plain', worker),
    dataBlock(assets.layoutSource, 'text/plain', layout),
    dataBlock(assets.wasmBase64Element, 'text/plain', wasm.toString('base64')),
    ...inline.map(({ bytes }, index) => dataBlock(sampleId(index), 'text/plain', bytes.toString('base64'))),
    `<script type="module">${page}</script>`,
  ];
  await writeFile(`${dist}/flametrail.html`, insertIntoHead(html, parts));
}

const wasm = await readFile(coreWasm).catch(() => {
  throw new Error('build/wasm/core.wasm is missing: run scripts/build wasm first');
});
await rm(dist, { recursive: true, force: true });
await mkdir(`${dist}/assets`, { recursive: true });
const html = await readFile(`${repo}web/index.html`, 'utf8');
const worker = await bundleText(entries.worker);
const layout = await bundleText(entries.layout, { format: 'iife' });
const style = await bundleText(entries.style);
const samples = await readSamples();
await buildHosted(html, worker, layout, style, wasm, samples);
await buildSingle(html, style, wasm, samples);
