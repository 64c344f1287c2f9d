// Go source cut into tokens for colouring, line by line. No parser: names and operators are plain text.

export type TokenKind = 'plain' | 'keyword' | 'string' | 'comment' | 'number';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'break case chan const continue default defer else fallthrough for func go goto if import interface map package ' +
    'range return select struct switch type var nil true false iota'
  ).split(' '),
);

/** What a line begins inside of. */
type Inside = 'code' | 'comment' | 'raw';

const TOKEN =
  /\/\/.*|\/\*|`|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|[^\p{L}\d_"'`/]+|./gu;

export function goTokens(lines: readonly string[]): readonly (readonly Token[])[] {
  let inside: Inside = 'code';
  return lines.map((line) => {
    const tokens: Token[] = [];
    inside = cutLine(line, inside, tokens);
    return tokens;
  });
}

function cutLine(line: string, begins: Inside, tokens: Token[]): Inside {
  let inside = begins;
  let rest = line;
  while (rest !== '') {
    if (inside !== 'code') {
      const close = inside === 'comment' ? '*/' : '`';
      const end = rest.indexOf(close);
      const text = end < 0 ? rest : rest.slice(0, end + close.length);
      tokens.push({ kind: inside === 'comment' ? 'comment' : 'string', text });
      rest = rest.slice(text.length);
      if (end >= 0) inside = 'code';
      continue;
    }
    TOKEN.lastIndex = 0;
    const text = TOKEN.exec(rest)?.[0] ?? rest;
    if (text === '/*' || text === '`') {
      inside = text === '`' ? 'raw' : 'comment';
      tokens.push({ kind: text === '`' ? 'string' : 'comment', text });
    } else tokens.push({ kind: kindOf(text), text });
    rest = rest.slice(text.length);
  }
  return inside;
}

function kindOf(text: string): TokenKind {
  if (text.startsWith('//')) return 'comment';
  if (text.startsWith('"') || text.startsWith("'")) return 'string';
  if (/^\d/.test(text)) return 'number';
  return KEYWORDS.has(text) ? 'keyword' : 'plain';
}
