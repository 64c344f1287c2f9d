// The view of a trace in the URL hash and back. Parts that make no sense are left out.
import { batch } from '@preact/signals-core';
import { LANE_KINDS, type Place } from '../../protocol/trace';
import { LANE_GROUPINGS, LANE_OPTIONS, LANE_SORTS, type Bookmark } from './lane_options';
import { parseWallTime } from './trace_clock';
import { TRACE_VIEWS, type GoroutineSet, type SlowThing, type TimeWindow, type TraceStore } from './trace_store';

/** Of each list in a hash. */
const MAX_LISTED = 200;
const MAX_AMONG = 500;

type Add = (key: string, value: string | undefined) => void;

export function traceToParams(trace: TraceStore, add: Add): void {
  const window = trace.window.value;
  const { sort, grouping, system, filter, turned, pinned, order } = trace.options.value;
  const clock = trace.clock.value;
  const followed = trace.followed.value;
  const selection = trace.selection.value;
  add('view', trace.view.value);
  if (window !== null) {
    add('from', String(window.from));
    add('to', String(window.to));
  }
  if (sort !== LANE_OPTIONS.sort) add('lanesort', sort);
  if (grouping !== LANE_OPTIONS.grouping) add('group', grouping);
  if (system) add('system', '1');
  add('lanefilter', filter);
  add('turned', listText([...turned].sort()));
  add('pinned', listText(pinned));
  add('order', listText(order));
  add('bookmarks', listText(trace.bookmarks.value.map(({ from: start, to }) => `${start}~${to}`)));
  if (clock.wall) add('clock', clock.start === '' ? 'wall' : clock.start);
  if (followed !== null) add('follow', String(followed));
  const range = trace.range.value;
  if (range !== null) add('mark', `${range.from}-${range.to}`);
  const among = trace.among.value;
  if (among !== null && among.ids.length <= MAX_AMONG) {
    add('among', among.ids.join('.'));
    add('amongname', among.label);
  }
  const slow = trace.slow.value;
  if (slow !== null) {
    const { from, to } = slow.window ?? { from: '', to: '' };
    add('why', [slow.goroutine ?? '', slow.task ?? '', from, to].join('_'));
    add('whyname', slow.label);
  }
  if (selection !== null) add('span', `${LANE_KINDS[selection.kind] ?? ''}.${selection.object}.${selection.item}`);
}

export function traceFromParams(params: URLSearchParams, trace: TraceStore): void {
  const view = TRACE_VIEWS.find((id) => id === params.get('view'));
  const from = numberOf(params.get('from'));
  const to = numberOf(params.get('to'));
  batch(() => {
    if (view !== undefined) trace.view.value = view;
    const inside = from !== undefined && to !== undefined && from < to && from < trace.summary.durationNanos;
    trace.window.value = inside ? { from, to } : null;
    trace.options.value = {
      sort: LANE_SORTS.find((sort) => sort === params.get('lanesort')) ?? LANE_OPTIONS.sort,
      grouping: LANE_GROUPINGS.find((grouping) => grouping === params.get('group')) ?? LANE_OPTIONS.grouping,
      system: params.get('system') === '1',
      filter: params.get('lanefilter') ?? '',
      turned: new Set(listOf(params.get('turned'))),
      pinned: listOf(params.get('pinned')),
      order: listOf(params.get('order')),
    };
    trace.bookmarks.value = listOf(params.get('bookmarks')).flatMap(bookmarkOf);
    const clock = params.get('clock') ?? '';
    const wall = clock === 'wall' || parseWallTime(clock) !== undefined;
    trace.clock.value = { wall, start: wall && clock !== 'wall' ? clock : '' };
    trace.followed.value = numberOf(params.get('follow')) ?? null;
    trace.range.value = rangeOf(params.get('mark'), trace.summary.durationNanos);
    trace.among.value = amongOf(params.get('among'), params.get('amongname') ?? '');
    trace.slow.value = slowOf(params.get('why'), params.get('whyname') ?? '');
    trace.selection.value = placeOf(params.get('span'));
  });
}

/** Whether a hash has what only traces have: 'info' is a view of both. */
export function isOfTrace(params: URLSearchParams): boolean {
  const view = TRACE_VIEWS.find((id) => id === params.get('view'));
  return (view !== undefined && view !== 'info') || params.has('from') || params.has('span') || params.has('mark');
}

/** Longer lists are left out. */
const listText = (list: readonly string[]): string => (list.length <= MAX_LISTED ? list.join(',') : '');

function listOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .filter((id) => id !== '')
    .slice(0, MAX_LISTED);
}

function bookmarkOf(text: string): readonly Bookmark[] {
  const [from, to] = text.split('~').map(Number);
  return from !== undefined && to !== undefined && from >= 0 && from < to && to < Infinity ? [{ from, to }] : [];
}

function numberOf(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function windowOf(from: number | undefined, to: number | undefined): TimeWindow | null {
  return from === undefined || to === undefined || from >= to ? null : { from, to };
}

function rangeOf(text: string | null, whole: number): TimeWindow | null {
  const [from, to] = (text ?? '').split('-').map(numberOf);
  const range = windowOf(from, to);
  return range === null || range.from >= whole ? null : range;
}

function amongOf(text: string | null, label: string): GoroutineSet | null {
  const ids = (text ?? '').split('.').slice(0, MAX_AMONG).map(numberOf);
  const known = ids.filter((id) => id !== undefined && Number.isInteger(id) && id < 2 ** 32);
  return known.length === 0 ? null : { label, ids: known as number[] };
}

function slowOf(text: string | null, label: string): SlowThing | null {
  if (text === null) return null;
  const [goroutine, task, from, to] = text.split('_').map(numberOf);
  if (goroutine === undefined && task === undefined) return null;
  return { label, goroutine: goroutine ?? null, task: task ?? null, window: windowOf(from, to) };
}

function placeOf(text: string | null): Place | null {
  const [, name, object, item] = /^([a-z]+)\.(\d{1,9})\.(\d{1,10})$/.exec(text ?? '') ?? [];
  const kind = LANE_KINDS.findIndex((one) => one === name);
  return kind < 0 ? null : { kind, object: Number(object), item: Number(item) };
}
