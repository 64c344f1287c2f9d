// Minimum mutator utilization: of every window of a length, what the collector leaves to the program in the worst one; as
// a curve, with percentiles, and the worst windows one by one.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatPercent } from '../../base/format';
import type { MmuReport, MmuWindow } from '../../protocol/trace_reports';
import { UTILIZATION_FLAGS } from '../../protocol/trace';
import { latestOf } from '../../state/loadable';
import { show } from '../../state/trace/jump';
import { fromBase, USUAL_UTILIZATION } from '../../state/trace/trace_analyses';
import { faceOf } from '../data/faces';
import { say } from './analysis_text';
import { ColumnMaker } from './columns';
import { MmuCurve } from './mmu_curve';
import { SortedTable, type SortedColumn } from './sorted_table';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

const FLAG_TEXTS = {
  stw: 'stw',
  background: 'background',
  assist: 'markAssist',
  sweep: 'sweep',
  perProc: 'perProc',
} as const;

export function MmuView(props: TraceProps): JSX.Element {
  const { analyses } = props;
  const flags = useSignal(USUAL_UTILIZATION);
  const source = useMemo(() => analyses.mmu(flags), [analyses]);
  const answer = source.value;
  const report = latestOf(answer);
  return (
    <div class="ft-stack">
      <Flags flags={flags} />
      {report === undefined ? (faceOf(answer) ?? <p class="ft-empty" />) : <Report {...props} report={report} />}
    </div>
  );
}

function Flags({ flags }: { readonly flags: Signal<number> }): JSX.Element {
  return (
    <fieldset class="tr-flags">
      <legend class="ft-hidden">{say('collectorTakes')}</legend>
      <span class="ft-muted">{say('collectorTakes')}:</span>
      {UTILIZATION_FLAGS.map((flag, bit) => (
        <label key={flag}>
          <input
            type="checkbox"
            data-testid={`mmu-${flag}`}
            checked={(flags.value & (1 << bit)) !== 0}
            onChange={() => (flags.value ^= 1 << bit)}
          />
          {say(FLAG_TEXTS[flag])}
        </label>
      ))}
      <span class="ft-muted tr-flags-hint">{say('mmuHint')}</span>
    </fieldset>
  );
}

type ReportProps = TraceProps & { readonly report: MmuReport };

function Report(props: ReportProps): JSX.Element {
  return (
    <>
      <MmuCurve windows={props.report.windows} />
      <div class="ft-split">
        <Windows {...props} />
        <Worst {...props} />
      </div>
    </>
  );
}

const percent = (share: number): string => formatPercent(share, 1);

function Windows({ app, report }: ReportProps): JSX.Element {
  const { windows } = report;
  const make = new ColumnMaker(windows);
  const track = 'minmax(80px, 1fr)';
  const share = (head: string, title: string, key: Exclude<keyof MmuWindow, 'window_ns'>): SortedColumn =>
    make.number(head, { track, title }, (row) => row[key], percent);
  const columns: readonly SortedColumn[] = [
    make.number(say('window'), { track }, (row) => row.window_ns, duration),
    share(say('minimum'), say('mmu'), 'min'),
    share(say('p01'), say('percentileTitle'), 'p0.1'),
    share(say('p1'), say('percentileTitle'), 'p1'),
    share(say('p5'), say('percentileTitle'), 'p5'),
  ];
  return (
    <SortedTable
      app={app}
      id="mmu-table"
      label={say('mmu')}
      columns={columns}
      rowCount={windows.length}
      rows={windows}
      first={{ key: '0', descending: false }}
      actions={[]}
      empty={say('noMmu')}
    >
      <strong>{say('mmu')}</strong>
    </SortedTable>
  );
}

function Worst({ app, trace, report }: ReportProps): JSX.Element {
  const { worst } = report;
  const byProc = worst.some(({ series }) => series !== undefined);
  const make = new ColumnMaker(worst);
  const track = { track: 'minmax(88px, 1fr)' };
  const columns: readonly SortedColumn[] = [
    make.number(say('window'), track, (row) => row.window_ns, duration),
    make.number(say('utilization'), track, (row) => row.utilization, percent),
    make.number(say('start'), track, (row) => fromBase(trace, row.start), duration),
    ...(byProc ? [make.number(say('series'), { track: '64px' }, ({ series }) => series ?? 0, String)] : []),
  ];
  const showRow = (row: number): void => {
    const { start, window_ns: length } = worst[row] ?? { start: 0, window_ns: 0 };
    const from = fromBase(trace, start);
    show(trace, { from, to: from + length }, null);
  };
  return (
    <SortedTable
      app={app}
      id="mmu-worst"
      label={say('worst')}
      columns={columns}
      rowCount={worst.length}
      rows={worst}
      first={{ key: '0', descending: false }}
      actions={[{ id: 'mmu-show', label: say('show'), run: showRow }]}
      empty={say('noMmu')}
    >
      <strong>{say('worst')}</strong>
    </SortedTable>
  );
}
