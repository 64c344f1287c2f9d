// What can be done in a timeline, with its keys.
import { LANE_HEIGHT } from '../../draw/timeline_painter';
import { latestOf } from '../../state/loadable';
import type { Action } from '../actions';
import { isField } from '../opening';
import type { TimelineSession } from './timeline_session';
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

const BY_KEY = new Map(TIMELINE_ACTIONS.flatMap((action) => action.keys.map((key) => [key, action])));

/** Keys work wherever the focus is, except where a field, button or list wants them. */
export function listenToTimelineKeys(session: TimelineSession): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || isField(target)) return;
    if (document.querySelector('dialog[open]') !== null || !(target instanceof Element)) return;
    const onControl = target.closest('button, [role=tab], .ft-list') !== null;
    if (onControl && (key.length > 1 || key === ' ')) return;
    const action = BY_KEY.get(key);
    if (action === undefined || action.run(session) === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => removeEventListener('keydown', onKeyDown, { capture: true });
}

/** The lane's span in the middle of the window, or the one nearest to it that is on screen; lanes without are passed by. */
function moveLane(session: TimelineSession, step: number): boolean {
  const { rows } = session.arranged.peek();
  const selected = session.trace.selection.peek();
  const slices = session.shown.peek()?.columns;
  const { from, to, scroll } = session.viewport.peek();
  if (slices === undefined) return false;
  const facts = latestOf(session.trace.facts.peek());
  const middle =
    facts === null || facts === undefined
      ? (from + to) / 2
      : (Math.max(from, facts.start) + Math.min(to, facts.end)) / 2;
  let row = selected === null ? Math.floor(scroll / LANE_HEIGHT) - step : session.rowOf(selected);
  for (row += step; row >= 0 && row < rows.length; row += step) {
    const candidate = rows[row];
    if (candidate === undefined || candidate.is === 'head') continue;
    const slice = session.sliceAt(candidate, middle, to - from);
    const place = slice === undefined ? undefined : session.placeOf(candidate, slices.item[slice] ?? 0);
    if (place === undefined) continue;
    session.select(place);
    session.revealLane(place);
    return true;
  }
  return false;
}

function moveSpan(session: TimelineSession, to: 'previous' | 'next'): boolean {
  const place = session.trace.selection.peek();
  const item = latestOf(session.trace.facts.peek())?.[to];
  if (place === null || item === undefined) return false;
  void session.goTo({ ...place, item });
  return true;
}

function jump(session: TimelineSession, to: 'waker' | 'goroutine'): boolean {
  const place = latestOf(session.trace.facts.peek())?.[to];
  if (place === undefined) return false;
  void session.goTo(place);
  return true;
}

function zoomToSelection(session: TimelineSession): boolean {
  const range = session.range.peek();
  const facts = latestOf(session.trace.facts.peek());
  if (range !== null) {
    session.showRange(range.from, range.to);
    session.range.value = null;
    return true;
  }
  if (facts === null || facts === undefined) return false;
  session.showRange(facts.start, facts.end);
  return true;
}

function measure(session: TimelineSession): boolean {
  const facts = latestOf(session.trace.facts.peek());
  if (facts === null || facts === undefined) return false;
  session.range.value = { from: facts.start, to: facts.end };
  return true;
}

function stepBack(session: TimelineSession): boolean {
  if (session.range.peek() !== null) session.range.value = null;
  else if (session.trace.selection.peek() !== null) session.select(null);
  else return false;
  return true;
}
