// "Why was this slow?": the critical path of a span, task, region or goroutine as a bar and as a list of segments.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount, formatPercent } from '../../base/format';
import type { PathReport, PathStep } from '../../protocol/trace_reports';
import { cssColour } from '../../draw/colour';
import { DARK_TIMELINE, LIGHT_TIMELINE } from '../../draw/timeline_colors';
import { TIMELINE_STATES, type TimelineState } from '../../protocol/trace';
import { openFiles } from '../../state/app_actions';
import { latestOf } from '../../state/loadable';
import { showNumbered } from '../../state/trace/jump';
import { fromBase } from '../../state/trace/trace_analyses';
import { faceOf } from '../data/faces';
import { say, type AnalysisText } from './analysis_text';
import { ColumnMaker } from './columns';
import { SortedTable, type SortedColumn } from './sorted_table';
import { leafOf, StackList } from './stack_list';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';

/** core/analysis/trace/critical_path.h PathKindName, and the state of the timeline whose colour it has. */
const KINDS: Readonly<
  Record<
    string,
    { readonly text: AnalysisText & `kind${string}`; readonly sign: string; readonly state: TimelineState }
  >
> = {
  running: { text: 'kindRunning', sign: 'R', state: 'running' },
  runnable: { text: 'kindRunnable', sign: 'P', state: 'runnable' },
  syscall: { text: 'kindSyscall', sign: 'S', state: 'syscall' },
  'syscall, P taken': { text: 'kindSyscallBlocked', sign: 'S', state: 'syscall' },
  network: { text: 'kindNetwork', sign: 'N', state: 'network' },
  sleep: { text: 'kindSleep', sign: 'Z', state: 'sleep' },
  GC: { text: 'kindGc', sign: 'G', state: 'collector' },
  'other wait': { text: 'kindOther', sign: 'W', state: 'waiting' },
  'not there': { text: 'kindNotThere', sign: '–', state: 'undetermined' },
};

/** PathLinkName */
const LINKS: Readonly<Record<string, AnalysisText & `link${string}`>> = {
  self: 'linkSelf',
  'lock holder': 'linkLockHolder',
  condition: 'linkCondition',
  'channel peer': 'linkChannelPeer',
  collector: 'linkCollector',
  waker: 'linkWaker',
  creator: 'linkCreator',
};

const kindText = (kind: string): string => {
  const known = KINDS[kind];
  return known === undefined ? kind : say(known.text);
};

/** As on the timeline. */
function paintOf(store: TraceProps['store'], kind: string): { readonly background: string; readonly color: string } {
  const theme = store.theme.value === 'dark' ? DARK_TIMELINE : LIGHT_TIMELINE;
  const state = TIMELINE_STATES.indexOf(KINDS[kind]?.state ?? 'waiting');
  return { background: cssColour(theme.states[state] ?? theme.muted), color: cssColour(theme.onState) };
}

const linkText = (link: string): string => {
  const known = LINKS[link];
  return known === undefined ? link : say(known);
};

export function PathView(props: TraceProps): JSX.Element {
  const { trace, analyses } = props;
  const slow = trace.slow.value;
  if (slow === null) return <p class="flame-face">{say('pathNothing')}</p>;
  const answer = analyses.path.value;
  const report = latestOf(answer);
  if (answer.at === 'failed' || report === undefined || report === null) {
    return faceOf(answer) ?? <p class="ft-empty">{say('loading')}</p>;
  }
  return (
    <div class="ft-stack">
      <PathHead {...props} report={report} label={slow.label} />
      <Segments {...props} report={report} />
    </div>
  );
}

type PathProps = TraceProps & { readonly report: PathReport };

