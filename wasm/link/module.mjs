// Reads a WebAssembly module as far as the order of its functions needs, and writes it with the functions in another
// one. Source of the formats: WebAssembly Core Specification 2.0, chapter 5 (binary format).
const SECTION = { custom: 0, import: 2, function: 3, export: 7, start: 8, element: 9, code: 10 };
const FUNCTION = 0;

/** Bytes with a place to read at. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** LEB128 of up to 64 bits; the value is right for what is unsigned and below 2^32. */
  leb() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      if (shift < 32) value = (value | ((byte & 127) << shift)) >>> 0;
      if (byte < 128) return value;
    }
  }

  skipLebs(count) {
    for (let i = 0; i < count; i++) this.leb();
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  list(read) {
    return Array.from({ length: this.leb() }, () => read(this));
  }

  get done() {
    return this.at >= this.bytes.length;
  }
}

export function leb(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** How many LEB128 numbers follow an opcode; what is not in here is read by name in `skipImmediates`. */
function lebsAfter(opcode) {
  if (opcode >= 0x28 && opcode <= 0x3e) return 2; // loads and stores: alignment, offset
  if (opcode >= 0x20 && opcode <= 0x26) return 1; // variables and tables
  if ([0x02, 0x03, 0x04, 0x0c, 0x0d, 0x3f, 0x40, 0x41, 0x42, 0xd0].includes(opcode)) return 1;
  if (opcode === 0x11) return 2; // call_indirect
  if (opcode <= 0x1b || (opcode >= 0x45 && opcode <= 0xc4) || opcode === 0xd1) return 0;
  throw new Error(`instruction 0x${opcode.toString(16)} is not known here`);
}

/** Behind 0xfc: saturating conversions, then memory and tables. */
const lebsAfterPrefix = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function skipImmediates(reader, opcode) {
  if (opcode === 0x0e)
    reader.skipLebs(reader.leb() + 1); // br_table
  else if (opcode === 0x1c)
    reader.skipLebs(reader.leb()); // select with types
  else if (opcode === 0x43)
    reader.take(4); // f32.const
  else if (opcode === 0x44)
    reader.take(8); // f64.const
  else if (opcode === 0xfc) {
    const what = reader.leb();
    if (!(what in lebsAfterPrefix)) throw new Error(`instruction 0xfc ${what} is not known here`);
    reader.skipLebs(lebsAfterPrefix[what]);
  } else reader.skipLebs(lebsAfter(opcode));
}

const namesFunction = (opcode) => opcode === 0x10 || opcode === 0xd2; // call, ref.func

/** Instructions with every function index passed through `renumber`. */
function renumberCode(reader, renumber) {
  const out = [];
  while (!reader.done) {
    const from = reader.at;
    const opcode = reader.bytes[reader.at++];
    if (namesFunction(opcode)) out.push(opcode, ...leb(renumber(reader.leb())));
    else {
      skipImmediates(reader, opcode);
      for (let i = from; i < reader.at; i++) out.push(reader.bytes[i]);
    }
  }
  return out;
}

function renumberBody(body, renumber) {
  const reader = new Reader(body);
  reader.list((locals) => locals.skipLebs(2));
  const locals = body.subarray(0, reader.at);
  return Buffer.from([...locals, ...renumberCode(reader, renumber)]);
}

const withLength = (bytes) => [Buffer.from(leb(bytes.length)), bytes];
const listOf = (items) => Buffer.concat([Buffer.from(leb(items.length)), ...items]);

function countImportedFunctions(section) {
  const kinds = section.list((reader) => {
    reader.take(reader.leb());
    reader.take(reader.leb());
    const kind = reader.leb();
    if (kind === 1) reader.leb(); // table: type of its elements
    if (kind === 1 || kind === 2)
      reader.skipLebs(reader.leb() & 1 ? 2 : 1); // limits
    else reader.skipLebs(kind === 3 ? 2 : 1);
    return kind;
  });
  return kinds.filter((kind) => kind === FUNCTION).length;
}

function renumberExports(section, renumber) {
  return listOf(
    section.list((reader) => {
      const name = reader.take(reader.leb());
      const kind = reader.leb();
      const index = reader.leb();
      return Buffer.from([...leb(name.length), ...name, kind, ...leb(kind === FUNCTION ? renumber(index) : index)]);
    }),
  );
}

function renumberElements(section, renumber) {
  return listOf(
    section.list((reader) => {
      if (reader.leb() !== 0) throw new Error('an element segment of a kind that is not known here');
      const from = reader.at;
      while (reader.bytes[reader.at] !== 0x0b) skipImmediates(reader, reader.bytes[reader.at++]);
      const offset = reader.take(1) && reader.bytes.subarray(from, reader.at);
      return Buffer.from([0, ...offset, ...listOf(reader.list((list) => Buffer.from(leb(renumber(list.leb())))))]);
    }),
  );
}

/** `{sections, imported, types, bodies}`: `types` and `bodies` of the functions that the module defines. */
export function readModule(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = [];
  while (!reader.done) sections.push({ id: reader.leb(), bytes: reader.take(reader.leb()) });
  const open = (id) => new Reader(sections.find((section) => section.id === id).bytes);
  const isNames = ({ id, bytes }) => id === SECTION.custom && Buffer.from(bytes.subarray(1, 5)).toString() === 'name';
  if (sections.some(isNames)) throw new Error('a module with names of functions keeps its order');
  return {
    head: bytes.subarray(0, 8),
    sections,
    imported: countImportedFunctions(open(SECTION.import)),
    types: open(SECTION.function).list((list) => list.leb()),
    bodies: open(SECTION.code).list((list) => list.take(list.leb())),
  };
}

/** The module with its functions in `order`: indices into `bodies`. */
export function writeModule(module, order) {
  const { imported, types, bodies } = module;
  const place = new Uint32Array(order.length);
  order.forEach((old, now) => (place[old] = now));
  const renumber = (index) => (index < imported ? index : imported + place[index - imported]);
  const rewrite = {
    [SECTION.function]: () => listOf(order.map((old) => Buffer.from(leb(types[old])))),
    [SECTION.code]: () => listOf(order.map((old) => Buffer.concat(withLength(renumberBody(bodies[old], renumber))))),
    [SECTION.export]: (section) => renumberExports(section, renumber),
    [SECTION.element]: (section) => renumberElements(section, renumber),
    [SECTION.start]: (section) => Buffer.from(leb(renumber(section.leb()))),
  };
  const parts = module.sections.flatMap(({ id, bytes }) => [
    Buffer.from([id]),
    ...withLength(rewrite[id]?.(new Reader(bytes)) ?? bytes),
  ]);
  return Buffer.concat([module.head, ...parts]);
}
