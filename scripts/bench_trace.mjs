// Execution traces: from file to scheduler profile, beside `go tool trace` where that reads the version; how cost grows with size.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { folder, measure, median, native, ratio, run } from './lib/measure.mjs';

// Of the reference reader alone, 2 cores, corpus/large (Go's tools cannot read both families): events a second.
const referenceRate = { 19: 29e6 / 8.2, 26: 101e6 / 13.4 };
// `go tool trace` needs about 100 bytes of memory for each byte of a trace.
const largestForGo = 30e6;

const mixed = [
  { version: 19, bytes: 1e6 },
  { version: 19, bytes: 20e6 },
  { version: 19, bytes: 100e6 },
  { version: 19, bytes: 500e6 },
  { version: 26, bytes: 1e6 },
  { version: 26, bytes: 20e6 },
  { version: 26, bytes: 100e6 },
  { version: 26, bytes: 500e6 },
];
const shapes = [
  { shape: 'goroutines', count: 1_000_000 },
  { shape: 'generations', count: 1_000_000 },
  { shape: 'one_thread', count: 10_000_000 },
  { shape: 'live', count: 100_000 },
].flatMap((row) => [19, 26].map((version) => ({ version, ...row })));

/** The highest N of "go 1.N trace" that this Go's tool reads, or 0 without Go. */
function newestForGo(go) {
  const { stdout, status } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' });
  return status === 0 ? Number(/go1\.(\d+)/.exec(stdout)?.[1] ?? 0) : 0;
}

function make(name, args) {
  const file = `${folder}/trace-${name}.out`;
  if (!existsSync(file)) run(`${native}/gen_trace`, [...args, '-out', file].map(String));
  return file;
}

function wireEvents(file) {
  const args = ['trace', '-d=summary', file];
  const { stdout } = spawnSync(`${native}/flametrail`, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  return Number(/"events_total":(\d+)/.exec(stdout)?.[1] ?? 0);
}

function row(what, version, file, go) {
  const ours = median(3, `${native}/flametrail`, ['trace', '-pprof=sched', file]);
  const size = statSync(file).size;
  const comparable = newestForGo(go) >= version && size <= largestForGo;
  const theirs = comparable ? measure(go, ['tool', 'trace', '-pprof=sched', file]) : undefined;
  const events = wireEvents(file);
  const rate = events / ours.seconds;
  return {
    what: `${what}, go 1.${version}`,
    MB: (size / 1e6).toFixed(0),
    'M events': (events / 1e6).toFixed(1),
    s: ours.seconds.toFixed(2),
    'M events/s': (rate / 1e6).toFixed(1),
    'peak B/event': ((ours.mib * 1048576) / events).toFixed(0),
    'go s': theirs?.seconds.toFixed(2) ?? '',
    'times faster': ratio(theirs?.seconds, ours.seconds),
    'times less memory': ratio(theirs?.mib, ours.mib),
    'x reader alone': (rate / referenceRate[version]).toFixed(1),
  };
}

export function benchTraces(quick) {
  const go = process.env.GO ?? 'go';
  const small = ({ bytes, count }) => !quick || (bytes ?? count * 5) <= 20e6;
  console.log('\ntrace -pprof=sched (budget: 20 times faster than go tool trace, a twentieth of its memory)');
  console.log(
    '"x reader alone": our whole way beside the rate at which the reference only reads, as measured once (design.md)',
  );
  console.table(
    mixed.filter(small).map(({ version, bytes }) => {
      const file = make(`${version}-${bytes / 1e6}m`, ['-version', version, '-bytes', bytes]);
      return row('mixed', version, file, go);
    }),
  );
  console.log('\nshapes that a reader must not be slow with');
  console.table(
    shapes.filter(small).map(({ version, shape, count }) => {
      const file = make(`${version}-${shape}`, ['-version', version, '-shape', shape, '-count', count]);
      return row(shape, version, file, 'no go');
    }),
  );
}
