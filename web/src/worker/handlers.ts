// One handler for each question of protocol Requests.
import type { CoreAnswer, CoreModule, CoreSession } from 'flametrail-core';
import { failed, success, type Result } from '../base/result';
import { NONE } from '../protocol/columns';
import type { Failure, RequestKind, Requests, SeriesQuery, Summary, TreeShape } from '../protocol/messages';
import type { ReportKind, Reports } from '../protocol/reports';
import type { ViewFacts } from '../protocol/view_spec';
import { MARK_KINDS, type SpanFacts } from '../protocol/trace';
import { askReport, askSlices, readNames, readReport, takeColumns, type ColumnValue } from './heap';
import { readInto, toFailure, type SendProgress } from './reading';

export interface HandlerContext {
  readonly core: CoreModule;
  readonly session: CoreSession;
  readonly sendProgress: SendProgress;
  /** ms spent so far on questions that may come while a file is read. */
  readonly answering: () => number;
}

export type Reply<K extends RequestKind> = Result<Requests[K]['out'], Failure>;

export type Handlers = {
  readonly [K in RequestKind]: (context: HandlerContext, input: Requests[K]['in']) => Reply<K> | Promise<Reply<K>>;
};

export const handlers: Handlers = {
  open: async ({ core, session, sendProgress, answering }, { file }) => {
    const read = await readInto(core, session, file, sendProgress, answering);
    return read.ok ? success(session.summary() as Summary) : read;
  },
  frames: ({ session }) => columnsOf<'frames'>(session.frames()),
  flame: ({ session }, spec) => columnsOf<'flame'>(session.flame(spec)),
  top: ({ session }, spec) => columnsOf<'top'>(session.top(spec)),
  confidence: ({ session }, spec) => columnsOf<'confidence'>(session.confidence(spec)),
  search: ({ session }, { view, pattern, caseSensitive }) =>
    columnsOf<'search'>(session.search(view, pattern, caseSensitive)),
  peek: ({ session }, { view, path, callers }) => columnsOf<'peek'>(session.peek(view, path, callers)),
  graph: ({ session }, { view, nodeCount, nodeFraction, edgeFraction }) =>
    columnsOf<'graph'>(session.graph(view, nodeCount, nodeFraction, edgeFraction)),
  source: ({ session }, { view, file }) => columnsOf<'source'>(session.source(view, file)),
  labels: ({ session }, spec) => columnsOf<'labels'>(session.labels(spec)),
  sizes: ({ session }, spec) => columnsOf<'sizes'>(session.sizes(spec)),
  sites: ({ session }, spec) => columnsOf<'sites'>(session.sites(spec)),
  samples: ({ session }, { view, pattern, caseSensitive, from, count, sortType, ascending }) =>
    columnsOf<'samples'>(session.samples(view, pattern, caseSensitive, from, count, sortType, ascending)),
  mappings: ({ session }) => columnsOf<'mappings'>(session.mappings()),
  facts: ({ session }, spec) => {
    const facts = session.facts(spec);
    return facts.ok ? success(facts as unknown as ViewFacts) : failed(toFailure(facts));
  },
  lanes: ({ session }) => columnsOf<'lanes'>(session.lanes()),
  strip: ({ session }) => columnsOf<'strip'>(session.strip()),
  slices: ({ core, session }, question) => columnsOf<'slices'>(askSlices(core, session, question)),
  describe: ({ session }, { kind, object, item }) => {
    const facts = session.describe(kind, object, item);
    return facts.ok ? success(facts as unknown as SpanFacts) : failed(toFailure(facts));
  },
  goroutines: ({ session }, question) => columnsOf<'goroutines'>(session.goroutines(question)),
  marks: ({ session }, { kind, question }) => columnsOf<'marks'>(session.marks(MARK_KINDS.indexOf(kind), question)),
  traceProfile: ({ session }, question) => {
    const answer = readReport(session, question);
    return answer.ok ? success({ bytes: answer.bytes }) : failed(toFailure(answer));
  },
  traceReport: ({ session }, question) => {
    const answer = readReport(session, question);
    if (!answer.ok) return failed(toFailure(answer));
    return success(JSON.parse(new TextDecoder().decode(answer.bytes)) as Requests['traceReport']['out']);
  },
  shaped: ({ session }, { view, shape }) => columnsOf<'shaped'>(session.shapedFlame(view, coreShape(shape))),
  labelSteps: ({ session }, { view, key }) => columnsOf<'labelSteps'>(session.labelSteps(view, key)),
  attach: async ({ core, session }, { file }) => {
    const other = new core.Session();
    try {
      const read = await readInto(core, other, file, () => undefined);
      if (!read.ok) return read;
      const attached = session.attach(other);
      return attached.ok ? success(attached.index) : failed(toFailure(attached));
    } finally {
      other.delete();
    }
  },
  series: ({ session }, { sources, kind, collapse, squash, normalise, function: chosen }) =>
    columnsOf<'series'>(
      session.series({
        sources: sources.map((source) => ({ attached: NONE, ...source })),
        shape: coreShape({ kind, collapse, squash }),
        normalise: NORMALISE.indexOf(normalise),
        function: chosen,
      }),
    ),
  searchSeries: ({ session }, { pattern, caseSensitive }) =>
    columnsOf<'searchSeries'>(session.searchSeries(pattern, caseSensitive)),
  seriesNames: ({ core, session }, { ids }) => success(readNames(core, session, ids, true)),
  report: ({ session }, question) => {
    const answer = askReport(session, question);
    return answer.ok ? success(answer.json as Reports[ReportKind]) : failed(toFailure(answer));
  },
  export: ({ session }, { view, anonymous }) => {
    const exported = session.export(view, anonymous);
    return exported.ok ? success({ bytes: Uint8Array.from(exported.bytes) }) : failed(toFailure(exported));
  },
  names: ({ core, session }, { ids }) => success(readNames(core, session, ids)),
};

/** In the order of the core's enumerations. */
const TREE_KINDS: readonly TreeShape['kind'][] = ['down', 'up', 'callers', 'callees'];
const NORMALISE: readonly SeriesQuery['normalise'][] = ['none', 'total', 'duration', 'function'];

function coreShape({ kind, collapse, squash, center }: TreeShape): object {
  return { kind: TREE_KINDS.indexOf(kind), collapse, squash, center: center ?? NONE };
}

/** Their names and types are the C++ struct's; tests/wasm compares them with protocol/columns.ts. */
type ColumnsQuestion =
  | 'frames'
  | 'flame'
  | 'top'
  | 'confidence'
  | 'search'
  | 'peek'
  | 'graph'
  | 'source'
  | 'labels'
  | 'sizes'
  | 'sites'
  | 'samples'
  | 'mappings'
  | 'shaped'
  | 'labelSteps'
  | 'series'
  | 'searchSeries'
  | 'lanes'
  | 'strip'
  | 'slices'
  | 'goroutines'
  | 'marks';

function columnsOf<K extends ColumnsQuestion>(answer: CoreAnswer): Reply<K> {
  if (!answer.ok) return failed(toFailure(answer));
  const columns: Record<string, ColumnValue> = takeColumns(answer.columns);
  return success(columns as unknown as Requests[K]['out']);
}

/** What of an answer moves to the page instead of being copied once more. */
export function transfersOf(out: unknown): ArrayBuffer[] {
  if (typeof out !== 'object' || out === null || Array.isArray(out)) return [];
  return Object.values(out).flatMap((part: unknown) =>
    ArrayBuffer.isView(part) && part.buffer instanceof ArrayBuffer ? [part.buffer] : [],
  );
}
