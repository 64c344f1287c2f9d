// What is compared with what, and how.
import type { JSX } from 'preact';
import type { CompareState, DiffPalette, Normalise } from '../../state/compare_state';
import type { DocumentProps } from '../document_view';
import { say } from './series_text';

const LABELS = 'labels';
const NORMALISE = ['none', 'total', 'duration', 'function'] as const;

export function CompareBar({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const isByLabels = compare.others.value.length === 0 && compare.byLabels.value;
  return (
    <div class="ft-series-bar">
      <OtherSide app={app} store={store} />
      {isByLabels ? <TagFields compare={compare} /> : undefined}
      <button
        type="button"
        class="ft-quiet"
        title={say('swapTitle')}
        aria-pressed={compare.swapped.value}
        onClick={() => (compare.swapped.value = !compare.swapped.peek())}
      >
        {say('swap')}
      </button>
      <Choice
        label={say('normalise')}
        testId="compare-normalise"
        value={compare.normalise.value}
        options={NORMALISE.map((id) => [id, say(id)])}
        choose={(id) => (compare.normalise.value = id as Normalise)}
      />
      <Choice
        label={say('palette')}
        testId="compare-palette"
        value={compare.palette.value}
        options={[
          ['diff', say('diff')],
          ['diff-blind', say('diffBlind')],
        ]}
        choose={(id) => (compare.palette.value = id as DiffPalette)}
      />
      <MeasureChoice compare={compare} />
    </div>
  );
}

function OtherSide({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const others = app.documents.value.filter((other) => other !== store && other.summary.value !== undefined);
  const chosen = compare.others.value[0];
  const choose = (value: string): void => {
    compare.byLabels.value = value === LABELS;
    compare.others.value = value === '' || value === LABELS ? [] : [Number(value)];
  };
  return (
    <label>
      {say('compareWith')}
      <select
        data-testid="compare-with"
        value={chosen !== undefined ? String(chosen) : compare.byLabels.value ? LABELS : ''}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{say('nothing')}</option>
        {others.map((other) => (
          <option key={other.id} value={String(other.id)}>
            {other.source.name}
          </option>
        ))}
        <option value={LABELS}>{say('labels')}</option>
      </select>
    </label>
  );
}

function TagFields({ compare }: { readonly compare: CompareState }): JSX.Element {
  const tags = compare.tags.value;
  return (
    <>
      {(['before', 'after'] as const).map((side) => (
        <label key={side}>
          {say(side)}
          <input
            type="text"
            data-testid={`compare-${side}`}
            placeholder={say('tagHint')}
            spellcheck={false}
            value={tags[side]}
            onChange={(event) => (compare.tags.value = { ...tags, [side]: event.currentTarget.value.trim() })}
          />
        </label>
      ))}
    </>
  );
}

export function MeasureChoice({ compare }: { readonly compare: CompareState }): JSX.Element {
  return (
    <Choice
      label={say('measure')}
      testId="compare-measure"
      value={compare.byCum.value ? 'cum' : 'flat'}
      options={[
        ['flat', say('flat')],
        ['cum', say('cum')],
      ]}
      choose={(id) => (compare.byCum.value = id === 'cum')}
    />
  );
}

export interface ChoiceProps {
  readonly label: string;
  readonly testId: string;
  readonly value: string;
  readonly options: readonly (readonly [id: string, text: string])[];
  readonly choose: (id: string) => void;
}

export function Choice({ label, testId, value, options, choose }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select data-testid={testId} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