function PathHead({ app, store, trace, analyses, report, label }: PathProps & { readonly label: string }): JSX.Element {
  const fault = useSignal('');
  const whole = report.end - report.start;
  const flame = async (): Promise<void> => {
    const outcome = await analyses.pathProfile();
    if (outcome?.ok === true) {
      openFiles(app, [{ name: `${store.source.name} · ${label}.pb.gz`, file: new Blob([outcome.value.bytes]) }]);
    } else fault.value = outcome?.failure.text ?? '';
  };
  const sums = Object.entries(report.ns).sort(([, a], [, b]) => b - a);
  const all = { count: formatCount(report.steps_count), duration: duration(whole) };
  return (
    <section class="tr-path-head" data-testid="path-head">
      <div class="ft-row ft-spread">
        <h2>{say('path', { label })}</h2>
        <button
          type="button"
          class="ft-button"
          data-testid="path-flame"
          onClick={() => void trace.idle.during(flame())}
        >
          {say('pathFlame')}
        </button>
      </div>
      {fault.value === '' ? undefined : <p role="alert">{fault.value}</p>}
      <p class="ft-muted">
        {report.steps.length < report.steps_count
          ? say('pathCut', { ...all, shown: report.steps.length })
          : say('pathSum', all)}
      </p>
      <div class="tr-path-bar" aria-hidden="true">
        {sums.map(([kind, ns]) => (
          <span
            key={kind}
            style={{ flexGrow: ns, ...paintOf(store, kind) }}
            title={`${kindText(kind)} ${duration(ns)}`}
          >
            {ns * 20 > whole ? (KINDS[kind]?.sign ?? '') : ''}
          </span>
        ))}
      </div>
      <ul class="tr-path-sums">
        {sums.map(([kind, ns]) => (
          <li key={kind}>
            <span class="tr-swatch" style={paintOf(store, kind)} aria-hidden="true">
              {KINDS[kind]?.sign ?? ''}
            </span>
            {kindText(kind)} <strong>{duration(ns)}</strong> {formatPercent(ns, whole)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Segments({ app, trace, report }: PathProps): JSX.Element {
  const selected = useSignal<PathStep | undefined>(undefined);
  const { steps } = report;
  const showRow = (row: number): void => {
    const step = steps[row];
    if (step === undefined) return;
    const from = fromBase(trace, step.start);
    void trace.idle.during(showNumbered(trace, step.goroutine.id, { from, to: from + step.ns }));
  };
  return (
    <div class="ft-split">
      <SortedTable
        app={app}
        id="path-table"
        label={say('segment')}
        columns={columnsOf(steps, (ns) => fromBase(trace, ns))}
        rowCount={steps.length}
        rows={steps}
        first={{ key: '0', descending: false }}
        actions={[{ id: 'path-show', label: say('show'), run: showRow }]}
        empty={say('noPath')}
        onSelected={(row) => (selected.value = steps[row])}
      />
      <aside class="ft-details" tabIndex={0} aria-label={say('where')} data-testid="path-stack">
        {selected.value === undefined ? (
          <p class="ft-muted">{say('selectRow')}</p>
        ) : (
          <StackList title={say('where')} frames={selected.value.stack} />
        )}
      </aside>
    </div>
  );
}

function columnsOf(steps: readonly PathStep[], timeOf: (ns: number) => number): readonly SortedColumn[] {
  const make = new ColumnMaker(steps);
  const narrow = { track: '96px' };
  return [
    make.number(say('start'), narrow, ({ start }) => timeOf(start), duration),
    make.number(say('duration'), narrow, ({ ns }) => ns, duration),
    make.text(say('state'), { track: 'minmax(120px, 1fr)' }, ({ kind, reason }) =>
      reason === undefined ? kindText(kind) : `${kindText(kind)} (${reason})`,
    ),
    make.text(say('goroutine'), { track: 'minmax(140px, 2fr)' }, ({ goroutine: { id, name } }) => `g${id} ${name}`),
    make.text(say('link'), { track: '120px' }, ({ link }) => linkText(link)),
    make.number(say('depth'), { ...narrow, title: say('depthTitle') }, ({ depth }) => depth, formatCount),
    make.text(say('where'), { track: 'minmax(160px, 2fr)' }, ({ stack }) => leafOf(stack)),
  ];
}
