// What fills the file, by type of event: `go tool trace -d=footprint`. Of the whole file: events carry no window.
import type { JSX } from 'preact';
import { formatCount, formatPercent, formatValue } from '../../base/format';
import { latestOf } from '../../state/loadable';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import type { TraceProps } from './trace_frame';

export function FootprintView({ app, trace, analyses }: TraceProps): JSX.Element {
  const answer = analyses.report('footprint', true).value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const { types } = report;
  const events = types.reduce((sum, { count }) => sum + count, 0);
  const make = new ColumnMaker(types);
  const track = { track: '132px' };
  const columns: readonly SortedColumn[] = [
    make.text(say('event'), { track: 'minmax(200px, 1fr)' }, ({ name }) => name),
    make.number(
      say('bytes'),
      track,
      ({ bytes }) => bytes,
      (bytes) => formatValue(bytes, 'bytes'),
    ),
    make.number(
      say('byteShare'),
      track,
      ({ bytes }) => bytes,
      (bytes) => formatPercent(bytes, trace.summary.bytesOut),
    ),
    make.number(say('count'), track, ({ count }) => count, formatCount),
    make.number(
      say('countShare'),
      track,
      ({ count }) => count,
      (count) => formatPercent(count, events),
    ),
  ];
  return (
    <SortedTable
      app={app}
      id="footprint-table"
      label={say('footprint')}
      columns={columns}
      rowCount={types.length}
      rows={types}
      first={{ key: '1', descending: true }}
      actions={[]}
      empty={say('noFootprint')}
    >
      <strong>{say('footprint')}</strong>
      <span>{say('followsNot')}</span>
    </SortedTable>
  );
}
