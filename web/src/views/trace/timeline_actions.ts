// What can be done in a timeline, with its keys.
import { rowsInSight } from '../../draw/timeline_geometry';
import { LANE_KINDS, type Place } from '../../protocol/trace';
import { laneId, moveHead, movedTo } from '../../state/trace/lane_rows';
import { latestOf } from '../../state/loadable';
import type { Action } from '../actions';
import { isField } from '../opening';
import type { TimelineSession } from './timeline_session';
import { tell } from './timeline_text';
import { wallStart } from './timeline_clock';
import { say, type TraceText } from './trace_text';

type TimelineAction = Action<TimelineSession>;

const KEY_ZOOM = 1.5;
const KEY_PAN_SHARE = 0.15;

const zoom = (
  id: (TraceText & 'keyZoomIn') | 'keyZoomOut',
  keys: readonly string[],
  factor: number,
): TimelineAction => ({
  id: `timeline-${id}`,
  keys,
  text: () => say(id),
  run: (session) => session.zoomBy(factor, session.viewport.peek().width / 2),
});

const pan = (
  id: 'keyLeft' | 'keyRight' | 'keyPageUp' | 'keyPageDown',
  key: string,
  x: number,
  y: number,
): TimelineAction => ({
  id: `timeline-${id}`,
  keys: [key],
  text: () => say(id),
  run: (session) => {
    const { width, height } = session.viewport.peek();
    session.panBy(x * width, y * height);
  },
});

const lane = (id: 'keyUp' | 'keyDown', key: string, step: number): TimelineAction => ({
  id: `timeline-${id}`,
  keys: [key],
  text: () => say(id),
  run: (session) => moveLane(session, step),
});

const span = (id: 'previous' | 'next', keys: readonly string[]): TimelineAction => ({
  id: `timeline-${id}`,
  keys,
  text: () => say(id),
  run: (session) => moveSpan(session, id),
});

const more = (
  id: Parameters<typeof tell>[0] & `key${string}`,
  key: string,
  run: (session: TimelineSession) => boolean,
): TimelineAction => ({ id: `timeline-${id}`, keys: [key], text: () => tell(id), run });

const move = (id: 'keyMoveUp' | 'keyMoveDown', key: string, step: 1 | -1): TimelineAction =>
  more(id, key, (session) => moveRow(session, step));

export const TIMELINE_ACTIONS: readonly TimelineAction[] = [
  lane('keyUp', 'ArrowUp', -1),
  lane('keyDown', 'ArrowDown', 1),
  span('previous', ['[', 'ArrowLeft']),
  span('next', [']', 'ArrowRight']),
  zoom('keyZoomIn', ['w', '+', '='], KEY_ZOOM),
  zoom('keyZoomOut', ['s', '-', 'Backspace'], 1 / KEY_ZOOM),
  pan('keyLeft', 'a', -KEY_PAN_SHARE, 0),
  pan('keyRight', 'd', KEY_PAN_SHARE, 0),
  pan('keyPageUp', 'PageUp', 0, -0.8),
  pan('keyPageDown', 'PageDown', 0, 0.8),
  move('keyMoveUp', 'Shift+ArrowUp', -1),
  move('keyMoveDown', 'Shift+ArrowDown', 1),
  more('keyFold', 'Enter', turnHead),
  more('keyPin', 'p', pinLane),
  more('keyFollow', 'f', follow),
  more('keyWoken', 'j', (session) => jump(session, 'woken')),
  more('keyCycle', 'G', cycle),
  more('keyBookmark', 'b', bookmark),
  more('keyPreviousBookmark', ',', (session) => stepBookmark(session, -1)),
  more('keyNextBookmark', '.', (session) => stepBookmark(session, 1)),
  more('keyClock', 'c', turnClock),
  { id: 'timeline-zoom', keys: ['Enter'], text: () => say('zoomSelection'), run: zoomToSelection },
  { id: 'timeline-whole', keys: ['0'], text: () => say('whole'), run: (session) => session.reset() },
  { id: 'timeline-measure', keys: ['m'], text: () => say('keyMeasure'), run: measure },
  { id: 'timeline-waker', keys: ['k'], text: () => say('keyWaker'), run: (session) => jump(session, 'waker') },
  {
    id: 'timeline-goroutine',
    keys: ['g'],
    text: () => say('keyGoroutine'),
    run: (session) => jump(session, 'goroutine'),
  },
  { id: 'timeline-escape', keys: ['Escape'], text: () => say('keyEscape'), run: stepBack },
  {
    id: 'timeline-table',
    keys: ['t'],
    text: () => say('table'),
    run: (session) => {
      session.trace.tableOpen.value = !session.trace.tableOpen.peek();
    },
  },
];

