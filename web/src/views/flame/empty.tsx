// No box has a width: the profile has no samples, or all values of this type are zero.
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { chooseSampleType } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import { clearFilters } from '../../state/filter_actions';
import { isFiltering } from '../../state/filters';
import type { Shown } from './flame_session';
import { say } from './flame_text';

/** How to record one that has something in it, by sample type; the first whose pattern fits. */
const ADVICE: readonly (readonly [RegExp, 'adviceBlocking' | 'adviceHeap' | 'adviceCpu', string])[] = [
  [/^(delay|contentions)$/, 'adviceBlocking', 'runtime.SetBlockProfileRate(1); runtime.SetMutexProfileFraction(1)'],
  [/^(inuse|alloc)_/, 'adviceHeap', 'runtime.MemProfileRate = 4096'],
  [/^(samples|cpu)$/, 'adviceCpu', "go tool pprof -proto 'http://localhost:6060/debug/pprof/profile?seconds=30'"],
];

export function FlameEmpty({ store, shown }: { readonly store: DocumentStore; readonly shown: Shown }): JSX.Element {
  const summary = store.summary.value;
  if (isFiltering(store.view.filters.value)) {
    return (
      <div class="flame-face">
        <p>{say('filteredAway')}</p>
        <button type="button" class="ft-button" onClick={() => clearFilters(store)}>
          {say('clearFilters')}
        </button>
      </div>
    );
  }
  const samples = summary?.samples ?? 0;
  const { type } = shown.type;
  const advice = ADVICE.find(([pattern]) => pattern.test(type));
  const others = (summary?.sampleTypes ?? [])
    .map((other, index) => ({ other, index }))
    .filter(({ other }) => other.magnitudeTotal > 0);
  return (
    <div class="flame-face">
      <p>{samples === 0 ? say('noSamples') : say('allZero', { count: formatCount(samples), type })}</p>
      {others.length > 0 ? (
        <p>
          {say('theseHaveValues')}{' '}
          {others.map(({ other, index }) => (
            <button key={index} type="button" class="ft-button" onClick={() => chooseSampleType(store, index)}>
              {other.type}
            </button>
          ))}
        </p>
      ) : null}
      {advice === undefined || others.length > 0 ? null : (
        <>
          <p>
            {say(advice[1])} {say('recordOne')}
          </p>
          <code class="flame-command">{advice[2]}</code>
        </>
      )}
    </div>
  );
}
