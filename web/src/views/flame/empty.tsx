// No box has a width: the profile has no samples, or all values of this type are zero.
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { chooseSampleType } from '../../state/document_actions';
import type { DocumentStore } from '../../state/document_store';
import type { Shown } from './flame_session';

/** How to record one that has something in it, by sample type; the first whose pattern fits. */
const ADVICE: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(delay|contentions)$/,
    'Go records blocking and lock contention only when asked to.',
    'runtime.SetBlockProfileRate(1); runtime.SetMutexProfileFraction(1)',
  ],
  [
    /^(inuse|alloc)_/,
    'The program may not have allocated enough: Go samples one allocation per 512 kB.',
    'runtime.MemProfileRate = 4096',
  ],
  [
    /^(samples|cpu)$/,
    'The program slept, or the recording was too short: Go takes 100 samples per second of CPU time.',
    "go tool pprof -proto 'http://localhost:6060/debug/pprof/profile?seconds=30'",
  ],
];

export function FlameEmpty({ store, shown }: { readonly store: DocumentStore; readonly shown: Shown }): JSX.Element {
  const summary = store.summary.value;
  const samples = summary?.samples ?? 0;
  const { type } = shown.type;
  const advice = ADVICE.find(([pattern]) => pattern.test(type));
  const others = (summary?.sampleTypes ?? [])
    .map((other, index) => ({ other, index }))
    .filter(({ other }) => other.magnitudeTotal > 0);
  return (
    <div class="flame-face">
      <p>
        {samples === 0
          ? 'This profile has no samples, so there is no flame graph to show.'
          : `All ${formatCount(samples)} samples have the value 0 for ${type}, so there is no flame graph to show.`}
      </p>
      {others.length > 0 ? (
        <p>
          These types have values:{' '}
          {others.map(({ other, index }) => (
            <button key={index} type="button" class="ft-button" onClick={() => chooseSampleType(store, index)}>
              {other.type}
            </button>
          ))}
        </p>
      ) : null}
      {advice === undefined || others.length > 0 ? null : (
        <>
          <p>{advice[1]} Record one with:</p>
          <code class="flame-command">{advice[2]}</code>
        </>
      )}
    </div>
  );
}
