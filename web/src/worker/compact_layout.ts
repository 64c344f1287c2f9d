// Moves what dagre placed closer together. Its ranks and the order within them stay; only x changes. Dagre keeps long edges
// straight at any price, which spreads a call graph of 80 functions over some 6,000 px and leaves 95 % of that empty. Here
// every node and every bend goes to the weighted mean of what it is linked with, as far as the order within its rank allows
// it: the nearest such places in the least-squares sense (pool adjacent violators), rank by rank, down and up again.
import type { GraphLayout, LayoutQuestion, Point } from '../protocol/layout';

const SWEEPS = 40;
const NODE_GAP = 20;
const BEND_GAP = 10;
const MARGIN = 12;
/** Bends of one edge hold together more than nodes do, so that long edges stay nearly straight. */
const BEND_PULL = 4;
/** Towards the middle, beside an edge's 1 and more: what no edge decides moves inwards. */
const MIDDLE_PULL = 0.05;

interface Item {
  x: number;
  readonly half: number;
  readonly gap: number;
  readonly links: { readonly to: Item; readonly weight: number }[];
}

/** Items that share a y, from left to right. */
type Rank = readonly Item[];

export function compactLayout({ nodes, edges }: LayoutQuestion, placed: GraphLayout): GraphLayout {
  const ranks = new Map<number, Item[]>();
  const add = (at: Point, width: number, gap: number): Item => {
    const item = { x: at.x, half: width / 2, gap, links: [] };
    const y = Math.round(at.y);
    const rank = ranks.get(y);
    if (rank === undefined) ranks.set(y, [item]);
    else rank.push(item);
    return item;
  };
  const nodeItems = placed.nodes.map((at, i) => add(at, nodes[i]?.width ?? 0, NODE_GAP));
  const bends = placed.edges.map(({ points, label }, e) => {
    const { from = 0, to = 0, labelWidth = 0, weight = 1 } = edges[e] ?? {};
    // The ends touch the boxes; an edge to itself stays beside its node.
    const inner = from === to ? [] : points.slice(1, -1);
    const items = inner.map((point) => add(point, isAt(point, label) ? labelWidth : 0, BEND_GAP));
    if (from !== to) linkChain([nodeItems[from], ...items, nodeItems[to]], weight);
    return items;
  });
  const sorted: Rank[] = [...ranks].sort(([a], [b]) => a - b).map(([, items]) => items.sort((a, b) => a.x - b.x));
  settle(sorted);
  const items = sorted.flat();
  const left = items.reduce((least, { x, half }) => Math.min(least, x - half), Infinity) - MARGIN;
  const right = items.reduce((most, { x, half }) => Math.max(most, x + half), -Infinity) + MARGIN;
  const moved = nodeItems.map((item, i) => ({ x: item.x - left, y: placed.nodes[i]?.y ?? 0 }));
  return {
    width: sorted.length === 0 ? placed.width : right - left,
    height: placed.height,
    nodes: moved,
    edges: placed.edges.map((edge, e) => {
      const { from = 0, to = 0 } = edges[e] ?? {};
      const shift = (moved[from]?.x ?? 0) - (placed.nodes[from]?.x ?? 0);
      if (from === to) return shifted(edge, shift);
      const xs = (bends[e] ?? []).map(({ x }) => x - left);
      return route(edge, xs, boxOf(nodes[from], moved[from]), boxOf(nodes[to], moved[to]));
    }),
  };
}

const isAt = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;

function linkChain(chain: readonly (Item | undefined)[], weight: number): void {
  for (let i = 1; i < chain.length; i++) {
    const [a, b] = [chain[i - 1], chain[i]];
    if (a === undefined || b === undefined) continue;
    const pull = weight * (i === 1 || i === chain.length - 1 ? 1 : BEND_PULL);
    a.links.push({ to: b, weight: pull });
    b.links.push({ to: a, weight: pull });
  }
}

function settle(ranks: readonly Rank[]): void {
  const widthOf = (rank: Rank): number => rank.reduce((sum, { half, gap }) => sum + 2 * half + gap, 0);
  const widest = ranks.reduce<Rank>((best, rank) => (widthOf(rank) > widthOf(best) ? rank : best), []);
  const middle = widest.reduce((sum, { x }) => sum + x, 0) / Math.max(1, widest.length);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const rank of sweep % 2 === 0 ? ranks : [...ranks].reverse()) place(rank, middle);
  }
}

interface Block {
  wanted: number;
  readonly weight: number;
  readonly count: number;
}

/** The rank's items as near as possible to where their links want them, in order and apart. */
function place(rank: Rank, middle: number): void {
  // Without the room between them, order alone is left to keep: neighbours that want to pass each other share one place.
  const blocks: Block[] = [];
  const offsets: number[] = [];
  let offset = 0;
  rank.forEach((item, i) => {
    const before = rank[i - 1];
    if (before !== undefined) offset += before.half + item.half + Math.max(before.gap, item.gap);
    offsets.push(offset);
    let block: Block = { ...wish(item, middle), count: 1 };
    block.wanted -= offset;
    for (let last = blocks.at(-1); last !== undefined && last.wanted > block.wanted; last = blocks.at(-1)) {
      blocks.pop();
      const weight = last.weight + block.weight;
      const wanted = (last.wanted * last.weight + block.wanted * block.weight) / weight;
      block = { wanted, weight, count: last.count + block.count };
    }
    blocks.push(block);
  });
  const places = blocks.flatMap(({ wanted, count }) => new Array<number>(count).fill(wanted));
  rank.forEach((item, i) => (item.x = (places[i] ?? 0) + (offsets[i] ?? 0)));
}

function wish({ links }: Item, middle: number): { wanted: number; weight: number } {
  let weight = MIDDLE_PULL;
  let sum = MIDDLE_PULL * middle;
  for (const link of links) {
    weight += link.weight;
    sum += link.weight * link.to.x;
  }
  return { wanted: sum / weight, weight };
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const boxOf = (size: LayoutQuestion['nodes'][number] | undefined, at: Point | undefined): Box => ({
  x: at?.x ?? 0,
  y: at?.y ?? 0,
  width: size?.width ?? 0,
  height: size?.height ?? 0,
});

type LaidEdge = GraphLayout['edges'][number];

function shifted({ points, label }: LaidEdge, by: number): LaidEdge {
  return {
    points: points.map(({ x, y }) => ({ x: x + by, y })),
    label: { x: label.x + by, y: label.y },
  };
}

function route({ points, label }: LaidEdge, xs: readonly number[], from: Box, to: Box): LaidEdge {
  const inner = points.slice(1, -1).map(({ y }, i) => ({ x: xs[i] ?? 0, y }));
  const labelled = points.slice(1, -1).findIndex((point) => isAt(point, label));
  return {
    points: [border(from, inner[0] ?? to), ...inner, border(to, inner.at(-1) ?? from)],
    label: { x: xs[labelled] ?? (from.x + to.x) / 2, y: label.y },
  };
}

/** Where the line from the middle of a box to a point leaves the box. */
function border({ x, y, width, height }: Box, { x: toX, y: toY }: Point): Point {
  const [dx, dy] = [toX - x, toY - y];
  const share = Math.min(1, width / 2 / Math.max(1e-9, Math.abs(dx)), height / 2 / Math.max(1e-9, Math.abs(dy)));
  return { x: x + dx * share, y: y + dy * share };
}
