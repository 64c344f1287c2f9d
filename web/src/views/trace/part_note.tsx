// While a trace is still being read: how far, and the way to stop.
import type { JSX } from 'preact';
import { formatValue } from '../../base/format';
import { cancelReading } from '../../state/app_actions';
import type { DocumentStore } from '../../state/document_store';
import type { TraceStore } from '../../state/trace/trace_store';
import { tell } from './timeline_text';
import { duration } from './trace_format';

export function PartNote({
  store,
  trace,
}: {
  readonly store: DocumentStore;
  readonly trace: TraceStore;
}): JSX.Element | null {
  const status = store.status.value;
  if (status.at !== 'reading') return null;
  const { phase, bytes, totalBytes } = status.progress;
  const texts = {
    bytes: formatValue(bytes, 'bytes'),
    all: formatValue(totalBytes, 'bytes'),
    time: duration(trace.summary.durationNanos),
  };
  const reading = phase === 'reading';
  const text = reading ? tell('readSoFar', texts) : tell('analysing');
  return (
    <div class="tl-part" data-testid="progress" aria-busy="true">
      <progress aria-label={text} max={Math.max(1, totalBytes)} value={reading ? bytes : undefined} />
      <span>{text}</span>
      <button type="button" class="ft-quiet" data-testid="cancel" onClick={() => cancelReading(store)}>
        {tell('stopReading')}
      </button>
    </div>
  );
}
