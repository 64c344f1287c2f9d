// What a timeline on screen consists of: rows, window, the slices that the core gave for it, and what a person does.
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { LABEL_WIDTH, LANE_HEIGHT, MERGED_PIXELS, rowsInSight, scrollTop } from '../../draw/timeline_geometry';
import { stripPeaks, type StripPeaks } from '../../draw/timeline_strip';
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
import type { LaneOptions } from '../../state/trace/lane_options';
import { sortGoroutines } from '../../state/trace/lane_order';
import { arrangeLanes, laneIndex, type ArrangedLanes, type LaneRow } from '../../state/trace/lane_rows';
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

const NO_LANES: ArrangedLanes = { rows: [], pinned: 0, heads: [], hidden: 0, rowOf: new Int32Array() };
const NO_PEAKS: StripPeaks = { goroutines: 0, threads: 0, bytes: 0 };
/** Rows are asked for in blocks, with one more on either side. */
const ROW_BLOCK = 16;
const EMPTY: Size = { width: css(0), height: css(0), ratio: 1 };

interface PartQuestion extends SliceQuestion {
  /** Events read so far: there may be more to see of the same window. */
  readonly part: number;
}

export class TimelineSession {
  readonly viewport: Signal<Viewport>;
  readonly columns: ReadonlySignal<LaneColumns | undefined>;
  readonly arranged: ReadonlySignal<ArrangedLanes>;
  readonly extent: ReadonlySignal<Extent>;
  readonly shown: ReadonlySignal<ShownSlices | undefined>;
  readonly peaks: ReadonlySignal<StripPeaks>;
  /** Marked by a person: to zoom into or to measure. */
  readonly range: Signal<TimeWindow | null>;
  /** Id of the heading that keys are about; null: they are about the selected span. */
  readonly head: Signal<string | null> = signal(null);
  private readonly disposers: (() => void)[] = [];
  private area: Size = EMPTY;
  private measured = false;

  constructor(
    readonly document: DocumentStore,
    readonly trace: TraceStore,
    readonly scheduler: FrameScheduler,
  ) {
    this.range = trace.range;
    this.columns = computed(() => latestOf(trace.lanes.value));
    this.arranged = this.arrangement();
    this.peaks = computed(() => {
      const strip = latestOf(trace.strip.value);
      return strip === undefined ? NO_PEAKS : stripPeaks(strip);
    });
    this.extent = computed(() => ({
      total: Math.max(1, trace.summary.durationNanos),
      height: css((this.arranged.value.rows.length - this.arranged.value.pinned) * LANE_HEIGHT),
    }));
    this.viewport = signal(view.wholeView(this.extent.peek(), EMPTY));
    const question = computed(() => this.question());
    const answer = resource({
      idle: document.idle,
      question: () => question.value,
      same: sameQuestion,
      ask: async (asked: PartQuestion) => {
        const outcome = await trace.ask('slices', asked);
        return outcome.ok ? { ok: true as const, value: { columns: outcome.value, laneOf: lanesOf(asked) } } : outcome;
      },
    });
    this.shown = computed(() => latestOf(answer.value));
    this.disposers.push(
      effect(() => this.fit(this.extent.value, this.arranged.value.pinned)),
      effect(() => this.followWindow(trace.window.value)),
    );
  }

  dispose(): void {
    for (const dispose of this.disposers) dispose();
  }

  /** Of the whole canvas. */
  resize(size: Size): void {
    this.area = size;
    this.fit(this.extent.peek(), this.arranged.peek().pinned);
    if (this.measured || this.viewport.peek().width <= 0) return;
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
    this.showExactly(from - room, to + room);
  }

  showExactly(from: number, to: number): void {
    this.look(view.showRange(this.viewport.peek(), this.extent.peek(), from, to));
  }

  reset(): void {
    this.showExactly(0, this.extent.peek().total);
  }

  select(place: Place | null): void {
    batch(() => {
      this.head.value = null;
      this.trace.selection.value = place;
    });
  }

  /** A heading comes under the keys, and into sight. */
  selectHead(id: string): void {
    batch(() => {
      this.trace.selection.value = null;
      this.head.value = id;
    });
    this.revealRow(this.arranged.peek().rows.findIndex((row) => row.is === 'head' && row.id === id));
  }

