// A function's file with flat and cumulative values on its lines: pprof's -list, with the text if a person brought it.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useSignal, type Signal } from '@preact/signals';
import { goTokens, type Token } from '../../base/go_tokens';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import { latestOf } from '../../state/loadable';
import type { SourceEntry } from '../../state/source_files';
import { SourceState, type SourceLine } from '../../state/source_state';
import { setParam } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { PathText } from '../../widgets/path_text';
import type { DocumentProps } from '../document_view';
import { faceOf, nothingText } from './faces';
import { entriesOfDrop, entriesOfFiles } from './source_opening';
import { say } from './source_text';

function columnsOf(): readonly DataColumn[] {
  return [
    { head: 'flat', title: say('flatTitle'), number: true, track: '88px' },
    { head: 'cum', title: say('cumTitle'), number: true, track: '88px' },
    { head: 'cum %', title: say('cumTitle'), number: true, track: '72px' },
    { head: say('line'), title: say('lineTitle'), number: true, track: '64px' },
    { head: say('code'), title: say('code'), number: false, track: 'minmax(320px, 1fr)' },
  ];
}

export function SourceView({ app, store }: DocumentProps): JSX.Element {
  const state = useMemo(() => new SourceState(store, app.sources), [store]);
  const told = useSignal('');
  const take = (entries: Promise<readonly SourceEntry[]>): void => {
    void store.idle.during(
      entries.then(
        (found) => {
          app.sources.add(found);
          told.value = '';
        },
        (error: unknown) => {
          told.value = error instanceof Error ? error.message : String(error);
        },
      ),
    );
  };
  return (
    <div
      class="ft-stack"
      // Source is dropped here, not opened as a document.
      onDragEnter={(event) => event.stopPropagation()}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (event.dataTransfer !== null) take(entriesOfDrop(event.dataTransfer));
      }}
    >
      <Listing app={app} store={store} state={state} told={told} take={take} />
    </div>
  );
}

interface ListingProps extends DocumentProps {
  readonly state: SourceState;
  readonly told: Signal<string>;
  readonly take: (entries: Promise<readonly SourceEntry[]>) => void;
}

function Listing({ app, store, state, told, take }: ListingProps): JSX.Element {
  const face = faceOf(state.answer.value);
  const sampleType = store.currentType.value;
  const text = latestOf(state.text.value) ?? null;
  const tokens = useMemo(() => (text === null ? [] : goTokens(text.lines)), [text]);
  if (latestOf(store.top.value)?.frame.length === 0) return <p class="ft-empty">{nothingText(store)}</p>;
  if (face !== undefined || sampleType === undefined) return face ?? <p class="ft-empty" />;
  const known = state.lines.value;
  const byLine = new Map(known.map((line) => [line.line, line]));
  const rowCount = text === null ? known.length : text.lines.length;
  const lineAt = (row: number): SourceLine => {
    if (text === null) return known[row] ?? { line: 0, flat: 0, cum: 0 };
    return byLine.get(row + 1) ?? { line: row + 1, flat: 0, cum: 0 };
  };
  const value = (amount: number): string =>
    amount === 0 ? '' : formatValue(amount, sampleType.unit, sampleType.shownUnit);
  const most = known.reduce((all, { cum }) => Math.max(all, Math.abs(cum)), 0);
  const hottest = known.reduce<SourceLine | undefined>(
    (best, line) => (best === undefined || Math.abs(line.cum) > Math.abs(best.cum) ? line : best),
    undefined,
  );
  const hotRow = hottest === undefined ? -1 : text === null ? known.indexOf(hottest) : hottest.line - 1;
  const chosenRow = rowOfLine(state.line, text === null ? known : undefined, rowCount);
  const cells = (row: number): readonly string[] => {
    const { line, flat, cum } = lineAt(row);
    const share = cum === 0 ? '' : formatPercent(cum, sampleType.magnitudeTotal);
    return [
      value(flat),
      value(cum),
      share,
      line === 0 ? '–' : String(line),
      text?.lines[row]?.replace(/\t/g, '    ') ?? '',
    ];
  };
  return (
    <DataTable
      key={`${state.functionName()} ${text === null}`}
      id="source-table"
      label={say('source')}
      columns={columnsOf()}
      rowCount={rowCount}
      cells={cells}
      renderCell={(row, column) => (column === 4 ? <Code tokens={tokens[row] ?? []} /> : undefined)}
      rowProps={(row) => {
        const { cum } = lineAt(row);
        if (cum === 0 || most === 0) return {};
        const heat = Math.round((Math.abs(cum) / most) * 22) + 4;
        return { class: 'ft-list-row ft-source-hot', style: { top: `${row * 22}px`, '--heat': `${heat}%` } };
      }}
      selectedRow={chosenRow >= 0 ? chosenRow : hotRow}
      onSelect={(row) => state.choose(lineAt(row).line)}
      onOpen={() => undefined}
      empty={state.fileName() === '' ? say('noFile') : say('noLines')}
      copyText={app.surroundings.copyText}
    >
      <Bar app={app} store={store} state={state} told={told} take={take} path={text?.path} />
    </DataTable>
  );
}

