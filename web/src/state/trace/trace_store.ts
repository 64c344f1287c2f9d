// All that the page knows of an execution trace beyond what it knows of every document: the view (plain data, also in the
// URL hash) and answers of the core.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../../base/idle';
import type { Outcome } from '../../client/engine';
import type { RequestKind, Requests } from '../../protocol/messages';
import type {
  GcRows,
  GoroutineRows,
  LaneColumns,
  LatencyRows,
  MmuRows,
  Place,
  SpanFacts,
  StripColumns,
  TraceSummary,
} from '../../protocol/trace';
import type { Loadable } from '../loadable';
import { resource } from '../resource';
import { AXIS_CLOCK, LANE_OPTIONS, type AxisClock, type Bookmark, type LaneOptions } from './lane_options';

export const TRACE_VIEWS = [
  'timeline',
  'goroutines',
  'blocking',
  'tasks',
  'regions',
  'gc',
  'mmu',
  'findings',
  'info',
] as const;
export type TraceViewId = (typeof TRACE_VIEWS)[number];

/** ns since the document's start: from < to. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
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

  readonly lanes: ReadonlySignal<Loadable<LaneColumns>>;
  readonly strip: ReadonlySignal<Loadable<StripColumns>>;
  readonly goroutines: ReadonlySignal<Loadable<GoroutineRows>>;
  readonly collections: ReadonlySignal<Loadable<GcRows>>;
  readonly tasks: ReadonlySignal<Loadable<LatencyRows>>;
  readonly regions: ReadonlySignal<Loadable<LatencyRows>>;
  readonly utilization: ReadonlySignal<Loadable<MmuRows>>;
  /** Of the selected span. */
  readonly facts: ReadonlySignal<Loadable<SpanFacts | null>>;

  constructor(
    /** Grows while the file is read. */
    private readonly told: ReadonlySignal<TraceSummary>,
    readonly ask: Ask,
    idle: IdleCounter,
  ) {
    const once = <K extends 'lanes' | 'strip' | 'goroutines' | 'collections' | 'tasks' | 'regions' | 'utilization'>(
      name: K,
    ): ReadonlySignal<Loadable<Requests[K]['out']>> =>
      resource({
        idle,
        question: () => ({ name, part: told.value.events }),
        same: (a, b) => a.part === b.part,
        ask: (question) => ask(question.name, {}),
      });
    this.lanes = once('lanes');
    this.strip = once('strip');
    this.goroutines = once('goroutines');
    this.collections = once('collections');
    this.tasks = once('tasks');
    this.regions = once('regions');
    this.utilization = once('utilization');
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
