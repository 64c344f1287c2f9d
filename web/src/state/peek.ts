// The Peek view without its DOM: a function, who calls it and whom it calls, unfolded step by step.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { PeekColumns } from '../protocol/columns';
import type { DocumentStore } from './document_store';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';

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
    return Array.from(columns.frame).flatMap((frame, i) => {
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
  }

  fold(row: PeekRow): void {
    if (row.kind === 'self') return;
    const key = keyOf(row.kind, row.path);
    this.open.value = new Map([...this.open.peek()].filter(([other]) => other !== key && !other.startsWith(`${key} `)));
  }
}
