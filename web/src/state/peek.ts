// The Peek view without its DOM: a function, who calls it and whom it calls, unfolded step by step.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import * as v from 'valibot';
import { orderRows } from '../base/table_sort';
import type { PeekColumns } from '../protocol/columns';
import type { DocumentStore } from './document_store';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';
import { setParam, sortingOf } from './view_params';

export const PEEK_TABLE = 'peek-table';

export type PeekSide = 'callers' | 'callees';

export type PeekRow =
  | { readonly kind: 'self'; readonly frame: number }
  | {
      readonly kind: PeekSide;
      /** From the function outward, the row's own frame last. */
      readonly path: readonly number[];
      readonly frame: number;
      readonly weight: number;
      /** Of the function itself: what shares are of. */
      readonly inlining: number;
      readonly hasMore: boolean;
      readonly isOpen: boolean;
    };

export interface Both {
  readonly frame: number;
  readonly callers: PeekColumns;
  readonly callees: PeekColumns;
}

const keyOf = (side: PeekSide, path: readonly number[]): string => `${side} ${path.join(' ')}`;

const pathsSchema = v.pipe(v.array(v.array(v.string())), v.maxLength(100));

/** [side, function, …] each. */
function parsePaths(text: string): readonly (readonly string[])[] {
  try {
    const parsed = v.safeParse(pathsSchema, JSON.parse(text));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}

export class PeekState {
  /** The selected function, else the first of Top. */
  readonly frame: ReadonlySignal<number | undefined>;
  readonly both: ReadonlySignal<Loadable<Both>>;
  private readonly open: Signal<ReadonlyMap<string, PeekColumns>> = signal(new Map());
  readonly rows: ReadonlySignal<readonly PeekRow[]>;

  constructor(private readonly store: DocumentStore) {
    this.frame = computed(() => store.view.selectedFrame.value ?? latestOf(store.top.value)?.frame[0]);
    this.both = resource({
      idle: store.idle,
      question: () => {
        const view = store.spec.value;
        const frame = this.frame.value;
        return view === undefined || frame === undefined ? undefined : { view, frame };
      },
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: async ({ view, frame }) => {
        const ask = (callers: boolean) => store.withFrames(store.ask('peek', { view, path: [frame], callers }));
        const [callers, callees] = await Promise.all([ask(true), ask(false)]);
        if (!callers.ok) return callers;
        if (!callees.ok) return callees;
        this.open.value = new Map();
        void store.idle.during(this.reopen(callers.value, callees.value, frame));
        return { ok: true, value: { frame, callers: callers.value, callees: callees.value } };
      },
    });
    this.rows = computed(() => {
      const both = latestOf(this.both.value);
      if (both === undefined) return [];
      // Callers stand above their function, the nearest last, as pprof prints them.
      const above = this.rowsOf('callers', [both.frame], both.callers).reverse();
      return [...above, { kind: 'self', frame: both.frame }, ...this.rowsOf('callees', [both.frame], both.callees)];
    });
  }

  private rowsOf(side: PeekSide, path: readonly number[], columns: PeekColumns): PeekRow[] {
    return this.order(columns).flatMap((i) => {
      const frame = columns.frame[i] ?? 0;
      const here = [...path, frame];
      const further = this.open.value.get(keyOf(side, here));
      const row: PeekRow = {
        kind: side,
        path: here,
        frame,
        weight: columns.weight[i] ?? 0,
        inlining: columns.inlining[i] ?? 0,
        hasMore: columns.hasMore[i] === 1,
        isOpen: further !== undefined,
      };
      return further === undefined ? [row] : [row, ...this.rowsOf(side, here, further)];
    });
  }

  /** Siblings as a person sorts them; the core gives the heaviest first. */
  private order(columns: PeekColumns): readonly number[] {
    const { sort } = sortingOf(this.store, PEEK_TABLE);
    const rows = columns.frame.length;
    if (sort?.key === 'name') return [...orderRows(rows, (i) => this.nameAt(columns, i), sort.descending)];
    if (sort?.key === 'value') return [...orderRows(rows, (i) => Math.abs(columns.weight[i] ?? 0), sort.descending)];
    return Array.from(columns.frame.keys());
  }
  private nameAt(columns: PeekColumns, row: number): string {
    return this.store.frameText(columns.frame[row] ?? 0, 'name');
  }

  async unfold(row: PeekRow): Promise<void> {
    const view = this.store.spec.peek();
    if (row.kind === 'self' || row.isOpen || !row.hasMore || view === undefined) return;
    const before = this.both.peek();
    const answer = await this.store.withFrames(
      this.store.ask('peek', { view, path: row.path, callers: row.kind === 'callers' }),
    );
    // Another function or filter came in between: its tree starts folded.
    if (!answer.ok || this.both.peek() !== before) return;
    this.open.value = new Map([...this.open.peek(), [keyOf(row.kind, row.path), answer.value]]);
    this.remember();
  }

  /** What is unfolded, by names, in the URL. */
  private remember(): void {
    const paths = [...this.open.peek().keys()].map((key): readonly string[] => {
      const [side = '', ...path] = key.split(' ');
      return [side, ...path.map((frame) => this.store.frameText(Number(frame), 'name'))];
    });
    setParam(this.store, 'peek', paths.length === 0 ? '' : JSON.stringify(paths));
  }

  /** Unfolds what the URL says of this function, as far as it is there. */
  private async reopen(callers: PeekColumns, callees: PeekColumns, frame: number): Promise<void> {
    const view = this.store.spec.peek();
    const wanted = parsePaths(this.store.view.params.peek()['peek'] ?? '');
    const open = new Map<string, PeekColumns>();
    for (const [side, own, ...names] of wanted) {
      if (view === undefined || (side !== 'callers' && side !== 'callees')) continue;
      if ((await this.namesOf(Uint32Array.of(frame)))[0] !== own) continue;
      let path: readonly number[] = [frame];
      for (const name of names) {
        const from = path.length === 1 ? (side === 'callers' ? callers : callees) : open.get(keyOf(side, path));
        const at = from === undefined ? -1 : (await this.namesOf(from.frame)).indexOf(name);
        path = at < 0 || from === undefined ? [] : [...path, from.frame[at] ?? 0];
      }
      if (path.length < 2) continue;
      const answer = await this.store.withFrames(this.store.ask('peek', { view, path, callers: side === 'callers' }));
      if (answer.ok) open.set(keyOf(side, path), answer.value);
    }
    if (view === this.store.spec.peek() && this.frame.peek() === frame) this.open.value = open;
  }

  private async namesOf(frames: Uint32Array): Promise<readonly string[]> {
    const ids = Array.from(frames, (frame) => this.store.frames.peek()?.name[frame] ?? 0);
    await this.store.names.ensure(ids);
    return ids.map((id) => this.store.names.text(id) ?? '');
  }

  fold(row: PeekRow): void {
    if (row.kind === 'self') return;
    const key = keyOf(row.kind, row.path);
    this.open.value = new Map([...this.open.peek()].filter(([other]) => other !== key && !other.startsWith(`${key} `)));
    this.remember();
  }
}
