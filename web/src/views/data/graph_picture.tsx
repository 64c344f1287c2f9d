// The laid-out call graph as SVG: pan, zoom, hover lights up a function's edges, click selects it.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSignal, type Signal } from '@preact/signals';
import { formatPercent, formatValue } from '../../base/format';
import type { FrameColumns } from '../../protocol/columns';
import type { Point } from '../../protocol/layout';
import { isMatch, selectFrame } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import { edgeText, type DrawnGraph } from '../../state/graph_layout';
import { say } from './graph_text';

interface Window {
  readonly x: number;
  readonly y: number;
  /** CSS pixels for each unit of the layout. */
  readonly zoom: number;
}

const MIN_ZOOM = 0.05;
const MAX_ZOOM = 4;
const STEP = 60;
const READABLE_ZOOM = 0.75;

export interface GraphPictureProps {
  readonly store: DocumentStore;
  readonly graph: DrawnGraph;
}

export function GraphPicture({ store, graph }: GraphPictureProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const view = useSignal<Window>({ x: 0, y: 0, zoom: 1 });
  const hovered = useSignal<number | null>(null);
  const { layout } = graph;
  const fit = (): void => {
    const { clientWidth = 800, clientHeight = 600 } = element.current ?? {};
    const zoom = Math.min(1, clientWidth / layout.width, clientHeight / layout.height);
    view.value = { zoom: Math.max(zoom, MIN_ZOOM), x: (layout.width - clientWidth / zoom) / 2, y: 0 };
  };
  useEffect(() => {
    // All of it, unless nobody could read it then: the most telling function in the middle.
    fit();
    if (view.peek().zoom >= READABLE_ZOOM) return;
    const { clientWidth = 800, clientHeight = 600 } = element.current ?? {};
    const { x: middle, y: row } = layout.nodes[0] ?? { x: 0, y: 0 };
    view.value = {
      zoom: READABLE_ZOOM,
      x: middle - clientWidth / READABLE_ZOOM / 2,
      y: Math.max(0, row - clientHeight / READABLE_ZOOM / 2),
    };
  }, [layout]);
  useEffect(() => listenToWheel(element.current, view), []);
  const { x, y, zoom } = view.value;
  return (
    <div
      ref={element}
      class="ft-graph"
      data-testid="graph-picture"
      tabIndex={0}
      role="application"
      aria-label={`${say('graph')}: ${say('hint')}`}
      onKeyDown={(event) => onKey(event, view, element.current, fit)}
      onPointerDown={(event) => startDrag(event, view)}
    >
      <svg role="presentation">
        <g transform={`scale(${zoom}) translate(${-x} ${-y})`}>
          {layout.edges.map((_, edge) => (
            <Edge key={edge} store={store} graph={graph} edge={edge} hovered={hovered} />
          ))}
          {graph.boxes.map((_, node) => (
            <Node key={node} store={store} graph={graph} node={node} hovered={hovered} />
          ))}
          {layout.edges.map((_, edge) => (
            <EdgeLabel key={edge} store={store} graph={graph} edge={edge} hovered={hovered} />
          ))}
        </g>
      </svg>
    </div>
  );
}

interface PartProps extends GraphPictureProps {
  readonly hovered: Signal<number | null>;
}

function Node({ store, graph, node, hovered }: PartProps & { readonly node: number }): JSX.Element | null {
  const box = graph.boxes[node];
  const at = graph.layout.nodes[node];
  const frames = store.frames.value;
  if (box === undefined || at === undefined || frames === undefined) return null;
  const share = Math.abs(graph.columns.cum[node] ?? 0) / (store.currentType.value?.magnitudeTotal || 1);
  const lit = hovered.value;
  const dim = !isMatch(store, box.frame) || (lit !== null && lit !== node && !touches(graph, lit, node));
  return (
    <g
      class={dim ? 'ft-graph-node ft-graph-dim' : 'ft-graph-node'}
      data-node={node}
      aria-selected={store.view.selectedFrame.value === box.frame}
      transform={`translate(${at.x - box.width / 2} ${at.y - box.height / 2})`}
      onPointerEnter={() => {
        hovered.value = node;
        store.hover.value = { frame: box.frame, box: node, text: hoverText(store, graph, node) };
      }}
      onPointerLeave={() => {
        hovered.value = null;
        store.hover.value = null;
      }}
      onClick={() => selectFrame(store, box.frame)}
    >
      <rect
        width={box.width}
        height={box.height}
        rx={4}
        style={{ fill: fillOf(frames, box.frame, share, store.theme.value === 'dark') }}
      />
      {box.lines.map((line, i) => (
        <text key={i} x={box.width / 2} y={4 + (i + 1) * box.font * 1.25} font-size={box.font}>
          {line}
        </text>
      ))}
    </g>
  );
}

/** The package's hue, stronger the more the function holds. */
function fillOf(frames: FrameColumns, frame: number, share: number, dark: boolean): string {
  const strength = Math.min(1, Math.sqrt(share));
  const saturation = (frames.kind[frame] === 2 ? 12 : 60) * (0.4 + 0.6 * strength);
  const lightness = dark ? 16 + 16 * strength : 97 - 20 * strength;
  return `hsl(${frames.hue[frame] ?? 0} ${saturation}% ${lightness}%)`;
}

