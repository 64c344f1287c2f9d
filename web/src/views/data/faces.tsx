// The faces that all data views share.
import type { JSX } from 'preact';
import type { DocumentStore } from '../../state/document_store';
import { isFiltering } from '../../state/filters';
import type { Loadable } from '../../state/loadable';
import { latestOf } from '../../state/loadable';
import { say } from './data_text';

/** The face to show instead of the view, if its answer is not here. */
export function faceOf(loadable: Loadable<unknown>): JSX.Element | undefined {
  if (loadable.at === 'failed') {
    return (
      <p class="ft-empty" role="alert">
        {loadable.failure.text}
      </p>
    );
  }
  return latestOf(loadable) === undefined ? <p class="ft-empty">{say('addingUp')}</p> : undefined;
}

/** Why a view of samples is empty. */
export function nothingText(store: DocumentStore): string {
  return say(isFiltering(store.view.filters.value) ? 'nothingLeft' : 'nothingHere');
}

export interface AdviceProps {
  readonly text: string;
  readonly command: string;
}

/** Nothing is here, and how to get it. */
export function Advice({ text, command }: AdviceProps): JSX.Element {
  return (
    <div class="flame-face">
      <p>{text}</p>
      <code class="flame-command">{command}</code>
    </div>
  );
}
