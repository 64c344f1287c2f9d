// Who may include or import whom. Each file belongs to the first layer that matches its path; an include of our own
// code must go to an allowed layer. Run by scripts/check; prints one line for each forbidden arrow.
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { listFiles, report } from './lib/repo_files.mjs';

// ---- the allow-list ----
const layers = {
  'core/base': [],
  'core/io': ['core/base'],
  'core/model': ['core/base'],
  'core/formats': ['core/io', 'core/model', 'core/base', 'proto'],
  'core/analysis': ['core/model', 'core/base'],
  'core/session': ['core/formats', 'core/analysis', 'core/model', 'core/io', 'core/base'],
  // Besides these: the headers that core/session/session.h itself includes, as it returns their structs.
  'core/cli': ['core/session', 'core/base'],
  wasm: ['core/session', 'core/base'],

  'web/src/base': [],
  'web/src/protocol': [],
  'web/src/worker': ['web/src/protocol', 'web/src/base', 'flametrail-core'],
  'web/src/client': ['web/src/protocol', 'web/src/base'],
  'web/src/state': ['web/src/client', 'web/src/protocol', 'web/src/base'],
  'web/src/draw': ['web/src/protocol', 'web/src/base'],
  'web/src/widgets': ['web/src/base'],
  'web/src/views': ['web/src/state', 'web/src/draw', 'web/src/widgets', 'web/src/protocol', 'web/src/base'],
};
const seesSessionStructs = ['core/cli', 'wasm'];

// Headers and packages for some folders only.
const restricted = [
  { what: /^<emscripten\//, only: ['wasm/'] },
  { what: /^<sys\/mman\.h>$/, only: ['core/base/large_block.cc'] }, // advice about memory; opens and maps nothing
  { what: /^<(filesystem|fstream|iostream|cstdio|stdio\.h|fcntl\.h|unistd\.h|sys\/.*)>$/, only: ['core/cli/'] },
  { what: /^<(thread|mutex|future|atomic|chrono|ctime|time\.h)>$/, only: ['core/cli/'] },
  { what: /^preact(\/|$)|^@preact\/signals$/, only: ['web/src/views/', 'web/src/widgets/', 'web/src/main.tsx'] },
];

// Debts: this list may only shrink. FILE INCLUDE, with the reason.
const debts = new Set([
  'core/base/check.cc <cstdio>', // prints the failed check before it ends the program
  'core/base/units.cc <cstdio>', // snprintf: no floating to_chars in emcc 3.1.6
  'core/analysis/frame_table.cc <cstdio>', // snprintf
]);

// ---- the check ----
const layerNames = Object.keys(layers);
const layerOf = (path) => layerNames.find((layer) => path.startsWith(`${layer}/`));

function includesOf(file) {
  const text = readFileSync(file, 'utf8');
  if (/\.(h|cc)$/.test(file)) {
    return [...text.matchAll(/^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))/gm)].map((match) => match[1] ?? match[2]);
  }
  const imports = /^(?:import|export)\b[^'"`;]*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...text.matchAll(imports)].map((match) => {
    const name = match[1] ?? match[2];
    return name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
  });
}

function sessionHeaders() {
  const seen = new Set();
  const visit = (file) => {
    for (const include of includesOf(file)) {
      if (!include.startsWith('core/') || seen.has(include)) continue;
      seen.add(include);
      visit(include);
    }
  };
  visit('core/session/session.h');
  return seen;
}

function isAllowed(file, include, sessionStructs) {
  if (debts.has(`${file} ${include}`)) return true;
  const rule = restricted.find(({ what }) => what.test(include));
  if (rule && !rule.only.some((folder) => file.startsWith(folder))) return false;
  const from = layerOf(file);
  const to = include === 'flametrail-core' || include.startsWith('proto/') ? include.split('/')[0] : layerOf(include);
  if (from === undefined || to === undefined || from === to) return true;
  if (seesSessionStructs.includes(from) && sessionStructs.has(include)) return true;
  return layers[from].includes(to);
}

const files = listFiles(/^(core|wasm|web\/src)\/.*\.(h|cc|ts|tsx)$/);
const structs = files.includes('core/session/session.h') ? sessionHeaders() : new Set();
const faults = files.flatMap((file) =>
  includesOf(file)
    .filter((include) => !isAllowed(file, include, structs))
    .map((include) => `${file}: may not include ${include}`),
);
report(`${files.length} files`, faults);