/** -1: none. `known`: the lines shown, where the text is not here. */
function rowOfLine(line: number, known: readonly SourceLine[] | undefined, rowCount: number): number {
  if (line === 0) return -1;
  return known === undefined ? Math.min(line, rowCount) - 1 : known.findIndex((each) => each.line === line);
}

interface BarProps extends Pick<ListingProps, 'app' | 'store' | 'state' | 'told' | 'take'> {
  readonly path: string | undefined;
}

function Bar({ app, store, state, told, take, path }: BarProps): JSX.Element {
  const fault = state.text.value.at === 'failed' ? state.text.value.failure.text : told.value;
  const pick = (event: Event & { readonly currentTarget: HTMLInputElement }): void => {
    const input = event.currentTarget;
    take(entriesOfFiles([...(input.files ?? [])]).finally(() => (input.value = '')));
  };
  const hint = path === undefined ? say('noText') : say('from', { path });
  void app.sources.version.value;
  return (
    <>
      <strong data-testid="source-function">{state.functionName()}</strong>
      {path === undefined ? <PathText text={state.fileName()} /> : undefined}
      <span role="status" data-testid="source-hint" title={hint}>
        {fault !== '' ? fault : hint}
      </span>
      {app.sources.count === 0 || path !== undefined ? undefined : (
        <span>{say('known', { count: formatCount(app.sources.count) })}</span>
      )}
      <button
        type="button"
        class="ft-quiet"
        aria-pressed={state.wholeFile}
        title={say('wholeFileTitle')}
        data-testid="source-whole-file"
        onClick={() => setParam(store, 'wholefile', state.wholeFile ? '' : '1')}
      >
        {say('wholeFile')}
      </button>
      <label class="ft-quiet ft-file-label">
        {say('addFolder')}
        <input type="file" class="ft-hidden" data-testid="source-folder" ref={askForFolders} onChange={pick} />
      </label>
      <label class="ft-quiet ft-file-label">
        {say('addFiles')}
        <input type="file" class="ft-hidden" multiple data-testid="source-files" onChange={pick} />
      </label>
    </>
  );
}

/** Known to browsers, not to preact's types. */
function askForFolders(input: HTMLInputElement | null): void {
  input?.setAttribute('webkitdirectory', '');
}

function Code({ tokens }: { readonly tokens: readonly Token[] }): JSX.Element {
  return (
    <span class="ft-source-row">
      {tokens.map(({ kind, text }, i) =>
        kind === 'plain' ? (
          text.replace(/\t/g, '    ')
        ) : (
          <span key={i} class={`ft-go-${kind}`}>
            {text}
          </span>
        ),
      )}
    </span>
  );
}
