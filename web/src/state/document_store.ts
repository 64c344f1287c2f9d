// All that the page knows of one opened file, in three kinds: the document (frozen once ready), the view (plain data that
// also stands in the URL hash) and the hover (never in the URL). What a view draws is derived from these by resources.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { Engine, Outcome, StartEngine } from '../client/engine';
import type { FlameColumns, FrameColumns, SearchColumns, TopColumns } from '../protocol/columns';
import type { Failure, ProfileSummary, Progress, SampleType } from '../protocol/messages';
import { latestOf, type Loadable } from './loadable';
import { NamesCache } from './names';
import { findNeighbours, type Neighbours } from './neighbours';
import { resource } from './resource';
import { arrangeTop, type TopRows } from './top_rows';

export type ViewId = 'flame' | 'top' | 'info';
export const VIEW_IDS: readonly ViewId[] = ['flame', 'top', 'info'];

export type Theme = 'light' | 'dark';

export type TopColumn = 'flat' | 'cum' | 'name' | 'file';

export interface TopSort {
  readonly by: TopColumn;
  readonly descending: boolean;
}

export type DocumentStatus =
  | { readonly at: 'reading'; readonly progress: Progress; readonly startedAt: number }
  | { readonly at: 'ready'; readonly summary: ProfileSummary; readonly frames: FrameColumns }
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
  /** Set when it was fetched from our own origin: the URL hash can then open it again. */
  readonly url?: string;
}

/** Plain data, each part a signal; URL hash and views read and write the same. */
export interface ViewState {
  readonly activeView: Signal<ViewId>;
  /** Index into summary.sampleTypes. */
  readonly sampleType: Signal<number>;
  readonly search: Signal<SearchText>;
  /** Frame names from below the root to the zoomed box; null: the whole. */
  readonly zoomPath: Signal<readonly string[] | null>;
  /** Frame id. */
  readonly selectedFrame: Signal<number | null>;
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
    zoomPath: signal<readonly string[] | null>(null),
    selectedFrame: signal<number | null>(null),
  };
  readonly hover = signal<Hover | null>(null);
  /** Boxes of the present flame graph: what keys and details are about, and what fills the width. A new graph resets them. */
  readonly cursor = { selected: signal<number | null>(null), zoomed: signal(0) };
  /** Left behind by the flame view that was in front last. */
  flameWindow: FlameWindow | undefined;
  readonly topSort = signal<TopSort>({ by: 'flat', descending: true });
  readonly noticesFolded = signal(false);
  /** What the page looks like now; painters take their colours from it. */
  readonly theme: ReadonlySignal<Theme>;
  /** The worker died after the file was read: what is on screen stays, nothing new can be asked. */
  readonly engineFault = signal<Failure | null>(null);
  readonly names: NamesCache;

  /** undefined until the file is read. */
  readonly summary: ReadonlySignal<ProfileSummary | undefined>;
  readonly frames: ReadonlySignal<FrameColumns | undefined>;
  readonly currentType: ReadonlySignal<SampleType | undefined>;

  readonly flame: ReadonlySignal<Loadable<FlameColumns>>;
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
    const progress: Progress = { phase: 'reading', bytes: 0, totalBytes: source.file.size };
    this.status = signal<DocumentStatus>({ at: 'reading', progress, startedAt });
    const engine = startEngine({ onProgress: (now) => this.onProgress(now), onDead: (why) => this.onDead(why) });
    this.engine = engine;
    this.names = new NamesCache(engine, idle);
    this.summary = computed(() => (this.status.value.at === 'ready' ? this.status.value.summary : undefined));
    this.frames = computed(() => (this.status.value.at === 'ready' ? this.status.value.frames : undefined));
    this.currentType = computed(() => this.summary.value?.sampleTypes[this.view.sampleType.value]);
    this.flame = this.askedByType((sampleType) => engine.request('flame', { sampleType }));
    this.top = this.askedByType((sampleType) => engine.request('top', { sampleType }));
    this.searchResult = resource({
      idle,
      question: () => {
        const sampleType = this.readyType();
        return sampleType === undefined ? undefined : { sampleType, ...this.view.search.value };
      },
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: (question): Promise<Outcome<SearchColumns | null>> =>
        question.pattern === '' ? Promise.resolve({ ok: true, value: null }) : engine.request('search', question),
    });
    this.found = computed(() => {
      const result = this.searchResult.value;
      return result.at === 'failed' ? undefined : (latestOf(result) ?? undefined);
    });
    this.topRows = computed(() => this.arrangedTop());
    this.neighbours = computed(() => {
      const flame = latestOf(this.flame.value);
      const selected = this.view.selectedFrame.value;
      return flame === undefined || selected === null ? undefined : findNeighbours(flame, selected);
    });
  }

  /** Text of a frame's name or file; '' while it is on its way. Reads `names.version`, so signals follow. */
  frameText(frame: number, part: 'name' | 'file' | 'package'): string {
    void this.names.version.value;
    const id = this.frames.value?.[part][frame];
    return id === undefined ? '' : (this.names.text(id) ?? '');
  }

  private arrangedTop(): TopRows | undefined {
    const columns = latestOf(this.top.value);
    if (columns === undefined) return undefined;
    const sort = this.topSort.value;
    const match = this.found.value?.match;
    const part = sort.by === 'file' ? 'file' : 'name';
    return arrangeTop(columns, sort, match, (row) => this.frameText(columns.frame[row] ?? 0, part));
  }

  private onProgress(progress: Progress): void {
    const status = this.status.peek();
    if (status.at === 'reading') this.status.value = { ...status, progress };
  }

  private onDead(failure: Failure): void {
    if (this.status.peek().at === 'ready' && failure.code !== 'cancelled') this.engineFault.value = failure;
  }

  private askedByType<T>(ask: (sampleType: number) => Promise<Outcome<T>>): ReadonlySignal<Loadable<T>> {
    return resource({ idle: this.idle, question: () => this.readyType(), same: Object.is, ask });
  }

  private readyType(): number | undefined {
    return this.currentType.value === undefined ? undefined : this.view.sampleType.value;
  }
}
