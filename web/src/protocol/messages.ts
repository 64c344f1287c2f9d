// The page and its worker talk in these types only. A new question is one line in Requests and one handler in worker/.
import type {
  ConfidenceColumns,
  FlameColumns,
  FrameColumns,
  GraphColumns,
  LabelColumns,
  LabelStepColumns,
  MappingColumns,
  PeekColumns,
  SampleColumns,
  SearchColumns,
  SeriesColumns,
  ShapedColumns,
  SiteColumns,
  SizeColumns,
  SourceColumns,
  TopColumns,
} from './columns';
import type { ReportKind, ReportQuestion, Reports } from './reports';
import type { TraceRequests, TraceSummary } from './trace';
import type { ViewFacts, ViewSpec } from './view_spec';

export type Severity = 'info' | 'notice' | 'data-loss';

/** core/base/diagnostics.h */
export interface Diagnostic {
  readonly severity: Severity;
  readonly sentence: string;
  readonly count: number;
  /** Byte offset in the decompressed file, if there is one place. */
  readonly firstOffset?: number;
  readonly detail: string;
}

/** core/base/result.h Error, or a fault of the page itself ('engine', 'cancelled', 'file'). */
export interface Failure {
  readonly code: 'truncated' | 'corrupt' | 'unsupported' | 'too-large' | 'invalid' | 'engine' | 'cancelled' | 'file';
  readonly text: string;
  readonly offset?: number;
}

export interface SampleType {
  readonly type: string;
  readonly unit: string;
  readonly total: number;
  /** Sum of |value|: percentages are of this. */
  readonly magnitudeTotal: number;
  /** `total` to the last digit, also beyond 2^53. */
  readonly totalText: string;
  readonly nonzeroSamples: number;
  /** Set by the page: the unit that a person wants; without one each value is in the unit that suits it. */
  readonly shownUnit?: string;
}

/** What a document has beside its samples, if it has any. */
export type Holding = 'dump' | 'memStats' | 'bench' | 'gcLog';

/** core/session/session.h ProfileSummary */
export interface ProfileSummary {
  readonly kind: 'profile';
  readonly format: string;
  readonly binary: string;
  readonly buildId: string;
  readonly comments: readonly string[];
  readonly docUrl: string;
  /** ns since the Unix epoch as decimal text (beyond 2^53); '' when not known. */
  readonly timeNanos: string;
  readonly durationNanos: number;
  readonly periodType: string;
  readonly periodUnit: string;
  readonly period: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly samples: number;
  readonly locations: number;
  readonly functions: number;
  readonly mappings: number;
  readonly stacks: number;
  readonly sampleTypes: readonly SampleType[];
  readonly defaultType: number;
  readonly suggestedType: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly holds: readonly Holding[];
  /** Reading ended early here; what came before is shown. */
  readonly fault?: Failure;
}

export type Summary = ProfileSummary | TraceSummary;

/** As pprof's -nodecount (0: all), -nodefraction and -edgefraction. */
export interface GraphTrim {
  readonly nodeCount: number;
  readonly nodeFraction: number;
  readonly edgeFraction: number;
}

export interface GraphQuestion extends GraphTrim {
  readonly view: ViewSpec;
}

/** Samples [from, from + count) of those that match. */
export interface SamplesQuestion {
  readonly view: ViewSpec;
  readonly pattern: string;
  readonly caseSensitive: boolean;
  readonly from: number;
  readonly count: number;
  /** By |value| of this sample type; -1: as in the file. */
  readonly sortType: number;
  readonly ascending: boolean;
}

/** core/analysis/own_code.h: whose frames go into their caller. */
export interface SquashRules {
  readonly standard: boolean;
  readonly runtime: boolean;
  readonly dependencies: boolean;
  /** Import paths, each with all below it. */
  readonly packages: readonly string[];
}

/** core/session/tree_query.h TreeShape */
export interface TreeShape {
  readonly kind: 'down' | 'up' | 'callers' | 'callees';
  readonly collapse: boolean;
  readonly squash: SquashRules;
  /** Frame id, of the halves of a sandwich. */
  readonly center?: number;
}

