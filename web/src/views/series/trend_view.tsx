// Three or more snapshots in the order in which they were taken: what grows, by how much, and what it looks like.
import type { JSX } from 'preact';
import { computed, untracked } from '@preact/signals-core';
import { useMemo } from 'preact/hooks';
import { formatValue } from '../../base/format';
import type { DocumentStore } from '../../state/document_store';
import type { BoxSteps, FlameSource } from '../../state/flame_source';
import { heatSteps } from '../../state/flame_steps';
import { TREND_CLASSES, trendRows, type TrendRow } from '../../state/series_rows';
import { seriesSource } from '../../state/series_source';
import { seriesAsker, snapshotsOf, valuesOf, type SeriesAnswer } from '../../state/series_store';
import { tableUnit } from '../../state/unit_choice';
import { paramOf, setParam, sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { FlamePane } from '../flame/flame_pane';
import { signed } from './compare_view';
import { Choice, MeasureChoice } from './compare_bar';
import { nameOf, numberColumn, rowLook, textColumn } from './series_table';
import { useSeriesSelection } from './use_series_selection';
import { say } from './series_text';

const MS_PER_MINUTE = 60_000;

export function TrendView({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(() => {
    return seriesAsker(store).answer(() => {
      const documents = snapshotsOf(store, app.documents.value);
      const context = JSON.stringify([store.spec.value, store.view.shape.value]);
      if (documents.length < 3) return undefined;
      return {
        parts: documents.map((document, series) => ({ document, tag: '', series })),
        normalise: 'none',
        function: '',
        kind: 'down',
        context,
      };
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

/** What the graph is coloured by: the class of each box, or its value at the snapshot that a person went to. */
function snapshotOf(store: DocumentStore, last: number): { readonly at: number; readonly byValue: boolean } {
  const chosen = paramOf(store, 'snapshot');
  const at = /^\d{1,4}$/.test(chosen) ? Math.min(last, Number(chosen)) : last;
  return { at, byValue: chosen !== '' };
}

function useTrendSource(store: DocumentStore, answer: SeriesAnswer): FlameSource {
  const { columns, labels } = answer;
  const { unit = '', shownUnit } = store.currentType.value ?? {};
  const values = (series: number): Float64Array => valuesOf(columns.boxTotal, columns.series, series);
  const steps = useMemo(() => {
    const shown = computed(() => paramOf(store, 'snapshot'));
    return computed((): BoxSteps => {
      void shown.value;
      const { at, byValue } = untracked(() => snapshotOf(store, columns.series - 1));
      return byValue
        ? heatSteps(values(at), columns.boxTotal, columns.series)
        : { steps: columns.boxTrend, scale: 'classes' };
    });
  }, [answer]);
  return useMemo(
    () =>
      seriesSource({
        store,
        answer,
        zoomPath: store.compare.zoomPath,
        selectedFrame: store.compare.selectedFrame,
        steps,
        moreFacts: (box) => [
          [say('class'), say(TREND_CLASSES[columns.boxTrend[box] ?? 0] ?? 'stable')],
          ...labels.map((label, i): readonly [string, string] => [
            label,
            formatValue(values(i)[box] ?? 0, unit, shownUnit),
          ]),
        ],
      }),
    [store, answer, shownUnit],
  );
}

function Trend({ app, store, answer }: DocumentProps & { readonly answer: SeriesAnswer }): JSX.Element {
  const { columns, labels } = answer;
  useSeriesSelection(store, answer);
  const source = useTrendSource(store, answer);
  const { at, byValue } = snapshotOf(store, columns.series - 1);
  const { unit = '', shownUnit } = store.currentType.value ?? {};
  const total = valuesOf(columns.boxTotal, columns.series, at)[0] ?? 0;
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
            value={at}
            aria-valuetext={labels[at]}
            onInput={(event) => setParam(store, 'snapshot', event.currentTarget.value)}
          />
          <span data-testid="trend-snapshot">
            {labels[at]}: {formatValue(total, unit, shownUnit)}
          </span>
        </label>
        <Choice
          label={say('palette')}
          testId="trend-palette"
          value={byValue ? 'value' : 'class'}
          options={[
            ['class', say('byClass')],
            ['value', say('byValue')],
          ]}
          choose={(id) => setParam(store, 'snapshot', id === 'value' ? String(at) : '')}
        />
        <MeasureChoice compare={store.compare} />
      </div>
      <FlamePane app={app} store={store} source={source} main title={<span />} />
      <TrendTable app={app} store={store} answer={answer} />
    </>
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

function TrendTable({ app, store, answer }: DocumentProps & AnswerProps): JSX.Element {
  const { columns, names, timed } = answer;
  const { compare } = store;
  const { byCum } = compare;
  const rows = useMemo(() => trendRows(columns, byCum), [columns, byCum]);
  const type = store.currentType.value;
  const from = type?.unit ?? '';
  const largest = rows.reduce((most, { values }) => Math.max(most, Math.abs(values.at(-1) ?? 0)), 0);
  const unit = type === undefined ? '' : tableUnit(type, paramOf(store, 'unit'), largest / 10, largest);
  names.version.value;
  const cells = (at: number): readonly string[] => {
    const row = rows[at];
    if (row === undefined) return [];
    return [
      say(row.trend),
      row.values.map((value) => formatValue(value, from, unit)).join(' '),
      signed(timed ? row.slope * MS_PER_MINUTE : row.slope, from, type?.shownUnit),
      row.fit.toFixed(2),
      formatValue(row.values[0] ?? 0, from, unit),
      formatValue(row.values.at(-1) ?? 0, from, unit),
      nameOf(answer, row.frame),
    ];
  };
  const selected = compare.selectedFrame.value;
  const sorting = sortingOf(store, 'trend-table');
  return (
    <DataTable
      id="trend-table"
      label={say('trendTable')}
      columns={columnsOf(answer, rows)}
      sorting={sorting}
      rowsOf={[rows, sorting.sort?.key === 'name' ? names.version.value : 0]}
      rowCount={rows.length}
      cells={cells}
      renderCell={(row, column, text) => (column === 1 ? <Sparkline row={rows[row]} text={text} /> : undefined)}
      rowProps={(row) => rowLook(answer, rows[row]?.frame, false)}
      selectedRow={selected === null ? -1 : rows.findIndex(({ frame }) => frame === selected)}
      onSelect={(row) => (compare.selectedFrame.value = rows[row]?.frame ?? null)}
      onOpen={() => undefined}
      empty={say('noRows')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => store.idle.during(names.ensure(columns.name))}
    >
      <strong>{say('trendTable')}</strong>
    </DataTable>
  );
}

function columnsOf(answer: SeriesAnswer, rows: readonly TrendRow[]): readonly DataColumn[] {
  const of = (pick: (row: TrendRow) => number) => (at: number) => {
    const row = rows[at];
    return row === undefined ? 0 : pick(row);
  };
  const grown = ({ values }: TrendRow): number => (values.at(-1) ?? 0) - (values[0] ?? 0);
  const slope = say(answer.timed ? 'slope' : 'slopePerStep');
  return [
    textColumn(
      'class',
      say('class'),
      say('class'),
      '84px',
      of(({ trend }) => TREND_CLASSES.indexOf(trend)),
    ),
    textColumn('course', say('course'), say('courseTitle'), '104px', of(grown)),
    numberColumn(
      'slope',
      slope,
      say('slopeTitle'),
      of((row) => row.slope),
      '104px',
    ),
    numberColumn(
      'fit',
      say('fit'),
      say('fitTitle'),
      of(({ fit }) => fit),
      '64px',
    ),
    numberColumn(
      'first',
      say('first'),
      say('first'),
      of(({ values }) => values[0] ?? 0),
    ),
    numberColumn(
      'last',
      say('last'),
      say('last'),
      of(({ values }) => values.at(-1) ?? 0),
    ),
    textColumn('name', say('name'), say('name'), 'minmax(240px, 1fr)', (at) => nameOf(answer, rows[at]?.frame)),
  ];
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
