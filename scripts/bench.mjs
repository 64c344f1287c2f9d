// Called by scripts/bench. Makes large inputs below build/bench, runs our command and Go's on each, prints the ratios.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const native = 'build/native';
const folder = 'build/bench';
const options = parseArgs({ options: { quick: { type: 'boolean' }, browser: { type: 'boolean' } } }).values;

const profiles = [
  { name: '100k', samples: 100_000, funcs: 40_000, seed: 2 },
  { name: '1m', samples: 1_000_000, funcs: 200_000, seed: 1 },
];

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? `exit ${status}`}`);
}

function makeProfile({ name, samples, funcs, seed }) {
  const file = `${folder}/profile-${name}.pb`;
  if (!existsSync(file)) {
    run(`${native}/gen_profile`, ['-samples', samples, '-funcs', funcs, '-seed', seed, '-out', file].map(String));
  }
  return file;
}

/** Wall seconds and peak MiB, also of the children a wrapper such as `go tool` starts. */
function measure(command, args) {
  const record = `${folder}/time.txt`;
  const { status, stderr } = spawnSync('/usr/bin/time', ['-o', record, '-f', '%e %M', command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TZ: 'UTC' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${stderr}`);
  const [seconds, kib] = readFileSync(record, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, mib: kib / 1024 };
}

function best(times, command, args) {
  const all = Array.from({ length: times }, () => measure(command, args));
  return all.reduce((fastest, next) => (next.seconds < fastest.seconds ? next : fastest));
}

function compareProfile(profile, hasGo) {
  const file = makeProfile(profile);
  const ours = best(3, `${native}/flametrail`, ['pprof', '-top', file]);
  const go = hasGo ? measure('go', ['tool', 'pprof', '-symbolize=none', '-top', file]) : undefined;
  return {
    input: `${profile.name} (${(statSync(file).size / 1e6).toFixed(0)} MB)`,
    'flametrail s': ours.seconds.toFixed(2),
    'flametrail MiB': ours.mib.toFixed(0),
    'go s': go?.seconds.toFixed(2) ?? 'no go here',
    'go MiB': go?.mib.toFixed(0) ?? '',
    'times faster': go ? (go.seconds / ours.seconds).toFixed(1) : '',
    'times less memory': go ? (go.mib / ours.mib).toFixed(1) : '',
  };
}

const hasGo = spawnSync('go', ['version']).status === 0;
console.log('\npprof -top (budget for 1m: 30 times faster, a fifth of the memory)');
console.table((options.quick ? profiles.slice(0, 1) : profiles).map((profile) => compareProfile(profile, hasGo)));

if (existsSync(`${native}/core_bench`)) run(`${native}/core_bench`, ['--benchmark_min_time=0.2']);
if (options.browser && existsSync('tests/bench/browser.mjs')) run('node', ['tests/bench/browser.mjs']);
