// The chunk of the views that are not needed for the first look. Code belongs to the page and to nobody in it, so it is
// kept here, like the language.
import type * as Views from './data/lazy';
import { signal, type ReadonlySignal } from '@preact/signals-core';

export type LazyViews = typeof Views;

const loaded = signal<LazyViews | undefined>(undefined);
const fault = signal('');

export const lazyViews: ReadonlySignal<LazyViews | undefined> = loaded;
export const lazyFault: ReadonlySignal<string> = fault;

/** Never rejects. */
export async function loadLazyViews(): Promise<void> {
  try {
    loaded.value = await import('./data/lazy');
  } catch (error) {
    fault.value = error instanceof Error ? error.message : String(error);
  }
}
