// Nothing committed may name a machine's folders, a registry's host, or a secret.
import { lstatSync, readFileSync } from 'node:fs';
import { listFiles, report } from './lib/repo_files.mjs';

const forbidden = [
  { name: 'a machine path', what: /(?<![\w.])\/(?:work|root|farm|home\/[a-z]\w*|tmp\/[a-z]\w*)\// },
  { name: 'a registry host', what: /registry\.npmjs\.|(?:deb|security|snapshot)\.debian\.org|"resolved":\s*"http/ },
  { name: 'a secret', what: /-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|_authToken\s*=/ },
];
// Recorded output of Go programs, with the paths of the machine that recorded it.
const recorded = /^tests\/(?:data|golden|oracle|fuzz\/corpus)\//;

const files = listFiles(/./).filter((file) => !recorded.test(file) && lstatSync(file).isFile());
const faults = files.flatMap((file) => {
  const text = readFileSync(file, 'latin1');
  return text.split('\n').flatMap((line, index) => {
    const rule = forbidden.find(({ what }) => what.test(line));
    return rule ? [`${file}:${index + 1}: ${rule.name}: ${line.trim().slice(0, 100)}`] : [];
  });
});
report(`${files.length} files`, faults);
