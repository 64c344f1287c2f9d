// The timeline of a trace: a bar, then the canvas or its table twin, and the details of the selected span.
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { FrameScheduler } from '../../draw/scheduler';
import { laneKindIndex, TAG_KINDS, TIMELINE_STATES } from '../../protocol/trace';
import { LANE_GROUPINGS, LANE_SORTS } from '../../state/trace/lane_options';
import { offer } from '../actions';
import { TimelineCanvas } from './timeline_canvas';
import { listenToTimelineKeys, TIMELINE_ACTIONS } from './timeline_actions';
import { BookmarkChoice, ClockChoice } from './timeline_bar';
import { TimelineDetails } from './timeline_details';
import { TimelineSession } from './timeline_session';
import { TimelineTable } from './timeline_table';
import { tell } from './timeline_text';
import { duration, laneText } from './trace_format';
import type { TraceProps } from './trace_frame';
import { say } from './trace_text';

const GOROUTINE = laneKindIndex('goroutine');
/** Of a list to choose from, not of what a filter can find. */
const MAX_WORDS = 200;

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
        {trace.tableOpen.value ? <TimelineTable app={app} session={session} /> : <TimelineCanvas session={session} />}
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
      <ClockChoice session={session} />
      <BookmarkChoice session={session} />
      <Followed session={session} />
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

/** Whom a person follows: always in sight, with the way out of it. */
function Followed({ session }: { readonly session: TimelineSession }): JSX.Element | null {
  const { followed } = session.trace;
  const lane = session.laneAt({ kind: GOROUTINE, object: followed.value ?? -1 });
  const columns = session.columns.value;
  if (followed.value === null || columns === undefined || lane < 0) return null;
  void session.document.names.version.value;
  const name = laneText(columns, lane, (id) => session.document.names.text(id));
  return (
    <button
      type="button"
      class="ft-quiet tl-followed"
      data-testid="followed"
      title={tell('unfollow')}
      onClick={() => (followed.value = null)}
    >
      {tell('following', { name })} ×
    </button>
  );
}

const GROUP_TEXTS = { function: 'groupFunction', family: 'groupFamily', flat: 'groupFlat' } as const;
const SORT_TEXTS = { start: 'sortStart', running: 'sortRunning', blocked: 'sortBlocked' } as const;

function LaneChoice({ session }: { readonly session: TimelineSession }): JSX.Element {
  const { trace } = session;
  const options = trace.options.value;
  const change: TimelineSession['choose'] = (part) => session.choose(part);
  return (
    <>
      <FilterField session={session} />
      <select
        aria-label={say('sortBy')}
        title={say('sortBy')}
        data-testid="lane-sort"
        value={options.sort}
        onChange={(event) => change({ sort: LANE_SORTS.find((sort) => sort === event.currentTarget.value) ?? 'start' })}
      >
        {LANE_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {say(SORT_TEXTS[sort])}
          </option>
        ))}
      </select>
      <select
        aria-label={tell('grouping')}
        title={tell('grouping')}
        data-testid="lane-grouping"
        value={options.grouping}
        onChange={({ currentTarget: { value } }) =>
          change({ grouping: LANE_GROUPINGS.find((one) => one === value) ?? 'function' })
        }
      >
        {LANE_GROUPINGS.map((one) => (
          <option key={one} value={one}>
            {tell(GROUP_TEXTS[one])}
          </option>
        ))}
      </select>
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

function FilterField({ session }: { readonly session: TimelineSession }): JSX.Element {
  const filterBy = (filter: string): void => {
    const columns = session.columns.peek();
    void session.document.names.ensure(columns?.name ?? []);
    void session.document.names.ensure(columns?.tagText ?? []);
    session.choose({ filter });
  };
  return (
    <>
      <input
        type="search"
        data-testid="lane-filter"
        aria-label={say('filterLanes')}
        placeholder={tell('filterHint')}
        title={tell('filterTitle')}
        list="tl-words"
        value={session.trace.options.value.filter}
        onInput={(event) => filterBy(event.currentTarget.value)}
        onFocus={() => void session.document.names.ensure(session.columns.peek()?.tagText ?? [])}
      />
      <FilterWords session={session} />
    </>
  );
}

/** What can be typed into the filter: states, and the words of this trace. */
function FilterWords({ session }: { readonly session: TimelineSession }): JSX.Element {
  void session.document.names.version.value;
  const columns = session.columns.value;
  const words = new Set(['state:blocked', ...TIMELINE_STATES.slice(1, 10).map((state) => `state:${state}`)]);
  columns?.tagText.forEach((id, i) => {
    if (words.size >= MAX_WORDS) return;
    const text = session.document.names.text(id);
    const word = `${TAG_KINDS[columns.tagKind[i] ?? 0] ?? ''}:${text ?? ''}`;
    if (text !== undefined) words.add(word.includes(' ') ? `"${word}"` : word);
  });
  return (
    <datalist id="tl-words">
      {[...words].map((word) => (
        <option key={word} value={word} />
      ))}
    </datalist>
  );
}
