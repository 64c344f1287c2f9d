// The table of functions: flat, cumulative, how sure they are, and where they are.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../base/format';
import type { SampleType } from '../protocol/messages';
import { searchFor, selectFrame, showView } from '../state/document_actions';
import type { DocumentStore } from '../state/document_store';
import { latestOf } from '../state/loadable';
import { smallestMagnitude, TOP_FIRST, TOP_TABLE } from '../state/top_rows';
import { tableUnit } from '../state/unit_choice';
import { paramOf, setParam, sortingOf } from '../state/view_params';
import { DataTable, type DataColumn } from '../widgets/data_table';
import type { DocumentProps } from './document_view';
import { cellTexts, Confidence, headingsOf, type TopTable } from './top_text';
import { say } from './tables_text';

export function TopView({ app, store }: DocumentProps): JSX.Element {
  const columns = latestOf(store.top.value);
  const rows = store.topRows.value;
  const sampleType = store.currentType.value;
  const failure = store.top.value.at === 'failed' ? store.top.value.failure : undefined;
  const withConfidence = paramOf(store, 'conf') === '1';
  const confidence = useConfidence(store, withConfidence);
  if (failure !== undefined) return <p class="ft-empty">{failure.text}</p>;
  if (columns === undefined || rows === undefined || sampleType === undefined) {
    return <p class="ft-empty">{say('addingUp')}</p>;
  }
  const total = sampleType.magnitudeTotal;
  const unit = tableUnit(sampleType, paramOf(store, 'unit'), smallestMagnitude(columns), total);
  const table: TopTable = {
    store,
    columns,
    rows,
    sampleType,
    unit,
    ...(confidence === undefined ? {} : { confidence }),
  };
  const selected = store.view.selectedFrame.value;
  const frameAt = (row: number): number => columns.frame[rows.order[row] ?? 0] ?? 0;
  return (
    <DataTable
      id={TOP_TABLE}
      label={say('functions')}
      columns={columnsOf(confidence !== undefined)}
      sorting={sortingOf(store, TOP_TABLE, TOP_FIRST)}
      rowCount={rows.order.length}
      cells={(row) => cellTexts(table, row)}
      renderCell={(row, column, text) => {
        const of = column === 5 ? 'flat' : column === 6 ? 'cum' : undefined;
        if (confidence === undefined || of === undefined) return undefined;
        return <span title={confidence.how(of, frameAt(row))}>{text}</span>;
      }}
      selectedRow={selected === null ? -1 : rows.order.findIndex((row) => columns.frame[row] === selected)}
      onSelect={(row) => selectFrame(store, frameAt(row))}
      onOpen={(row) => {
        selectFrame(store, frameAt(row));
        showView(store, 'flame');
      }}
      empty={columns.frame.length === 0 ? whyEmpty(sampleType) : say('noMatch')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => ensureTexts(store)}
    >
      <TopBar store={store} shown={rows.order.length} all={columns.frame.length} />
    </DataTable>
  );
}

function columnsOf(withConfidence: boolean): readonly DataColumn[] {
  return headingsOf(withConfidence).map(({ key, label, title, number, sorts, track }) => ({
    head: label,
    title: say(title),
    number,
    track,
    ...(sorts ? { key } : {}),
  }));
}

/** Asked for while the columns are switched on. */
function useConfidence(store: DocumentStore, wanted: boolean): Confidence | undefined {
  const answer = useMemo(
    () => (wanted ? store.askedOfView((spec) => store.withFrames(store.ask('confidence', spec))) : undefined),
    [store, wanted],
  );
  const columns = answer === undefined ? undefined : latestOf(answer.value);
  return useMemo(() => (columns === undefined ? undefined : new Confidence(columns)), [columns]);
}

function whyEmpty({ type, total }: SampleType): string {
  return total === 0 ? say('typeIsZero', { type }) : say('typeHasNoStack', { type });
}

async function ensureTexts(store: DocumentStore): Promise<void> {
  const frames = store.frames.peek();
  if (frames === undefined) return;
  await store.idle.during(Promise.all([store.names.ensure(frames.name), store.names.ensure(frames.file)]));
}

interface TopBarProps {
  readonly store: DocumentStore;
  readonly shown: number;
  readonly all: number;
}

function TopBar({ store, shown, all }: TopBarProps): JSX.Element {
  const withConfidence = paramOf(store, 'conf') === '1';
  return (
    <>
      <span data-testid="top-count">
        {shown === all
          ? say('count', { all: formatCount(all) })
          : say('countOf', { shown: formatCount(shown), all: formatCount(all) })}
      </span>
      {shown === all ? undefined : (
        <button type="button" class="ft-quiet" onClick={() => searchFor(store, { pattern: '' })}>
          {say('showAll')}
        </button>
      )}
      <button
        type="button"
        class="ft-quiet"
        data-testid="top-confidence"
        aria-pressed={withConfidence}
        title={say('intervalsTitle')}
        onClick={() => setParam(store, 'conf', withConfidence ? '' : '1')}
      >
        {say('intervals')}
      </button>
    </>
  );
}
