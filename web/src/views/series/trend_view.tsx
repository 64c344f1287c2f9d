// Three or more snapshots in the order in which they were taken: what grows, by how much, and what it looks like.
import type { JSX } from 'preact';
import { useSignal, type Signal } from '@preact/signals';
import { computed } from '@preact/signals-core';
import { useMemo } from 'preact/hooks';
import { columnUnit, formatValue } from '../../base/format';
import type { DocumentStore } from '../../state/document_store';
import type { BoxSteps } from '../../state/flame_source';
import { heatSteps } from '../../state/flame_steps';
import { TREND_CLASSES, trendRows, type TrendRow } from '../../state/series_rows';
import { seriesSource } from '../../state/series_source';
import { SeriesAsker, snapshotsOf, valuesOf, type SeriesAnswer } from '../../state/series_store';
import type { DocumentProps } from '../document_view';
import { FlamePane } from '../flame/flame_pane';
import { signed } from './compare_view';
import { Choice, MeasureChoice } from './compare_bar';
import { SeriesTable } from './series_table';
import { say } from './series_text';

const MS_PER_MINUTE = 60_000;

export function TrendView({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(() => {
    const asker = store.series ?? (store.series = new SeriesAsker(store));
    return asker.answer(() => {
      const documents = snapshotsOf(store, app.documents.value);
      const context = JSON.stringify([store.spec.value, store.view.shape.value]);
      if (documents.length < 3) return undefined;
      return { parts: documents.map((document) => ({ document, tag: '' })), normalise: 'none', function: '', context };
    });
  }, [app, store]);
  const documents = snapshotsOf(store, app.documents.value);
  const loaded = answer.value;
  const ready = loaded.at === 'ready' ? loaded.value : loaded.stale;
  return (
    <section class="ft-series" aria-label={say('snapshots')}>
      {documents.length < 3 ? (
        <p class="ft-empty">{say('needThree')}</p>
      ) : loaded.at === 'failed' ? (
        <p class="flame-fault" role="alert" data-testid="error">
          {loaded.failure.text}
        </p>
      ) : ready === undefined ? (
        <p class="ft-empty">{say('trending')}</p>
      ) : (
        <Trend app={app} store={store} answer={ready} />
      )}
    </section>
  );
}

function Trend({ app, store, answer }: DocumentProps & { readonly answer: SeriesAnswer }): JSX.Element {
  const { columns, labels } = answer;
  const snapshot = useSignal(columns.series - 1);
  const byValue = useSignal(false);
  const unit = store.currentType.value?.unit ?? '';
  const values = (series: number): Float64Array => valuesOf(columns.boxTotal, columns.series, series);
  const steps = useMemo(
    () =>
      computed((): BoxSteps =>
        byValue.value
          ? heatSteps(values(snapshot.value), columns.boxTotal, columns.series)
          : { steps: columns.boxTrend, scale: 'classes' },
      ),
    [answer],
  );
  const source = useMemo(
    () =>
      seriesSource({
        store,
        answer,
        zoomPath: store.compare.zoomPath,
        selectedFrame: store.compare.selectedFrame,
        steps,
        moreFacts: (box) => [
          [say('class'), say(TREND_CLASSES[columns.boxTrend[box] ?? 0] ?? 'stable')],
          ...labels.map((label, i): readonly [string, string] => [label, formatValue(values(i)[box] ?? 0, unit)]),
        ],
      }),
    [store, answer],
  );
  return (
    <>
      <Verdict store={store} answer={answer} />
      <div class="ft-series-bar">
        <label>
          {say('scrub')}
          <input
            type="range"
            data-testid="trend-scrubber"
            min={0}
            max={columns.series - 1}
            value={snapshot.value}
            aria-valuetext={labels[snapshot.value]}
            onInput={(event) => {
              snapshot.value = Number(event.currentTarget.value);
              byValue.value = true;
            }}
          />
          <span data-testid="trend-snapshot">
            {labels[snapshot.value]}: {formatValue(values(snapshot.value)[0] ?? 0, unit)}
          </span>
        </label>
        <Colours byValue={byValue} />
        <MeasureChoice compare={store.compare} />
      </div>
      <FlamePane app={app} store={store} source={source} main title={<span />} />
      <TrendTable store={store} answer={answer} />
    </>
  );
}

function Colours({ byValue }: { readonly byValue: Signal<boolean> }): JSX.Element {
  return (
    <Choice
      label={say('palette')}
      testId="trend-palette"
      value={byValue.value ? 'value' : 'class'}
      options={[
        ['class', say('byClass')],
        ['value', say('byValue')],
      ]}
      choose={(id) => (byValue.value = id === 'value')}
    />
  );
}

interface AnswerProps {
  readonly store: DocumentStore;
  readonly answer: SeriesAnswer;
}

/** Slopes per minute where the files tell their times, else per snapshot. */
function slopeText(answer: SeriesAnswer, slope: number, unit: string): string {
  return answer.timed
    ? `${signed(slope * MS_PER_MINUTE, unit)} ${say('slope')}`
    : `${signed(slope, unit)} ${say('slopePerStep')}`;
}

/** The answer in one sentence. */
function Verdict({ store, answer }: AnswerProps): JSX.Element {
  const { columns, names, timed } = answer;
  const rows = useMemo(() => trendRows(columns, false), [columns]);
  names.version.value;
  const unit = store.currentType.value?.unit ?? '';
  const worst = rows[0]?.trend === 'leak' ? rows[0] : undefined;
  return (
    <p class="ft-series-facts" data-testid="trend-verdict">
      {worst === undefined
        ? say('noLeak')
        : say('verdict', {
            name: names.text(columns.name[worst.frame] ?? 0) ?? '…',
            slope: slopeText(answer, worst.slope, unit),
          })}
      {timed ? undefined : <span class="ft-muted"> {say('noTime')}</span>}
    </p>
  );
}

function TrendTable({ store, answer }: AnswerProps): JSX.Element {
  const { columns, names, timed } = answer;
  const { compare } = store;
  const byCum = compare.byCum.value;
  const rows = useMemo(() => trendRows(columns, byCum), [columns, byCum]);
  const from = store.currentType.value?.unit ?? '';
  const largest = Math.max(...rows.map(({ values }) => Math.abs(values.at(-1) ?? 0)), 0);
  const unit = columnUnit(largest / 100, largest, from);
  names.version.value;
  const cells = (at: number): readonly string[] => {
    const row = rows[at];
    if (row === undefined) return [];
    return [
      say(row.trend),
      row.values.map((value) => formatValue(value, from, unit)).join(' '),
      signed(timed ? row.slope * MS_PER_MINUTE : row.slope, from),
      row.fit.toFixed(2),
      formatValue(row.values[0] ?? 0, from, unit),
      formatValue(row.values.at(-1) ?? 0, from, unit),
      names.text(columns.name[row.frame] ?? 0) ?? '',
    ];
  };
  const selected = compare.selectedFrame.value;
  return (
    <SeriesTable
      id="ft-trend-row"
      testId="trend-table"
      label={say('trendTable')}
      headings={[
        { label: say('class'), kind: 'text' },
        { label: say('course'), kind: 'picture' },
        { label: say(timed ? 'slope' : 'slopePerStep'), title: say('slopeTitle'), kind: 'number' },
        { label: say('fit'), title: say('fitTitle'), kind: 'number' },
        { label: say('first'), kind: 'number' },
        { label: say('last'), kind: 'number' },
        { label: say('name'), kind: 'name' },
      ]}
      rowCount={rows.length}
      cells={cells}
      picture={(row) => <Sparkline row={rows[row]} text={cells(row)[1] ?? ''} />}
      selectedRow={selected === null ? -1 : rows.findIndex(({ frame }) => frame === selected)}
      onSelect={(row) => (compare.selectedFrame.value = rows[row]?.frame ?? null)}
      empty={say('noRows')}
    />
  );
}

const SPARK = { width: 84, height: 16 } as const;

/** From 0, so that heights compare; the last value has a dot. */
function Sparkline({ row, text }: { readonly row: TrendRow | undefined; readonly text: string }): JSX.Element | null {
  if (row === undefined) return null;
  const { values } = row;
  const low = Math.min(0, ...values);
  const span = Math.max(0, ...values) - low || 1;
  const x = (i: number): number => 2 + (i * (SPARK.width - 4)) / Math.max(1, values.length - 1);
  const y = (value: number): number => SPARK.height - 2 - ((value - low) / span) * (SPARK.height - 4);
  return (
    <svg
      class={`ft-spark ft-spark-${row.trend}`}
      width={SPARK.width}
      height={SPARK.height}
      role="img"
      aria-label={text}
    >
      <polyline points={values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={2} />
    </svg>
  );
}
