// All that the page knows of one opened file, in three kinds: the document (frozen once ready), the view (plain data that
// also stands in the URL hash) and the hover (never in the URL). What a view draws is derived from these by resources.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { Engine, Outcome, StartEngine } from '../client/engine';
import { NONE, type FlameColumns, type FrameColumns, type SearchColumns, type TopColumns } from '../protocol/columns';
import type {
  Failure,
  GraphTrim,
  Holding,
  ProfileSummary,
  Progress,
  Summary,
  RequestKind,
  Requests,
  SampleType,
} from '../protocol/messages';
import { NO_FILTERS, type Filters, type ViewFacts, type ViewSpec } from '../protocol/view_spec';
import { Attachments } from './attachments';
import { isFiltering } from './filters';
import { mainSource } from './flame_main';
import { PLAIN_LOOK, PLAIN_SHAPE, type FlameLook, type FlameShape } from './flame_shape';
import { newCursor, type FlameSource } from './flame_source';
import { latestOf, type Loadable } from './loadable';
import { NamesCache } from './names';
import { findNeighbours, type Neighbours } from './neighbours';
import { resource } from './resource';
import { CompareState } from './compare_state';
import type { SeriesAsker } from './series_store';
import { arrangeTop, TOP_TABLE, TOP_FIRST, type TopRows } from './top_rows';
import { growingTrace } from './trace/growing_trace';
import type { TraceStore } from './trace/trace_store';
import { ViewHistory } from './view_history';
import { shownUnit } from './unit_choice';
import { paramOf, sortingOf, type ViewParams } from './view_params';

/** In the order of the tabs. */
export const VIEW_IDS = [
  'flame',
  'top',
  'graph',
  'peek',
  'source',
  'labels',
  'sizes',
  'diff',
  'trend',
  'info',
  'raw',
  'findings',
  'dump',
  'heap',
  'bench',
  'gc',
] as const;
export type ViewId = (typeof VIEW_IDS)[number];

/** Whether the document has what the view is about. */
export function isViewOf(store: DocumentStore, view: ViewId): boolean {
  switch (view) {
    case 'info':
    case 'findings':
      return true;
    case 'dump':
      return store.hasGoroutines.value;
    case 'heap':
      return store.isHeap.value || store.hasMemStats.value;
    case 'bench':
      return store.hasBench.value;
    case 'gc':
      return store.hasGcLog.value;
    default:
      return (store.summary.value?.sampleTypes.length ?? 0) > 0;
  }
}

/** As `go tool pprof -dot` without flags. */
export const DEFAULT_TRIM: GraphTrim = { nodeCount: 80, nodeFraction: 0.005, edgeFraction: 0.001 };

export type Theme = 'light' | 'dark';

export type DocumentStatus =
  | { readonly at: 'reading'; readonly progress: Progress; readonly startedAt: number }
  | { readonly at: 'ready'; readonly summary: Summary; readonly frames: FrameColumns }
  | { readonly at: 'failed'; readonly failure: Failure };

export interface SearchText {
  readonly pattern: string;
  readonly caseSensitive: boolean;
}

/** What the pointer (or the keyboard cursor) stands on. `text` goes into the hover line as it is. */
export interface Hover {
  readonly frame: number;
  readonly box: number;
  readonly text: string;
}

/** What the flame view shows of a graph, so that it looks the same after another view was in front. */
export interface FlameWindow {
  readonly flame: FlameColumns;
  /** In value units. */
  readonly from: number;
  readonly to: number;
  /** In CSS pixels. */
  readonly scroll: number;
  readonly zoomPath: readonly string[] | null;
  readonly tableOpen: boolean;
}

/** Where the bytes came from. */
export interface Source {
  readonly name: string;
  readonly file: Blob;
  /** What a report says beside its data. */
  readonly notes?: string;
  /** Set when it was fetched from our own origin: the URL hash can then open it again. */
  readonly url?: string;
}

/** Plain data, each part a signal; URL hash and views read and write the same. */
export interface ViewState {
  readonly activeView: Signal<ViewId>;
  /** Index into summary.sampleTypes. */
  readonly sampleType: Signal<number>;
  readonly search: Signal<SearchText>;
  readonly filters: Signal<Filters>;
  readonly graphTrim: Signal<GraphTrim>;
  /** Frame names from below the root to the zoomed box; null: the whole. */
  readonly zoomPath: Signal<readonly string[] | null>;
  /** Frame id. */
  readonly selectedFrame: Signal<number | null>;
  readonly shape: Signal<FlameShape>;
  readonly look: Signal<FlameLook>;
  /** Frame id of the sandwich; null: the selected frame. */
  readonly center: Signal<number | null>;
  readonly params: Signal<ViewParams>;
}

