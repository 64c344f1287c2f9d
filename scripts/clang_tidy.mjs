// Runs clang-tidy over core/, two files at a time. What passed is remembered under build/ by the content of the file,
// of every header of ours that it includes (ninja knows them) and of .clang-tidy, so a second run is quick.
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { report } from './lib/repo_files.mjs';

const buildFolder = 'build/native';
const cacheFolder = 'build/clang-tidy';

/** Source file → itself and our headers, as paths relative to the repository. */
function readDependencies() {
  const text = execFileSync('ninja', ['-C', buildFolder, '-t', 'deps'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const ours = /^(core|proto|build\/native\/generated)\//;
  const found = new Map();
  for (const block of text.split('\n\n')) {
    const paths = block
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => relative('.', resolve(buildFolder, line.trim())))
      .filter((path) => ours.test(path) && existsSync(path));
    const source = paths.find((path) => /^core\/.*\.cc$/.test(path));
    if (source !== undefined) found.set(source, paths.sort());
  }
  return found;
}

function cacheKey(source, paths) {
  const hash = createHash('sha256').update(source);
  for (const path of ['.clang-tidy', ...paths]) hash.update(path).update(readFileSync(path));
  return `${cacheFolder}/${hash.digest('hex')}`;
}

function tidy(source) {
  // The build is g++'s, some of whose warning options clang does not know.
  const options = ['--quiet', '--extra-arg=-Wno-unknown-warning-option', '-p', buildFolder, source];
  return new Promise((done) => {
    execFile('clang-tidy', options, { maxBuffer: 1 << 26 }, (error, stdout) => done({ ok: error === null, stdout }));
  });
}

async function worker(queue, faults) {
  for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
    const { ok, stdout } = await tidy(job.source);
    if (ok) writeFileSync(job.key, '');
    else faults.push(`${job.source}:\n${stdout}`);
  }
}

mkdirSync(cacheFolder, { recursive: true });
const jobs = [...readDependencies()].map(([source, paths]) => ({ source, key: cacheKey(source, paths) }));
const queue = jobs.filter(({ key }) => !existsSync(key));
const summary = `${jobs.length} files, ${queue.length} of them changed`;
const faults = [];
await Promise.all(Array.from({ length: availableParallelism() }, () => worker(queue, faults)));
report(summary, faults.sort());
