// Two documents, or two label values of one: what changed, as a flame graph over both and as a table of functions.
import type { JSX } from 'preact';
import { computed } from '@preact/signals-core';
import { useMemo } from 'preact/hooks';
import { columnUnit, formatPercent, formatValue } from '../../base/format';
import { changeSteps } from '../../state/flame_steps';
import { compareRows, MATCH_KINDS, type CompareRow } from '../../state/series_rows';
import { seriesSource } from '../../state/series_source';
import { comparedParts, SeriesAsker, valuesOf, type SeriesAnswer } from '../../state/series_store';
import type { DocumentProps } from '../document_view';
import { FlamePane } from '../flame/flame_pane';
import { CompareBar } from './compare_bar';
import { SeriesTable } from './series_table';
import { say } from './series_text';

export function CompareView({ app, store }: DocumentProps): JSX.Element {
  const { compare } = store;
  const answer = useMemo(() => {
    const asker = store.series ?? (store.series = new SeriesAsker(store));
    return asker.answer(() => {
      const parts = comparedParts(store, compare, app.documents.value);
      const selected = store.view.selectedFrame.value;
      const name = selected === null ? '' : store.frameText(selected, 'name');
      const normalise = compare.normalise.value;
      // Read, so that a change of them asks anew.
      const context = JSON.stringify([store.spec.value, store.view.shape.value]);
      if (parts === undefined) return undefined;
      return { parts, normalise, function: normalise === 'function' ? name : '', context };
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
  const unit = store.currentType.value?.unit ?? '';
  const before = valuesOf(columns.boxTotal, columns.series, 0);
  const after = valuesOf(columns.boxTotal, columns.series, 1);
  // Of this answer: another one has other boxes under the same numbers.
  const steps = useMemo(() => computed(() => changeSteps(before, after, compare.palette.value)), [answer]);
  const source = useMemo(
    () =>
      seriesSource({
        store,
        answer,
        zoomPath: compare.zoomPath,
        selectedFrame: compare.selectedFrame,
        steps,
        moreFacts: (box) => [
          [say('before'), formatValue(before[box] ?? 0, unit)],
          [say('after'), formatValue(after[box] ?? 0, unit)],
          [say('change'), changeText(before[box] ?? 0, after[box] ?? 0, unit)],
        ],
      }),
    [store, answer],
  );
  const [less, more] = compare.palette.value === 'diff' ? (['green', 'red'] as const) : (['blue', 'orange'] as const);
  return (
    <>
      <p class="ft-series-facts" data-testid="compare-total">
        {say('totals', {
          before: formatValue(before[0] ?? 0, unit),
          after: formatValue(after[0] ?? 0, unit),
          change: changeText(before[0] ?? 0, after[0] ?? 0, unit),
        })}
      </p>
      <FlamePane
        app={app}
        store={store}
        source={source}
        main
        title={<span class="flame-half">{say('hint', { less: say(less), more: say(more) })}</span>}
      />
      <CompareTable store={store} answer={answer} before={before[0] ?? 0} after={after[0] ?? 0} />
    </>
  );
}

/** "+1.20s (+40.00%)" */
export function changeText(before: number, after: number, unit: string): string {
  return `${signed(after - before, unit)} (${changeShare(before, after)})`;
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

interface CompareTableProps extends Pick<DocumentProps, 'store'> {
  readonly answer: SeriesAnswer;
  readonly before: number;
  readonly after: number;
}

function CompareTable({ store, answer, before, after }: CompareTableProps): JSX.Element {
  const { compare } = store;
  const { columns, names } = answer;
  const byCum = compare.byCum.value;
  const rows = useMemo(() => compareRows(columns, byCum), [columns, byCum]);
  const from = store.currentType.value?.unit ?? '';
  const unit = columnUnit(smallest(rows), Math.max(Math.abs(before), Math.abs(after)), from);
  names.version.value;
  const value = (amount: number): string => formatValue(amount, from, unit);
  const share = (row: CompareRow): string => {
    const points = (after === 0 ? 0 : row.after / after - (before === 0 ? 0 : row.before / before)) * 100;
    return `${points > 0 ? '+' : ''}${points.toFixed(2)}%`;
  };
  const cells = (at: number): readonly string[] => {
    const row = rows[at];
    if (row === undefined) return [];
    return [
      value(row.before),
      value(row.after),
      signed(row.after - row.before, from, unit),
      changeShare(row.before, row.after),
      share(row),
      say(MATCH_KINDS[columns.match[row.frame] ?? 0] ?? 'matchSame'),
      names.text(columns.name[row.frame] ?? 0) ?? '',
    ];
  };
  const selected = compare.selectedFrame.value;
  return (
    <SeriesTable
      id="ft-compare-row"
      testId="compare-table"
      label={say('table')}
      headings={[
        { label: say('before'), kind: 'number' },
        { label: say('after'), kind: 'number' },
        { label: say('change'), kind: 'number' },
        { label: say('changeShare'), kind: 'number' },
        { label: say('share'), title: say('shareTitle'), kind: 'number' },
        { label: say('match'), title: say('matchTitle'), kind: 'text' },
        { label: say('name'), kind: 'name' },
      ]}
      rowCount={rows.length}
      cells={cells}
      selectedRow={selected === null ? -1 : rows.findIndex(({ frame }) => frame === selected)}
      onSelect={(row) => (compare.selectedFrame.value = rows[row]?.frame ?? null)}
      empty={say('noRows')}
    />
  );
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
