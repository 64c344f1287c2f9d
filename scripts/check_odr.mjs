// No two types have one qualified name. Two of one name in different files compile, and the linker takes either for both
// (the one-definition rule asks for no message): it has merged two structs once. What a .cc file keeps to itself belongs
// into an anonymous namespace.
import { readFileSync } from 'node:fs';
import { typesOf } from './lib/cpp_types.mjs';
import { listFiles, report } from './lib/repo_files.mjs';

const places = new Map();
for (const file of listFiles(/^(core|wasm|tests)\/.*\.(h|cc)$/)) {
  for (const { name, line } of typesOf(readFileSync(file, 'utf8'))) {
    places.set(name, [...(places.get(name) ?? []), `${file}:${line}`]);
  }
}
report(
  `${places.size} types`,
  [...places].filter(([, at]) => at.length > 1).map(([name, at]) => `${name} is defined in ${at.join(' and ')}`),
);
