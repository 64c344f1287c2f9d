// What a timeline on screen consists of: rows, window, the slices that the core gave for it, and what a person does.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { HEAD_HEIGHT, LABEL_WIDTH, LANE_HEIGHT, MERGED_PIXELS } from '../../draw/timeline_painter';
import type { FrameScheduler } from '../../draw/scheduler';
import * as view from '../../draw/viewport';
import { css, type Extent, type Size, type Viewport } from '../../draw/viewport';
import {
  LANE_KINDS,
  laneKindIndex,
  type LaneColumns,
  type Place,
  type SliceColumns,
  type SliceQuestion,
} from '../../protocol/trace';
import type { DocumentStore } from '../../state/document_store';
import { arrangeLanes, type ArrangedLanes, type LaneRow } from '../../state/trace/lane_rows';
import { latestOf } from '../../state/loadable';
import { resource } from '../../state/resource';
import type { TimeWindow, TraceStore } from '../../state/trace/trace_store';

/** Slices and what they are of. */
export interface ShownSlices {
  readonly columns: SliceColumns;
  /** Lane in `columns` by laneKey. */
  readonly laneOf: ReadonlyMap<string, number>;
}

export const laneKey = (kind: number, object: number): string => `${kind}.${object}`;

const NO_LANES: ArrangedLanes = { rows: [], hidden: 0 };
/** Rows are asked for in blocks, with one more on either side. */
const ROW_BLOCK = 16;
const EMPTY: Size = { width: css(0), height: css(0), ratio: 1 };

export class TimelineSession {
  readonly viewport: Signal<Viewport>;
  readonly columns: ReadonlySignal<LaneColumns | undefined>;
  readonly arranged: ReadonlySignal<ArrangedLanes>;
  readonly extent: ReadonlySignal<Extent>;
  readonly shown: ReadonlySignal<ShownSlices | undefined>;
  /** Marked by a person: to zoom into or to measure. */
  readonly range: Signal<TimeWindow | null> = signal(null);
  private readonly disposers: (() => void)[] = [];
  private measured = false;

  constructor(
    readonly document: DocumentStore,
    readonly trace: TraceStore,
    readonly scheduler: FrameScheduler,
  ) {
    this.columns = computed(() => latestOf(trace.lanes.value));
    this.arranged = computed(() => {
      const columns = this.columns.value;
      if (columns === undefined) return NO_LANES;
      if (trace.options.value.filter !== '') void document.names.version.value;
      return arrangeLanes(columns, trace.options.value, (id) => document.names.text(id));
    });
    this.extent = computed(() => ({
      total: Math.max(1, trace.summary.durationNanos),
      height: css(this.arranged.value.rows.length * LANE_HEIGHT),
    }));
    this.viewport = signal(view.wholeView(this.extent.peek(), EMPTY));
    const question = computed(() => this.question());
    const answer = resource({
      idle: document.idle,
      question: () => question.value,
      same: sameQuestion,
      ask: async (asked: SliceQuestion) => {
        const outcome = await trace.ask('slices', asked);
        return outcome.ok ? { ok: true as const, value: { columns: outcome.value, laneOf: lanesOf(asked) } } : outcome;
      },
    });
    this.shown = computed(() => latestOf(answer.value));
    this.disposers.push(
      effect(() => {
        const extent = this.extent.value;
        const before = this.viewport.peek();
        this.viewport.value = view.refit(before, extent, before);
      }),
      effect(() => this.followWindow(trace.window.value)),
    );
  }

  dispose(): void {
    for (const dispose of this.disposers) dispose();
  }

  /** Of the whole canvas. */
  resize(size: Size): void {
    const inner = {
      width: css(Math.max(0, size.width - LABEL_WIDTH)),
      height: css(Math.max(0, size.height - HEAD_HEIGHT)),
      ratio: size.ratio,
    };
    this.viewport.value = view.refit(this.viewport.peek(), this.extent.peek(), inner);
    if (this.measured || inner.width <= 0) return;
    this.measured = true;
    this.followWindow(this.trace.window.peek());
    const selected = this.trace.selection.peek();
    if (selected === null) return;
    this.unfoldTo(selected);
    this.revealLane(selected);
  }

  zoomBy(factor: number, x: number): void {
    this.look(view.zoomAt(this.viewport.peek(), this.extent.peek(), factor, css(x)));
  }

  panBy(dx: number, dy: number): void {
    this.look(view.panBy(this.viewport.peek(), this.extent.peek(), css(dx), css(dy)));
  }

  showRange(from: number, to: number): void {
    const room = Math.max(1, to - from) * 0.05;
    this.look(view.showRange(this.viewport.peek(), this.extent.peek(), from - room, to + room));
  }

  reset(): void {
    this.look(view.showRange(this.viewport.peek(), this.extent.peek(), 0, this.extent.peek().total));
  }

  select(place: Place | null): void {
    this.trace.selection.value = place;
  }

  /** Another span: its lane and its time come into sight. */
  async goTo(place: Place): Promise<void> {
    this.select(place);
    const facts = await this.document.idle.during(this.trace.ask('describe', place));
    if (!facts.ok) return;
    this.unfoldTo(place);
    this.revealLane(place);
    const { start, end } = facts.value;
    this.look(view.revealRange(this.viewport.peek(), this.extent.peek(), start, end - start));
  }

  /** Index of the row that shows the lane; -1: none does. */
  rowOf({ kind, object }: Pick<Place, 'kind' | 'object'>): number {
    const columns = this.columns.peek();
    if (columns === undefined) return -1;
    return this.arranged
      .peek()
      .rows.findIndex(
        (row) => row.is === 'lane' && columns.kind[row.lane] === kind && columns.object[row.lane] === object,
      );
  }

