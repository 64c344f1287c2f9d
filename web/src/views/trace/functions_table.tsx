// Who ran: sums of the scope by start function.
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { FunctionRow } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

export function FunctionsTable({ app, analyses }: TraceProps): JSX.Element {
  const answer = analyses.report('functions').value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const { functions } = report;
  const make = new ColumnMaker(functions);
  const time = (head: string, of: (row: FunctionRow) => number): SortedColumn =>
    make.number(head, { track: '120px' }, of, duration);
  const columns: readonly SortedColumn[] = [
    make.text(say('functionName'), { track: 'minmax(200px, 1fr)' }, ({ name }) => (name === '' ? say('noName') : name)),
    make.number(say('count'), { track: '80px' }, ({ count }) => count, formatCount),
    time(say('exec'), (row) => row.exec_ns),
    time(say('sched'), (row) => row.sched_ns),
    time(say('block'), (row) => row.block_ns),
    time(say('syscalls'), (row) => row.syscall_ns + row.syscall_block_ns),
  ];
  return (
    <SortedTable
      app={app}
      id="functions-table"
      label={say('whoRan')}
      columns={columns}
      rowCount={functions.length}
      rows={functions}
      first={{ key: '2', descending: true }}
      actions={[]}
      empty={say('noGoroutines')}
    />
  );
}
