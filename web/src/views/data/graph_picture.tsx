// The laid-out call graph as SVG: pan, zoom, hover lights up a function's edges, click selects it.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { signal, useSignal, type Signal } from '@preact/signals';
import { formatPercent, formatValue } from '../../base/format';
import type { FrameColumns } from '../../protocol/columns';
import type { GraphLayout, Point } from '../../protocol/layout';
import { isMatch, selectFrame } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import { edgeText, GRAPH_PLACE, parseGraphPlace, type DrawnGraph, type GraphPlace } from '../../state/graph_layout';
import { paramOf, setParam } from '../../state/view_params';
import { say } from './graph_text';

const MIN_ZOOM = 0.05;
const MAX_ZOOM = 4;
const STEP = 60;
const READABLE_ZOOM = 0.75;

export interface GraphPictureProps {
  readonly store: DocumentStore;
  readonly graph: DrawnGraph;
}

/** What of the picture is seen, kept in the URL as long as the same nodes stand at the same places. */
class GraphWindow {
  readonly size: Signal<{ readonly width: number; readonly height: number }> = signal({ width: 800, height: 600 });

  constructor(
    private readonly store: DocumentStore,
    private readonly layout: GraphLayout,
  ) {}

  get at(): GraphPlace {
    return parseGraphPlace(paramOf(this.store, GRAPH_PLACE)) ?? this.first();
  }

  moveTo({ x, y, zoom }: GraphPlace): void {
    const near = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
    setParam(this.store, GRAPH_PLACE, `${x.toFixed(1)},${y.toFixed(1)},${near.toFixed(4)}`);
  }

  pan(dx: number, dy: number): void {
    const { x, y, zoom } = this.at;
    this.moveTo({ zoom, x: x + dx / zoom, y: y + dy / zoom });
  }

  zoomAt(factor: number, px: number, py: number): void {
    const { x, y, zoom } = this.at;
    const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom * factor));
    this.moveTo({ zoom: next, x: x + px / zoom - px / next, y: y + py / zoom - py / next });
  }

  zoomAtMiddle(factor: number): void {
    this.zoomAt(factor, this.size.value.width / 2, this.size.value.height / 2);
  }

  fit(): void {
    this.moveTo(this.whole());
  }

  private whole(): GraphPlace {
    const { width, height } = this.size.value;
    const zoom = Math.max(MIN_ZOOM, Math.min(1, width / this.layout.width, height / this.layout.height));
    return { zoom, x: (this.layout.width - width / zoom) / 2, y: 0 };
  }

  /** All of it, unless nobody could read it then: the most telling function in the middle. */
  private first(): GraphPlace {
    const whole = this.whole();
    if (whole.zoom >= READABLE_ZOOM) return whole;
    const { width, height } = this.size.value;
    const { x, y } = this.layout.nodes[0] ?? { x: 0, y: 0 };
    return {
      zoom: READABLE_ZOOM,
      x: x - width / READABLE_ZOOM / 2,
      y: Math.max(0, y - height / READABLE_ZOOM / 2),
    };
  }
}

/** Another layout begins at its own first place; the first one may have come with a place in the URL. */
function useGraphWindow(store: DocumentStore, layout: GraphLayout): GraphWindow {
  const before = useRef<{ readonly store: DocumentStore; readonly layout: GraphLayout } | null>(null);
  const last = before.current;
  if (last?.store === store && last.layout !== layout) setParam(store, GRAPH_PLACE, '');
  before.current = { store, layout };
  return useMemo(() => new GraphWindow(store, layout), [store, layout]);
}

export function GraphPicture({ store, graph }: GraphPictureProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const { layout } = graph;
  const view = useGraphWindow(store, layout);
  const hovered = useSignal<number | null>(null);
  useEffect(() => followSize(element.current, view), [view]);
  useEffect(() => listenToWheel(element.current, view), [view]);
  const { x, y, zoom } = view.at;
  return (
    <div
      ref={element}
      class="ft-graph"
      data-testid="graph-picture"
      tabIndex={0}
      role="application"
      aria-label={`${say('graph')}: ${say('hint')}`}
      onKeyDown={(event) => onKey(event, view)}
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
      <button
        type="button"
        class="ft-button ft-graph-fit"
        data-testid="graph-fit"
        title={say('fitTitle')}
        onClick={() => view.fit()}
      >
        {say('fit')}
      </button>
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
  const { unit = '', shownUnit, magnitudeTotal = 0 } = store.currentType.peek() ?? {};
  const cum = columns.cum[node] ?? 0;
  const texts = [columns.flat[node] ?? 0, cum].map((amount) => formatValue(amount, unit, shownUnit));
  return [store.frameText(columns.frame[node] ?? 0, 'name'), ...texts, formatPercent(cum, magnitudeTotal)].join(' · ');
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
      {edgeText(graph.columns, edge, store.currentType.value)}
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

function followSize(element: HTMLElement | null, view: GraphWindow): (() => void) | undefined {
  if (element === null) return undefined;
  const measure = (): void => {
    view.size.value = { width: element.clientWidth || 800, height: element.clientHeight || 600 };
  };
  measure();
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  return () => observer.disconnect();
}

/** Not as a property of the element: the browser would take it for passive and zoom the page itself. */
function listenToWheel(element: HTMLElement | null, view: GraphWindow): (() => void) | undefined {
  if (element === null) return undefined;
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { left, top } = element.getBoundingClientRect();
    view.zoomAt(Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top);
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => element.removeEventListener('wheel', onWheel);
}

function startDrag(event: PointerEvent & { readonly currentTarget: HTMLElement }, view: GraphWindow): void {
  if (event.button !== 0) return;
  const { ownerDocument } = event.currentTarget;
  const { x, y, zoom } = view.at;
  const move = ({ clientX, clientY }: PointerEvent): void =>
    view.moveTo({ zoom, x: x - (clientX - event.clientX) / zoom, y: y - (clientY - event.clientY) / zoom });
  const end = (): void => {
    ownerDocument.removeEventListener('pointermove', move);
    ownerDocument.removeEventListener('pointerup', end);
  };
  ownerDocument.addEventListener('pointermove', move);
  ownerDocument.addEventListener('pointerup', end);
}

function onKey(event: KeyboardEvent, view: GraphWindow): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = GRAPH_KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act(view);
}

const GRAPH_KEYS: Readonly<Record<string, (view: GraphWindow) => void>> = {
  ArrowLeft: (view) => view.pan(-STEP, 0),
  ArrowRight: (view) => view.pan(STEP, 0),
  ArrowUp: (view) => view.pan(0, -STEP),
  ArrowDown: (view) => view.pan(0, STEP),
  a: (view) => view.pan(-STEP, 0),
  d: (view) => view.pan(STEP, 0),
  '+': (view) => view.zoomAtMiddle(1.25),
  '=': (view) => view.zoomAtMiddle(1.25),
  w: (view) => view.zoomAtMiddle(1.25),
  '-': (view) => view.zoomAtMiddle(0.8),
  s: (view) => view.zoomAtMiddle(0.8),
  '0': (view) => view.fit(),
};
