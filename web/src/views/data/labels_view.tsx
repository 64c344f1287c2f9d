// All labels with their weights, and the chosen key as a picture: small multiples of its values, or a histogram.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import type { SortValue } from '../../base/table_sort';
import type { LabelColumns } from '../../protocol/columns';
import type { SampleType } from '../../protocol/messages';
import type { DocumentStore } from '../../state/document_store';
import { changeFilters } from '../../state/filter_actions';
import { addLabel, exactly, isFiltering } from '../../state/filters';
import { latestOf } from '../../state/loadable';
import { paramOf, setParam, sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { DropDown } from '../../widgets/drop_down';
import type { DocumentProps } from '../document_view';
import { say } from './data_text';
import { Advice, faceOf } from './faces';
import { LabelHistogram } from './label_histogram';
import { LabelMultiples } from './label_multiples';

const MAX_TO_ADD = 500;

type Sorts = Readonly<Record<'key' | 'value' | 'weight' | 'ofkey' | 'samples', (row: number) => SortValue>>;

function columnsOf(sorts: Sorts): readonly DataColumn[] {
  const column = (key: keyof Sorts, head: string, title: string, number: boolean, track: string): DataColumn => ({
    key,
    sortBy: sorts[key],
    head,
    title,
    number,
    track,
  });
  return [
    column('key', say('key'), say('keyTitle'), false, 'minmax(96px, 1fr)'),
    column('value', say('labelValue'), say('keyTitle'), false, 'minmax(120px, 2fr)'),
    column('weight', say('value'), say('valueTitle'), true, '92px'),
    column('ofkey', say('ofKey'), say('ofKeyTitle'), true, '88px'),
    column('samples', say('samples'), say('samplesTitle'), true, '88px'),
  ];
}

export function LabelsView({ app, store }: DocumentProps): JSX.Element {
  const labels = useMemo(() => store.askedOfView((spec) => store.ask('labels', spec)), [store]);
  const columns = latestOf(labels.value);
  const sampleType = store.currentType.value;
  const face = faceOf(labels.value);
  if (face !== undefined || columns === undefined || sampleType === undefined) return face ?? <p class="ft-empty" />;
  if (columns.key.length === 0 && isFiltering(store.view.filters.value)) {
    return <p class="ft-empty">{say('labelsAllGone')}</p>;
  }
  if (columns.key.length === 0) {
    return (
      <Advice
        text={say('noLabels')}
        command={'pprof.Do(ctx, pprof.Labels("key", "value"), func(ctx context.Context) { … })'}
      />
    );
  }
  void store.names.version.value;
  const wanted = paramOf(store, 'label');
  const row = Math.max(
    0,
    columns.key.findIndex((_, at) => labelText(store, columns, at) === wanted),
  );
  return (
    <div class="ft-split">
      <LabelTable
        app={app}
        store={store}
        columns={columns}
        row={row}
        select={(at) => setParam(store, 'label', at === 0 ? '' : labelText(store, columns, at))}
        sampleType={sampleType}
      />
      <KeySide app={app} store={store} columns={columns} row={row} sampleType={sampleType} />
    </div>
  );
}

export interface LabelProps extends DocumentProps {
  readonly columns: LabelColumns;
  /** The selected one. */
  readonly row: number;
  readonly sampleType: SampleType;
}

function LabelTable({
  app,
  store,
  columns,
  row,
  select,
  sampleType,
}: LabelProps & { readonly select: (row: number) => void }): JSX.Element {
  void store.names.version.value;
  const text = (id: number | undefined): string => (id === undefined ? '' : (store.names.text(id) ?? ''));
  const totals = keyTotals(columns);
  const weight = (at: number): number => columns.weight[at] ?? 0;
  const sorts: Sorts = {
    key: (at) => text(columns.key[at]),
    value: (at) => (columns.isNumber[at] === 1 ? (columns.number[at] ?? 0) : text(columns.value[at])),
    weight,
    ofkey: (at) => weight(at) / (totals.get(columns.key[at] ?? 0) || 1),
    samples: (at) => columns.samples[at] ?? 0,
  };
  const cells = (at: number): readonly string[] => [
    text(columns.key[at]),
    text(columns.value[at]),
    formatValue(columns.weight[at] ?? 0, sampleType.unit, sampleType.shownUnit),
    formatPercent(columns.weight[at] ?? 0, totals.get(columns.key[at] ?? 0) ?? 0),
    formatCount(columns.samples[at] ?? 0),
  ];
  return (
    <DataTable
      id="labels-table"
      label={say('labels')}
      columns={columnsOf(sorts)}
      sorting={sortingOf(store, 'labels-table')}
      rowsOf={[columns, store.names.version.value]}
      rowCount={columns.key.length}
      cells={cells}
      selectedRow={row}
      onSelect={select}
      onOpen={(at) => filterByRow(store, columns, at, 'tagFocus')}
      onAdd={(at) => filterByRow(store, columns, at, 'tagFocus', true)}
      empty={say('labelsAllGone')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => Promise.all([store.names.ensure(columns.key), store.names.ensure(columns.value)])}
    >
      <LabelButtons store={store} columns={columns} row={row} />
    </DataTable>
  );
}

function LabelButtons({ store, columns, row }: Pick<LabelProps, 'store' | 'columns' | 'row'>): JSX.Element {
  return (
    <>
      <button
        type="button"
        class="ft-quiet"
        title={say('focusItTitle')}
        data-testid="label-focus"
        onClick={() => filterByRow(store, columns, row, 'tagFocus')}
      >
        {say('focusIt')}
      </button>
      <DropDown text={say('addIt')} title={say('addItTitle')} testId="label-add" side="left">
        {() => <ValuesToAdd store={store} shown={columns} />}
      </DropDown>
      <button
        type="button"
        class="ft-quiet"
        title={say('ignoreItTitle')}
        onClick={() => filterByRow(store, columns, row, 'tagIgnore')}
      >
        {say('ignoreIt')}
      </button>
    </>
  );
}

/** All values, also those that the label filters leave out: what is in focus is ticked, a click adds another one. */
function ValuesToAdd({ store, shown }: { readonly store: DocumentStore; readonly shown: LabelColumns }): JSX.Element {
  const all = useMemo(
    () =>
      store.askedOfView(async (spec) => {
        const answer = await store.ask('labels', { ...spec, tagFocus: '', tagIgnore: '' });
        if (answer.ok) await store.names.ensure([...answer.value.key, ...answer.value.value]);
        return answer;
      }),
    [store],
  );
  const columns = latestOf(all.value);
  if (columns === undefined) return <p class="ft-muted">{say('addingUp')}</p>;
  const isFocused = store.view.filters.value.tagFocus !== '';
  const left = new Set(Array.from(shown.key.keys(), (row) => labelText(store, shown, row)));
  const rows = [...columns.key.keys()].slice(0, MAX_TO_ADD);
  return (
    <ul data-testid="label-values">
      {rows.map((row) => {
        const text = labelText(store, columns, row);
        const isIn = isFocused && left.has(text);
        return (
          <li key={row}>
            <label class="ft-drop-check">
              <input
                type="checkbox"
                checked={isIn}
                disabled={isIn}
                onChange={() => filterByRow(store, columns, row, 'tagFocus', true)}
              />
              <span class="ft-mono">{text}</span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}

/** "key=value": what the selection is called in the URL. */
function labelText(store: DocumentStore, columns: LabelColumns, row: number): string {
  const text = (id: number | undefined): string => (id === undefined ? '' : (store.names.text(id) ?? ''));
  return `${text(columns.key[row])}=${text(columns.value[row])}`;
}

function keyTotals(columns: LabelColumns): ReadonlyMap<number, number> {
  const totals = new Map<number, number>();
  columns.key.forEach((key, row) => totals.set(key, (totals.get(key) ?? 0) + (columns.weight[row] ?? 0)));
  return totals;
}

function filterByRow(
  store: DocumentProps['store'],
  columns: LabelColumns,
  row: number,
  field: 'tagFocus' | 'tagIgnore',
  adds = false,
): void {
  const key = store.names.text(columns.key[row] ?? 0) ?? '';
  const value = store.names.text(columns.value[row] ?? 0) ?? '';
  const isNumber = columns.isNumber[row] === 1;
  const unit = store.names.text(columns.unit[row] ?? 0) ?? '';
  // A comma would part two expressions.
  const text = isNumber ? `${columns.number[row] ?? 0}${unit}` : exactly(value).replaceAll(',', '.');
  const kind = isNumber ? 'number' : 'text';
  const filters = store.view.filters.peek();
  const before = adds && filters[`${field}Kind`] === kind ? filters[field] : '';
  changeFilters(store, { [field]: addLabel(before, key, text, kind), [`${field}Kind`]: kind });
}

function KeySide({ app, store, columns, row, sampleType }: LabelProps): JSX.Element {
  void store.names.version.value;
  const key = store.names.text(columns.key[row] ?? 0);
  if (key === undefined) return <p class="ft-muted">{say('loading')}</p>;
  const { tagRoot, tagLeaf } = store.view.filters.value;
  const pivoted = tagRoot.includes(key) || tagLeaf.includes(key);
  return (
    <section class="ft-label-side" aria-label={key} tabIndex={0}>
      <div class="ft-row">
        <strong class="ft-mono" data-testid="label-key">
          {key}
        </strong>
        <button
          type="button"
          class="ft-quiet"
          title={say('asRootTitle')}
          data-testid="label-root"
          disabled={pivoted}
          onClick={() => changeFilters(store, { tagRoot: [...tagRoot, key] })}
        >
          {say('asRoot')}
        </button>
        <button
          type="button"
          class="ft-quiet"
          title={say('asLeafTitle')}
          disabled={pivoted}
          onClick={() => changeFilters(store, { tagLeaf: [...tagLeaf, key] })}
        >
          {say('asLeaf')}
        </button>
        {tagRoot.length + tagLeaf.length === 0 ? undefined : (
          <button type="button" class="ft-quiet" onClick={() => changeFilters(store, { tagRoot: [], tagLeaf: [] })}>
            {say('unpivot')}
          </button>
        )}
      </div>
      {columns.isNumber[row] === 1 ? (
        <LabelHistogram key={key} app={app} store={store} columns={columns} row={row} sampleType={sampleType} />
      ) : undefined}
      {pivoted ? undefined : <LabelMultiples key={`m${key}`} store={store} label={key} sampleType={sampleType} />}
    </section>
  );
}