  placeOf(row: LaneRow, item: number): Place | undefined {
    const columns = this.columns.peek();
    if (row.is !== 'lane' || columns === undefined) return undefined;
    return { kind: columns.kind[row.lane] ?? 0, object: columns.object[row.lane] ?? 0, item };
  }

  turn(id: string): void {
    const { options } = this.trace;
    const turned = new Set(options.peek().turned);
    if (!turned.delete(id)) turned.add(id);
    options.value = { ...options.peek(), turned };
  }

  /** The lane's slice at a time: runs first, as they are drawn over spans. `slack` in ns. */
  sliceAt(row: LaneRow, time: number, slack: number): number | undefined {
    const shown = this.shown.peek();
    const lane = this.laneOf(row);
    if (shown === undefined || lane === undefined) return undefined;
    const { columns } = shown;
    let best: number | undefined;
    let nearest = Infinity;
    for (let i = columns.laneBegin[lane] ?? 0; i < (columns.laneBegin[lane + 1] ?? 0); i++) {
      const start = columns.start[i] ?? 0;
      if (start > time + slack) break;
      const end = columns.end[i] ?? 0;
      const apart = Math.max(0, start - time, time - end);
      if (apart <= slack && apart <= nearest) {
        nearest = apart;
        best = i;
      }
    }
    return best;
  }

  /** Go's number of a goroutine. */
  numberOf(goroutine: number): number {
    const columns = this.columns.peek();
    // Goroutines are the last lanes, in order.
    const first = columns === undefined ? 0 : columns.kind.indexOf(laneKindIndex('goroutine'));
    return columns?.number[first + goroutine] ?? 0;
  }

  laneOf(row: LaneRow): number | undefined {
    const place = this.placeOf(row, 0);
    return place === undefined ? undefined : this.shown.peek()?.laneOf.get(laneKey(place.kind, place.object));
  }

  revealLane(place: Pick<Place, 'kind' | 'object'>): void {
    const row = this.rowOf(place);
    if (row < 0) return;
    const top = css(row * LANE_HEIGHT);
    this.look(view.revealRows(this.viewport.peek(), this.extent.peek(), top, css(top + LANE_HEIGHT)));
  }

  private unfoldTo(place: Place): void {
    if (this.rowOf(place) >= 0) return;
    const columns = this.columns.peek();
    if (columns === undefined) return;
    const goroutine = laneKindIndex('goroutine');
    const lane = columns.kind.findIndex((kind, i) => kind === place.kind && columns.object[i] === place.object);
    if (lane < 0) return;
    batch(() => {
      const { options } = this.trace;
      const system = options.peek().system || columns.system[lane] === 1;
      options.value = { ...options.peek(), system, filter: '' };
      if (this.rowOf(place) >= 0) return;
      const kind = LANE_KINDS[place.kind] ?? 'goroutine';
      const group = options.peek().grouped ? `g${columns.name[lane] ?? 0}` : 'goroutines';
      this.turn(place.kind === goroutine ? group : kind);
    });
  }

  private look(next: Viewport): void {
    const whole = next.to - next.from >= this.extent.peek().total;
    batch(() => {
      this.viewport.value = next;
      this.trace.window.value = whole ? null : { from: next.from, to: next.to };
    });
  }

  private followWindow(window: TimeWindow | null): void {
    const now = this.viewport.peek();
    const { from, to } = window ?? { from: 0, to: this.extent.peek().total };
    if (now.width <= 0 || (now.from === from && now.to === to)) return;
    this.viewport.value = view.showRange(now, this.extent.peek(), from, to);
  }

  /** More than is on screen, in steps: so that small moves ask nothing and show no gap. */
  private question(): SliceQuestion | undefined {
    const columns = this.columns.value;
    const { from, to, width, ratio, scroll, height } = this.viewport.value;
    if (columns === undefined || width <= 0 || height <= 0) return undefined;
    const { rows } = this.arranged.value;
    const level = Math.max(0, Math.ceil(Math.log2((MERGED_PIXELS * (to - from)) / (width * ratio))));
    const step = Math.pow(2, Math.ceil(Math.log2(to - from)) - 1);
    const first = Math.max(0, (Math.floor(scroll / LANE_HEIGHT / ROW_BLOCK) - 1) * ROW_BLOCK);
    const last = (Math.ceil((scroll + height) / LANE_HEIGHT / ROW_BLOCK) + 1) * ROW_BLOCK;
    const lanes: number[] = [];
    for (const kind of ['collector', 'stop'] as const) lanes.push(laneKindIndex(kind), 0);
    for (const row of rows.slice(first, last)) {
      if (row.is !== 'lane') continue;
      const kind = columns.kind[row.lane] ?? 0;
      if (kind >= 2) lanes.push(kind, columns.object[row.lane] ?? 0);
    }
    return {
      lanes: Uint32Array.from(lanes),
      from: Math.max(0, (Math.floor(from / step) - 1) * step),
      to: (Math.ceil(to / step) + 1) * step,
      level,
    };
  }
}

function lanesOf({ lanes }: SliceQuestion): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (let i = 0; i < lanes.length; i += 2) map.set(laneKey(lanes[i] ?? 0, lanes[i + 1] ?? 0), i / 2);
  return map;
}

function sameQuestion(a: SliceQuestion, b: SliceQuestion): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.level === b.level &&
    a.lanes.length === b.lanes.length &&
    a.lanes.every((value, i) => value === b.lanes[i])
  );
}
