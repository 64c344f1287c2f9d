// A heap profile by Go's size classes, and its allocation sites by what became of the objects.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import type { SiteColumns, SizeColumns } from '../../protocol/columns';
import { selectFrame } from '../../state/document_actions';
import { latestOf } from '../../state/loadable';
import { sortingOf } from '../../state/view_params';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say } from './data_text';
import { Advice, faceOf, nothingText } from './faces';

/** Below this part of the allocated bytes still in use, a site churns; above the other, it retains. */
const CHURN_BELOW = 0.05;
const RETENTION_ABOVE = 0.5;

const bytes = (value: number): string => formatValue(value, 'bytes');
const sum = (column: Float64Array): number => column.reduce((all, value) => all + value, 0);

export function SizesView({ app, store }: DocumentProps): JSX.Element {
  const sizes = useMemo(() => store.askedOfView((spec) => store.ask('sizes', spec)), [store]);
  const sites = useMemo(() => store.askedOfView((spec) => store.withFrames(store.ask('sites', spec))), [store]);
  const answer = sizes.value;
  const columns = latestOf(answer);
  const siteColumns = latestOf(sites.value);
  const face = faceOf(answer);
  if (face !== undefined || columns === undefined) return face ?? <p class="ft-empty" />;
  if (columns.isHeap === 0) {
    return <Advice text={say('notHeap')} command="curl -o heap.pb.gz http://localhost:6060/debug/pprof/heap" />;
  }
  return (
    <div class="ft-stack">
      <Classes app={app} store={store} columns={columns} />
      {siteColumns === undefined ? undefined : <Sites app={app} store={store} columns={siteColumns} />}
    </div>
  );
}

/** What classes and sites both have. */
type Values = Pick<SizeColumns, 'inuseObjects' | 'inuseSpace' | 'allocObjects' | 'allocSpace'>;
const TRACKS = { inuseObjects: '116px', inuseSpace: '104px', allocObjects: '136px', allocSpace: '124px' } as const;

function valueColumns(values: Values): readonly DataColumn[] {
  const title = say('estimateTitle');
  const names = ['inuseObjects', 'inuseSpace', 'allocObjects', 'allocSpace'] as const;
  return names.map((key) => ({
    key,
    head: say(key),
    title,
    number: true,
    track: TRACKS[key],
    sortBy: (row) => values[key][row] ?? 0,
  }));
}

function classColumns(columns: SizeColumns): readonly DataColumn[] {
  return [
    {
      key: 'class',
      head: say('sizeClass'),
      title: say('sizeClassTitle'),
      number: false,
      track: '150px',
      // Large objects come after all classes.
      sortBy: (row) => columns.sizeClass[row] || Infinity,
    },
    ...valueColumns(columns),
    {
      key: 'waste',
      head: say('waste'),
      title: say('wasteTitle'),
      number: true,
      track: '96px',
      sortBy: (row) => columns.waste[row] ?? 0,
    },
    { head: say('inuseShare'), title: say('inuseSpace'), number: true, track: 'minmax(140px, 1fr)' },
  ];
}

interface ClassesProps extends DocumentProps {
  readonly columns: SizeColumns;
}

function Classes({ app, store, columns }: ClassesProps): JSX.Element {
  const inuse = sum(columns.inuseSpace);
  const cells = (row: number): readonly string[] => {
    const size = columns.sizeClass[row] ?? 0;
    return [
      size === 0 ? say('large') : bytes(size),
      formatCount(columns.inuseObjects[row] ?? 0),
      bytes(columns.inuseSpace[row] ?? 0),
      formatCount(columns.allocObjects[row] ?? 0),
      bytes(columns.allocSpace[row] ?? 0),
      bytes(columns.waste[row] ?? 0),
      formatPercent(columns.inuseSpace[row] ?? 0, inuse),
    ];
  };
  const most = columns.inuseSpace.reduce((a, b) => Math.max(a, b), 0);
  return (
    <DataTable
      id="sizes-table"
      label={say('sizes')}
      columns={classColumns(columns)}
      sorting={sortingOf(store, 'sizes-table')}
      rowsOf={[columns]}
      rowCount={columns.sizeClass.length}
      cells={cells}
      renderCell={(row, column, text) =>
        column === 6 ? (
          <>
            <span
              class="ft-bar-mark"
              style={{ width: `${most === 0 ? 0 : ((columns.inuseSpace[row] ?? 0) / most) * 70}px` }}
            />
            {text}
          </>
        ) : undefined
      }
      selectedRow={-1}
      onSelect={() => undefined}
      onOpen={() => undefined}
      empty={nothingText(store)}
      copyText={app.surroundings.copyText}
    >
      <strong>{say('sizes')}</strong>
    </DataTable>
  );
}

interface SitesProps extends DocumentProps {
  readonly columns: SiteColumns;
}

function Sites({ app, store, columns }: SitesProps): JSX.Element {
  const heads: readonly DataColumn[] = [
    ...valueColumns(columns),
    {
      key: 'ratio',
      head: say('ratio'),
      title: say('ratioTitle'),
      number: true,
      track: '144px',
      sortBy: (row) => ratioOf(columns, row),
    },
    { head: say('verdict'), title: say('verdictTitle'), number: false, track: '84px' },
    {
      key: 'name',
      head: say('name'),
      title: say('sites'),
      number: false,
      track: 'minmax(200px, 1fr)',
      sortBy: (row) => store.frameText(columns.frame[row] ?? 0, 'name'),
    },
  ];
  const cells = (row: number): readonly string[] => {
    const inuse = columns.inuseSpace[row] ?? 0;
    const allocated = columns.allocSpace[row] ?? 0;
    return [
      formatCount(columns.inuseObjects[row] ?? 0),
      bytes(inuse),
      formatCount(columns.allocObjects[row] ?? 0),
      bytes(allocated),
      allocated === 0 ? '–' : formatPercent(inuse, allocated),
      verdictOf(inuse, allocated),
      store.frameText(columns.frame[row] ?? 0, 'name'),
    ];
  };
  const selected = store.view.selectedFrame.value;
  const sorting = sortingOf(store, 'sites-table');
  return (
    <DataTable
      id="sites-table"
      label={say('sites')}
      columns={heads}
      sorting={sorting}
      rowsOf={[columns, sorting.sort?.key === 'name' ? store.names.version.value : 0]}
      rowCount={columns.frame.length}
      cells={cells}
      selectedRow={selected === null ? -1 : columns.frame.indexOf(selected)}
      onSelect={(row) => selectFrame(store, columns.frame[row] ?? null)}
      onOpen={() => undefined}
      empty={say('noSites')}
      copyText={app.surroundings.copyText}
      beforeCopy={() => ensureNames(store, columns.frame)}
    >
      <strong>{say('sites')}</strong>
    </DataTable>
  );
}

/** What was never allocated in the file's time stands first. */
function ratioOf({ inuseSpace, allocSpace }: SiteColumns, row: number): number {
  const allocated = allocSpace[row] ?? 0;
  return allocated > 0 ? (inuseSpace[row] ?? 0) / allocated : -1;
}

function verdictOf(inuse: number, allocated: number): string {
  if (allocated <= 0) return '';
  const ratio = inuse / allocated;
  return ratio < CHURN_BELOW ? say('churn') : ratio > RETENTION_ABOVE ? say('retention') : '';
}

async function ensureNames(store: DocumentProps['store'], frames: Uint32Array): Promise<void> {
  const names = store.frames.peek()?.name;
  if (names !== undefined) await store.names.ensure(frames.map((frame) => names[frame] ?? 0));
}