  /** Another span: its lane and its time come into sight. */
  async goTo(place: Place): Promise<void> {
    this.select({ kind: place.kind, object: place.object, item: place.item });
    const facts = await this.document.idle.during(this.trace.ask('describe', place));
    if (!facts.ok) return;
    this.unfoldTo(place);
    this.revealLane(place);
    const { start, end } = facts.value;
    this.look(view.revealRange(this.viewport.peek(), this.extent.peek(), start, end - start));
  }

  /** Index of a lane in `columns`; -1: there is none. */
  laneAt({ kind, object }: Pick<Place, 'kind' | 'object'>): number {
    const columns = this.columns.peek();
    return columns === undefined ? -1 : laneIndex(columns, kind, object);
  }

  /** Index of the row that shows the lane; -1: none does. */
  rowOf(place: Pick<Place, 'kind' | 'object'>): number {
    return this.arranged.peek().rowOf[this.laneAt(place)] ?? -1;
  }

  placeOf(row: LaneRow, item: number): Place | undefined {
    const columns = this.columns.peek();
    if (row.is !== 'lane' || columns === undefined) return undefined;
    return { kind: columns.kind[row.lane] ?? 0, object: columns.object[row.lane] ?? 0, item };
  }

  turn(id: string): void {
    const turned = new Set(this.trace.options.peek().turned);
    if (!turned.delete(id)) turned.add(id);
    this.choose({ turned });
  }

