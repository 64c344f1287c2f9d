// An execution trace that is ready: its views, the one in front, notices, status line.
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { formatCount, formatTime } from '../../base/format';
import { TraceAnalyses } from '../../state/trace/trace_analyses';
import { TRACE_VIEWS, type TraceStore, type TraceViewId } from '../../state/trace/trace_store';
import { Tabs, tabElementId } from '../../widgets/tabs';
import { offer, type Action } from '../actions';
import type { DocumentProps } from '../document_view';
import { sentenceOf } from '../notices';
import { FindingsView } from '../findings/findings_view';
import { isField } from '../opening';
import { BlockingView } from './blocking_view';
import { ContentionView } from './contention_view';
import { FootprintView } from './footprint_view';
import { GcView } from './gc_view';
import { GoroutinesView } from './goroutines_view';
import { LogsView, RegionsView, TasksView } from './marks_view';
import { MmuView } from './mmu_view';
import { PartNote } from './part_note';
import { PathView } from './path_view';
import { SchedView } from './sched_view';
import { ScopeBar } from './scope_bar';
import { TimelineView } from './timeline_view';
import { duration } from './trace_format';
import { TraceInfo } from './trace_info';
import { say } from './trace_text';
import { WindowDrawer } from './window_drawer';

/** What the frame itself gets. */
interface FrameProps extends DocumentProps {
  readonly trace: TraceStore;
}

export interface TraceProps extends FrameProps {
  readonly analyses: TraceAnalyses;
}

const PANEL_ID = 'ft-trace-view';

const VIEW_ACTIONS: readonly Action<TraceStore>[] = TRACE_VIEWS.map((view, i) => ({
  id: `trace-view-${view}`,
  keys: i < 9 ? [String(i + 1)] : [],
  text: () => say('showView', { name: say(view) }),
  run: (trace) => {
    trace.view.value = view;
  },
}));

export function TraceFrame({ app, store, trace }: FrameProps): JSX.Element {
  const view = trace.view.value;
  const analyses = useMemo(() => new TraceAnalyses(trace), [trace]);
  const props = { app, store, trace, analyses };
  useEffect(() => offer(app, VIEW_ACTIONS, trace), [app, trace]);
  useEffect(() => listenToDigits(trace), [trace]);
  return (
    <main class="ft-doc" data-testid="trace">
      <h1 class="ft-hidden">{store.source.name}</h1>
      <div class="ft-views">
        <Tabs
          label={say('views')}
          tabs={TRACE_VIEWS.map((id, i) => ({
            id,
            label: say(id),
            title: i < 9 ? `${say(`${id}Title`)} (${i + 1})` : say(`${id}Title`),
          }))}
          current={view}
          panelId={PANEL_ID}
          onChoose={(chosen: TraceViewId) => {
            trace.view.value = chosen;
          }}
        />
      </div>
      <ScopeBar {...props}>
        <Totals trace={trace} />
      </ScopeBar>
      <PartNote store={store} trace={trace} />
      <TraceNotices {...props} />
      <div class="ft-main">
        <div class="ft-view" id={PANEL_ID} role="tabpanel" aria-labelledby={tabElementId(PANEL_ID, view)}>
          <CurrentView {...props} />
        </div>
      </div>
      <footer class="ft-status">
        <HoverLine trace={trace} />
      </footer>
    </main>
  );
}

function CurrentView(props: TraceProps): JSX.Element {
  switch (props.trace.view.value) {
    case 'timeline':
      return (
        <>
          <TimelineView {...props} />
          <WindowDrawer {...props} />
        </>
      );
    case 'goroutines':
      return <GoroutinesView {...props} />;
    case 'blocking':
      return <BlockingView {...props} />;
    case 'tasks':
      return <TasksView {...props} />;
    case 'regions':
      return <RegionsView {...props} />;
    case 'logs':
      return <LogsView {...props} />;
    case 'latency':
      return <SchedView {...props} />;
    case 'contention':
      return <ContentionView {...props} />;
    case 'path':
      return <PathView {...props} />;
    case 'footprint':
      return <FootprintView {...props} />;
    case 'mmu':
      return <MmuView {...props} />;
    case 'gc':
      return <GcView {...props} />;
    case 'findings':
      return <FindingsView app={props.app} store={props.store} />;
    case 'info':
      return <TraceInfo {...props} />;
  }
}

/** A component of its own: it changes with every move of the pointer. */
function HoverLine({ trace }: { readonly trace: TraceStore }): JSX.Element {
  return (
    <span class="ft-hover-line" data-testid="hover-line">
      {trace.hover.value}
    </span>
  );
}

function Totals({ trace }: { readonly trace: TraceStore }): JSX.Element {
  const { durationNanos, goroutines, procs, events, wallStart } = trace.summary;
  const texts = [
    duration(durationNanos),
    `${formatCount(events)} ${say('events').toLowerCase()}`,
    `${formatCount(goroutines)} ${say('goroutines').toLowerCase()}`,
    `${formatCount(procs)} ${say('procs')}`,
    formatTime(wallStart),
  ];
  return (
    <div class="tr-totals" data-testid="trace-totals">
      {texts.filter((text) => text !== '').join(' · ')}
    </div>
  );
}

function TraceNotices({ store, trace }: TraceProps): JSX.Element | null {
  const { fault, diagnostics } = trace.summary;
  const sentences = diagnostics
    .filter(({ severity, detail }) => severity !== 'info' && detail !== fault?.text)
    .map(sentenceOf);
  if (fault !== undefined) sentences.unshift(say('endedEarly', { why: fault.text }));
  const engineFault = store.engineFault.value;
  if (engineFault !== null) sentences.unshift(engineFault.text);
  if (sentences.length === 0) return null;
  return (
    <div class="ft-notices" role="status" data-testid="notice">
      <div class="ft-notices-head">
        <span>{sentences.join(' ')}</span>
      </div>
    </div>
  );
}

/** Before the page's own digits, which are of a profile's views. */
function listenToDigits(trace: TraceStore): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target) || !/^[1-9]$/.test(event.key)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    event.stopPropagation();
    VIEW_ACTIONS[Number(event.key) - 1]?.run(trace);
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => removeEventListener('keydown', onKeyDown, { capture: true });
}