export interface DocumentOptions {
  readonly id: number;
  readonly source: Source;
  readonly idle: IdleCounter;
  readonly startEngine: StartEngine;
  readonly theme: ReadonlySignal<Theme>;
  /** ms, for the reading rate. */
  readonly startedAt: number;
}

export class DocumentStore {
  readonly status: Signal<DocumentStatus>;
  readonly view: ViewState = {
    activeView: signal<ViewId>('flame'),
    sampleType: signal(0),
    search: signal<SearchText>({ pattern: '', caseSensitive: false }),
    filters: signal<Filters>(NO_FILTERS),
    graphTrim: signal<GraphTrim>(DEFAULT_TRIM),
    zoomPath: signal<readonly string[] | null>(null),
    selectedFrame: signal<number | null>(null),
    shape: signal(PLAIN_SHAPE),
    look: signal(PLAIN_LOOK),
    center: signal<number | null>(null),
    params: signal<ViewParams>({}),
  };
  readonly compare = new CompareState(this);
  series: SeriesAsker | undefined;
  /** A person's own, for the report. */
  readonly notes = signal('');
  readonly hover = signal<Hover | null>(null);
  readonly history = new ViewHistory(this.view, () => (this.hover.value = null));
  /** Boxes of the present flame graph: what keys and details are about, and what fills the width. A new graph resets them. */
  readonly cursor = newCursor();
  /** Left behind by the flame view that was in front last. */
  flameWindow: FlameWindow | undefined;
  /** Questions about the view that are on their way: the busy mark. */
  readonly asking = signal(0);
  private readonly grownFrames = signal<FrameColumns | undefined>(undefined);
  readonly noticesFolded = signal(false);
  /** What the page looks like now; painters take their colours from it. */
  readonly theme: ReadonlySignal<Theme>;
  /** The worker died after the file was read: what is on screen stays, nothing new can be asked. */
  readonly engineFault = signal<Failure | null>(null);
  /** Other documents in this one's worker. */
  readonly attachments = new Attachments(this);
  readonly names: NamesCache;

  /** undefined until the file is read. */
  readonly summary: ReadonlySignal<ProfileSummary | undefined>;
  /** Where the document is an execution trace; its summary is undefined then. */
  readonly trace: ReadonlySignal<TraceStore | undefined>;
  /** By frame id. Grows when labels become frames or another granularity is asked for; ids stay. */
  readonly frames: ReadonlySignal<FrameColumns | undefined>;
  readonly currentType: ReadonlySignal<SampleType | undefined>;
  /** A dump, or a profile of goroutines. */
  readonly hasGoroutines = computed(() => this.holds('dump') || this.hasType('goroutine'));
  readonly isHeap = computed(() => this.hasType('inuse_space'));
  readonly hasMemStats = computed(() => this.holds('memStats'));
  readonly hasBench = computed(() => this.holds('bench'));
  readonly hasGcLog = computed(() => this.holds('gcLog'));

  /** What all views show; undefined until the file is read. */
  readonly spec: ReadonlySignal<ViewSpec | undefined>;
  /** What filters match; null while nothing is filtered. */
  readonly facts: ReadonlySignal<Loadable<ViewFacts | null>>;
  /** The whole document at the present sample type. */
  readonly plainSpec: ReadonlySignal<ViewSpec | undefined>;
  readonly flame: ReadonlySignal<Loadable<FlameColumns>>;
  /** What the flame view shows: `flame` in the shape that a person chose. */
  readonly flameSource: FlameSource;
  readonly top: ReadonlySignal<Loadable<TopColumns>>;
  /** null: nothing is searched for. */
  readonly searchResult: ReadonlySignal<Loadable<SearchColumns | null>>;
  /** What all views highlight or filter by. None for a bad expression: hits of an older one would be a lie. */
  readonly found: ReadonlySignal<SearchColumns | undefined>;
  /** undefined until there is a first answer. */
  readonly topRows: ReadonlySignal<TopRows | undefined>;
  readonly neighbours: ReadonlySignal<Neighbours | undefined>;

  readonly id: number;
  readonly source: Source;
  readonly engine: Engine;
  readonly idle: IdleCounter;