export interface SeriesSource {
  /** What `attach` gave; undefined: the document itself. */
  readonly attached?: number;
  readonly view: ViewSpec;
  /** On the axis of a trend, ascending. */
  readonly at: number;
  /** Sources of one series are added up; ascending from 0, none left out. */
  readonly series: number;
}

/** core/session/tree_query.h SeriesQuery; of a comparison: old, then new. */
export interface SeriesQuery {
  readonly sources: readonly SeriesSource[];
  readonly kind: 'down' | 'up';
  readonly collapse: boolean;
  readonly squash: SquashRules;
  readonly normalise: 'none' | 'total' | 'duration' | 'function';
  /** Whose cum is made equal. */
  readonly function: string;
}

export interface Requests extends TraceRequests {
  /** Reads the whole file; sends Progress on the way. */
  open: { in: { readonly file: Blob; readonly name: string }; out: Summary };
  /** Only ever grows: ids of frames stay, whatever is filtered. */
  frames: { in: Record<string, never>; out: FrameColumns };
  flame: { in: ViewSpec; out: FlameColumns };
  top: { in: ViewSpec; out: TopColumns };
  confidence: { in: ViewSpec; out: ConfidenceColumns };
  search: {
    in: { readonly view: ViewSpec; readonly pattern: string; readonly caseSensitive: boolean };
    out: SearchColumns;
  };
  facts: { in: ViewSpec; out: ViewFacts };
  /** `path`: frame ids, from the function outward. */
  peek: {
    in: { readonly view: ViewSpec; readonly path: readonly number[]; readonly callers: boolean };
    out: PeekColumns;
  };
  graph: { in: GraphQuestion; out: GraphColumns };
  /** `file`: a string id of FrameColumns. */
  source: { in: { readonly view: ViewSpec; readonly file: number }; out: SourceColumns };
  labels: { in: ViewSpec; out: LabelColumns };
  sizes: { in: ViewSpec; out: SizeColumns };
  sites: { in: ViewSpec; out: SiteColumns };
  samples: { in: SamplesQuestion; out: SampleColumns };
  mappings: { in: Record<string, never>; out: MappingColumns };
  shaped: { in: { readonly view: ViewSpec; readonly shape: TreeShape }; out: ShapedColumns };
  labelSteps: { in: { readonly view: ViewSpec; readonly key: string }; out: LabelStepColumns };
  /** JSON that `report` is; see protocol/reports.ts. */
  report: { in: ReportQuestion; out: Reports[ReportKind] };
  /** Another document's file, read by this one's worker; its number for `series`. */
  attach: { in: { readonly file: Blob }; out: number };
  series: { in: SeriesQuery; out: SeriesColumns };
  /** Of the last series, as is `seriesNames`. */
  searchSeries: { in: { readonly pattern: string; readonly caseSensitive: boolean }; out: SearchColumns };
  seriesNames: { in: { readonly ids: Uint32Array }; out: readonly string[] };
  /** What the filters leave, as gzipped pprof. */
  export: {
    in: { readonly view: ViewSpec; readonly anonymous: boolean };
    out: { readonly bytes: Uint8Array<ArrayBuffer> };
  };
  /** Texts of string ids, in the order asked. */
  names: { in: { readonly ids: Uint32Array }; out: readonly string[] };
}

export type RequestKind = keyof Requests;

/** Page to worker. `module` lets a second document reuse the compiled core. */
export type ToWorker =
  | { readonly kind: 'start'; readonly module: WebAssembly.Module }
  | {
      [K in RequestKind]: {
        readonly kind: 'request';
        readonly id: number;
        readonly name: K;
        readonly in: Requests[K]['in'];
      };
    }[RequestKind];

export interface Progress {
  /** Of a trace: what can be asked about already. */
  readonly part?: TraceSummary;
  readonly phase: 'reading' | 'analysing';
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Worker to page. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: true; readonly out: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly ok: false; readonly failure: Failure }
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** The engine trapped or ran out of memory: this worker is of no more use. */
  | { readonly kind: 'dead'; readonly failure: Failure };