/** A key may have several, for different things under the cursor: the first that has something to do. */
const BY_KEY = new Map<string, readonly TimelineAction[]>();
for (const action of TIMELINE_ACTIONS) {
  for (const key of action.keys) BY_KEY.set(key, [...(BY_KEY.get(key) ?? []), action]);
}

/** Keys work wherever the focus is, except where a field, button or list wants them. */
export function listenToTimelineKeys(session: TimelineSession): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target } = event;
    const key = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || isField(target)) return;
    if (document.querySelector('dialog[open]') !== null || !(target instanceof Element)) return;
    if (target.closest('.tl-drawer') !== null) return;
    const onControl = target.closest('button, [role=tab], .ft-list') !== null;
    if (onControl && (key.length > 1 || key === ' ')) return;
    if (!(BY_KEY.get(key) ?? []).some((action) => action.run(session) !== false)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => removeEventListener('keydown', onKeyDown, { capture: true });
}

/** The next heading, or the lane's span in the middle of the window or nearest to it; lanes without one are passed by. */
function moveLane(session: TimelineSession, step: number): boolean {
  const { rows, pinned } = session.arranged.peek();
  const selected = session.trace.selection.peek();
  const slices = session.shown.peek()?.columns;
  const viewport = session.viewport.peek();
  const { from, to } = viewport;
  if (slices === undefined) return false;
  const facts = latestOf(session.trace.facts.peek());
  const middle =
    facts === null || facts === undefined || selected === null
      ? (from + to) / 2
      : (Math.max(from, facts.start) + Math.min(to, facts.end)) / 2;
  let row = cursorRow(session);
  if (row < 0) row = (pinned > 0 ? 0 : rowsInSight(viewport, pinned).first) - step;
  for (row += step; row >= 0 && row < rows.length; row += step) {
    const candidate = rows[row];
    if (candidate === undefined) continue;
    if (candidate.is === 'head') {
      session.selectHead(candidate.id);
      return true;
    }
    // Beyond the edge nothing is loaded yet: its first span is selected.
    const isLoaded = session.laneOf(candidate) !== undefined;
    const slice = session.sliceAt(candidate, middle, to - from);
    if (isLoaded && slice === undefined) continue;
    const place = session.placeOf(candidate, slice === undefined ? 0 : (slices.item[slice] ?? 0));
    if (place === undefined) continue;
    session.select(place);
    session.revealLane(place);
    return true;
  }
  return false;
}

/** Row of what keys are about; -1: nothing. */
function cursorRow(session: TimelineSession): number {
  const head = session.head.peek();
  const selected = session.trace.selection.peek();
  if (head !== null) return session.arranged.peek().rows.findIndex((row) => row.is === 'head' && row.id === head);
  return selected === null ? -1 : session.rowOf(selected);
}

function turnHead(session: TimelineSession): boolean {
  const head = session.head.peek();
  if (head === null) return false;
  session.turn(head);
  return true;
}

/** The heading under the cursor, or the one that the selected lane is below; a pinned lane among the pinned. */
function moveRow(session: TimelineSession, step: 1 | -1): boolean {
  const { rows, pinned, heads } = session.arranged.peek();
  const options = session.trace.options.peek();
  const row = cursorRow(session);
  if (row < 0) return false;
  if (row < pinned) {
    const to = row + step;
    if (to < 0 || to >= pinned) return false;
    session.choose({ pinned: movedTo(options.pinned, row, to) });
    return true;
  }
  const head = rows.slice(0, row + 1).findLast((one) => one.is === 'head');
  const moved = head?.is === 'head' ? moveHead(options, heads, head.id, step) : undefined;
  if (moved === undefined) return false;
  session.choose(moved);
  return true;
}

export function isPinned(session: TimelineSession, place: Place): boolean {
  const columns = session.columns.peek();
  return columns !== undefined && session.trace.options.value.pinned.includes(laneId(columns, session.laneAt(place)));
}

