// One line of what the file says about itself; Info has all of it.
import type { JSX } from 'preact';
import { formatTime, formatValue } from '../base/format';
import type { ProfileSummary } from '../protocol/messages';
import type { DocumentStore } from '../state/document_store';
import { say } from './facts_text';
import { say as page } from './page_text';

interface Fact {
  readonly name: string;
  readonly text: string;
  readonly long?: boolean;
}

export function DocumentFacts({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const summary = store.summary.value;
  if (summary === undefined) return null;
  return (
    <dl class="ft-facts" aria-label={page('aboutFile')}>
      {factsOf(summary).map(({ name, text, long }) => (
        <div key={name} class={long === true ? 'ft-fact-long' : undefined} title={`${name}: ${text}`}>
          <dt>{name.toLowerCase()}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(summary: ProfileSummary): readonly Fact[] {
  const { period, periodUnit, periodType, durationNanos, comments, sampleTypes } = summary;
  const facts: readonly Fact[] = [
    { name: say('format'), text: summary.format },
    { name: say('binary'), text: summary.binary },
    { name: say('time'), text: formatTime(summary.timeNanos) },
    { name: say('duration'), text: durationNanos === 0 ? '' : formatValue(durationNanos, 'nanoseconds') },
    { name: say('period'), text: formatPeriod(period, periodUnit, periodType) },
    { name: say('samples'), text: sampleTypes.length === 0 ? '' : formatValue(summary.samples, 'count') },
    { name: say('buildId'), text: summary.buildId, long: true },
    { name: say('comments'), text: comments.join(' · '), long: true },
  ];
  return facts.filter(({ text }) => text !== '');
}

export function formatPeriod(period: number, unit: string, type: string): string {
  if (period === 0 && type === '') return '';
  return say('periodOf', { type, period: formatValue(period, unit) }).trim();
}
