// Bundles tests/web/unit/*.test.ts to build/web-unit/, where `node --test` runs them: Node 18 reads no TypeScript.
import { readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repo = fileURLToPath(new URL('..', import.meta.url));
const source = `${repo}tests/web/unit`;
const output = `${repo}build/web-unit`;

const names = await readdir(source).catch(() => []);
await rm(output, { recursive: true, force: true });
await build({
  entryPoints: names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => `${source}/${name}`),
  outdir: output,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  sourcemap: 'inline',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  nodePaths: [`${repo}web/node_modules`],
  logLevel: 'warning',
});
