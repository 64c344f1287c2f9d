// The timeline of a trace: a bar, then the canvas or its table twin, and the details of the selected span.
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { FrameScheduler } from '../../draw/scheduler';
import { LANE_SORTS, type LaneOptions } from '../../state/trace/lane_rows';
import { offer } from '../actions';
import { TimelineCanvas } from './timeline_canvas';
import { listenToTimelineKeys, TIMELINE_ACTIONS } from './timeline_actions';
import { TimelineDetails } from './timeline_details';
import { TimelineSession } from './timeline_session';
import { TimelineTable } from './timeline_table';
import { duration } from './trace_format';
import type { TraceProps } from './trace_frame';
import { say } from './trace_text';

export function TimelineView({ app, store, trace }: TraceProps): JSX.Element {
  const session = useMemo(() => new TimelineSession(store, trace, new FrameScheduler(store.idle)), [store, trace]);
  useEffect(() => () => session.dispose(), [session]);
  useEffect(() => listenToTimelineKeys(session), [session]);
  useEffect(() => offer(app, TIMELINE_ACTIONS, session), [app, session]);
  const lanes = trace.lanes.value;
  if (session.columns.value === undefined) {
    const failed = lanes.at === 'failed';
    return (
      <p class="flame-face" role={failed ? 'alert' : undefined}>
        {failed ? say('failed', { why: lanes.failure.text }) : say('loading')}
      </p>
    );
  }
  return (
    <div class="tl-split">
      <section class="tl-view" aria-label={say('timeline')}>
        <TimelineBar session={session} />
        {trace.tableOpen.value ? <TimelineTable session={session} /> : <TimelineCanvas session={session} />}
      </section>
      {app.detailsOpen.value ? <TimelineDetails session={session} /> : undefined}
    </div>
  );
}

function TimelineBar({ session }: { readonly session: TimelineSession }): JSX.Element {
  const { trace } = session;
  const { from, to } = session.viewport.value;
  return (
    <div class="tl-bar">
      <LaneChoice session={session} />
      <span class="tl-window" data-testid="timeline-window">
        {say('windowOf', { span: duration(to - from), start: duration(from) })}
      </span>
      <button type="button" class="ft-quiet" onClick={() => session.reset()}>
        {say('whole')}
      </button>
      <button
        type="button"
        class="ft-quiet"
        onClick={() => {
          trace.tableOpen.value = !trace.tableOpen.peek();
        }}
      >
        {trace.tableOpen.value ? say('canvas') : say('table')}
      </button>
    </div>
  );
}

const SORT_TEXTS = { start: 'sortStart', running: 'sortRunning', blocked: 'sortBlocked' } as const;

function LaneChoice({ session }: { readonly session: TimelineSession }): JSX.Element {
  const { trace } = session;
  const options = trace.options.value;
  const change = (part: Partial<LaneOptions>): void => {
    trace.options.value = { ...trace.options.peek(), ...part };
  };
  const filterBy = (filter: string): void => {
    void session.document.names.ensure(session.columns.peek()?.name ?? []);
    change({ filter });
  };
  return (
    <>
      <input
        type="search"
        data-testid="lane-filter"
        aria-label={say('filterLanes')}
        placeholder={say('filterLanes')}
        value={options.filter}
        onInput={(event) => filterBy(event.currentTarget.value)}
      />
      <select
        aria-label={say('sortBy')}
        title={say('sortBy')}
        value={options.sort}
        onChange={(event) => change({ sort: LANE_SORTS.find((sort) => sort === event.currentTarget.value) ?? 'start' })}
      >
        {LANE_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {say(SORT_TEXTS[sort])}
          </option>
        ))}
      </select>
      <label>
        <input type="checkbox" checked={options.grouped} onChange={() => change({ grouped: !options.grouped })} />
        {say('grouped')}
      </label>
      <label>
        <input
          type="checkbox"
          data-testid="show-system"
          checked={options.system}
          onChange={() => change({ system: !options.system })}
        />
        {options.system ? say('systemShown') : say('system', { count: session.arranged.value.hidden })}
      </label>
    </>
  );
}
