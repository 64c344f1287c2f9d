// Small pprof files made by hand, for names and values that no Go program would write.

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

const number = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field, content) => Buffer.concat([varint((field << 3) | 2), varint(content.length), content]);
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));
const packed = (field, values) => bytes(field, Buffer.concat(values.map(varint)));

/**
 * `types`: [type, unit] pairs. `samples`: {stack, values} with names (text or bytes) from the leaf to the root.
 * Equal texts are one function. They stand as names, not as linker symbols: the page shortens only those.
 */
export function makeProfile({ types, samples, comments = [] }) {
  const strings = [Buffer.alloc(0)];
  const stringId = (text) => {
    const wanted = Buffer.from(text);
    const found = strings.findIndex((known) => known.equals(wanted));
    return found >= 0 ? found : strings.push(wanted) - 1;
  };
  const functions = new Map();
  const locationOf = (name) => {
    const id = stringId(name);
    if (!functions.has(id)) functions.set(id, functions.size + 1);
    return functions.get(id);
  };
  const parts = types.map(([type, unit]) => message(1, number(1, stringId(type)), number(2, stringId(unit))));
  for (const { stack, values } of samples) parts.push(message(2, packed(1, stack.map(locationOf)), packed(2, values)));
  for (const [name, id] of functions) {
    parts.push(message(4, number(1, id), message(4, number(1, id), number(2, 7))));
    parts.push(message(5, number(1, id), number(2, name), number(4, name)));
  }
  parts.push(...comments.map((comment) => number(13, stringId(comment))));
  parts.push(...strings.map((text) => bytes(6, text)));
  return Buffer.concat(parts);
}
