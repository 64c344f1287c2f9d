// Garbage collections, one a row; a row's own jumps to the timeline.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatValue } from '../../base/format';
import type { GcRows } from '../../protocol/trace';
import { latestOf } from '../../state/loadable';
import { FixedList } from '../../widgets/fixed_list';
import { duration, knownDuration } from './trace_format';
import type { TraceProps } from './trace_frame';
import { Cells, TableHead } from './trace_table';
import { say } from './trace_text';

const COLUMNS = 11;
const TRACKS = `repeat(${COLUMNS}, minmax(88px, 1fr))`;
const NUMBERS = Array.from({ length: COLUMNS }, () => true);

export function GcView({ store, trace }: TraceProps): JSX.Element {
  const selected = useSignal(-1);
  const answer = trace.collections.value;
  const columns = latestOf(answer);
  if (answer.at === 'failed') return <p class="flame-face">{say('failed', { why: answer.failure.text })}</p>;
  if (columns === undefined) return <p class="flame-face">{say('loading')}</p>;
  const heads = [
    say('start'),
    say('duration'),
    say('pause'),
    say('longestPause'),
    say('assist'),
    say('dedicated'),
    say('fractional'),
    say('idle'),
    say('heapStart'),
    say('heapEnd'),
    say('goal'),
  ];
  const rowCount = columns.start.length;
  const open = (row: number): void => {
    const { from, to } = spanOf(columns, row, trace.summary.durationNanos);
    const room = Math.max(1, to - from) * 0.2;
    trace.window.value = { from: Math.max(0, from - room), to: to + room };
    trace.view.value = 'timeline';
  };
  const cells = (row: number): readonly string[] => cellsOf(columns, row, trace.summary.durationNanos);
  return (
    <div class="tr-table">
      <FixedList
        id={`gc-${store.id}`}
        label={say('collections')}
        testId="gc-table"
        rowCount={rowCount}
        columnCount={COLUMNS}
        rowHeight={22}
        headHeight={24}
        head={<TableHead heads={heads} numbers={NUMBERS} tracks={TRACKS} />}
        selectedRow={selected.value}
        renderRow={(row) => <Cells texts={cells(row)} numbers={NUMBERS} tracks={TRACKS} />}
        onSelect={(row) => {
          selected.value = row;
        }}
        onOpen={open}
        onCopy={() =>
          [heads, ...Array.from({ length: rowCount }, (_, row) => cells(row))].map((line) => line.join('\t')).join('\n')
        }
        empty={say('noCollections')}
      />
    </div>
  );
}

function spanOf(columns: GcRows, row: number, whole: number): { from: number; to: number } {
  const end = columns.end[row] ?? -1;
  return { from: Math.max(0, columns.start[row] ?? 0), to: end < 0 ? whole : end };
}

function cellsOf(columns: GcRows, row: number, whole: number): readonly string[] {
  const { from, to } = spanOf(columns, row, whole);
  const bytes = (value: number | undefined): string =>
    value === undefined || value === 0 ? '–' : formatValue(value, 'bytes');
  return [
    knownDuration(columns.start[row] ?? -1),
    duration(to - from),
    duration(columns.pause[row] ?? 0),
    duration(columns.longestPause[row] ?? 0),
    duration(columns.assist[row] ?? 0),
    duration(columns.dedicated[row] ?? 0),
    duration(columns.fractional[row] ?? 0),
    duration(columns.idle[row] ?? 0),
    bytes(columns.heapStart[row]),
    bytes(columns.heapEnd[row]),
    bytes(columns.goal[row]),
  ];
}
