// How long goroutines of the scope were in each state, waiting by its reason.
import type { JSX } from 'preact';
import { formatPercent } from '../../base/format';
import type { StatesReport } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { faceOf } from '../data/faces';
import type { TraceProps } from './trace_frame';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { duration } from './trace_format';

interface StateRow {
  readonly text: string;
  readonly ns: number;
}

export function stateRows(states: StatesReport): readonly StateRow[] {
  const rows: StateRow[] = [
    { text: say('running'), ns: states.running_ns },
    { text: say('runnable'), ns: states.runnable_ns },
    { text: say('syscall'), ns: states.syscall_ns },
    { text: say('syscallBlocked'), ns: states.syscall_block_ns },
    ...Object.entries(states.waiting_ns).map(([reason, ns]) => ({
      text: reason === '' ? say('waitingUnknown') : say('waiting', { reason }),
      ns,
    })),
  ];
  return rows.filter(({ ns }) => ns > 0);
}

export function StatesTable({ app, analyses }: TraceProps): JSX.Element {
  const answer = analyses.report('states').value;
  const states = latestOf(answer);
  if (states === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const rows = stateRows(states);
  const all = rows.reduce((sum, { ns }) => sum + ns, 0);
  const make = new ColumnMaker(rows);
  const columns: readonly SortedColumn[] = [
    make.text(say('state'), { track: 'minmax(200px, 1fr)' }, ({ text }) => text),
    make.number(say('time'), { track: '120px' }, ({ ns }) => ns, duration),
    make.number(
      say('share'),
      { track: '88px' },
      ({ ns }) => ns,
      (ns) => formatPercent(ns, all),
    ),
  ];
  return (
    <SortedTable
      app={app}
      id="states-table"
      label={say('states')}
      columns={columns}
      rowCount={rows.length}
      rows={states}
      first={{ key: '1', descending: true }}
      actions={[]}
      empty={say('noStates')}
    >
      <strong>{say('states')}</strong>
    </SortedTable>
  );
}
