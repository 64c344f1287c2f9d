// The Raw view's samples: windows of them, fetched as they come into sight.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { SampleColumns } from '../protocol/columns';
import type { DocumentStore } from './document_store';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';
import { sortingOf } from './view_params';

export const RAW_TABLE = 'raw-table';
/** Of a column of values, by sample type. */
export const sampleTypeKey = (index: number): string => `type${index}`;

/** Rows of one request. */
const WINDOW = 200;

export interface SampleRow {
  readonly sample: number;
  readonly values: readonly number[];
  /** Leaf first; `depth` may be more. */
  readonly frames: readonly number[];
  readonly depth: number;
  /** String ids of "key:value". */
  readonly labels: readonly number[];
}

export class SamplesState {
  /** The first window: its question is what resets all others. */
  readonly first: ReadonlySignal<Loadable<SampleColumns>>;
  readonly matched: ReadonlySignal<number>;
  private readonly windows: Signal<ReadonlyMap<number, SampleColumns>> = signal(new Map());
  private readonly onTheWay = new Map<number, Promise<void>>();

  constructor(private readonly store: DocumentStore) {
    this.first = resource({
      idle: store.idle,
      question: () => this.question(0),
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: async (question) => {
        const answer = await store.withFrames(store.ask('samples', question));
        this.onTheWay.clear();
        if (answer.ok) this.windows.value = new Map([[0, answer.value]]);
        return answer;
      },
    });
    this.matched = computed(() => latestOf(this.first.value)?.matched ?? 0);
  }

  /** undefined: on its way. */
  row(row: number): SampleRow | undefined {
    const index = Math.floor(row / WINDOW);
    const columns = this.windows.value.get(index);
    if (columns === undefined) {
      if (row < this.matched.value) void this.fetch(index);
      return undefined;
    }
    const at = row % WINDOW;
    if (at >= columns.sample.length) return undefined;
    const types = columns.value.length / columns.sample.length;
    return {
      sample: columns.sample[at] ?? 0,
      values: [...columns.value.subarray(at * types, (at + 1) * types)],
      frames: [...columns.frame.subarray(columns.frameBegin[at], columns.frameBegin[at + 1])],
      depth: columns.depth[at] ?? 0,
      labels: [...columns.label.subarray(columns.labelBegin[at], columns.labelBegin[at + 1])],
    };
  }

  /** All rows before `end`, with the texts of their frames and labels. */
  async ensure(end: number): Promise<void> {
    for (let index = 0; index * WINDOW < Math.min(end, this.matched.peek()); index++) await this.fetch(index);
    const names = this.store.frames.peek()?.name;
    for (const columns of this.windows.peek().values()) {
      await this.store.names.ensure(columns.label);
      if (names !== undefined) await this.store.names.ensure(columns.frame.map((frame) => names[frame] ?? 0));
    }
  }

  private fetch(index: number): Promise<void> {
    if (this.windows.peek().has(index)) return Promise.resolve();
    const underWay = this.onTheWay.get(index);
    if (underWay !== undefined) return underWay;
    // Not at once: we may stand inside a drawing, which must not cause writes.
    const fetching = this.store.idle.during(Promise.resolve().then(() => this.ask(index)));
    this.onTheWay.set(index, fetching);
    return fetching;
  }

  private async ask(index: number): Promise<void> {
    const before = this.first.peek();
    const question = this.question(index * WINDOW);
    if (question === undefined) return;
    const answer = await this.store.withFrames(this.store.ask('samples', question));
    if (!answer.ok || this.first.peek() !== before) return;
    this.windows.value = new Map([...this.windows.peek(), [index, answer.value]]);
  }

  private question(from: number) {
    const view = this.store.spec.value;
    if (view === undefined) return undefined;
    const { sort } = sortingOf(this.store, RAW_TABLE);
    const types = this.store.summary.value?.sampleTypes ?? [];
    const sortType = types.findIndex((_, i) => sort?.key === sampleTypeKey(i));
    const ascending = sort?.descending !== true;
    return { view, ...this.store.view.search.value, from, count: WINDOW, sortType, ascending };
  }
}
