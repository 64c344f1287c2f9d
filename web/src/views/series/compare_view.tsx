// Two documents, or two label values of one: what changed, as a flame graph over both and as a table of functions.
import type { JSX } from 'preact';
import { computed } from '@preact/signals-core';
import { useMemo } from 'preact/hooks';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import { SAMPLING_KINDS } from '../../protocol/columns';
import { changeSteps } from '../../state/flame_steps';
import { compareRows, MATCH_KINDS, type CompareRow } from '../../state/series_rows';
import { seriesSource } from '../../state/series_source';
import { comparedParts, seriesAsker, valuesOf, type SeriesAnswer } from '../../state/series_store';
import { tableUnit } from '../../state/unit_choice';
import { paramOf, sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { FlamePane } from '../flame/flame_pane';
import { CompareBar } from './compare_bar';
import { nameOf, numberColumn, rowLook, textColumn } from './series_table';
import { useSeriesSelection } from './use_series_selection';
import { say } from './series_text';

export function CompareView({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const answer = useMemo(() => {
    return seriesAsker(store).answer(() => {
      const parts = comparedParts(store, compare, app.documents.value);
      const selected = store.view.selectedFrame.value;
      const name = selected === null ? '' : store.frameText(selected, 'name');
      const { normalise } = compare;
      // Read, so that a change of them asks anew.
      const context = JSON.stringify([store.spec.value, store.view.shape.value]);
      if (parts === undefined) return undefined;
      return { parts, normalise, function: normalise === 'function' ? name : '', kind: 'down', context };
    });
  }, [app, store, compare]);
  const parts = comparedParts(store, compare, app.documents.value);
  const loaded = answer.value;
  const ready = loaded.at === 'ready' ? loaded.value : loaded.stale;
  return (
    <section
      class="ft-series"
      aria-label={say('compareWith')}
      aria-busy={loaded.at === 'loading' && parts !== undefined}
    >
      <CompareBar app={app} store={store} />
      {parts === undefined ? (
        <p class="ft-empty">{say('chooseOther')}</p>
      ) : loaded.at === 'failed' ? (
        <p class="flame-fault" role="alert" data-testid="error">
          {loaded.failure.text}
        </p>
      ) : ready === undefined ? (
        <p class="ft-empty">{say('comparing')}</p>
      ) : (
        <Comparison app={app} store={store} answer={ready} />
      )}
    </section>
  );
}

function Comparison({ app, store, answer }: DocumentProps & { readonly answer: SeriesAnswer }): JSX.Element {
  const { compare } = store;
  const { columns } = answer;
  useSeriesSelection(store, answer);
  const { unit = '', shownUnit } = store.currentType.value ?? {};
  const before = valuesOf(columns.boxTotal, columns.series, 0);
  const after = valuesOf(columns.boxTotal, columns.series, 1);
  // Of this answer: another one has other boxes under the same numbers.
  const steps = useMemo(() => {
    const palette = computed(() => compare.palette);
    return computed(() => changeSteps(before, after, palette.value));
  }, [answer]);
  const source = useMemo(
    () =>
      seriesSource({
        store,
        answer,
        zoomPath: compare.zoomPath,
        selectedFrame: compare.selectedFrame,
        steps,
        moreFacts: (box) => [
          [say('before'), formatValue(before[box] ?? 0, unit, shownUnit)],
          [say('after'), formatValue(after[box] ?? 0, unit, shownUnit)],
          [say('change'), changeText(before[box] ?? 0, after[box] ?? 0, unit, shownUnit)],
        ],
      }),
    [store, answer, shownUnit],
  );
  const [less, more] = compare.palette === 'diff' ? (['green', 'red'] as const) : (['blue', 'orange'] as const);
  return (
    <>
      <p class="ft-series-facts" data-testid="compare-total">
        {say('totals', {
          before: formatValue(before[0] ?? 0, unit, shownUnit),
          after: formatValue(after[0] ?? 0, unit, shownUnit),
          change: changeText(before[0] ?? 0, after[0] ?? 0, unit, shownUnit),
        })}
      </p>
      <FlamePane
        app={app}
        store={store}
        source={source}
        main
        title={<span class="flame-half">{say('hint', { less: say(less), more: say(more) })}</span>}
      />
      <CompareTable app={app} store={store} answer={answer} before={before[0] ?? 0} after={after[0] ?? 0} />
    </>
  );
}

/** "+1.20s (+40.00%)" */
export function changeText(before: number, after: number, unit: string, to?: string): string {
  return `${signed(after - before, unit, to)} (${changeShare(before, after)})`;
}

export function signed(value: number, from: string, to = 'auto'): string {
  return `${value > 0 ? '+' : ''}${formatValue(value, from, to)}`;
}

function changeShare(before: number, after: number): string {
  if (before === after) return '0%';
  if (before === 0) return say('isNew');
  if (after === 0) return say('isGone');
  return `${after > before ? '+' : '-'}${formatPercent(after - before, before)}`;
}

interface CompareTableProps extends DocumentProps {
  readonly answer: SeriesAnswer;
  readonly before: number;
  readonly after: number;
}

function CompareTable({ app, store, answer, before, after }: CompareTableProps): JSX.Element {
  const { compare } = store;
  const { columns, names } = answer;
  const { byCum } = compare;
  const rows = useMemo(() => compareRows(columns, byCum), [columns, byCum]);
  const type = store.currentType.value;
  const from = type?.unit ?? '';
  const largest = Math.max(Math.abs(before), Math.abs(after));
  const unit = type === undefined ? '' : tableUnit(type, paramOf(store, 'unit'), smallest(rows), largest);
  names.version.value;
  const value = (amount: number): string => formatValue(amount, from, unit);
  const points = (row: CompareRow): number =>
    (after === 0 ? 0 : row.after / after) - (before === 0 ? 0 : row.before / before);
  const cells = (at: number): readonly string[] => {
    const row = rows[at];
    if (row === undefined) return [];
    const share = points(row) * 100;
    return [
      value(row.before),
      value(row.after),
      signed(row.after - row.before, from, unit),
      changeShare(row.before, row.after),
      `${share > 0 ? '+' : ''}${share.toFixed(2)}%`,
      say(judgementOf(answer, row, byCum)),
      say(MATCH_KINDS[columns.match[row.frame] ?? 0] ?? 'matchSame'),
      nameOf(answer, row.frame),
    ];
  };
  const selected = compare.selectedFrame.value;
  const sorting = sortingOf(store, 'compare-table');
  return (
    <DataTable
      id="compare-table"
      label={say('table')}
      columns={columnsOf(answer, rows, byCum, points)}
      sorting={sorting}
      rowsOf={[rows, sorting.sort?.key === 'name' ? names.version.value : 0]}
      rowCount={rows.length}
      cells={cells}
      renderCell={(at, column, text) => {
        const row = rows[at];
        if (column !== SIGNIFICANCE || row === undefined) return undefined;
        return <span title={howJudged(answer, row, byCum, (amount) => signed(amount, from, unit))}>{text}</span>;
      }}
      rowProps={(at) => {
        const row = rows[at];
        return rowLook(answer, row?.frame, row !== undefined && judgementOf(answer, row, byCum) === 'noise');
      }}
      selectedRow={selected === null ? -1 : rows.findIndex(({ frame }) => frame === selected)}
      onSelect={(row) => (compare.selectedFrame.value = rows[row]?.frame ?? null)}
      onOpen={() => undefined}
      empty={say('noRows')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => store.idle.during(names.ensure(columns.name))}
    >
      <strong>{say('table')}</strong>
    </DataTable>
  );
}

/** Its column. */
const SIGNIFICANCE = 5;

function columnsOf(
  answer: SeriesAnswer,
  rows: readonly CompareRow[],
  byCum: boolean,
  points: (row: CompareRow) => number,
): readonly DataColumn[] {
  const of = (pick: (row: CompareRow) => number) => (at: number) => {
    const row = rows[at];
    return row === undefined ? 0 : pick(row);
  };
  const relative = ({ before, after }: CompareRow): number =>
    before === after ? 0 : before === 0 ? Infinity : (after - before) / Math.abs(before);
  const significance = (row: CompareRow): number => JUDGEMENTS.indexOf(judgementOf(answer, row, byCum));
  const frameOf = (at: number): number => rows[at]?.frame ?? 0;
  return [
    numberColumn(
      'before',
      say('before'),
      say('before'),
      of(({ before }) => before),
    ),
    numberColumn(
      'after',
      say('after'),
      say('after'),
      of(({ after }) => after),
    ),
    numberColumn(
      'change',
      say('change'),
      say('change'),
      of(({ before, after }) => after - before),
      '104px',
    ),
    numberColumn('ratio', say('changeShare'), say('changeShare'), of(relative)),
    numberColumn('share', say('share'), say('shareTitle'), of(points), '88px'),
    textColumn('significance', say('significance'), say('significanceTitle'), '108px', of(significance)),
    textColumn('match', say('match'), say('matchTitle'), '84px', (at) => answer.columns.match[frameOf(at)] ?? 0),
    textColumn('name', say('name'), say('name'), 'minmax(240px, 1fr)', (at) => nameOf(answer, rows[at]?.frame)),
  ];
}

const JUDGEMENTS = ['notKnown', 'same', 'noise', 'real'] as const;

/** Whether a row's change is more than chance in sampling. */
function judgementOf({ columns }: SeriesAnswer, row: CompareRow, byCum: boolean): (typeof JUDGEMENTS)[number] {
  if (columns.significant.length === 0) return 'notKnown';
  if (row.before === row.after) return 'same';
  return columns.significant[blockOf(columns.name.length, row, byCum)] === 1 ? 'real' : 'noise';
}

const blockOf = (frames: number, { frame }: CompareRow, byCum: boolean): number => (byCum ? frames : 0) + frame;

function howJudged(
  { columns, question }: SeriesAnswer,
  row: CompareRow,
  byCum: boolean,
  value: (amount: number) => string,
): string {
  const kind = SAMPLING_KINDS[columns.sampling] ?? 'unknown';
  if (kind === 'unknown') return say('notKnownHow');
  if (kind === 'complete') return say('completeHow');
  const at = blockOf(columns.name.length, row, byCum);
  const interval = say('intervalHow', {
    low: value(columns.changeLow[at] ?? 0),
    high: value(columns.changeHigh[at] ?? 0),
    before: formatCount(columns.oldEvents[at] ?? 0),
    after: formatCount(columns.newEvents[at] ?? 0),
    what: say(kind),
  });
  return question.normalise === 'none' ? interval : `${interval} ${say('normalisedHow')}`;
}

/** Smallest |value| above 0: decides the unit of the table. */
function smallest(rows: readonly CompareRow[]): number {
  let found = 0;
  for (const { before, after } of rows) {
    for (const amount of [Math.abs(before), Math.abs(after)])
      if (amount > 0 && (found === 0 || amount < found)) found = amount;
  }
  return found;
}
