// Execution traces beside Go: decoding alone beside Go's reader, from file to scheduler profile beside `go tool trace`,
// and how cost grows with size.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { folder, measure, median, native, ratio, run } from './lib/measure.mjs';

// Where no Go here reads a version: its reader's rate as measured once (design.md, corpus/large), events a second.
const recordedRate = { 19: 29e6 / 8.2, 23: 101e6 / 13.4, 26: 101e6 / 13.4 };

const mixed = [19, 26].flatMap((version) => [1e6, 20e6, 100e6, 500e6].map((bytes) => ({ version, bytes })));
const shapes = [
  { shape: 'goroutines', count: 1_000_000 },
  { shape: 'generations', count: 1_000_000 },
  { shape: 'one_thread', count: 10_000_000 },
  { shape: 'live', count: 100_000 },
].flatMap((row) => [19, 26].map((version) => ({ version, ...row })));

/** N of each Go 1.N that is there. */
function findGos(commands) {
  return commands.flatMap((go) => {
    const { stdout, status } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' });
    const release = status === 0 ? Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0) : 0;
    return release > 0 ? [{ go, release }] : [];
  });
}

/** The newest of them whose tool reads the version: Go 1.22 and later convert what 1.11 and later wrote. */
function goFor(gos, version) {
  return gos.filter(({ release }) => release >= version).sort((a, b) => b.release - a.release)[0];
}

function make(name, args) {
  const file = `${folder}/trace-${name}.out`;
  if (!existsSync(file)) run(`${native}/gen_trace`, [...args, '-out', file].map(String));
  return file;
}

/** Traces that real Go programs wrote: made by the corpus' generator with each Go that is there. */
function realTraces(gos) {
  const source = process.env.FLAMETRAIL_CORPUS ? `${process.env.FLAMETRAIL_CORPUS}/large` : '';
  if (!existsSync(`${source}/tracebig`)) return [];
  return gos.map(({ go, release }) => {
    const [file, program] = ['out', 'bin'].map((ending) => resolve(`${folder}/tracebig-${release}.${ending}`));
    if (!existsSync(file)) {
      execFileSync(go, ['build', '-o', program, './tracebig'], { cwd: source, env: { ...process.env, GOFLAGS: '' } });
      run(program, ['-mb', '100', '-out', file]);
    }
    return { what: `tracebig of Go 1.${release}`, file, version: versionOf(file) };
  });
}

function versionOf(file) {
  const header = execFileSync('head', ['-c', '16', file], { encoding: 'latin1' });
  return Number(/^go 1\.(\d+) trace/.exec(header)?.[1] ?? 0);
}

/** Go's reader as a program, or undefined: it may be imported only by what seems to be part of Go itself. */
function buildReference({ go, release }) {
  if (release < 23) return undefined;
  const program = resolve(`${folder}/reference_reader-${release}`);
  if (existsSync(program)) return program;
  const root = execFileSync(go, ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const overlay = resolve(`${folder}/overlay.json`);
  const place = `${root}/src/cmd/reference_reader/main.go`;
  writeFileSync(overlay, JSON.stringify({ Replace: { [place]: resolve('tests/bench/reference_reader.go') } }));
  run(go, ['build', '-overlay', overlay, '-o', program, 'cmd/reference_reader']);
  return program;
}

/** The run of median CPU time of a program that prints its numbers. */
function medianOf(times, program, file) {
  const runs = Array.from({ length: times }, () => JSON.parse(execFileSync(program, [file], { encoding: 'utf8' })));
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(times / 2)];
}

function decodeRow({ what, file, version }, gos) {
  const ours = medianOf(3, `${native}/decode_rate`, file);
  const rate = ours.events / ours.seconds;
  const reader = goFor(gos, version);
  const program = reader && buildReference(reader);
  const theirs = program && medianOf(3, program, file);
  const theirRate = theirs ? theirs.events / theirs.seconds : recordedRate[version];
  return {
    what,
    'M events': (ours.events / 1e6).toFixed(1),
    'CPU s': ours.seconds.toFixed(2),
    'M events/s': (rate / 1e6).toFixed(1),
    'B/event kept': (ours.resident / ours.events).toFixed(1),
    'B/event peak': (ours.peak / ours.events).toFixed(1),
    'go reader M events/s': theirRate ? (theirRate / 1e6).toFixed(1) : '',
    reader: theirs ? `Go 1.${reader.release}, now` : 'as recorded',
    'times faster': ratio(rate, theirRate),
    'x recorded rate': ratio(rate, recordedRate[version]),
  };
}

function profileRow({ what, file, version }, gos, goBytes) {
  const ours = median(3, `${native}/flametrail`, ['trace', '-pprof=sched', file]);
  const tool = statSync(file).size <= goBytes ? goFor(gos, version) : undefined;
  const theirs = tool ? measure(tool.go, ['tool', 'trace', '-pprof=sched', file]) : undefined;
  return {
    what,
    MB: (statSync(file).size / 1e6).toFixed(0),
    s: ours.seconds.toFixed(2),
    'CPU s': ours.cpu.toFixed(2),
    MiB: ours.mib.toFixed(0),
    'go s': theirs?.seconds.toFixed(2) ?? '',
    'go CPU s': theirs?.cpu.toFixed(2) ?? '',
    'go MiB': theirs?.mib.toFixed(0) ?? '',
    'times faster': ratio(theirs?.seconds, ours.seconds),
    'in CPU time': ratio(theirs?.cpu, ours.cpu),
    'times less memory': ratio(theirs?.mib, ours.mib),
  };
}

/** `gos`: commands. `goBytes`: of the largest trace that Go's tool is run on. */
export function benchTraces({ quick, gos: commands, goBytes }) {
  const gos = findGos(commands);
  const small = ({ bytes, count }) => !quick || (bytes ?? count * 5) <= 20e6;
  const inputs = mixed.filter(small).map(({ version, bytes }) => {
    const file = make(`${version}-${bytes / 1e6}m`, ['-version', version, '-bytes', bytes]);
    return { what: `mixed ${bytes / 1e6} MB, go 1.${version}`, file, version };
  });
  const real = quick ? [] : realTraces(gos);
  const extreme = shapes.filter(small).map(({ version, shape, count }) => {
    const file = make(`${version}-${shape}`, ['-version', version, '-shape', shape, '-count', count]);
    return { what: `${shape}, go 1.${version}`, file, version };
  });
  console.log("\ndecoding alone (budget: 4 times Go's reader, at most 20 bytes an event kept)");
  console.table([...real, ...inputs].map((input) => decodeRow(input, gos)));
  console.log('\nshapes that a reader must not be slow with');
  console.table(extreme.map((input) => decodeRow(input, gos)));
  console.log('\ntrace -pprof=sched (budget: 20 times faster than go tool trace, a twentieth of its memory)');
  console.table([...real, ...inputs].map((input) => profileRow(input, gos, goBytes)));
}
