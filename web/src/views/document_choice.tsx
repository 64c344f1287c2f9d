// Chooses another open document, or none.
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { DocumentStore } from '../state/document_store';

export interface DocumentChoiceProps {
  readonly label: string;
  readonly testId: string;
  /** What stands for none. */
  readonly none: string;
  readonly candidates: readonly DocumentStore[];
  /** The id of the chosen one; a document that was closed is none. */
  readonly chosen: Signal<number | null>;
}

export function DocumentChoice({ label, testId, none, candidates, chosen }: DocumentChoiceProps): JSX.Element {
  const isThere = candidates.some(({ id }) => id === chosen.value);
  return (
    <label>
      {label}{' '}
      <select
        data-testid={testId}
        value={isThere ? String(chosen.value) : ''}
        onChange={(event) => {
          chosen.value = event.currentTarget.value === '' ? null : Number(event.currentTarget.value);
        }}
      >
        <option value="">{none}</option>
        {candidates.map(({ id, source }) => (
          <option key={id} value={String(id)}>
            {source.name}
          </option>
        ))}
      </select>
    </label>
  );
}
