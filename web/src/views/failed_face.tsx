import type { JSX } from 'preact';
import { formatCount } from '../base/format';
import type { Failure } from '../protocol/messages';
import { closeDocument, reopenDocument } from '../state/app_actions';
import type { DocumentProps } from './document_view';
import { FORMATS } from './landing';
import { pickFiles } from './opening';

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
        <h1>{cancelled ? `Reading ${name} was cancelled` : `${name} cannot be shown`}</h1>
        {cancelled ? undefined : (
          <p class="ft-error-text">
            {text}
            {failure.offset === undefined || failure.offset === 0
              ? ''
              : `\nAt byte ${formatCount(failure.offset)} of the decompressed file.`}
          </p>
        )}
        <p class="ft-muted">
          {cancelled ? 'Nothing of it was kept.' : 'Nothing of it could be kept. Other documents are not affected.'}
          {isInput && failure.code !== 'unsupported' ? ` Supported: ${FORMATS}.` : ''}
        </p>
        <div class="ft-row">
          {isInput ? (
            <button type="button" class="ft-button ft-button-main" onClick={pickFiles}>
              Open files
            </button>
          ) : (
            <button type="button" class="ft-button ft-button-main" onClick={() => reopenDocument(app, store.id)}>
              Read it again
            </button>
          )}
          <button type="button" class="ft-button" onClick={() => closeDocument(app, store.id)}>
            Close
          </button>
        </div>
      </div>
    </main>
  );
}
