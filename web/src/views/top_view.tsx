// The table of functions: flat, cumulative, and where they are.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { columnUnit, formatCount } from '../base/format';
import { tableText, type TableFormat } from '../base/table_text';
import type { SampleType } from '../protocol/messages';
import { searchFor, selectFrame, showView } from '../state/document_actions';
import type { TopColumn } from '../state/document_store';
import { latestOf } from '../state/loadable';
import { smallestMagnitude } from '../state/top_rows';
import { outcomeOf } from '../widgets/copy_button';
import { FixedList } from '../widgets/fixed_list';
import { PathText } from '../widgets/path_text';
import type { DocumentProps } from './document_view';
import { cellTexts, HEADINGS, topText, type TopTable } from './top_text';
import { say } from './tables_text';
import { say as widgetSay } from '../widgets/widget_text';

const LIST_ID = 'ft-top-row';

export function TopView({ app, store }: DocumentProps): JSX.Element {
  const told = useSignal('');
  const columns = latestOf(store.top.value);
  const rows = store.topRows.value;
  const sampleType = store.currentType.value;
  const failure = store.top.value.at === 'failed' ? store.top.value.failure : undefined;
  if (failure !== undefined) return <p class="ft-empty">{failure.text}</p>;
  if (columns === undefined || rows === undefined || sampleType === undefined) {
    return <p class="ft-empty">{say('addingUp')}</p>;
  }
  const unit = columnUnit(smallestMagnitude(columns), sampleType.magnitudeTotal, sampleType.unit);
  const table: TopTable = { store, columns, rows, sampleType, unit };
  const selected = store.view.selectedFrame.value;
  const frameAt = (row: number): number => columns.frame[rows.order[row] ?? 0] ?? 0;
  const selectedRow = selected === null ? -1 : rows.order.findIndex((row) => columns.frame[row] === selected);
  return (
    <div
      class="ft-top"
      onKeyDown={(event) => {
        const text = textToCopy(event, table, selectedRow);
        if (text !== undefined) void tell(told, app.surroundings.copyText(text), say('theRow'));
      }}
    >
      <TopBar app={app} table={table} told={told} />
      <FixedList
        id={LIST_ID}
        testId="top-table"
        label={say('functions')}
        rowCount={rows.order.length}
        columnCount={HEADINGS.length}
        rowHeight={22}
        headHeight={24}
        head={<TopHead store={store} />}
        selectedRow={selectedRow}
        renderRow={(row) => <TopRow table={table} row={row} />}
        onSelect={(row) => selectFrame(store, frameAt(row))}
        onOpen={(row) => {
          selectFrame(store, frameAt(row));
          showView(store, 'flame');
        }}
        onCopy={() => tableText(topText(table), 'tsv', selectedRow < 0 ? undefined : selectedRow)}
        empty={columns.frame.length === 0 ? whyEmpty(sampleType) : say('noMatch')}
      />
    </div>
  );
}

function whyEmpty({ type, total }: SampleType): string {
  return total === 0 ? say('typeIsZero', { type }) : say('typeHasNoStack', { type });
}

/** The selected row, if the key asks for it. */
function textToCopy(event: KeyboardEvent, table: TopTable, selectedRow: number): string | undefined {
  if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey || selectedRow < 0) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return tableText(topText(table), 'tsv', selectedRow);
}

async function tell(told: Signal<string>, copying: Promise<void>, what: string): Promise<void> {
  const outcome = await outcomeOf(copying);
  told.value = outcome === widgetSay('copied') ? say('copiedWhat', { what }) : outcome;
}

interface TopBarProps {
  readonly app: DocumentProps['app'];
  readonly table: TopTable;
  readonly told: Signal<string>;
}

function TopBar({ app, table, told }: TopBarProps): JSX.Element {
  const { store, rows, columns } = table;
  const shown = rows.order.length;
  const all = columns.frame.length;
  const copyAs = async (format: TableFormat): Promise<void> => {
    const frames = store.frames.peek();
    if (frames === undefined) return;
    await Promise.all([store.names.ensure(frames.name), store.names.ensure(frames.file)]);
    await app.surroundings.copyText(tableText(topText(table), format));
  };
  const copy = (format: TableFormat): void => {
    void store.idle.during(
      tell(told, copyAs(format), shown === 1 ? say('oneRow') : say('rows', { count: formatCount(shown) })),
    );
  };
  return (
    <div class="ft-top-bar">
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
      <span role="status">{told.value}</span>
      <button type="button" class="ft-quiet" onClick={() => copy('tsv')}>
        {say('copyTsv')}
      </button>
      <button type="button" class="ft-quiet" onClick={() => copy('markdown')}>
        {say('copyMarkdown')}
      </button>
    </div>
  );
}

function TopHead({ store }: { readonly store: DocumentProps['store'] }): JSX.Element {
  const sort = store.topSort.value;
  const sortBy = (column: TopColumn): void => {
    const numbers = column === 'flat' || column === 'cum';
    store.topSort.value = { by: column, descending: sort.by === column ? !sort.descending : numbers };
  };
  return (
    <div class="ft-top-row" role="row" aria-rowindex={1}>
      {HEADINGS.map(({ label, title, sort: column, number }) => {
        const direction = sort.descending ? 'descending' : 'ascending';
        const sorted = column !== undefined && sort.by === column ? direction : 'none';
        return (
          <div
            key={label}
            role="columnheader"
            class={[number ? 'ft-number' : '', column === undefined ? '' : 'ft-sortable'].join(' ')}
            title={say(title)}
            aria-sort={column === undefined ? undefined : sorted}
          >
            {column === undefined ? (
              label
            ) : (
              <button type="button" onClick={() => sortBy(column)}>
                {label}
                {sorted === 'none' ? '' : sorted === 'descending' ? ' ▾' : ' ▴'}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

function TopRow({ table, row }: { readonly table: TopTable; readonly row: number }): JSX.Element {
  return (
    <div class="ft-top-row" role="presentation">
      {cellTexts(table, row).map((text, i) =>
        HEADINGS[i]?.number === true ? (
          <span key={i} role="gridcell" class="ft-number">
            {text}
          </span>
        ) : (
          <span key={i} role="gridcell">
            <PathText text={text} />
          </span>
        ),
      )}
    </div>
  );
}
