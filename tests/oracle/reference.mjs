// The pprof to compare with, and one comparison.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export const binary = process.env.FLAMETRAIL_BINARY ?? '';
const env = { ...process.env, TZ: 'UTC', HOME: tmpdir() };

// ORACLE_PPROF names another pprof than the installed one: of Go 1.23's version.
function findGoPprof() {
  if (process.env.ORACLE_PPROF) return process.env.ORACLE_PPROF;
  try {
    const path = execFileSync('go', ['tool', '-n', 'pprof'], {
      encoding: 'utf8',
    }).trim();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const pprof = findGoPprof();
// Whether the reference is the version that we follow to the byte; Debian's is an older one.
export const isExact = Boolean(process.env.ORACLE_PPROF);
export const missing = !pprof
  ? 'go tool pprof is not installed'
  : !existsSync(binary)
    ? 'FLAMETRAIL_BINARY is not built'
    : false;

function run(program, args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    let stderr = '';
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', failed);
    child.on('close', (status, signal) => done({ status, signal, stderr, stdout: Buffer.concat(chunks) }));
  });
}

const isProto = (options) => /^-(top)?proto$/.test(options[0]);
const kNoLimits = '-trim=false';
let written = 0;

// The text to compare. Two profiles are compared by what the reference shows of them (-raw): the order of texts in them
// and the compression are free.
async function shown(result, options, folder) {
  if (!isProto(options)) return result.stdout.toString('latin1');
  const file = join(folder, `out${written++}.pb`);
  writeFileSync(file, gunzipSync(result.stdout));
  const raw = await run(pprof, ['-symbolize=none', '-raw', file]);
  return raw.stdout.toString('latin1') + (raw.status ? raw.stderr : '');
}

function firstDifference(ours, theirs) {
  const [a, b] = [ours.split('\n'), theirs.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const line = at < 0 ? a.length : at;
  return `line ${line + 1}\n  ours:   ${a[line]}\n  theirs: ${b[line]}`;
}

// pprof leaves some orders to chance: its maps have none, and it sorts rows of -5 and 5 neither way. Where its own answers
// differ from run to run, the rows count as a set; numbers that follow from their order are left out. An order of two
// that it gives once in eight is one of its answers too, so the runs are many; few cases need more than one.
const kReruns = 48;

// -dot numbers its nodes, -callgrind its names, and writes positions as steps from the line before.
function rowSet(text) {
  return text
    .replace(/ \[\d+\/\d+\]/g, '')
    .replace(/\(\d+\)( [^\n]*)?/g, '()')
    .replace(/\b(N+|node|edge)\d+(_\d+)*\b/g, '$1')
    .replace(/^(calls=\d+ |)(0x[\da-f]+|[-+]\d+|\*) /gm, '$1')
    .split('\n')
    .sort()
    .join('\n');
}

const rowsOf = (text) => rowSet(text).split('\n');

// Whether `ours` could come from the reference, which `again` asks once more. "unknown": its answers have different rows,
// and ours has all that they share and as many as they have, but is none of those seen.
async function judge(ours, theirs, again) {
  const own = rowSet(ours);
  const answers = new Set([rowSet(theirs)]);
  let varies = false;
  for (let i = 0; i < kReruns; i++) {
    const other = await again();
    if (other === ours) return 'equal';
    varies ||= other !== theirs;
    answers.add(rowSet(other));
    if (varies && answers.has(own)) return 'equal';
  }
  if (!varies || answers.size === 1) return 'different';
  const lists = [...answers].map((answer) => answer.split('\n'));
  const [first, ...others] = lists.map((rows) => new Set(rows));
  const ownRows = new Set(rowsOf(ours));
  const counts = lists.map((rows) => rows.length);
  const hasShared = [...first].every((row) => ownRows.has(row) || others.some((other) => !other.has(row)));
  const count = rowsOf(ours).length;
  return hasShared && Math.min(...counts) <= count && count <= Math.max(...counts) ? 'unknown' : 'different';
}

// What differs, or nothing. `files` are the arguments behind the options.
export async function difference(options, files, folder) {
  const args = ['-symbolize=none', ...options, ...files];
  const command = `pprof ${args.map((arg) => (/^[\w./=,:+-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ')}`;
  const [theirs, ours] = await Promise.all([run(pprof, args), run(binary, ['pprof', ...args])]);
  if (ours.signal) return `crashed: ${command}`;
  const failed = theirs.status !== 0;
  // Go's runtime says 2 when pprof itself panics.
  if (theirs.stderr.includes('goroutine 1 [running]')) return '';
  if ((ours.status !== 0) !== failed)
    return `exit status: ${command}\n  theirs: ${theirs.stderr}\n  ours:   ${ours.stderr}`;
  if (failed) return ours.stdout.length > 0 ? `text beside an error: ${command}` : '';
  if (!isExact && options[0] === '-raw')
    ours.stdout = Buffer.from(ours.stdout.toString('latin1').replace(/:(\d+):0 s=/g, ':$1 s='), 'latin1');
  const [a, b] = await Promise.all([shown(ours, options, folder), shown(theirs, options, folder)]);
  if (a === b) return '';
  const again = async () => shown(await run(pprof, args), options, folder);
  const verdict = await judge(a, b, again);
  if (verdict === 'equal') return '';
  // Chance decides in the reference which of several equal nodes fall to a limit, and which edges are needless then:
  // without limits there is no choice, so that the same command must be equal.
  if (verdict === 'unknown' && !options.includes(kNoLimits)) {
    return difference([...options, kNoLimits], files, folder);
  }
  return `${verdict}: ${command}\n  ${firstDifference(a, b)}`;
}
