// The types that a C++ file defines outside functions and classes: enough of C++ to follow its braces.

/** Without comments, literals and preprocessor lines; each newline stays, so that lines still count. */
function bare(text) {
  const noise =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s\\]*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:[^\n\\]|\\[\s\S])*/gm;
  // 1'000'000 is one number, no character.
  return text.replace(/(?<=\d)'(?=\d)/g, '').replace(noise, (found) => found.replace(/[^\n]+/g, ' '));
}

const namespaceHead = /^\s*(?:inline\s+)?namespace\b\s*([\w:]*)\s*$/;
const typeHead =
  /\b(?:struct|class|union|enum(?:\s+(?:class|struct))?)\s+(?:\[\[[^\]]*\]\]\s*)?(\w+)\s*(?:final\s*)?(?::[^:][\s\S]*)?$/;

/** {name: 'a::b::Type', line} of each definition; none in an anonymous namespace, and no specialisation of a template. */
export function typesOf(text) {
  const types = [];
  const scopes = []; // names of namespaces; undefined: anything else, whose contents are not looked at
  let head = '';
  let line = 1;
  for (const char of bare(text)) {
    if (char === '\n') line += 1;
    if (char === '{') {
      const visible = scopes.every((scope) => scope !== undefined);
      const space = namespaceHead.exec(head);
      const type = typeHead.exec(head);
      if (visible && space === null && type !== null) types.push({ name: [...scopes, type[1]].join('::'), line });
      scopes.push(visible && space !== null && space[1] !== '' ? space[1] : undefined);
      head = '';
    } else if (char === '}') {
      scopes.pop();
      head = '';
    } else if (char === ';') head = '';
    else head += char;
  }
  return types;
}
