import type { JSX } from 'preact';
import { formatValue } from '../base/format';
import type { Progress } from '../protocol/messages';
import { cancelReading } from '../state/app_actions';
import type { DocumentStore } from '../state/document_store';

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
  return (
    <main class="ft-face">
      <div class="ft-card" data-testid="progress" aria-busy="true">
        <h1>{reading ? `Reading ${store.source.name}` : `Analysing ${store.source.name}`}</h1>
        <progress
          aria-label={`Reading ${store.source.name}`}
          max={Math.max(1, totalBytes)}
          value={reading ? bytes : undefined}
        />
        <div class="ft-row ft-spread">
          <span class="ft-mono ft-muted">
            {formatValue(bytes, 'bytes')} of {formatValue(totalBytes, 'bytes')}
            {reading && bytes > 0 ? ` · ${formatValue(rate, 'bytes')}/s` : ''}
          </span>
          <button type="button" class="ft-button" data-testid="cancel" onClick={() => cancelReading(store)}>
            Cancel
          </button>
        </div>
      </div>
    </main>
  );
}
