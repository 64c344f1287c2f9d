// All reports of `flametrail pprof` beside the live `go tool pprof`, over random options and files. Skipped where either
// is not there. ORACLE_SEED and ORACLE_RUNS repeat or lengthen a run, ORACLE_REPORTS=-tree,-raw narrows it; failures
// print the commands that show them again.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { makeRandom } from './random.mjs';
import { kReports, randomOptions } from './random_options.mjs';
import { randomProfile } from './random_profile.mjs';
import { difference, isExact, missing } from './reference.mjs';

const seed = Number(process.env.ORACLE_SEED ?? 1);
const runs = Number(process.env.ORACLE_RUNS ?? 250);
const corpus = process.env.FLAMETRAIL_CORPUS ?? '';
const kParallel = 2;
const kShownFailures = 25;

// Go 1.19 lays -tags out otherwise, writes other file references in -callgrind, knows no columns, merges no profiles of
// different types, takes other totals for -relative_percentages, and merges even a single file (-traces, -raw and -proto then show
// other ids and samples).
const reports = (process.env.ORACLE_REPORTS?.split(',') ?? kReports).filter(
  (report) => isExact || !['-tags', '-callgrind', '-traces', '-raw', '-proto'].includes(report),
);

// Calls `next` for each run and fails with what differed.
async function compareMany(next) {
  const folder = mkdtempSync(join(tmpdir(), 'flametrail-oracle-'));
  const failures = [];
  let count = 0;
  const worker = async () => {
    while (count < runs && failures.length < kShownFailures) {
      const { options, files } = next(folder, count++);
      const text = await difference(options, files, folder);
      if (text) failures.push(text);
    }
  };
  await Promise.all(Array.from({ length: kParallel }, worker));
  // Kept when something failed: the commands name files in it.
  if (failures.length === 0) rmSync(folder, { recursive: true });
  assert.equal(failures.length, 0, `${count} runs\n${failures.join('\n')}`);
}

// One to three files, with or without a base.
function randomFiles(random, pickFile) {
  const { chance, pick, below } = random;
  const options = [];
  const files = [pickFile()];
  if (chance(0.3)) for (let i = 1 + below(2); i > 0; i--) files.push(pickFile());
  if (chance(0.25)) {
    options.push(`-${pick(['base', 'diff_base'])}=${pickFile()}`);
    if (chance(0.3)) options.push('-normalize');
  }
  return { options, files };
}

function randomRun(random, types, kind, chosen) {
  const options = randomOptions(random, {
    types,
    kind,
    reports,
    exact: isExact,
  });
  return { options: [...options, ...chosen.options], files: chosen.files };
}

test(
  `corpus files, seed ${seed}`,
  { skip: missing || (corpus === '' ? 'FLAMETRAIL_CORPUS is not set' : false) },
  async () => {
    const random = makeRandom(seed);
    const folder = join(corpus, 'profiles');
    const names = readdirSync(folder)
      .filter((name) => /\.pb(\.gz)?$/.test(name))
      .sort();
    const types = {
      cpu: ['samples', 'cpu'],
      heap: ['alloc_space', 'inuse_space', 'inuse_objects', 'space'],
      allocs: ['alloc_space', 'alloc_objects'],
      goroutine: ['goroutine'],
      threadcreate: ['threadcreate'],
      block: ['contentions', 'delay'],
      mutex: ['contentions', 'delay'],
    };
    const kindOf = (name) => Object.keys(types).find((key) => name.includes(`.${key}`)) ?? 'block';
    await compareMany(() => {
      const first = random.pick(names);
      // Mostly files that can be merged with the first; its other snapshots among them.
      const fitting = names.filter((name) => kindOf(name) === kindOf(first));
      const near = fitting.filter((name) => name.slice(0, 6) === first.slice(0, 6));
      let isFirst = true;
      const pickFile = () => {
        const name = isFirst
          ? first
          : random.pick(random.chance(0.7) ? near : !isExact || random.chance(0.9) ? fitting : names);
        isFirst = false;
        return join(folder, name);
      };
      return randomRun(random, types[kindOf(first)], 'corpus', randomFiles(random, pickFile));
    });
  },
);

test(`random profiles, seed ${seed}`, { skip: missing }, async () => {
  const random = makeRandom(seed + 1000000);
  await compareMany((folder, run) => {
    let written = 0;
    let first;
    const pickFile = () => {
      const profile = randomProfile(random, {
        distinct: !isExact,
        types: !isExact || random.chance(0.8) ? first?.valueTypes : undefined,
      });
      first ??= profile;
      const file = join(folder, `${run}-${written++}.pb`);
      writeFileSync(file, profile.bytes);
      return file;
    };
    const chosen = randomFiles(random, pickFile);
    return randomRun(random, first.types, 'random', chosen);
  });
});
