// What core.mjs gives, by hand: emcc 3.1.6 writes no types. tests/wasm checks it against the built module.

export interface CoreFailure {
  readonly ok: false;
  readonly code: 'truncated' | 'corrupt' | 'unsupported' | 'too-large' | 'invalid';
  readonly text: string;
  readonly offset?: number;
}

export type CoreOutcome = { readonly ok: true } | CoreFailure;
export type CoreAnswer = { readonly ok: true; readonly columns: ColumnSet } | CoreFailure;

export type ColumnView = Float64Array | Uint32Array | Uint16Array | Uint8Array | number;

/** Core-owned columns. To be deleted once; only worker/heap.ts looks at views. */
export interface ColumnSet {
  size(): number;
  name(index: number): string;
  /** Over the heap: valid until the next call into the core. */
  view(index: number): ColumnView;
  delete(): void;
}

export interface CoreSession {
  /** Address of a buffer of `size` bytes, valid until the next call. As an int32: use `>>> 0`. */
  reserve(size: number): number;
  commit(size: number): CoreOutcome;
  finish(): CoreOutcome;
  /** A Summary of web/src/protocol/messages.ts. */
  summary(): unknown;
  /** Of a trace that is still being read, once there is something to show. */
  partialSummary(): unknown;
  frames(): CoreAnswer;
  /** `spec` is always a ViewSpec of web/src/protocol/view_spec.ts. */
  flame(spec: object): CoreAnswer;
  top(spec: object): CoreAnswer;
  confidence(spec: object): CoreAnswer;
  search(spec: object, pattern: string, caseSensitive: boolean): CoreAnswer;
  /** `path`: frame ids, from the function outward. */
  peek(spec: object, path: ArrayLike<number>, callers: boolean): CoreAnswer;
  graph(spec: object, nodeCount: number, nodeFraction: number, edgeFraction: number): CoreAnswer;
  /** `file`: a string id of FrameColumns. */
  source(spec: object, file: number): CoreAnswer;
  labels(spec: object): CoreAnswer;
  sizes(spec: object): CoreAnswer;
  sites(spec: object): CoreAnswer;
  /** `sortType` -1: as in the file. */
  samples(
    spec: object,
    pattern: string,
    caseSensitive: boolean,
    from: number,
    count: number,
    sortType: number,
    ascending: boolean,
  ): CoreAnswer;
  mappings(): CoreAnswer;
  /** {ok: true} and the fields of a ViewFacts of web/src/protocol/view_spec.ts. */
  facts(spec: object): CoreOutcome;
  lanes(): CoreAnswer;
  strip(): CoreAnswer;
  /** Of the `count` lanes in the buffer: kind and object, two u32 each. */
  slices(count: number, from: number, to: number, level: number): CoreAnswer;
  /** {ok: true} and the fields of a SpanFacts of web/src/protocol/trace.ts. */
  describe(kind: number, object: number, item: number): CoreOutcome;
  /** `question` is always a TraceQuestion of web/src/protocol/trace.ts. */
  goroutines(question: object): CoreAnswer;
  /** `kind`: an index into MARK_KINDS. */
  marks(kind: number, question: object): CoreAnswer;
  /** A gzip-ed profile or JSON, over the heap until the next call. */
  traceReport(question: object): { readonly ok: true; readonly bytes: Uint8Array } | CoreFailure;
  /** Texts of the `count` u32 ids in the buffer, NUL-joined UTF-8, over the heap. */
  names(count: number, series: boolean): Uint8Array;
  /** `shape`: a CoreShape. */
  shapedFlame(spec: object, shape: object): CoreAnswer;
  labelSteps(spec: object, key: string): CoreAnswer;
  /** Takes over what `other` has read; `other` is to be deleted. */
  attach(other: CoreSession): { readonly ok: true; readonly index: number } | CoreFailure;
  /** JSON text as UTF-8 over the heap. `query`: worker/heap.ts askReport. */
  report(query: object): { readonly ok: true; readonly bytes: Uint8Array } | CoreFailure;
  /** A CoreSeries. */
  series(query: object): CoreAnswer;
  searchSeries(pattern: string, caseSensitive: boolean): CoreAnswer;
  /** `bytes` over the heap. */
  export(spec: object, anonymous: boolean): { readonly ok: true; readonly bytes: Uint8Array } | CoreFailure;
  delete(): void;
}

export interface CoreModule {
  readonly Session: new () => CoreSession;
  /** Replaced when memory grows: read it anew each time. */
  readonly HEAPU8: Uint8Array;
}

export interface CoreOptions {
  readonly wasmBinary?: ArrayBuffer | Uint8Array;
  readonly instantiateWasm?: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void,
  ) => Record<string, never>;
  readonly print?: (line: string) => void;
  readonly printErr?: (line: string) => void;
  readonly onAbort?: (what: unknown) => void;
}

export default function createCore(options: CoreOptions): Promise<CoreModule>;
