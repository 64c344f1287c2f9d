// The built core, and how its answers are read and compared with web/src/protocol.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import createCore from '../../build/wasm/core.mjs';

export const repo = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = `${repo}tests/data/samples/heap.pb.gz`;
const ELEMENT_TYPES = { Float64Array, Uint32Array, Uint16Array, Uint8Array };

export const core = await createCore({
  wasmBinary: await readFile(`${repo}build/wasm/core.wasm`),
});

/** Fields of an interface in protocol/columns.ts, in order: [name, type]. */
async function protocolFields(name, file = 'columns') {
  const source = await readFile(`${repo}web/src/protocol/${file}.ts`, 'utf8');
  const [, parents = '', body] = new RegExp(`interface ${name}(?: extends ([\\w, ]+))? \\{([^}]*)\\}`).exec(source);
  const own = [...body.matchAll(/readonly (\w+): (\w+);/g)].map(([, field, type]) => [field, type]);
  const inherited = await Promise.all(
    parents
      .split(', ')
      .filter(Boolean)
      .map((parent) => protocolFields(parent, file)),
  );
  return [...inherited.flat(), ...own];
}

export function feed(session, bytes) {
  const address = session.reserve(bytes.length) >>> 0;
  core.HEAPU8.set(bytes, address);
  return session.commit(bytes.length);
}

export function take(answer) {
  assert.equal(answer.ok, true);
  const columns = [];
  for (let i = 0; i < answer.columns.size(); i++) {
    const view = answer.columns.view(i);
    columns.push([answer.columns.name(i), typeof view === 'number' ? view : view.slice()]);
  }
  answer.columns.delete();
  return columns;
}

export function texts(session, ids) {
  feedIds(session, ids);
  return new TextDecoder().decode(session.names(ids.length, false)).split('\0');
}

export function feedIds(session, ids) {
  const address = session.reserve(ids.byteLength) >>> 0;
  core.HEAPU8.set(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength), address);
}

export async function openSample() {
  const session = new core.Session();
  assert.deepEqual(feed(session, await readFile(SAMPLE)), { ok: true });
  assert.deepEqual(session.finish(), { ok: true });
  return session;
}

/** A ViewSpec of web/src/protocol/view_spec.ts. */
export const spec = (sampleType, filters = {}) => ({
  sampleType,
  focus: '',
  ignore: '',
  hide: '',
  show: '',
  showFrom: '',
  pruneFrom: '',
  tagFocus: '',
  tagIgnore: '',
  tagFocusKind: 'text',
  tagIgnoreKind: 'text',
  tagRoot: [],
  tagLeaf: [],
  granularity: 0,
  noInlines: false,
  ...filters,
});

export async function assertFields(columns, name, file) {
  const fields = await protocolFields(name, file);
  const typeOf = (value) => (typeof value === 'number' ? 'number' : value.constructor.name);
  assert.deepEqual(
    columns.map(([field, value]) => [field, typeOf(value)]),
    fields,
  );
  for (const [, type] of fields) assert.ok(type === 'number' || type in ELEMENT_TYPES, type);
  return Object.fromEntries(columns);
}