  choose(part: Partial<LaneOptions>): void {
    this.trace.options.value = { ...this.trace.options.peek(), ...part };
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

  /** The lane's mark that is nearest to a time, of one kind. */
  markAt(row: LaneRow, kind: number, time: number, slack: number): number | undefined {
    const lane = this.laneOf(row);
    const columns = this.shown.peek()?.columns;
    if (columns === undefined || lane === undefined) return undefined;
    let best: number | undefined;
    let nearest = slack;
    for (let i = columns.markBegin[lane] ?? 0; i < (columns.markBegin[lane + 1] ?? 0); i++) {
      const apart = Math.abs((columns.markTime[i] ?? 0) - time);
      if (columns.markKind[i] !== kind || apart > nearest) continue;
      nearest = apart;
      best = i;
    }
    return best;
  }

  /** Go's number of a goroutine. */
  numberOf(goroutine: number): number {
    const lane = this.laneAt({ kind: laneKindIndex('goroutine'), object: goroutine });
    return this.columns.peek()?.number[lane] ?? 0;
  }

  laneOf(row: LaneRow): number | undefined {
    const place = this.placeOf(row, 0);
    return place === undefined ? undefined : this.shown.peek()?.laneOf.get(laneKey(place.kind, place.object));
  }

  revealLane(place: Pick<Place, 'kind' | 'object'>): void {
    this.revealRow(this.rowOf(place));
  }

  private revealRow(row: number): void {
    const { pinned } = this.arranged.peek();
    if (row < pinned) return;
    const top = css((row - pinned) * LANE_HEIGHT);
    this.look(view.revealRows(this.viewport.peek(), this.extent.peek(), top, css(top + LANE_HEIGHT)));
  }

  private arrangement(): ReadonlySignal<ArrangedLanes> {
    const { trace, document } = this;
    const sort = computed(() => trace.options.value.sort);
    const sorted = computed(() =>
      this.columns.value === undefined ? undefined : sortGoroutines(this.columns.value, sort.value),
    );
    return computed(() => {
      const columns = this.columns.value;
      if (columns === undefined) return NO_LANES;
      if (trace.options.value.filter !== '') void document.names.version.value;
      return arrangeLanes(columns, trace.options.value, (id) => document.names.text(id), sorted.value);
    });
  }

  private fit(extent: Extent, pinned: number): void {
    const { width, height, ratio } = this.area;
    const inner: Size = {
      width: css(Math.max(0, width - LABEL_WIDTH)),
      height: css(Math.max(0, height - scrollTop(pinned))),
      ratio,
    };
    const before = this.viewport.peek();
    // A window of everything stays one while the file grows.
    const whole = this.trace.window.peek() === null && before.from === 0;
    const refitted = view.refit(before, extent, inner);
    this.viewport.value = whole ? view.showRange(refitted, extent, 0, extent.total) : refitted;
  }

  /** Headings unfold, filters give way, until there is a row for the lane. */
  private unfoldTo(place: Place): void {
    const lane = this.laneAt(place);
    const columns = this.columns.peek();
    if (columns === undefined || lane < 0 || this.rowOf(place) >= 0) return;
    const { options } = this.trace;
    batch(() => {
      if (columns.system[lane] === 1) this.choose({ system: true });
      if (this.rowOf(place) >= 0) return;
      const kind = LANE_KINDS[place.kind] ?? 'goroutine';
      const isGoroutine = kind === 'goroutine';
      const grouped = options.peek().grouping === 'function';
      const id = !isGoroutine ? kind : grouped ? `g${columns.name[lane] ?? 0}` : 'goroutines';
      if (this.arranged.peek().rows.some((row) => row.is === 'head' && row.id === id && row.folded)) this.turn(id);
      if (isGoroutine && this.rowOf(place) < 0) this.choose({ filter: '' });
      if (isGoroutine && this.rowOf(place) < 0) this.unfoldParents(columns, place.object);
      if (this.arranged.peek().rows.some((row) => row.is === 'head' && row.id === id && row.folded)) this.turn(id);
    });
  }

  /** From the top down, as long as somebody above is folded. */
  private unfoldParents(columns: LaneColumns, object: number): void {
    const goroutine = laneKindIndex('goroutine');
    const above: number[] = [];
    const seen = new Set<number>();
    for (let at = object; this.laneAt({ kind: goroutine, object: at }) >= 0 && !seen.has(at);) {
      seen.add(at);
      at = columns.parent[this.laneAt({ kind: goroutine, object: at })] ?? -1;
      above.push(at);
    }
    for (const parent of above.reverse()) {
      const row = this.arranged.peek().rows[this.rowOf({ kind: goroutine, object: parent })];
      if (row?.is === 'lane' && row.id !== undefined && row.folded === true) this.turn(row.id);
    }
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
  private question(): PartQuestion | undefined {
    const columns = this.columns.value;
    const viewport = this.viewport.value;
    const { from, to, width, ratio, height } = viewport;
    if (columns === undefined || width <= 0 || height <= 0) return undefined;
    const { rows, pinned } = this.arranged.value;
    const level = Math.max(0, Math.ceil(Math.log2((MERGED_PIXELS * (to - from)) / (width * ratio))));
    const step = Math.pow(2, Math.ceil(Math.log2(to - from)) - 1);
    const sight = rowsInSight(viewport, pinned);
    const first = Math.max(pinned, (Math.floor(sight.first / ROW_BLOCK) - 1) * ROW_BLOCK);
    const last = (Math.ceil(sight.last / ROW_BLOCK) + 1) * ROW_BLOCK;
    const lanes: number[] = [];
    for (const kind of ['collector', 'stop'] as const) lanes.push(laneKindIndex(kind), 0);
    for (const row of [...rows.slice(0, pinned), ...rows.slice(first, last)]) {
      if (row.is !== 'lane') continue;
      const kind = columns.kind[row.lane] ?? 0;
      if (kind >= 2) lanes.push(kind, columns.object[row.lane] ?? 0);
    }
    return {
      lanes: Uint32Array.from(lanes),
      from: Math.max(0, (Math.floor(from / step) - 1) * step),
      to: (Math.ceil(to / step) + 1) * step,
      level,
      part: this.trace.summary.events,
    };
  }
}

function lanesOf({ lanes }: SliceQuestion): ReadonlyMap<string, number> {
  const map = new Map<string, number>();
  for (let i = 0; i < lanes.length; i += 2) map.set(laneKey(lanes[i] ?? 0, lanes[i + 1] ?? 0), i / 2);
  return map;
}

function sameQuestion(a: PartQuestion, b: PartQuestion): boolean {
  return (
    a.part === b.part &&
    a.from === b.from &&
    a.to === b.to &&
    a.level === b.level &&
    a.lanes.length === b.lanes.length &&
    a.lanes.every((value, i) => value === b.lanes[i])
  );
}
