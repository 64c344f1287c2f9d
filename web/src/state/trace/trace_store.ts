// All that the page knows of an execution trace beyond what it knows of every document: the view (plain data, also in the
// URL hash) and answers of the core.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../../base/idle';
import type { Outcome } from '../../client/engine';
import type { RequestKind, Requests } from '../../protocol/messages';
import type { LaneColumns, Place, SpanFacts, StripColumns, TraceSummary } from '../../protocol/trace';
import type { Loadable } from '../loadable';
import { resource } from '../resource';
import { AXIS_CLOCK, LANE_OPTIONS, type AxisClock, type Bookmark, type LaneOptions } from './lane_options';

export const TRACE_VIEWS = [
  'timeline',
  'goroutines',
  'blocking',
  'tasks',
  'regions',
  'logs',
  'gc',
  'mmu',
  'latency',
  'contention',
  'path',
  'footprint',
  'findings',
  'info',
] as const;
export type TraceViewId = (typeof TRACE_VIEWS)[number];

/** ns since the document's start: from < to. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** Goroutines that a person chose, by LaneColumns.object. */
export interface GoroutineSet {
  readonly label: string;
  readonly ids: readonly number[];
}

/** What all analyses are of; null: everything. */
export interface TraceScope {
  readonly window: TimeWindow | null;
  readonly among: GoroutineSet | null;
}

/** What a person wants to know the reason of: a stretch of one goroutine's time, or a task. */
export interface SlowThing {
  readonly label: string;
  readonly goroutine: number | null;
  /** Go's id. */
  readonly task: number | null;
  readonly window: TimeWindow | null;
}

export type Ask = <K extends RequestKind>(name: K, input: Requests[K]['in']) => Promise<Outcome<Requests[K]['out']>>;

export class TraceStore {
  readonly view: Signal<TraceViewId> = signal('timeline');
  /** null: all of it. */
  readonly window: Signal<TimeWindow | null> = signal(null);
  readonly options: Signal<LaneOptions> = signal(LANE_OPTIONS);
  readonly selection: Signal<Place | null> = signal(null);
  readonly bookmarks: Signal<readonly Bookmark[]> = signal([]);
  readonly clock: Signal<AxisClock> = signal(AXIS_CLOCK);
  /** Index of the goroutine that a person follows. */
  readonly followed: Signal<number | null> = signal(null);
  /** Of the hover line. */
  readonly hover = signal('');
  readonly tableOpen = signal(false);
  /** Marked on the timeline: what is measured there, and the window of all analyses. null: all of it. */
  readonly range: Signal<TimeWindow | null> = signal(null);
  readonly among: Signal<GoroutineSet | null> = signal(null);
  readonly slow: Signal<SlowThing | null> = signal(null);

  readonly lanes: ReadonlySignal<Loadable<LaneColumns>>;
  readonly strip: ReadonlySignal<Loadable<StripColumns>>;
  /** Of the selected span. */
  readonly facts: ReadonlySignal<Loadable<SpanFacts | null>>;

  constructor(
    /** Grows while the file is read. */
    private readonly told: ReadonlySignal<TraceSummary>,
    readonly ask: Ask,
    readonly idle: IdleCounter,
  ) {
    const once = <K extends 'lanes' | 'strip'>(name: K): ReadonlySignal<Loadable<Requests[K]['out']>> =>
      resource({
        idle,
        question: () => ({ name, part: told.value.events }),
        same: (a, b) => a.part === b.part,
        ask: (question) => ask(question.name, {}),
      });
    this.lanes = once('lanes');
    this.strip = once('strip');
    this.facts = resource({
      idle,
      question: () => ({ place: this.selection.value, part: told.value.events }),
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: ({ place }): Promise<Outcome<SpanFacts | null>> =>
        place === null ? Promise.resolve({ ok: true, value: null }) : ask('describe', place),
    });
  }
  /** Of what was read so far: reading it in a component or a signal follows. */
  get summary(): TraceSummary {
    return this.told.value;
  }
}
