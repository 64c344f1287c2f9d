// Called by scripts/bench. Makes large inputs below build/bench, runs our command and Go's on each, prints the ratios.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folder, measure, median, native, ratio, run } from './lib/measure.mjs';
import { benchTraces } from './bench_trace.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const options = parseArgs({
  options: {
    quick: { type: 'boolean' },
    browser: { type: 'boolean' },
    traces: { type: 'boolean' },
    'go-mb': { type: 'string', default: '30' },
  },
}).values;

const profiles = [
  { name: '100k', samples: 100_000, funcs: 40_000, seed: 2 },
  { name: '1m', samples: 1_000_000, funcs: 200_000, seed: 1 },
];

function makeProfile({ name, samples, funcs, seed }) {
  const file = `${folder}/profile-${name}.pb`;
  if (!existsSync(file)) {
    run(`${native}/gen_profile`, ['-samples', samples, '-funcs', funcs, '-seed', seed, '-out', file].map(String));
  }
  return file;
}

function compare(label, args, hasGo) {
  const ours = median(5, `${native}/flametrail`, ['pprof', ...args]);
  const theirs = hasGo ? measure(go, ['tool', 'pprof', '-symbolize=none', ...args]) : undefined;
  return {
    what: label,
    'flametrail s': ours.seconds.toFixed(2),
    'flametrail MiB': ours.mib.toFixed(0),
    'go s': theirs?.seconds.toFixed(2) ?? 'no go here',
    'go MiB': theirs?.mib.toFixed(0) ?? '',
    'times faster': ratio(theirs?.seconds, ours.seconds),
    'times less memory': ratio(theirs?.mib, ours.mib),
  };
}

function compareProfile(profile, hasGo) {
  const file = makeProfile(profile);
  return compare(`${profile.name} (${(statSync(file).size / 1e6).toFixed(0)} MB)`, ['-top', file], hasGo);
}

/** Other reports on one profile: on a large one those that issues name, on a small one every kind. */
function compareReports(profile, hasGo) {
  const file = makeProfile(profile);
  const base = makeProfile({ ...profile, name: `${profile.name}-base`, seed: 3 });
  const reports = [
    ['-tree'],
    ['-peek=Merge1'],
    ['-top', '-focus=Merge1'],
    ['-top', '-tagfocus=tenant=north'],
    ['-top', `-diff_base=${base}`],
  ];
  if (profile === profiles[0]) {
    reports.push(['-traces'], ['-raw'], ['-dot'], ['-callgrind'], ['-list=Merge1'], ['-top', '-tagroot=tenant']);
    reports.push(['-top', base], ['-top', '-show_from=Merge1'], ['-tree', '-lines']);
    // Go does little more for these than to read and write the file; writing is deflate on both sides.
    reports.push(['-tags'], ['-comments'], ['-proto']);
  }
  return reports.map((args) => compare(args.join(' ').replace(`${folder}/`, ''), [...args, file], hasGo));
}

// GO names other Gos than the one that is found; profiles are compared with the first.
const gos = (process.env.GO ?? 'go').split(',');
if (options.traces) {
  benchTraces({ quick: options.quick, gos, goBytes: Number(options['go-mb']) * 1e6 });
  process.exit();
}
const go = gos[0];
const hasGo = spawnSync(go, ['version']).status === 0;
console.log('\npprof -top (budget for 1m: 30 times faster, a fifth of the memory)');
console.table((options.quick ? profiles.slice(0, 1) : profiles).map((profile) => compareProfile(profile, hasGo)));

for (const profile of options.quick ? profiles.slice(0, 1) : profiles) {
  console.log(`\nother reports, ${profile.name} (budget: 10 times faster)`);
  console.table(compareReports(profile, hasGo));
}

benchTraces({ quick: options.quick, gos, goBytes: Number(options['go-mb']) * 1e6 });

process.env.FLAMETRAIL_BENCH_PROFILE = makeProfile(profiles[0]);
if (existsSync(`${native}/core_bench`)) run(`${native}/core_bench`, ['--benchmark_min_time=0.2']);
if (options.browser && existsSync('tests/bench/browser.mjs')) run('node', ['tests/bench/browser.mjs']);
