// Everything the file says about itself.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatTime, formatTotal, formatValue, groupThousands } from '../base/format';
import type { TextTable } from '../base/table_text';
import type { ProfileSummary } from '../protocol/messages';
import { latestOf } from '../state/loadable';
import { CopyTable } from '../widgets/copy_table';
import type { DocumentProps } from './document_view';
import { formatPeriod } from './document_facts';
import { say as fact } from './facts_text';
import { say } from './tables_text';

export function InfoView({ app, store }: DocumentProps): JSX.Element | null {
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
      <SampleTypes summary={summary} copyText={app.surroundings.copyText} />
      <Mappings app={app} store={store} />
      <Diagnostics summary={summary} copyText={app.surroundings.copyText} />
    </div>
  );
}

function factsOf(fileName: string, summary: ProfileSummary): readonly (readonly [string, string])[] {
  const { durationNanos, fault } = summary;
  const facts: (readonly [string, string])[] = [
    [say('file'), fileName],
    [fact('format'), summary.format],
    [say('size'), sizeText(summary.bytesIn)],
    [say('decompressed'), sizeText(summary.bytesOut)],
    [fact('binary'), summary.binary],
    [fact('buildId'), summary.buildId],
    [fact('time'), formatTime(summary.timeNanos)],
    [fact('duration'), durationNanos === 0 ? '' : formatValue(durationNanos, 'nanoseconds')],
    [fact('period'), formatPeriod(summary.period, summary.periodUnit, summary.periodType)],
    [say('defaultType'), summary.sampleTypes[summary.defaultType]?.type ?? ''],
    [say('documentation'), summary.docUrl],
    [fact('comments'), summary.comments.join('\n')],
    [fact('samples'), formatCount(summary.samples)],
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

type CopyText = DocumentProps['app']['surroundings']['copyText'];

interface TablePartProps {
  readonly summary: ProfileSummary;
  readonly copyText: CopyText;
}

function SampleTypes({ summary, copyText }: TablePartProps): JSX.Element {
  const cells = (row: number): readonly string[] => {
    const sampleType = summary.sampleTypes[row];
    if (sampleType === undefined) return [];
    const { type, unit, total, totalText, nonzeroSamples } = sampleType;
    return [type, unit, formatTotal(total, totalText, unit), groupThousands(totalText), formatCount(nonzeroSamples)];
  };
  const table: TextTable = {
    heads: [say('type'), say('unit'), say('total'), say('exact'), say('nonzero')],
    numbers: [false, false, true, true, true],
    rowCount: summary.sampleTypes.length,
    cells,
  };
  return <CopyTable title={say('sampleTypes')} testId="info-types" table={table} copyText={copyText} />;
}

/** Bits of MappingColumns.has. */
const KNOWN = ['functions', 'filenames', 'line numbers', 'inline frames'];

function Mappings({ app, store }: DocumentProps): JSX.Element | null {
  const answer = useMemo(() => store.askedOfView(() => store.ask('mappings', {})), [store]);
  const columns = latestOf(answer.value);
  if (columns === undefined || columns.start.length === 0) return null;
  void store.names.version.value;
  const text = (id: number | undefined): string => (id === undefined ? '' : (store.names.text(id) ?? ''));
  const table: TextTable = {
    heads: [say('start'), say('limit'), say('offset'), say('file'), fact('buildId'), say('knows')],
    numbers: [false, false, false, false, false, false],
    rowCount: columns.start.length,
    cells: (row) => [
      text(columns.start[row]),
      text(columns.limit[row]),
      text(columns.offset[row]),
      text(columns.file[row]),
      text(columns.buildId[row]),
      KNOWN.filter((_, bit) => ((columns.has[row] ?? 0) >> bit) & 1).join(', '),
    ],
  };
  return (
    <CopyTable title={say('mappings')} testId="info-mappings" table={table} copyText={app.surroundings.copyText} />
  );
}

function Diagnostics({ summary, copyText }: TablePartProps): JSX.Element {
  const { diagnostics } = summary;
  if (diagnostics.length === 0) {
    return (
      <section>
        <h2>{say('diagnostics')}</h2>
        <p class="ft-muted">{say('nothingUnusual')}</p>
      </section>
    );
  }
  const cells = (row: number): readonly string[] => {
    const diagnostic = diagnostics[row];
    if (diagnostic === undefined) return [];
    const { severity, sentence, count, firstOffset, detail } = diagnostic;
    return [severity, sentence, formatCount(count), firstOffset === undefined ? '' : formatCount(firstOffset), detail];
  };
  const table: TextTable = {
    heads: [say('severity'), say('what'), say('times'), say('firstAt'), say('detail')],
    numbers: [false, false, true, true, false],
    rowCount: diagnostics.length,
    cells,
  };
  return <CopyTable title={say('diagnostics')} testId="info-diagnostics" table={table} copyText={copyText} />;
}
