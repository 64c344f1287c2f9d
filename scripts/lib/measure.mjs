// Time and memory of commands, for the benches.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export const native = 'build/native';
export const folder = 'build/bench';

export function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error ?? `exit ${status}`}`);
}

/** Wall and CPU seconds and peak MiB, also of the children a wrapper such as `go tool` starts. */
export function measure(command, args) {
  const record = `${folder}/time.txt`;
  const { status, stderr } = spawnSync('/usr/bin/time', ['-o', record, '-f', '%e %M %U %S', command, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TZ: 'UTC' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${status}\n${stderr}`);
  const [seconds, kib, user, system] = readFileSync(record, 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, mib: kib / 1024, cpu: user + system };
}

/** The run of median time: other programs on the machine spoil single runs either way. */
export function median(times, command, args) {
  const all = Array.from({ length: times }, () => measure(command, args));
  all.sort((a, b) => a.seconds - b.seconds);
  return all[Math.floor(times / 2)];
}

export const ratio = (theirs, ours) => (theirs === undefined ? '' : (theirs / ours).toFixed(1));
