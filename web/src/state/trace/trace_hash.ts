// The view of a trace in the URL hash and back. Parts that make no sense are left out.
import { batch } from '@preact/signals-core';
import { LANE_KINDS, type Place } from '../../protocol/trace';
import { LANE_OPTIONS, LANE_SORTS } from './lane_rows';
import { TRACE_VIEWS, type TraceStore } from './trace_store';

const MAX_TURNED = 200;

type Add = (key: string, value: string | undefined) => void;

export function traceToParams(trace: TraceStore, add: Add): void {
  const window = trace.window.value;
  const { sort, grouped, system, filter, turned } = trace.options.value;
  const selection = trace.selection.value;
  add('view', trace.view.value);
  if (window !== null) {
    add('from', String(window.from));
    add('to', String(window.to));
  }
  if (sort !== LANE_OPTIONS.sort) add('lanesort', sort);
  if (!grouped) add('flat', '1');
  if (system) add('system', '1');
  add('lanefilter', filter);
  if (turned.size > 0 && turned.size <= MAX_TURNED) add('turned', [...turned].sort().join(','));
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
      grouped: params.get('flat') !== '1',
      system: params.get('system') === '1',
      filter: params.get('lanefilter') ?? '',
      turned: new Set(
        (params.get('turned') ?? '')
          .split(',')
          .filter((id) => id !== '')
          .slice(0, MAX_TURNED),
      ),
    };
    trace.selection.value = placeOf(params.get('span'));
  });
}

/** Whether a hash has what only traces have: 'info' is a view of both. */
export function isOfTrace(params: URLSearchParams): boolean {
  const view = TRACE_VIEWS.find((id) => id === params.get('view'));
  return (view !== undefined && view !== 'info') || params.has('from') || params.has('span');
}

function numberOf(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function placeOf(text: string | null): Place | null {
  const [, name, object, item] = /^([a-z]+)\.(\d{1,9})\.(\d{1,10})$/.exec(text ?? '') ?? [];
  const kind = LANE_KINDS.findIndex((one) => one === name);
  return kind < 0 ? null : { kind, object: Number(object), item: Number(item) };
}