export function pinLane(session: TimelineSession): boolean {
  const columns = session.columns.peek();
  const place = session.trace.selection.peek();
  if (columns === undefined || place === null) return false;
  const id = laneId(columns, session.laneAt(place));
  const { pinned } = session.trace.options.peek();
  session.choose({ pinned: pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id] });
  return true;
}

export function follow(session: TimelineSession): boolean {
  const { followed } = session.trace;
  const place = latestOf(session.trace.facts.peek())?.goroutine;
  const wanted = session.trace.selection.peek() === null || place === undefined ? null : place.object;
  if (wanted === null && followed.peek() === null) return false;
  followed.value = wanted === followed.peek() ? null : wanted;
  return true;
}

/** P → goroutine → M → P, at the moment when the selected span began. */
function cycle(session: TimelineSession): boolean {
  const facts = latestOf(session.trace.facts.peek());
  const kind = LANE_KINDS[session.trace.selection.peek()?.kind ?? -1];
  if (facts === null || facts === undefined || kind === undefined) return false;
  const next =
    kind === 'goroutine'
      ? (facts.threadPlace ?? facts.procPlace)
      : kind === 'thread'
        ? (facts.procPlace ?? facts.goroutine)
        : facts.goroutine;
  if (next === undefined) return false;
  void session.goTo(next);
  return true;
}

export function bookmark(session: TimelineSession): boolean {
  const { from, to } = session.range.peek() ?? session.viewport.peek();
  const { bookmarks } = session.trace;
  const kept = bookmarks.peek().filter((one) => one.from !== from || one.to !== to);
  bookmarks.value = [...kept, { from: Math.floor(from), to: Math.ceil(to) }].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  return true;
}

/** The next one in time; from the last on to the first. */
function stepBookmark(session: TimelineSession, step: 1 | -1): boolean {
  const list = session.trace.bookmarks.peek();
  if (list.length === 0) return false;
  const { from, to } = session.viewport.peek();
  const middle = (from + to) / 2;
  const middles = list.map((one) => (one.from + one.to) / 2);
  // Rounding moves a window's middle by less than this.
  const slack = (to - from) * 0.01;
  const next =
    step > 0 ? middles.findIndex((at) => at > middle + slack) : middles.findLastIndex((at) => at < middle - slack);
  const chosen = next >= 0 ? list[next] : list.at(step > 0 ? 0 : -1);
  if (chosen !== undefined) session.showExactly(chosen.from, chosen.to);
  return true;
}

function turnClock(session: TimelineSession): boolean {
  const { clock } = session.trace;
  if (wallStart(session.trace) === undefined) return false;
  clock.value = { ...clock.peek(), wall: !clock.peek().wall };
  return true;
}

function moveSpan(session: TimelineSession, to: 'previous' | 'next'): boolean {
  const place = session.trace.selection.peek();
  const item = latestOf(session.trace.facts.peek())?.[to];
  if (place === null || item === undefined) return false;
  void session.goTo({ ...place, item });
  return true;
}

function jump(session: TimelineSession, to: 'waker' | 'goroutine' | 'woken'): boolean {
  const facts = latestOf(session.trace.facts.peek());
  const place = to === 'woken' ? facts?.woken[0] : facts?.[to];
  if (place === undefined || session.trace.selection.peek() === null) return false;
  void session.goTo(place);
  return true;
}

function zoomToSelection(session: TimelineSession): boolean {
  const range = session.range.peek();
  const facts = latestOf(session.trace.facts.peek());
  if (range !== null) {
    session.showRange(range.from, range.to);
    return true;
  }
  if (facts === null || facts === undefined) return false;
  session.showRange(facts.start, facts.end);
  return true;
}

/** The selected span; with a range already, from the one to the other. */
function measure(session: TimelineSession): boolean {
  const facts = latestOf(session.trace.facts.peek());
  const range = session.range.peek();
  if (facts === null || facts === undefined) return false;
  session.range.value = {
    from: Math.min(facts.start, range?.from ?? facts.start),
    to: Math.max(facts.end, range?.to ?? facts.end),
  };
  return true;
}

function stepBack(session: TimelineSession): boolean {
  if (session.range.peek() !== null) session.range.value = null;
  else if (session.trace.selection.peek() !== null || session.head.peek() !== null) session.select(null);
  else if (session.trace.followed.peek() !== null) session.trace.followed.value = null;
  else return false;
  return true;
}
