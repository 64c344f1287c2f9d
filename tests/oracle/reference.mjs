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
// differ from run to run, the rows count as a set; numbers that follow from their order are left out.
const kReruns = 8;

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

async function isOneOf(ours, theirs, again) {
  const answers = [rowSet(theirs)];
  let varies = false;
  for (let i = 0; i < kReruns; i++) {
    const other = await again();
    if (other === ours) return true;
    varies ||= other !== theirs;
    answers.push(rowSet(other));
  }
  if (!varies) return false;
  if (answers.includes(rowSet(ours))) return true;
  // Chance decides in the reference which of several equal nodes fall to a limit, or which edges are needless: what all
  // its answers have in common must be in ours.
  const own = new Set(rowSet(ours).split('\n'));
  const rows = answers.map((answer) => new Set(answer.split('\n')));
  const choosesRows = answers.some((answer) => answer !== answers[0]);
  return choosesRows && [...rows[0]].every((row) => own.has(row) || rows.some((other) => !other.has(row)));
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
  const again = async () => shown(await run(pprof, args), options, folder);
  return a === b || (await isOneOf(a, b, again)) ? '' : `${command}\n  ${firstDifference(a, b)}`;
}
