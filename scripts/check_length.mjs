// A file of more than 400 lines says why near its top: "Long because: …".
import { readFileSync } from 'node:fs';
import { listFiles, report } from './lib/repo_files.mjs';

const maxLines = 400;
const reasonWithin = 15;

const files = listFiles(/^(core|wasm|web|tests|scripts)\/.*\.(h|cc|ts|tsx|mjs|js|css|sh)$|^scripts\/[a-z_]+$/);
const faults = files.flatMap((file) => {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.length <= maxLines || lines.slice(0, reasonWithin).some((line) => /Long because: \S/.test(line))) return [];
  return [`${file}: ${lines.length} lines, no "Long because:" in the first ${reasonWithin}`];
});
report(`${files.length} files`, faults);
