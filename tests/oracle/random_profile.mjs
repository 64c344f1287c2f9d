// Small random profiles, written as profile.proto, made of what reports can get wrong: recursion, inlined lines, missing
// symbols and names, several mappings, odd paths, negative and zero values, samples without a stack, equal values, labels
// (texts, numbers with units, several of a key), comments, columns, start lines, drop and keep frames.

class Writer {
  constructor() {
    this.bytes = [];
  }
  varint(value) {
    let v = BigInt.asUintN(64, BigInt(value));
    for (; v > 127n; v >>= 7n) this.bytes.push(Number(v & 127n) | 128);
    this.bytes.push(Number(v));
  }
  number(field, value) {
    if (BigInt(value) === 0n) return;
    this.varint(field << 3);
    this.varint(value);
  }
  bytesField(field, bytes) {
    this.varint((field << 3) | 2);
    this.varint(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
  }
  message(field, fill) {
    const inner = new Writer();
    fill(inner);
    this.bytesField(field, inner.bytes);
  }
  packed(field, values) {
    this.message(field, (w) => values.forEach((value) => w.varint(value)));
  }
}

const kTypes = [
  ['samples', 'count'],
  ['cpu', 'nanoseconds'],
  ['alloc_objects', 'count'],
  ['alloc_space', 'bytes'],
  ['inuse_space', 'bytes'],
  ['space', 'bytes'],
  ['contentions', 'count'],
  ['delay', 'nanoseconds'],
  ['delay', 'microseconds'],
  ['wall', 'milliseconds'],
  ['load', 'nanogcu'],
  ['weird', 'wéird'],
  ['bare', ''],
  ['odd', 'μs'],
  ['odder', 'μss'],
  ['heavy', '\u212ABytes'],
];
const kFiles = [
  '',
  'a.go',
  '/src/a/../b.go',
  './c//d.go',
  '/proc/self/cwd/x/y.cc',
  '/proc/self/cwd/./z.cc',
  '/..',
  'a/..',
  '.',
];
const kNames = [
  '',
  'main.main',
  'main.run',
  'runtime.mallocgc',
  'f',
  'g',
  'h',
  'std::vector<int>::push_back',
  'net/http.(*conn).serve',
  'π',
  'x y',
];

const kTextLabels = {
  worker: ['0', '1', '12', 'w-1'],
  region: ['eu', 'us', 'eu-west', '', 'ü'],
  'odd key': ['a=b', 'x:y', 'c,d'],
};
const kNumberLabels = {
  bytes: ['', '', 'bytes', 'kilobytes'],
  request: ['', 'bytes'],
  latency: ['ms', 'us', 'seconds'],
  items: ['', '', 'count', 'things'],
  region: ['', 'zones'],
};
const kNumbers = [0, 1, 2, 7, 64, 100, 512, 1000, 1024, 4096, 1048576, -3, 5e9];

function labels(random) {
  const { below, chance, pick } = random;
  const list = [];
  for (let i = below(4); i > 0; i--) {
    if (chance(0.5)) {
      const key = pick(Object.keys(kTextLabels));
      list.push({ key, text: pick(kTextLabels[key]) });
    } else {
      const key = pick(Object.keys(kNumberLabels));
      list.push({ key, number: pick(kNumbers), unit: pick(kNumberLabels[key]) });
    }
  }
  return list;
}

// `distinct`: nothing that Go 1.19 would merge when it reads a single file (1.23 leaves a single file alone): each sample
// has a label of its own, each mapping its own size, comments appear once.
// `types`: those of another profile, to be merged with it.
export function randomProfile(random, { distinct, types: givenTypes }) {
  const { below, chance, pick } = random;
  const strings = [''];
  const text = (s) => {
    let at = strings.indexOf(s);
    if (at < 0) at = strings.push(s) - 1;
    return at;
  };
  const w = new Writer();
  const types = givenTypes ? [...givenTypes] : [];
  for (let i = 0, n = 1 + below(4); !givenTypes && i < n; i++) {
    const type = pick(kTypes);
    if (!types.some((t) => t[0] === type[0])) types.push(type);
  }
  const valueType =
    ([type, unit]) =>
    (m) => {
      m.number(1, text(type));
      m.number(2, text(unit));
    };
  for (const type of types) w.message(1, valueType(type));
  const labelled = chance(0.6);

  const mappings = below(4);
  const functions = 1 + below(12);
  const locations = 1 + below(20);
  const scale = pick([1, 5, 1000, 1e6, 12345678, 3e9, 7e12]);
  const negative = chance(0.3);
  const sparse = chance(0.3);
  const value = () => {
    if (sparse && chance(0.5)) return 0;
    const size = chance(0.3) ? scale : 1 + below(scale * 3);
    return negative && chance(0.4) ? -size : size;
  };
  for (let s = 0, n = chance(0.03) ? 0 : 1 + below(40); s < n; s++) {
    w.message(2, (m) => {
      const stack = [];
      for (let d = 0, depth = chance(0.05) ? 0 : 1 + below(9); d < depth; d++) stack.push(1 + below(locations));
      if (stack.length > 0) m.packed(1, stack);
      const values = types.map(value);
      // Merging drops samples without a value.
      if (distinct && values.every((v) => v === 0)) values[0] = 1;
      m.packed(2, values);
      if (distinct) {
        m.message(3, (l) => {
          l.number(1, text('sample'));
          l.number(2, text(`s${s}`));
        });
      }
      for (const label of labelled ? labels(random) : []) {
        m.message(3, (l) => {
          l.number(1, text(label.key));
          l.number(2, text(label.text ?? ''));
          l.number(3, label.number ?? 0);
          l.number(4, text(label.unit ?? ''));
        });
      }
      if (chance(0.02)) {
        m.message(3, (l) => {
          l.number(1, text('pprof::base'));
          l.number(2, text('true'));
        });
      }
    });
  }
  for (let i = 1; i <= mappings; i++) {
    w.message(3, (m) => {
      m.number(1, i);
      m.number(2, i * 0x400000);
      m.number(3, i * 0x400000 + (distinct ? i * 0x10000 : 0x100000));
      m.number(5, text(pick(['', '/bin/prog', 'lib.so', '/opt/x/'])));
      m.number(6, text(pick(['', '', 'c0ffee'])));
      for (let field = 7; field <= 10; field++) m.number(field, below(2));
    });
  }
  for (let i = 1; i <= locations; i++) {
    w.message(4, (m) => {
      m.number(1, i);
      if (mappings > 0 && !chance(0.1)) m.number(2, 1 + below(mappings));
      m.number(3, chance(0.2) ? 0 : 0x400000 + below(64) * 16);
      for (let l = 0, n = chance(0.15) ? 0 : 1 + (chance(0.3) ? below(4) : 0); l < n; l++) {
        m.message(4, (line) => {
          line.number(1, 1 + below(functions));
          line.number(2, chance(0.2) ? 0 : 1 + below(30));
          if (!distinct && chance(0.3)) line.number(3, below(9));
        });
      }
      if (!distinct && chance(0.05)) m.number(5, 1);
    });
  }
  for (let i = 1; i <= functions; i++) {
    w.message(5, (m) => {
      m.number(1, i);
      const name = text(pick(kNames));
      m.number(2, name);
      m.number(3, chance(0.8) ? name : text('_Z1fv'));
      m.number(4, text(pick(kFiles)));
      m.number(5, chance(0.5) ? 0 : below(200));
    });
  }
  if (chance(0.15)) w.number(7, text(pick(['runtime\\..*', 'f|g', 'main.*', '('])));
  if (chance(0.1)) w.number(8, text(pick(['g', 'runtime.mallocgc'])));
  if (chance(0.7)) w.number(9, BigInt(1.7e9 + below(1e8)) * 1000000000n * (chance(0.1) ? -1n : 1n));
  if (chance(0.7)) w.number(10, pick([1, 500, 1e6, 999999999, 2e9, 6e10, 4e12]));
  w.message(11, valueType(pick(types)));
  w.number(12, below(1000));
  for (let i = below(3); i > 0; i--)
    w.number(13, text(pick(['a comment', '#hidden', 'ünïcode']) + (distinct ? ` ${i}` : '')));
  if (chance(0.5)) w.number(14, text(chance(0.8) ? pick(types)[0] : 'nowhere'));
  for (const s of strings) w.bytesField(6, Buffer.from(s));
  return {
    bytes: Buffer.from(w.bytes),
    types: types.map((t) => t[0]),
    valueTypes: types,
  };
}
