// Three named ways into a heap, and what of the process's memory it explains.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatPercent, formatValue } from '../../base/format';
import type { MemoryReport } from '../../protocol/reports';
import { chooseSampleType, showView } from '../../state/document_actions';
import type { DocumentStore, ViewId } from '../../state/document_store';
import { latestOf } from '../../state/loadable';
import { reportResource } from '../../state/reports';
import { snapshotsOf } from '../../state/series_store';
import { CopyTable } from '../../widgets/copy_table';
import type { DocumentProps } from '../document_view';
import { say } from './memory_text';

export function HeapView({ app, store }: DocumentProps): JSX.Element {
  return (
    <div class="ft-info ft-heap" tabIndex={0} role="region" aria-label={say('heap')} data-testid="heap">
      {store.isHeap.value ? <Questions app={app} store={store} /> : undefined}
      <Bridge app={app} store={store} />
    </div>
  );
}

function openAs(store: DocumentStore, type: string, view: ViewId): void {
  const types = store.summary.peek()?.sampleTypes ?? [];
  const index = types.findIndex((sampleType) => sampleType.type === type);
  if (index >= 0) chooseSampleType(store, index);
  showView(store, view);
}

function Questions({ app, store }: DocumentProps): JSX.Element {
  const snapshots = snapshotsOf(store, app.documents.value).length;
  const total = (type: string): string => {
    const found = store.summary.value?.sampleTypes.find((sampleType) => sampleType.type === type);
    return found === undefined ? '' : formatValue(found.total, found.unit);
  };
  return (
    <section>
      <h2>{say('questions')}</h2>
      <div class="ft-heap-questions">
        <Question title={say('alloc')} value={total('alloc_space')} text={say('allocText')}>
          <Ways ways={[[say('bySite'), () => openAs(store, 'alloc_space', 'flame')]]} name="alloc" />
        </Question>
        <Question title={say('live')} value={total('inuse_space')} text={say('liveText')}>
          <Ways
            name="live"
            ways={[
              [say('bySite'), () => openAs(store, 'inuse_space', 'flame')],
              [say('bySize'), () => openAs(store, 'inuse_space', 'sizes')],
            ]}
          />
        </Question>
        <Question
          title={say('growth')}
          value={say(snapshots === 1 ? 'growthOne' : 'growthCount', { count: snapshots })}
          text={say('growthText')}
        >
          <Ways ways={[[say('open'), () => openAs(store, 'inuse_space', 'trend')]]} name="growth" />
        </Question>
      </div>
    </section>
  );
}

interface QuestionProps {
  readonly title: string;
  readonly value: string;
  readonly text: string;
  readonly children: JSX.Element;
}

function Question({ title, value, text, children }: QuestionProps): JSX.Element {
  return (
    <div class="ft-heap-question">
      <h3>{title}</h3>
      <strong>{value}</strong>
      <p>{text}</p>
      {children}
    </div>
  );
}

interface WaysProps {
  readonly name: string;
  readonly ways: readonly (readonly [string, () => void])[];
}

function Ways({ name, ways }: WaysProps): JSX.Element {
  return (
    <div class="ft-row">
      {ways.map(([label, run], i) => (
        <button key={label} type="button" class="ft-button" data-testid={`heap-${name}-${i}`} onClick={run}>
          {label}
        </button>
      ))}
    </div>
  );
}

function Bridge({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(
    () => reportResource(app, store, () => ({ report: 'memory', documents: [store], labels: [store.source.name] })),
    [app, store],
  ).value;
  if (!store.hasMemStats.value) return <p class="ft-muted">{say('noBridge')}</p>;
  const report = latestOf(answer);
  if (answer.at === 'failed') return <p role="alert">{say('failed', { why: answer.failure.text })}</p>;
  if (report === undefined) return <p>{say('loading')}</p>;
  const rows = rowsOf(report);
  return (
    <section>
      <div class="ft-heap-bar" role="img" aria-label={say('bridge')}>
        {report.parts.map(({ part, bytes }, i) => (
          <span
            key={part}
            class={`ft-heap-part-${i}`}
            style={{ flexGrow: bytes }}
            title={`${part}: ${formatValue(bytes, 'bytes')}`}
          />
        ))}
      </div>
      <ul class="ft-heap-legend" aria-hidden="true">
        {report.parts.map(({ part }, i) => (
          <li key={part}>
            <span class={`ft-heap-part-${i}`} /> {part}
          </li>
        ))}
      </ul>
      <CopyTable
        title={say('bridge')}
        testId="memory-table"
        copyText={app.surroundings.copyText}
        table={{
          heads: [say('part'), say('bytes'), say('share')],
          numbers: [false, true, true],
          rowCount: rows.length,
          cells: (row) => rows[row] ?? [],
        }}
      />
      <p class="ft-muted">{say('bridgeHint')}</p>
    </section>
  );
}

function rowsOf({ parts, resident, released, max_rss: peak }: MemoryReport): readonly (readonly string[])[] {
  const row = (part: string, bytes: number): readonly string[] => [
    part,
    formatValue(bytes, 'bytes'),
    formatPercent(bytes, resident),
  ];
  return [
    ...parts.map(({ part, bytes }) => row(part, bytes)),
    row(say('resident'), resident),
    [say('released'), formatValue(released, 'bytes'), ''],
    ...(peak === undefined ? [] : [[say('maxRss'), formatValue(peak, 'bytes'), '']]),
  ];
}
