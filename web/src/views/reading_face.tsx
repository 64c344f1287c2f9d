import type { JSX } from 'preact';
import { formatValue } from '../base/format';
import type { Progress } from '../protocol/messages';
import { cancelReading } from '../state/app_actions';
import type { DocumentStore } from '../state/document_store';
import { say } from './page_text';

export interface ReadingFaceProps {
  readonly store: DocumentStore;
  readonly progress: Progress;
  readonly startedAt: number;
  readonly now: number;
}

export function ReadingFace({ store, progress, startedAt, now }: ReadingFaceProps): JSX.Element {
  const { phase, bytes, totalBytes } = progress;
  const rate = bytes / Math.max(0.001, (now - startedAt) / 1000);
  const reading = phase === 'reading';
  const { name } = store.source;
  return (
    <main class="ft-face">
      <div class="ft-card" data-testid="progress" aria-busy="true">
        <h1>{say(reading ? 'reading' : 'analysing', { name })}</h1>
        <progress
          aria-label={say('reading', { name })}
          max={Math.max(1, totalBytes)}
          value={reading ? bytes : undefined}
        />
        <div class="ft-row ft-spread">
          <span class="ft-mono ft-muted">
            {say('bytesOf', { bytes: formatValue(bytes, 'bytes'), all: formatValue(totalBytes, 'bytes') })}
            {reading && bytes > 0 ? ` · ${formatValue(rate, 'bytes')}/s` : ''}
          </span>
          <button type="button" class="ft-button" data-testid="cancel" onClick={() => cancelReading(store)}>
            {say('cancel')}
          </button>
        </div>
      </div>
    </main>
  );
}
