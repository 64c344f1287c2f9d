import type { JSX } from 'preact';
import { formatCount } from '../base/format';
import type { Failure } from '../protocol/messages';
import { closeDocument, reopenDocument } from '../state/app_actions';
import type { DocumentProps } from './document_view';
import { pickFiles } from './opening';
import { say } from './page_text';

export interface FailedFaceProps extends DocumentProps {
  readonly failure: Failure;
}

/** What, where, and what was kept. */
export function FailedFace({ app, store, failure }: FailedFaceProps): JSX.Element {
  const cancelled = failure.code === 'cancelled';
  const isInput = failure.code !== 'engine' && failure.code !== 'file' && !cancelled;
  const { name } = store.source;
  const text = failure.text.replace(/^./, (first) => first.toUpperCase());
  return (
    <main class="ft-face">
      <div class="ft-card" role="alert" data-testid="error">
        <h1>{say(cancelled ? 'readingCancelled' : 'cannotBeShown', { name })}</h1>
        {cancelled ? undefined : (
          <p class="ft-error-text">
            {text}
            {failure.offset === undefined || failure.offset === 0
              ? ''
              : `\n${say('atByte', { offset: formatCount(failure.offset) })}`}
          </p>
        )}
        <p class="ft-muted">
          {say(cancelled ? 'nothingKept' : 'nothingCouldBeKept')}
          {isInput && failure.code !== 'unsupported' ? ` ${say('supported', { formats: say('formats') })}` : ''}
        </p>
        <div class="ft-row">
          {isInput ? (
            <button type="button" class="ft-button ft-button-main" onClick={pickFiles}>
              {say('openFiles')}
            </button>
          ) : (
            <button type="button" class="ft-button ft-button-main" onClick={() => reopenDocument(app, store.id)}>
              {say('readAgain')}
            </button>
          )}
          <button type="button" class="ft-button" onClick={() => closeDocument(app, store.id)}>
            {say('close')}
          </button>
        </div>
      </div>
    </main>
  );
}
