// Everything the file says about itself.
import type { JSX } from 'preact';
import { formatCount, formatTime, formatTotal, formatValue, groupThousands } from '../base/format';
import type { Diagnostic, ProfileSummary } from '../protocol/messages';
import type { DocumentStore } from '../state/document_store';
import { formatPeriod } from './document_facts';

export function InfoView({ store }: { readonly store: DocumentStore }): JSX.Element | null {
  const summary = store.summary.value;
  if (summary === undefined) return null;
  return (
    <div class="ft-info" tabIndex={0} role="region" aria-label="Info">
      <section>
        <h2>File</h2>
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
    ['File', fileName],
    ['Format', summary.format],
    ['Size', sizeText(summary.bytesIn)],
    ['Decompressed', sizeText(summary.bytesOut)],
    ['Binary', summary.binary],
    ['Build id', summary.buildId],
    ['Time', formatTime(summary.timeNanos)],
    ['Duration', durationNanos === 0 ? '' : formatValue(durationNanos, 'nanoseconds')],
    ['Period', formatPeriod(summary.period, summary.periodUnit, summary.periodType)],
    ['Default type', summary.sampleTypes[summary.defaultType]?.type ?? ''],
    ['Documentation', summary.docUrl],
    ['Comments', summary.comments.join('\n')],
    ['Samples', formatCount(summary.samples)],
    ['Stacks', formatCount(summary.stacks)],
    ['Locations', formatCount(summary.locations)],
    ['Functions', formatCount(summary.functions)],
    ['Mappings', formatCount(summary.mappings)],
  ];
  if (fault !== undefined) {
    const where = fault.offset === undefined ? '' : `byte ${formatCount(fault.offset)}: `;
    facts.push(['Ended early', where + fault.text]);
  }
  return facts;
}

function sizeText(bytes: number): string {
  return bytes < 1024 ? `${bytes}B` : `${formatValue(bytes, 'bytes')} (${formatCount(bytes)} bytes)`;
}

function SampleTypes({ summary }: { readonly summary: ProfileSummary }): JSX.Element {
  return (
    <section>
      <h2>Sample types</h2>
      <table class="ft-table">
        <thead>
          <tr>
            <th scope="col">type</th>
            <th scope="col">unit</th>
            <th scope="col" class="ft-number">
              total
            </th>
            <th scope="col" class="ft-number">
              exact
            </th>
            <th scope="col" class="ft-number">
              samples that are not zero
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
      <h2>Diagnostics</h2>
      {diagnostics.length === 0 ? (
        <p class="ft-muted">Nothing unusual was found while reading.</p>
      ) : (
        <table class="ft-table">
          <thead>
            <tr>
              <th scope="col">severity</th>
              <th scope="col">what</th>
              <th scope="col" class="ft-number">
                count
              </th>
              <th scope="col" class="ft-number">
                first at byte
              </th>
              <th scope="col">detail</th>
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
