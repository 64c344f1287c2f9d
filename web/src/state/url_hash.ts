// The view state as a URL hash and back. Never data: a shared link shows the same view of a file the other person has.
// A hash is written by people too, so it is parsed like any input; parts that make no sense are left out.
import * as v from 'valibot';
import { DEFAULT_TRIM, VIEW_IDS, type ViewId } from './document_store';
import type { GraphTrim } from '../protocol/messages';
import type { Filters } from '../protocol/view_spec';
import { isOfTrace } from './trace/trace_hash';
import { filtersFromParams, filtersToParams } from './filters';
import { viewParamsFrom, type ViewParams } from './view_params';
import { shapeFromParams, shapeToParams, type FlameLook, type FlameShape } from './flame_shape';

const MAX_HASH_LENGTH = 8_000;
const MAX_TEXT_LENGTH = 2_000;

export interface HashState {
  readonly url?: string;
  readonly view?: ViewId;
  /** By name, so that it survives another order of types in another file. */
  readonly sampleType?: string;
  readonly search?: string;
  readonly caseSensitive?: boolean;
  readonly filters?: Filters;
  readonly trim?: GraphTrim;
  readonly flame?: { readonly shape: FlameShape; readonly look: FlameLook };
  /** Name of the frame in the middle of a sandwich. */
  readonly center?: string;
  readonly zoom?: readonly string[];
  /** Of a trace instead of all but `url`: its parameters (trace/trace_hash.ts). */
  readonly trace?: string;
  /** Name of the selected frame. */
  readonly selection?: string;
  readonly params?: ViewParams;
  /** Name of the document it is of, where several are open. */
  readonly document?: string;
}

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT_LENGTH));
const PARTS = {
  url: text,
  view: v.picklist(VIEW_IDS),
  type: text,
  search: text,
  case: v.literal('1'),
  sel: text,
  center: text,
  doc: text,
} as const;
const zoomPart = v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH))), v.minLength(1), v.maxLength(10_000));

export function parseHash(hash: string): HashState {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const part = <K extends keyof typeof PARTS>(key: K): v.InferOutput<(typeof PARTS)[K]> | undefined => {
    const parsed = v.safeParse(PARTS[key], params.get(key));
    return parsed.success ? parsed.output : undefined;
  };
  const zoom = v.safeParse(zoomPart, params.getAll('zoom'));
  return withoutUndefined({
    url: part('url'),
    view: part('view'),
    sampleType: part('type'),
    search: part('search'),
    caseSensitive: part('case') === '1' ? true : undefined,
    filters: filtersFromParams(params),
    trim: trimFromParams(params),
    flame: shapeFromParams(params),
    center: part('center'),
    zoom: zoom.success ? zoom.output : undefined,
    selection: part('sel'),
    document: part('doc'),
    params: viewParamsFrom(params),
    trace: hash.length <= MAX_HASH_LENGTH && isOfTrace(params) ? params.toString() : undefined,
  });
}

export function formatHash(state: HashState): string {
  const withZoom = format(state, true);
  return withZoom.length <= MAX_HASH_LENGTH ? withZoom : format(state, false);
}

function format(state: HashState, withZoom: boolean): string {
  const params = new URLSearchParams();
  const add = (key: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') params.append(key, value);
  };
  add('url', state.url);
  add('view', state.view);
  add('type', state.sampleType);
  add('search', state.search);
  add('case', state.caseSensitive === true ? '1' : undefined);
  if (state.filters !== undefined) filtersToParams(state.filters, add);
  if (state.trim !== undefined) {
    add('nodecount', String(state.trim.nodeCount));
    add('nodefraction', String(state.trim.nodeFraction));
    add('edgefraction', String(state.trim.edgeFraction));
  }
  if (state.flame !== undefined) shapeToParams(state.flame.shape, state.flame.look, add);
  add('center', state.center);
  if (withZoom) for (const name of state.zoom ?? []) params.append('zoom', name);
  add('sel', state.selection);
  add('doc', state.document);
  for (const [key, value] of Object.entries(state.params ?? {}).sort()) add(key, value);
  for (const [key, value] of new URLSearchParams(state.trace ?? '')) params.append(key, value);
  const query = params.toString();
  return query === '' ? '' : `#${query}`;
}

const MAX_NODES = 10_000;
const trimPart = v.object({
  nodeCount: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_NODES)),
  nodeFraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  edgeFraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** What is not said is as pprof has it. */
function trimFromParams(params: URLSearchParams): GraphTrim | undefined {
  const number = (key: string, otherwise: number): number => (params.has(key) ? Number(params.get(key)) : otherwise);
  const trim = {
    nodeCount: number('nodecount', DEFAULT_TRIM.nodeCount),
    nodeFraction: number('nodefraction', DEFAULT_TRIM.nodeFraction),
    edgeFraction: number('edgefraction', DEFAULT_TRIM.edgeFraction),
  };
  const parsed = v.safeParse(trimPart, trim);
  return parsed.success && JSON.stringify(trim) !== JSON.stringify(DEFAULT_TRIM) ? trim : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