function touches({ columns }: DrawnGraph, a: number, b: number): boolean {
  for (let edge = 0; edge < columns.caller.length; edge++) {
    const [from, to] = [columns.caller[edge], columns.callee[edge]];
    if ((from === a && to === b) || (from === b && to === a)) return true;
  }
  return false;
}

function hoverText(store: DocumentStore, { columns }: DrawnGraph, node: number): string {
  const { unit = '', magnitudeTotal = 0 } = store.currentType.peek() ?? {};
  const flat = columns.flat[node] ?? 0;
  const cum = columns.cum[node] ?? 0;
  const share = formatPercent(cum, magnitudeTotal);
  return `${store.frameText(columns.frame[node] ?? 0, 'name')} · ${formatValue(flat, unit)} · ${formatValue(cum, unit)} · ${share}`;
}

interface EdgeProps extends PartProps {
  readonly edge: number;
}

function Edge({ store, graph, edge, hovered }: EdgeProps): JSX.Element | null {
  const path = graph.layout.edges[edge];
  if (path === undefined) return null;
  const { columns } = graph;
  const { magnitudeTotal = 0 } = store.currentType.value ?? {};
  const weight = columns.weight[edge] ?? 0;
  const residual = columns.residual[edge] === 1 ? ' ft-graph-residual' : '';
  // As pprof's penwidth: by the share of the total.
  const width = 1 + Math.min(5, Math.floor((Math.abs(weight) / (magnitudeTotal || 1)) * 5));
  return (
    <g class={`ft-graph-edge${residual}${lightOf(graph, edge, hovered.value)}`}>
      <path d={curve(path.points)} stroke-width={width} />
      <path class="ft-graph-arrow" d={arrow(path.points, 4 + width)} />
    </g>
  );
}

/** Over lines and nodes, on a ground of its own: a crossing line never runs through it. */
function EdgeLabel({ store, graph, edge, hovered }: EdgeProps): JSX.Element | null {
  const path = graph.layout.edges[edge];
  if (path === undefined) return null;
  return (
    <text
      class={`ft-graph-label${lightOf(graph, edge, hovered.value)}`}
      x={path.label.x}
      y={path.label.y + 4}
      data-edge={edge}
    >
      {edgeText(graph.columns, edge, store.currentType.value?.unit ?? '')}
    </text>
  );
}

/** While a node is hovered its edges are lit and all others dim. */
function lightOf({ columns }: DrawnGraph, edge: number, lit: number | null): string {
  if (lit === null) return '';
  return columns.caller[edge] === lit || columns.callee[edge] === lit ? ' ft-graph-lit' : ' ft-graph-dim';
}

/** Through the middles of the bends. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    path +=
      next === undefined
        ? `L${point.x} ${point.y}`
        : `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return path;
}

function arrow(points: readonly Point[], size: number): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const [dx, dy] = [((tip.x - before.x) / length) * size, ((tip.y - before.y) / length) * size];
  return `M${tip.x} ${tip.y}L${tip.x - dx - dy / 2} ${tip.y - dy + dx / 2}L${tip.x - dx + dy / 2} ${tip.y - dy - dx / 2}Z`;
}

function zoomAt(view: Signal<Window>, factor: number, px: number, py: number): void {
  const { x, y, zoom } = view.peek();
  const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom * factor));
  view.value = { zoom: next, x: x + px / zoom - px / next, y: y + py / zoom - py / next };
}

/** Not as a property of the element: the browser would take it for passive and zoom the page itself. */
function listenToWheel(element: HTMLElement | null, view: Signal<Window>): (() => void) | undefined {
  if (element === null) return undefined;
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { left, top } = element.getBoundingClientRect();
    zoomAt(view, Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top);
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => element.removeEventListener('wheel', onWheel);
}

function startDrag(event: PointerEvent & { readonly currentTarget: HTMLElement }, view: Signal<Window>): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const start = view.peek();
  const move = ({ clientX, clientY }: PointerEvent): void => {
    view.value = {
      ...start,
      x: start.x - (clientX - event.clientX) / start.zoom,
      y: start.y - (clientY - event.clientY) / start.zoom,
    };
  };
  const end = (): void => {
    element.ownerDocument.removeEventListener('pointermove', move);
    element.ownerDocument.removeEventListener('pointerup', end);
  };
  element.ownerDocument.addEventListener('pointermove', move);
  element.ownerDocument.addEventListener('pointerup', end);
}

function onKey(event: KeyboardEvent, view: Signal<Window>, element: HTMLElement | null, fit: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { x, y, zoom } = view.peek();
  const middle = [(element?.clientWidth ?? 0) / 2, (element?.clientHeight ?? 0) / 2] as const;
  const pan = (dx: number, dy: number): void => {
    view.value = { zoom, x: x + dx / zoom, y: y + dy / zoom };
  };
  const keys: Record<string, () => void> = {
    ArrowLeft: () => pan(-STEP, 0),
    ArrowRight: () => pan(STEP, 0),
    ArrowUp: () => pan(0, -STEP),
    ArrowDown: () => pan(0, STEP),
    '+': () => zoomAt(view, 1.25, ...middle),
    w: () => zoomAt(view, 1.25, ...middle),
    '-': () => zoomAt(view, 0.8, ...middle),
    s: () => zoomAt(view, 0.8, ...middle),
    a: () => pan(-STEP, 0),
    '0': fit,
  };
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}
