// What is compared with what, and how.
import type { JSX } from 'preact';
import { batch } from '@preact/signals-core';
import { DropDown } from '../../widgets/drop_down';
import { documentKey, NORMALISE, type CompareState } from '../../state/compare_state';
import type { DocumentProps } from '../document_view';
import { say } from './series_text';

const LABELS = 'labels';
const SEVERAL = 'several';

export function CompareBar({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const isByLabels = compare.old.length === 0 && compare.byLabels;
  return (
    <div class="ft-series-bar">
      <OtherSide app={app} store={store} />
      <Sets app={app} store={store} />
      {isByLabels ? <TagFields compare={compare} /> : undefined}
      <button
        type="button"
        class="ft-quiet"
        title={say('swapTitle')}
        aria-pressed={compare.swapped}
        onClick={() => compare.set('swap', compare.swapped ? '' : '1')}
      >
        {say('swap')}
      </button>
      <Choice
        label={say('normalise')}
        testId="compare-normalise"
        value={compare.normalise}
        options={NORMALISE.map((id) => [id, say(id)])}
        choose={(id) => compare.set('norm', id === 'none' ? '' : id)}
      />
      <Choice
        label={say('palette')}
        testId="compare-palette"
        value={compare.palette}
        options={[
          ['diff', say('diff')],
          ['diff-blind', say('diffBlind')],
        ]}
        choose={(id) => compare.set('palette', id === 'diff' ? '' : id)}
      />
      <MeasureChoice compare={compare} />
    </div>
  );
}

function OtherSide({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const documents = app.documents.value;
  const others = documents.filter((other) => other !== store && other.summary.value !== undefined);
  const { old } = compare;
  const choose = (value: string): void => {
    batch(() => {
      compare.set('bylabels', value === LABELS ? '1' : '');
      compare.setList('with', value === '' || value === LABELS ? [] : [value]);
      compare.setList('also', []);
    });
  };
  const value = old.length > 1 ? SEVERAL : (old[0] ?? (compare.byLabels ? LABELS : ''));
  return (
    <label>
      {say('compareWith')}
      <select data-testid="compare-with" value={value} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{say('nothing')}</option>
        {others.map((other) => (
          <option key={other.id} value={documentKey(other, documents)}>
            {documentKey(other, documents)}
          </option>
        ))}
        {old.length > 1 ? <option value={SEVERAL}>{say('several', { count: old.length })}</option> : undefined}
        <option value={LABELS}>{say('labels')}</option>
      </select>
    </label>
  );
}

const SIDES = [
  { key: 'with', text: 'before' },
  { key: 'also', text: 'after' },
] as const;

/** Which of the open documents make up each side. */
function Sets({ app, store }: DocumentProps): JSX.Element | null {
  if (app.documents.value.filter((document) => document.summary.value !== undefined).length < 3) return null;
  return (
    <DropDown text={say('sets')} title={say('setsTitle')} testId="compare-sets" side="left">
      {() => <SetsMenu app={app} store={store} />}
    </DropDown>
  );
}

function SetsMenu({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const documents = app.documents.value;
  const shown = documents.filter((document) => document.summary.value !== undefined);
  const chosen = { with: compare.old, also: compare.fresh };
  const toggle = (side: 'with' | 'also', key: string): void => {
    const keys = chosen[side];
    compare.setList(side, keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]);
  };
  return (
    <div class="ft-sets">
      <p class="ft-muted">{say('setsHow')}</p>
      <table>
        <thead>
          <tr>
            {SIDES.map(({ key, text }) => (
              <th key={key} scope="col">
                {say(text)}
              </th>
            ))}
            <th scope="col">{say('document')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((document) => {
            const name = documentKey(document, documents);
            return (
              <tr key={document.id}>
                {SIDES.map(({ key, text }) => (
                  <td key={key}>
                    <input
                      type="checkbox"
                      aria-label={say('inSet', { name, side: say(text) })}
                      checked={chosen[key].includes(name)}
                      onChange={() => toggle(key, name)}
                    />
                  </td>
                ))}
                <td class="ft-mono">{name}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function TagFields({ compare }: { readonly compare: CompareState }): JSX.Element {
  const { tags } = compare;
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
            onChange={(event) => compare.set(side, event.currentTarget.value.trim())}
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
      value={compare.byCum ? 'cum' : 'flat'}
      options={[
        ['flat', say('flat')],
        ['cum', say('cum')],
      ]}
      choose={(id) => compare.set('measure', id === 'cum' ? 'cum' : '')}
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
