// The last step of the link: the order of functions is another one, what they do is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leb, readModule, writeModule } from '../../wasm/link/module.mjs';
import { orderByLikeness } from '../../wasm/link/likeness.mjs';

const section = (id, ...bytes) => [id, ...leb(bytes.length), ...bytes];
const body = (...code) => [code.length + 2, 0, ...code, 0x0b];
const i32 = 0x7f;

/** twice(x) = import(x) + import(x); four(x) = twice(twice(x)); table[0] = four; viaTable(x) = table[0](x). */
const arithmetic = Buffer.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, 1, 0x60, 1, i32, 1, i32),
  ...section(2, 1, 1, 0x6d, 1, 0x66, 0, 0), // import m.f
  ...section(3, 3, 0, 0, 0),
  ...section(4, 1, 0x70, 0, 1),
  ...section(7, 2, 1, 0x61, 0, 2, 1, 0x62, 0, 3), // export a = four, b = viaTable
  ...section(9, 1, 0, 0x41, 0, 0x0b, 1, 2),
  ...section(
    10,
    3,
    ...[
      ...body(0x20, 0, 0x10, 0, 0x20, 0, 0x10, 0, 0x6a),
      ...body(0x20, 0, 0x10, 1, 0x10, 1),
      ...body(0x20, 0, 0x41, 0, 0x11, 0, 0),
    ],
  ),
]);

function run(bytes) {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m: { f: (x) => x + 1 } });
  return [instance.exports.a(5), instance.exports.b(5)];
}

test('every order of functions gives the same module', () => {
  const module = readModule(arithmetic);
  assert.deepEqual(run(arithmetic), [26, 26]);
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const written = writeModule(module, order);
    assert.deepEqual(run(written), [26, 26], order.join());
    if (order.join() === '0,1,2') assert.deepEqual(written, arithmetic);
    else assert.notDeepEqual(written, arithmetic);
  }
});

test('a call of a function whose number takes another length', () => {
  const count = 200;
  const bodies = Array.from({ length: count }, (_, i) => (i === 0 ? body(0x41, 7) : body(0x10, ...leb(i - 1))));
  const chain = Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 0, 1, i32),
    ...section(2, 0),
    ...section(3, ...leb(count), ...Array(count).fill(0)),
    ...section(7, 1, 1, 0x61, 0, ...leb(count - 1)),
    ...section(10, ...leb(count), ...bodies.flat()),
  ]);
  const module = readModule(chain);
  const backwards = Array.from({ length: count }, (_, i) => count - 1 - i);
  const written = writeModule(module, backwards);
  assert.equal(new WebAssembly.Instance(new WebAssembly.Module(written)).exports.a(), 7);
});

test('what cannot be renumbered is refused', () => {
  const names = Buffer.from([...arithmetic, ...section(0, 4, ...Buffer.from('name'))]);
  assert.throws(() => readModule(names), /names of functions/);
  const unknown = Buffer.from(arithmetic);
  unknown[unknown.lastIndexOf(0x6a)] = 0xfd;
  assert.throws(() => writeModule(readModule(unknown), [0, 1, 2]), /0xfd is not known/);
});

test('like bodies follow each other', () => {
  const text = (word) => Buffer.from(word.repeat(10));
  const bodies = ['abcdefgh', 'zyxwvuts', 'abcdefgi', 'zyxwvutr', 'abcdefgj'].map(text);
  assert.deepEqual(orderByLikeness(bodies), [0, 2, 4, 1, 3]);
});
