// One line of what the file says about itself; Info has all of it.
import type { JSX } from 'preact';
import { formatTime, formatValue } from '../base/format';
import type { ProfileSummary } from '../protocol/messages';
import type { DocumentStore } from '../state/document_store';

interface Fact {
  readonly name: string;
  readonly text: string;
  readonly long?: boolean;
}

export function DocumentFacts({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const summary = store.summary.value;
  if (summary === undefined) return null;
  return (
    <dl class="ft-facts" aria-label="About this file">
      {factsOf(summary).map(({ name, text, long }) => (
        <div key={name} class={long === true ? 'ft-fact-long' : undefined} title={`${name}: ${text}`}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(summary: ProfileSummary): readonly Fact[] {
  const { period, periodUnit, periodType, durationNanos, comments } = summary;
  const facts: readonly Fact[] = [
    { name: 'format', text: summary.format },
    { name: 'binary', text: summary.binary },
    { name: 'time', text: formatTime(summary.timeNanos) },
    { name: 'duration', text: durationNanos === 0 ? '' : formatValue(durationNanos, 'nanoseconds') },
    { name: 'period', text: formatPeriod(period, periodUnit, periodType) },
    { name: 'samples', text: formatValue(summary.samples, 'count') },
    { name: 'build id', text: summary.buildId, long: true },
    { name: 'comments', text: comments.join(' · '), long: true },
  ];
  return facts.filter(({ text }) => text !== '');
}

export function formatPeriod(period: number, unit: string, type: string): string {
  if (period === 0 && type === '') return '';
  return `${type} every ${formatValue(period, unit)}`.trim();
}
