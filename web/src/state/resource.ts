// An answer of the engine as a signal. It asks when somebody watches it and its question is new. At most one request is
// on its way: while it runs only the newest question is remembered, so fast typing cannot pile up work.
import { effect, signal, type ReadonlySignal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { Outcome } from '../client/engine';
import { toFailed, toLoading, type Loadable } from './loadable';

export interface ResourceOptions<Q, T> {
  /** Reads signals; undefined: nothing to ask yet. */
  readonly question: () => Q | undefined;
  /** Whether an answer to the one also answers the other. */
  readonly same: (a: Q, b: Q) => boolean;
  readonly ask: (question: Q) => Promise<Outcome<T>>;
  readonly idle: IdleCounter;
}

export function resource<Q, T>(options: ResourceOptions<Q, T>): ReadonlySignal<Loadable<T>> {
  let stopWatching: (() => void) | undefined;
  const answer = signal<Loadable<T>>(
    { at: 'loading' },
    {
      watched: () => {
        // Not at once: we may stand inside the evaluation of a computed signal, which must not cause writes.
        const end = options.idle.begin();
        queueMicrotask(() => {
          stopWatching ??= effect(() => {
            const question = options.question();
            if (question !== undefined) wanted(question);
          });
          end();
        });
      },
      unwatched: () => {
        queueMicrotask(() => {
          stopWatching?.();
          stopWatching = undefined;
        });
      },
    },
  );

  let asked: { readonly question: Q } | undefined;
  let next: { readonly question: Q } | undefined;
  let running = false;

  function wanted(question: Q): void {
    if (asked !== undefined && options.same(asked.question, question)) {
      next = undefined;
      return;
    }
    next = { question };
    if (!running) void options.idle.during(run());
  }

  async function run(): Promise<void> {
    running = true;
    while (next !== undefined) {
      asked = next;
      next = undefined;
      answer.value = toLoading(answer.peek());
      const outcome = await options.ask(asked.question);
      if (next !== undefined) continue;
      answer.value = outcome.ok ? { at: 'ready', value: outcome.value } : toFailed(answer.peek(), outcome.failure);
    }
    running = false;
  }

  return answer;
}