  constructor(options: DocumentOptions) {
    const { id, source, idle, startEngine, startedAt } = options;
    this.id = id;
    this.source = source;
    this.idle = idle;
    this.theme = options.theme;
    this.notes.value = source.notes ?? '';
    const progress: Progress = { phase: 'reading', bytes: 0, totalBytes: source.file.size };
    this.status = signal<DocumentStatus>({ at: 'reading', progress, startedAt });
    const engine = startEngine({ onProgress: (now) => this.onProgress(now), onDead: (why) => this.onDead(why) });
    this.engine = engine;
    this.names = new NamesCache(engine, idle);
    const anySummary = computed(() => (this.status.value.at === 'ready' ? this.status.value.summary : undefined));
    this.summary = computed(() => (anySummary.value?.kind === 'profile' ? anySummary.value : undefined));
    const anyTrace = computed(() => {
      const status = this.status.value;
      return status.at === 'reading' ? status.progress.part : anySummary.value;
    });
    this.trace = growingTrace(anyTrace, (name, input) => this.ask(name, input), idle);
    this.frames = computed(() => {
      const status = this.status.value;
      return this.grownFrames.value ?? (status.at === 'ready' ? status.frames : undefined);
    });
    const fileType = computed(() => this.summary.value?.sampleTypes[this.view.sampleType.value]);
    this.currentType = computed(() => this.inUnit(fileType.value));
    this.spec = computed(() => {
      if (fileType.value === undefined) return undefined;
      return { sampleType: this.view.sampleType.value, ...this.view.filters.value };
    });
    this.facts = this.askedOfView((spec): Promise<Outcome<ViewFacts | null>> =>
      isFiltering(spec) ? this.ask('facts', spec) : Promise.resolve({ ok: true, value: null }),
    );
    this.flame = this.askedOfView((spec) => this.withFrames(this.ask('flame', spec)));
    this.plainSpec = computed(() =>
      this.spec.value === undefined ? undefined : { ...this.spec.value, ...NO_FILTERS },
    );
    this.top = this.askedOfView((spec) => this.withFrames(this.ask('top', spec)));
    this.searchResult = resource({
      idle,
      question: () => {
        const view = this.spec.value;
        return view === undefined ? undefined : { view, ...this.view.search.value };
      },
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: (question): Promise<Outcome<SearchColumns | null>> =>
        question.pattern === '' ? Promise.resolve({ ok: true, value: null }) : this.ask('search', question),
    });
    this.found = computed(() => {
      const result = this.searchResult.value;
      return result.at === 'failed' ? undefined : (latestOf(result) ?? undefined);
    });
    this.flameSource = mainSource(this);
    this.topRows = computed(() => this.arrangedTop());
    this.neighbours = computed(() => {
      const flame = latestOf(this.flame.value);
      const selected = this.view.selectedFrame.value;
      return flame === undefined || selected === null ? undefined : findNeighbours(flame, selected);
    });
  }

  private holds(what: Holding): boolean {
    return this.summary.value?.holds.includes(what) ?? false;
  }

  private hasType(type: string): boolean {
    return this.summary.value?.sampleTypes.some((sampleType) => sampleType.type === type) ?? false;
  }

  /** Text of a frame's name or file; '' while it is on its way. Reads `names.version`, so signals follow. */
  frameText(frame: number, part: 'name' | 'file' | 'package'): string {
    void this.names.version.value;
    const id = this.frames.value?.[part][frame];
    return id === undefined ? '' : (this.names.text(id) ?? '');
  }

  private inUnit(type: SampleType | undefined): SampleType | undefined {
    const unit = type && shownUnit(type, paramOf(this, 'unit'), () => latestOf(this.top.value));
    return type === undefined || unit === undefined ? type : { ...type, shownUnit: unit };
  }

  private arrangedTop(): TopRows | undefined {
    const columns = latestOf(this.top.value);
    if (columns === undefined) return undefined;
    const { sort = TOP_FIRST } = sortingOf(this, TOP_TABLE, TOP_FIRST);
    const match = this.found.value?.match;
    const part = sort.key === 'file' ? 'file' : 'name';
    return arrangeTop(columns, sort, match, (row) => this.frameText(columns.frame[row] ?? 0, part));
  }

  private onProgress(progress: Progress): void {
    const status = this.status.peek();
    if (status.at === 'reading') this.status.value = { ...status, progress };
  }

  private onDead(failure: Failure): void {
    if (this.status.peek().at === 'ready' && failure.code !== 'cancelled') this.engineFault.value = failure;
  }

  /** An answer that is asked anew when sample type or filters change. */
  askedOfView<T>(ask: (spec: ViewSpec) => Promise<Outcome<T>>): ReadonlySignal<Loadable<T>> {
    return resource({
      idle: this.idle,
      question: () => this.spec.value,
      same: (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b),
      ask,
    });
  }

  /** A question to the engine that shows as busy while it is on its way. */
  async ask<K extends RequestKind>(name: K, input: Requests[K]['in']): Promise<Outcome<Requests[K]['out']>> {
    this.asking.value++;
    try {
      return await this.engine.request(name, input);
    } finally {
      this.asking.value--;
    }
  }

  /** For answers with a column `frame`: sees to it that all of its frames are known before anybody draws them. */
  async withFrames<T extends { readonly frame: Uint32Array }>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await answer;
    if (!outcome.ok) return outcome;
    const known = this.frames.peek()?.name.length ?? 0;
    if (!outcome.value.frame.some((frame) => frame >= known && frame !== NONE)) return outcome;
    const frames = await this.ask('frames', {});
    if (frames.ok) this.grownFrames.value = frames.value;
    return outcome;
  }
}
