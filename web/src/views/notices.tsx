// Faults that were survived, and a dead engine. Folds to one line; never in the way of the view below.
import type { JSX } from 'preact';
import { formatCount } from '../base/format';
import type { Diagnostic, ProfileSummary, SampleType } from '../protocol/messages';
import { reopenDocument } from '../state/app_actions';
import type { DocumentProps } from './document_view';
import { say } from './page_text';

export function Notices({ app, store }: DocumentProps): JSX.Element {
  const summary = store.summary.value;
  const sentences =
    summary === undefined ? [] : noticesOf(summary, store.currentType.value, store.frames.value?.name.length !== 0);
  const folded = store.noticesFolded.value;
  const engineFault = store.engineFault.value;
  return (
    <>
      {engineFault === null ? undefined : (
        <div class="ft-notices ft-notices-error" role="alert" data-testid="error">
          <div class="ft-notices-head">
            <strong>{say('onlyScreenLeft')}</strong>
            <span>{`${store.source.name}: ${engineFault.text}`}</span>
            <button type="button" class="ft-button" onClick={() => reopenDocument(app, store.id)}>
              {say('readAgain')}
            </button>
          </div>
        </div>
      )}
      {sentences.length === 0 ? undefined : (
        <div class="ft-notices" role="status" data-testid="notice">
          <div class="ft-notices-head">
            <strong>{sentences.length === 1 ? say('notice') : say('notices', { count: sentences.length })}</strong>
            <span>{sentences.length === 1 && !folded ? sentences[0] : ''}</span>
            <button
              type="button"
              class="ft-quiet"
              aria-expanded={!folded}
              onClick={() => (store.noticesFolded.value = !folded)}
            >
              {say(folded ? 'show' : 'hide')}
            </button>
          </div>
          {folded || sentences.length === 1 ? undefined : (
            <ul>
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </>
  );
}

export function noticesOf(
  summary: ProfileSummary,
  sampleType: SampleType | undefined,
  hasFrames: boolean,
): readonly string[] {
  const sentences: string[] = [];
  const { fault } = summary;
  if (fault !== undefined) {
    const { offset, text: why } = fault;
    const kept = summary.samples === 1 ? say('oneSample') : say('samples', { count: formatCount(summary.samples) });
    sentences.push(
      offset === undefined
        ? say('endedEarly', { why, kept })
        : say('endedEarlyAt', { why, kept, offset: formatCount(offset) }),
    );
  }
  for (const diagnostic of summary.diagnostics) {
    // The fault is counted among the diagnostics too.
    const told = fault !== undefined && diagnostic.detail === fault.text;
    if (diagnostic.severity !== 'info' && !told) sentences.push(sentenceOf(diagnostic));
  }
  // A file of statistics or benchmarks has none, and nobody misses them.
  if (summary.sampleTypes.length === 0 && summary.holds.length > 0) return sentences;
  if (summary.samples === 0) sentences.push(say('noSamples'));
  else if (!hasFrames) sentences.push(say('noStacks'));
  else if (sampleType?.nonzeroSamples === 0) {
    sentences.push(say('allZero', { type: sampleType.type }));
  }
  return sentences;
}

export function sentenceOf({ sentence, count, firstOffset, detail }: Diagnostic): string {
  const parts = [
    count > 1 ? say('times', { count: formatCount(count) }) : '',
    detail,
    firstOffset === undefined ? '' : say('firstAt', { offset: formatCount(firstOffset) }),
  ].filter((part) => part !== '');
  return parts.length === 0 ? sentence : `${sentence} (${parts.join('; ')})`;
}
