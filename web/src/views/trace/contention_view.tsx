// Who waits where for whom: each pair of the stack of a wait and the stack that ended it.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { ContentionPair } from '../../protocol/trace_reports';
import { latestOf } from '../../state/loadable';
import { showNumbered } from '../../state/trace/jump';
import { fromBase } from '../../state/trace/trace_analyses';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { leafOf, StackList } from './stack_list';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

export function ContentionView({ app, trace, analyses }: TraceProps): JSX.Element {
  const selected = useSignal<ContentionPair | undefined>(undefined);
  const answer = analyses.report('contention').value;
  const report = latestOf(answer);
  if (report === undefined) return faceOf(answer) ?? <p class="ft-empty" />;
  const { pairs } = report;
  const showRow = (row: number): void => {
    const pair = pairs[row];
    if (pair === undefined) return;
    const from = fromBase(trace, pair.longest_start);
    void trace.idle.during(showNumbered(trace, pair.longest_of.id, { from, to: from + pair.longest_ns }));
  };
  return (
    <div class="ft-split">
      <SortedTable
        app={app}
        id="contention-table"
        label={say('contention')}
        columns={columnsOf(pairs)}
        rowCount={pairs.length}
        rows={pairs}
        first={{ key: '2', descending: true }}
        actions={[{ id: 'contention-show', label: say('show'), run: showRow }]}
        empty={say('noContention')}
        onSelected={(row) => (selected.value = pairs[row])}
      >
        <strong>{say('contention')}</strong>
        {pairs.length < report.pairs_count ? (
          <span>{say('contentionCut', { shown: pairs.length, count: report.pairs_count })}</span>
        ) : undefined}
      </SortedTable>
      <aside class="ft-details" tabIndex={0} aria-label={say('stacksOf')} data-testid="contention-stacks">
        {selected.value === undefined ? (
          <p class="ft-muted">{say('selectPair')}</p>
        ) : (
          <>
            <StackList title={say('waiter')} frames={selected.value.waiter} />
            <StackList title={say('unblocker')} frames={selected.value.unblocker} />
          </>
        )}
      </aside>
    </div>
  );
}

function columnsOf(pairs: readonly ContentionPair[]): readonly SortedColumn[] {
  const make = new ColumnMaker(pairs);
  const narrow = { track: '88px' };
  const place = { track: 'minmax(140px, 1fr)' };
  return [
    make.text(say('reason'), { track: '112px' }, ({ reason }) => reason),
    make.number(say('count'), narrow, ({ count }) => count, formatCount),
    make.number(say('delay'), narrow, ({ delay_ns: ns }) => ns, duration),
    make.number(say('longest'), narrow, ({ longest_ns: ns }) => ns, duration),
    make.number(say('waiters'), narrow, ({ waiters }) => waiters, formatCount),
    make.number(say('wakers'), narrow, ({ wakers }) => wakers, formatCount),
    make.text(say('pattern'), { track: '112px', title: say('convoyTitle') }, patternOf),
    make.text(say('waiter'), place, ({ waiter }) => leafOf(waiter)),
    make.text(say('unblocker'), place, ({ unblocker }) => leafOf(unblocker)),
  ];
}

function patternOf({ convoy, single_consumer: single }: ContentionPair): string {
  return [convoy ? say('convoy') : '', single ? say('singleConsumer') : ''].filter((text) => text !== '').join(', ');
}
