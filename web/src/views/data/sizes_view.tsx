// A heap profile by Go's size classes, and its allocation sites by what became of the objects.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import type { SiteColumns, SizeColumns } from '../../protocol/columns';
import { selectFrame } from '../../state/document_actions';
import { latestOf } from '../../state/loadable';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say } from './data_text';
import { Advice, faceOf } from './faces';

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
      <Classes app={app} columns={columns} />
      {siteColumns === undefined ? undefined : <Sites app={app} store={store} columns={siteColumns} />}
    </div>
  );
}

function valueColumns(): readonly DataColumn[] {
  const title = say('estimateTitle');
  return [
    { head: say('inuseObjects'), title, number: true, track: '116px' },
    { head: say('inuseSpace'), title, number: true, track: '108px' },
    { head: say('allocObjects'), title, number: true, track: '140px' },
    { head: say('allocSpace'), title, number: true, track: '132px' },
  ];
}

interface ClassesProps extends Pick<DocumentProps, 'app'> {
  readonly columns: SizeColumns;
}

function Classes({ app, columns }: ClassesProps): JSX.Element {
  const inuse = sum(columns.inuseSpace);
  const heads: readonly DataColumn[] = [
    { head: say('sizeClass'), title: say('sizeClassTitle'), number: false, track: '150px' },
    ...valueColumns(),
    { head: say('waste'), title: say('wasteTitle'), number: true, track: '96px' },
    { head: say('inuseShare'), title: say('inuseSpace'), number: true, track: 'minmax(140px, 1fr)' },
  ];
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
      columns={heads}
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
      empty={say('nothingLeft')}
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
    ...valueColumns(),
    { head: say('ratio'), title: say('ratioTitle'), number: true, track: '152px' },
    { head: say('verdict'), title: say('verdictTitle'), number: false, track: '88px' },
    { head: say('name'), title: say('sites'), number: false, track: 'minmax(240px, 1fr)' },
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
  return (
    <DataTable
      id="sites-table"
      label={say('sites')}
      columns={heads}
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

function verdictOf(inuse: number, allocated: number): string {
  if (allocated <= 0) return '';
  const ratio = inuse / allocated;
  return ratio < CHURN_BELOW ? say('churn') : ratio > RETENTION_ABOVE ? say('retention') : '';
}

async function ensureNames(store: DocumentProps['store'], frames: Uint32Array): Promise<void> {
  const names = store.frames.peek()?.name;
  if (names !== undefined) await store.names.ensure(frames.map((frame) => names[frame] ?? 0));
}
