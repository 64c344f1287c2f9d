import type { Failure } from '../protocol/messages';

/** An answer that is asked again when its question changes. What was there before stays visible as `stale`. */
export type Loadable<T> =
  | { readonly at: 'loading'; readonly stale?: T }
  | { readonly at: 'ready'; readonly value: T }
  | { readonly at: 'failed'; readonly failure: Failure; readonly stale?: T };

/** The newest value there is, stale or not. */
export function latestOf<T>(loadable: Loadable<T>): T | undefined {
  return loadable.at === 'ready' ? loadable.value : loadable.stale;
}

/** The same object when it is loading already, so that nobody is told twice. */
export function toLoading<T>(before: Loadable<T>): Loadable<T> {
  if (before.at === 'loading') return before;
  const stale = latestOf(before);
  return stale === undefined ? { at: 'loading' } : { at: 'loading', stale };
}

export function toFailed<T>(before: Loadable<T>, failure: Failure): Loadable<T> {
  const stale = latestOf(before);
  return stale === undefined ? { at: 'failed', failure } : { at: 'failed', failure, stale };
}
