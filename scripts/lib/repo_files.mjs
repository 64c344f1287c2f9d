// For the checks written in JavaScript: the files of the work tree, and how a check reports.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

/** Committed and new files that match, relative to the repository, without what .gitignore names. */
export function listFiles(pattern) {
  const output = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  // A file deleted but not yet committed is still listed.
  return [...new Set(output.split('\0'))].filter((name) => pattern.test(name) && existsSync(name)).sort();
}

export function report(summary, faults) {
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? summary : `${faults.length} faults in ${summary}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
