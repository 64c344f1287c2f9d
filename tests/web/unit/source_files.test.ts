import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { goTokens } from '../../../web/src/base/go_tokens';
import { readZip } from '../../../web/src/base/zip';
import { SourceFiles, type SourceEntry } from '../../../web/src/state/source_files';

const entry = (path: string): SourceEntry => ({ path, read: () => Promise.resolve(path) });

test('a file is found by the longest common end of its path', () => {
  const files = new SourceFiles();
  assert.equal(files.find('/go/src/runtime/proc.go'), undefined);
  files.add(['a/proc.go', 'src/runtime/proc.go', 'other/runtime/proc.go', 'lib@v1.2.3/x.go'].map(entry));
  assert.equal(files.find('/usr/local/go/src/runtime/proc.go')?.path, 'src/runtime/proc.go');
  assert.equal(files.find('z/a/proc.go')?.path, 'a/proc.go');
  assert.equal(files.find('nowhere/proc.go')?.path, 'a/proc.go', 'the shortest among equals');
  assert.equal(files.find('checkout/lib/x.go')?.path, 'lib@v1.2.3/x.go', 'versions of the module cache do not count');
  assert.equal(files.find('runtime/other.go'), undefined);
  files.add([{ path: 'a/proc.go', read: () => Promise.resolve('new') }]);
  assert.equal(files.version.value, 2);
});

/** A zip archive by hand: local heads, directory, end. */
function zip(files: Readonly<Record<string, string>>, damage?: (bytes: Buffer) => void): Blob {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt32LE(text.length, 24);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(offset, 42);
    locals.push(local, name, packed);
    directory.push(head, name);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  const bytes = Buffer.concat([...locals, ...directory, end]);
  damage?.(bytes);
  return new Blob([bytes]);
}

test('a zip archive gives its files when they are wanted', async () => {
  const text = 'package a\n'.repeat(100);
  const entries = await readZip(zip({ 'a/b.go': text, 'c.go': 'package c' }));
  assert.deepEqual(
    entries.map(({ path }) => path),
    ['a/b.go', 'c.go'],
  );
  assert.equal(await entries[0]?.read(), text);
});

test('what is no archive, or a broken one, is refused in a sentence', async () => {
  await assert.rejects(readZip(new Blob(['no'])), /no zip archive/);
  await assert.rejects(readZip(new Blob([])), /no zip archive/);
  const cut = zip({ 'a.go': 'x' }, (bytes) => bytes.writeUInt32LE(0xfffffff0, bytes.length - 6));
  await assert.rejects(readZip(cut), /cut off/);
  const [moved] = await readZip(zip({ 'a.go': 'x' }, (bytes) => bytes.writeUInt32LE(0, 0)));
  await assert.rejects(moved?.read() ?? Promise.resolve(), /no file where its directory says/);
  const many = await readZip(zip({ 'a.go': 'x' }, (bytes) => bytes.writeUInt16LE(9999, bytes.length - 12)));
  assert.equal(many.length, 1, 'a directory that claims more files than it has');
});

/** k, s, c, n for each token that is coloured. */
const drawn = (lines: readonly string[]): string[] =>
  goTokens(lines).map((tokens) =>
    tokens.map(({ kind, text }) => (kind === 'plain' ? text : `${kind[0] ?? ''}<${text}>`)).join(''),
  );

test('Go source is cut into tokens, across lines too', () => {
  assert.deepEqual(drawn(['func f() int { return 0x1F } // done']), [
    'k<func> f() int { k<return> n<0x1F> } c<// done>',
  ]);
  assert.deepEqual(drawn(['x := "a\\"b" + \'c\'']), ['x := s<"a\\"b"> + s<\'c\'>']);
  assert.deepEqual(drawn(['a /* b', 'func', 'c */ d']), ['a c</*>c< b>', 'c<func>', 'c<c */> d']);
  assert.deepEqual(drawn(['`raw', '// no comment', '` / 2']), ['s<`>s<raw>', 's<// no comment>', 's<`> / n<2>']);
  for (const odd of ['"open', "'", '/', '', 'é世 := 1', '\u{1F600}']) {
    assert.equal(
      goTokens([odd])[0]
        ?.map(({ text }) => text)
        .join(''),
      odd,
    );
  }
});
