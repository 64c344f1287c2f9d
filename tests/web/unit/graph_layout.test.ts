// The call graph's places: names on lines, and what dagre spread moved together again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GraphLayout, LayoutQuestion } from '../../../web/src/protocol/layout';
import { nameLines } from '../../../web/src/state/graph_layout';
import { compactLayout } from '../../../web/src/worker/compact_layout';

test('a name stands on lines as in pprof’s dot, without directories', () => {
  const cases: Readonly<Record<string, string>> = {
    'runtime.mallocgc': 'runtime|mallocgc',
    'net/http.(*conn).serve': 'http|(*conn)|serve',
    'github.com/a/b.Map[go.shape.int_0].func1': 'b|Map[go.shape.int_0]|func1',
    'std::vector<std::pair<int, int> >::push_back': 'std|vector<std::pair<int, int> >|push_back',
    '[libc.so.6]': '[libc.so.6]',
    '': '',
  };
  for (const [name, lines] of Object.entries(cases)) assert.equal(nameLines(name).join('|'), lines, name);
});

const node = { width: 100, height: 40 };

/** Root with three callees far apart, one of them over a bend. */
const question: LayoutQuestion = {
  id: 1,
  nodes: [node, node, node, node],
  edges: [
    { from: 0, to: 1, weight: 5, labelWidth: 40 },
    { from: 0, to: 2, weight: 1, labelWidth: 40 },
    { from: 1, to: 3, weight: 1, labelWidth: 40 },
    { from: 2, to: 2, weight: 1, labelWidth: 40 },
  ],
};
const spread: GraphLayout = {
  width: 2000,
  height: 300,
  nodes: [
    { x: 1900, y: 20 },
    { x: 100, y: 120 },
    { x: 1500, y: 120 },
    { x: 900, y: 220 },
  ],
  edges: [
    {
      points: [
        { x: 1900, y: 40 },
        { x: 1000, y: 70 },
        { x: 100, y: 100 },
      ],
      label: { x: 1000, y: 70 },
    },
    {
      points: [
        { x: 1900, y: 40 },
        { x: 1700, y: 70 },
        { x: 1500, y: 100 },
      ],
      label: { x: 1700, y: 70 },
    },
    {
      points: [
        { x: 100, y: 140 },
        { x: 500, y: 170 },
        { x: 900, y: 200 },
      ],
      label: { x: 500, y: 170 },
    },
    {
      points: [
        { x: 1550, y: 110 },
        { x: 1570, y: 120 },
        { x: 1550, y: 130 },
      ],
      label: { x: 1580, y: 120 },
    },
  ],
};

test('nodes move together, keep their order and ranks, and never overlap', () => {
  const { width, nodes, edges } = compactLayout(question, spread);
  assert.ok(width < 400, `width ${width}`);
  assert.deepEqual(
    nodes.map(({ y }) => y),
    spread.nodes.map(({ y }) => y),
  );
  const [, left, right] = nodes;
  assert.ok(left !== undefined && right !== undefined && right.x - left.x >= node.width);
  for (const { x } of nodes) assert.ok(x >= node.width / 2 && x <= width - node.width / 2);
  // Edges end at their boxes' borders.
  const [first] = edges;
  assert.ok(first !== undefined);
  assert.equal(first.points[0]?.y, 40);
  assert.ok(Math.abs((first.points[0]?.x ?? 0) - (nodes[0]?.x ?? 0)) <= node.width / 2);
  assert.equal(first.points.at(-1)?.y, 100);
  assert.equal(first.label.x, first.points[1]?.x);
});

test('an edge to its own node moves with it', () => {
  const { nodes, edges } = compactLayout(question, spread);
  const shift = (nodes[2]?.x ?? 0) - 1500;
  assert.deepEqual(edges[3]?.points[0], { x: 1550 + shift, y: 110 });
});

test('nothing to place is no fault', () => {
  const none = { width: 24, height: 24, nodes: [], edges: [] };
  assert.deepEqual(compactLayout({ id: 1, nodes: [], edges: [] }, none), none);
});
