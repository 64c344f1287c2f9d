// What a person narrowed the view down to, step by step, to be taken back: filters, search, and whose code is left out or
// how the tree stands. Whoever changes one of them need not know of this: it watches. Typing in one field is one step.
import { batch, effect, signal, type Signal } from '@preact/signals-core';
import type { Filters } from '../protocol/view_spec';
import type { SearchText, ViewState } from './document_store';
import type { FlameShape } from './flame_shape';

const MAX_STEPS = 200;

interface Step {
  readonly filters: Filters;
  readonly search: SearchText;
  readonly shape: FlameShape;
}

type Watched = Pick<ViewState, 'filters' | 'search' | 'shape'>;

export class ViewHistory {
  /** Newest last. */
  readonly steps: Signal<{ readonly past: readonly Step[]; readonly future: readonly Step[] }> = signal({
    past: [],
    future: [],
  });
  /** The field that is being typed in; undefined: none. */
  typing: string | undefined;
  private typed: string | undefined;
  private shown: Step;

  constructor(
    private readonly view: Watched,
    private readonly onStep: () => void,
  ) {
    this.shown = stepOf(view);
    effect(() => this.see(stepOf(view)));
  }

  undo(): void {
    const { past, future } = this.steps.peek();
    const before = past.at(-1);
    if (before !== undefined) this.goTo(before, { past: past.slice(0, -1), future: [...future, this.shown] });
  }

  redo(): void {
    const { past, future } = this.steps.peek();
    const after = future.at(-1);
    if (after !== undefined) this.goTo(after, { past: [...past, this.shown], future: future.slice(0, -1) });
  }

  private see(now: Step): void {
    if (JSON.stringify(now) === JSON.stringify(this.shown)) return;
    const before = this.shown;
    this.shown = now;
    const goesOn = this.typing !== undefined && this.typing === this.typed;
    this.typed = this.typing;
    const { past } = this.steps.peek();
    this.steps.value = { past: goesOn ? past : [...past, before].slice(-MAX_STEPS), future: [] };
    this.onStep();
  }

  private goTo(step: Step, steps: ViewHistory['steps']['value']): void {
    this.typing = undefined;
    this.typed = undefined;
    this.shown = step;
    batch(() => {
      this.view.filters.value = step.filters;
      this.view.search.value = step.search;
      this.view.shape.value = step.shape;
      this.steps.value = steps;
    });
    this.onStep();
  }
}

const stepOf = ({ filters, search, shape }: Watched): Step => ({
  filters: filters.value,
  search: search.value,
  shape: shape.value,
});
