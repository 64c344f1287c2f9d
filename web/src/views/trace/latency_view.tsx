// User tasks and regions by type: how many, how long.
import { useSignal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals-core';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { NONE } from '../../protocol/columns';
import type { LatencyRows } from '../../protocol/trace';
import type { Loadable } from '../../state/loadable';
import { FixedList } from '../../widgets/fixed_list';
import { duration, type NameOf } from './trace_format';
import type { TraceProps } from './trace_frame';
import { Cells, TableHead } from './trace_table';
import { say } from './trace_text';

const TRACKS = 'minmax(200px, 2fr) minmax(200px, 3fr) 80px 88px 104px 104px 104px';
const NUMBERS = [false, false, true, true, true, true, true];

interface LatencyProps extends TraceProps {
  readonly answer: ReadonlySignal<Loadable<LatencyRows>>;
  readonly label: string;
  readonly testId: string;
  readonly empty: string;
}

export const TasksView = (props: TraceProps): JSX.Element => (
  <LatencyView {...props} answer={props.trace.tasks} label={say('tasks')} testId="tasks-table" empty={say('noTasks')} />
);

export const RegionsView = (props: TraceProps): JSX.Element => (
  <LatencyView
    {...props}
    answer={props.trace.regions}
    label={say('regions')}
    testId="regions-table"
    empty={say('noRegions')}
  />
);

function LatencyView({ store, answer, label, testId, empty }: LatencyProps): JSX.Element {
  const selected = useSignal(-1);
  const now = answer.value;
  void store.names.version.value;
  if (now.at === 'failed') return <p class="flame-face">{say('failed', { why: now.failure.text })}</p>;
  if (now.at === 'loading') return <p class="flame-face">{say('loading')}</p>;
  const columns = now.value;
  const heads = [
    say('type'),
    say('beginsIn'),
    say('count'),
    say('complete'),
    say('total'),
    say('average'),
    say('longest'),
  ];
  const cells = (row: number): readonly string[] => cellsOf(columns, row, (id) => store.names.text(id));
  const lines = (): readonly (readonly string[])[] => [heads, ...Array.from(columns.count, (_, row) => cells(row))];
  return (
    <div class="tr-table">
      <FixedList
        id={`${testId}-${store.id}`}
        label={label}
        testId={testId}
        rowCount={columns.count.length}
        columnCount={heads.length}
        rowHeight={22}
        headHeight={24}
        head={<TableHead heads={heads} numbers={NUMBERS} tracks={TRACKS} />}
        selectedRow={selected.value}
        renderRow={(row) => <Cells texts={cells(row)} numbers={NUMBERS} tracks={TRACKS} />}
        onSelect={(row) => {
          selected.value = row;
        }}
        onOpen={() => undefined}
        onCopy={() =>
          lines()
            .map((line) => line.join('\t'))
            .join('\n')
        }
        empty={empty}
      />
    </div>
  );
}

/** Sums of tasks are of the complete ones, of regions of all. */
function cellsOf(columns: LatencyRows, row: number, nameOf: NameOf): readonly string[] {
  const place = columns.place[row] ?? NONE;
  const count = columns.count[row] ?? 0;
  const complete = columns.complete[row] ?? 0;
  const summed = place === NONE ? complete : count;
  const sum = columns.sum[row] ?? 0;
  return [
    nameOf(columns.name[row] ?? NONE) ?? '…',
    place === NONE ? '' : (nameOf(place) ?? '…'),
    formatCount(count),
    formatCount(complete),
    duration(sum),
    summed === 0 ? '–' : duration(sum / summed),
    duration(columns.longest[row] ?? 0),
  ];
}
