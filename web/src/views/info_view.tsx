// Everything the file says about itself.
import type { JSX } from 'preact';
import { formatCount, formatTime, formatTotal, formatValue, groupThousands } from '../base/format';
import type { Diagnostic, ProfileSummary } from '../protocol/messages';
import type { DocumentStore } from '../state/document_store';
import { formatPeriod } from './document_facts';
import { say } from './tables_text';

export function InfoView({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const summary = store.summary.value;
  if (summary === undefined) return null;
  return (
    <div class="ft-info" tabIndex={0} role="region" aria-label={say('info')}>
      <section>
        <h2>{say('file')}</h2>
        <dl>
          {factsOf(store.source.name, summary).map(([name, text]) => (
            <>
              <dt key={`${name}-name`}>{name}</dt>
              <dd key={name}>{text === '' ? '–' : text}</dd>
            </>
          ))}
        </dl>
      </section>
      <SampleTypes summary={summary} />
      <Diagnostics diagnostics={summary.diagnostics} />
    </div>
  );
}

function factsOf(fileName: string, summary: ProfileSummary): readonly (readonly [string, string])[] {
  const { durationNanos, fault } = summary;
  const facts: (readonly [string, string])[] = [
    [say('file'), fileName],
    [say('format'), summary.format],
    [say('size'), sizeText(summary.bytesIn)],
    [say('decompressed'), sizeText(summary.bytesOut)],
    [say('binary'), summary.binary],
    [say('buildId'), summary.buildId],
    [say('time'), formatTime(summary.timeNanos)],
    [say('duration'), durationNanos === 0 ? '' : formatValue(durationNanos, 'nanoseconds')],
    [say('period'), formatPeriod(summary.period, summary.periodUnit, summary.periodType)],
    [say('defaultType'), summary.sampleTypes[summary.defaultType]?.type ?? ''],
    [say('documentation'), summary.docUrl],
    [say('comments'), summary.comments.join('\n')],
    [say('samples'), formatCount(summary.samples)],
    [say('stacks'), formatCount(summary.stacks)],
    [say('locations'), formatCount(summary.locations)],
    [say('functions'), formatCount(summary.functions)],
    [say('mappings'), formatCount(summary.mappings)],
  ];
  if (fault !== undefined) {
    const where = fault.offset === undefined ? '' : say('byte', { offset: formatCount(fault.offset) });
    facts.push([say('endedEarly'), where + fault.text]);
  }
  return facts;
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes}B` : `${formatValue(bytes, 'bytes')} (${say('bytes', { count: formatCount(bytes) })})`;
}

function SampleTypes({ summary }: { readonly summary: ProfileSummary }): JSX.Element {
  return (
    <section>
      <h2>{say('sampleTypes')}</h2>
      <table class="ft-table">
        <thead>
          <tr>
            <th scope="col">{say('type')}</th>
            <th scope="col">{say('unit')}</th>
            <th scope="col" class="ft-number">
              {say('total')}
            </th>
            <th scope="col" class="ft-number">
              {say('exact')}
            </th>
            <th scope="col" class="ft-number">
              {say('nonzero')}
            </th>
          </tr>
        </thead>
        <tbody>
          {summary.sampleTypes.map((sampleType, index) => (
            <tr key={index}>
              <td class="ft-mono">{sampleType.type}</td>
              <td class="ft-mono">{sampleType.unit}</td>
              <td class="ft-number">{formatTotal(sampleType.total, sampleType.totalText, sampleType.unit)}</td>
              <td class="ft-number">{groupThousands(sampleType.totalText)}</td>
              <td class="ft-number">{formatCount(sampleType.nonzeroSamples)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Diagnostics({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): JSX.Element {
  return (
    <section>
      <h2>{say('diagnostics')}</h2>
      {diagnostics.length === 0 ? (
        <p class="ft-muted">{say('nothingUnusual')}</p>
      ) : (
        <table class="ft-table">
          <thead>
            <tr>
              <th scope="col">{say('severity')}</th>
              <th scope="col">{say('what')}</th>
              <th scope="col" class="ft-number">
                {say('times')}
              </th>
              <th scope="col" class="ft-number">
                {say('firstAt')}
              </th>
              <th scope="col">{say('detail')}</th>
            </tr>
          </thead>
          <tbody>
            {diagnostics.map((diagnostic, index) => (
              <tr key={index}>
                <td>{diagnostic.severity}</td>
                <td>{diagnostic.sentence}</td>
                <td class="ft-number">{formatCount(diagnostic.count)}</td>
                <td class="ft-number">
                  {diagnostic.firstOffset === undefined ? '' : formatCount(diagnostic.firstOffset)}
                </td>
                <td class="ft-mono">{diagnostic.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
