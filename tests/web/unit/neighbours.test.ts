import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NONE, type FlameColumns } from '../../../web/src/protocol/columns';
import { findNeighbours } from '../../../web/src/state/neighbours';

interface Node {
  readonly children: Map<string, Node>;
  self: number;
}

/** "main;run;read 3" lines as a flame graph; frame ids by first appearance. */
function foldedFlame(text: string): {
  flame: FlameColumns;
  names: readonly string[];
} {
  const root: Node = { children: new Map(), self: 0 };
  for (const line of text.split('\n')) {
    const [stack = '', value = '0'] = line.split(' ');
    let node = root;
    for (const name of stack.split(';')) {
      const next = node.children.get(name) ?? { children: new Map(), self: 0 };
      node.children.set(name, next);
      node = next;
    }
    node.self += Number(value);
  }
  const names: string[] = [];
  const frameOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
  const totalOf = (node: Node): number =>
    [...node.children.values()].reduce((sum, child) => sum + totalOf(child), node.self);
  const boxes: { frame: number; parent: number; node: Node }[] = [{ frame: NONE, parent: NONE, node: root }];
  for (let i = 0; i < boxes.length; i++) {
    const box = boxes[i];
    if (box === undefined) break;
    for (const [name, node] of box.node.children) boxes.push({ frame: frameOf(name), parent: i, node });
  }
  const empty = new Float64Array(boxes.length);
  const flame: FlameColumns = {
    rowBegin: new Uint32Array(0),
    start: empty,
    width: empty,
    self: Float64Array.from(boxes, ({ node }) => node.self),
    total: Float64Array.from(boxes, ({ node }) => totalOf(node)),
    frame: Uint32Array.from(boxes, ({ frame }) => frame),
    parent: Uint32Array.from(boxes, ({ parent }) => parent),
    firstChild: new Uint32Array(boxes.length),
    inlining: new Uint8Array(boxes.length),
  };
  return { flame, names };
}

function tell(text: string, name: string): string {
  const { flame, names } = foldedFlame(text);
  const found = findNeighbours(flame, names.indexOf(name));
  const list = (of: readonly { frame: number; value: number }[]): string =>
    of.map(({ frame, value }) => `${names[frame]} ${value}`).join(', ');
  return `${list(found.callers)} -> self ${found.self} total ${found.total} -> ${list(found.callees)}`;
}

test('callers and callees are summed over all stacks', () => {
  const stacks = 'main;a;work;read 3\nmain;b;work 2\nmain;b;work;alloc 4';
  assert.equal(tell(stacks, 'work'), 'b 6, a 3 -> self 2 total 9 -> alloc 4, read 3');
  assert.equal(tell(stacks, 'main'), ' -> self 0 total 9 -> b 6, a 3');
});

test('recursion counts once', () => {
  assert.equal(tell('main;f;f;f 3', 'f'), 'main 3 -> self 3 total 3 -> ');
  assert.equal(tell('main;f;g;f;g 3\nmain;f;g 1', 'f'), 'main 4, g 3 -> self 0 total 4 -> g 4');
});
