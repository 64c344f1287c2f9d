// The layout worker, one question after the other: dagre says ranks and order, compact_layout.ts moves things together.
import { Graph, layout } from '@dagrejs/dagre';
import type { GraphLayout, LayoutAnswer, LayoutNode, LayoutQuestion, Point } from '../protocol/layout';
import { compactLayout } from './compact_layout';

declare const self: DedicatedWorkerGlobalScope;

const EDGE_LABEL_HEIGHT = 16;

function place({ nodes, edges }: LayoutQuestion): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 12,
    ranksep: 24,
    edgesep: 4,
    marginx: 12,
    marginy: 12,
    acyclicer: 'greedy',
  });
  nodes.forEach(({ width, height }, i) => graph.setNode(String(i), { width, height }));
  edges.forEach(({ from, to, weight, labelWidth }, i) =>
    graph.setEdge(
      String(from),
      String(to),
      { weight, width: labelWidth, height: EDGE_LABEL_HEIGHT, labelpos: 'c' },
      String(i),
    ),
  );
  layout(graph);
  // What dagre adds to the labels that it was given; its types do not say.
  const size = graph.graph() as Partial<LayoutNode>;
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    nodes: nodes.map((_, i) => {
      const { x = 0, y = 0 } = graph.node(String(i)) as Partial<Point>;
      return { x, y };
    }),
    edges: edges.map(({ from, to }, i) => {
      const placed = graph.edge(String(from), String(to), String(i)) as Partial<Point> & {
        readonly points?: readonly Point[];
      };
      const { points = [], x = 0, y = 0 } = placed;
      return { points: points.map((point) => ({ x: point.x, y: point.y })), label: { x, y } };
    }),
  };
}

self.onmessage = ({ data }: MessageEvent<LayoutQuestion>) => {
  let answer: LayoutAnswer;
  try {
    answer = { id: data.id, ok: true, layout: compactLayout(data, place(data)) };
  } catch (error) {
    answer = { id: data.id, ok: false, why: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};
