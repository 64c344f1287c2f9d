// What the core answers about an execution trace. As in columns.ts, names, element types and order are those of the C++
// structs named beside them. Times are ns since the document's start.
import type { Diagnostic, Failure } from './messages';
import type { TraceReports } from './trace_reports';

/** core/session/session.h TraceSummary */
export interface TraceSummary {
  readonly kind: 'trace';
  readonly format: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** N of "go 1.N trace". */
  readonly version: number;
  /** Of the first event that is no Sync. */
  readonly baseNanos: number;
  readonly durationNanos: number;
  /** Of the first event, ns since the Unix epoch as decimal text; '' when not known. */
  readonly wallStart: string;
  readonly events: number;
  readonly generations: number;
  readonly goroutines: number;
  readonly procs: number;
  readonly threads: number;
  readonly spans: number;
  readonly stacks: number;
  readonly tasks: number;
  readonly regions: number;
  readonly logs: number;
  readonly cpuSamples: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly fault?: Failure;
}

/** In the order of core/analysis/trace/timeline/lane.h LaneKind. */
export const LANE_KINDS = [
  'collector',
  'stop',
  'proc',
  'thread',
  'task',
  'region',
  'log',
  'sample',
  'goroutine',
] as const;
export type LaneKind = (typeof LANE_KINDS)[number];
export const laneKindIndex = (kind: LaneKind): number => LANE_KINDS.indexOf(kind);

/** In the order of core/analysis/trace/timeline/lane.h TimelineState. */
export const TIMELINE_STATES = [
  'undetermined',
  'running',
  'runnable',
  'syscall',
  'network',
  'channel',
  'sync',
  'sleep',
  'collector',
  'waiting',
  'mark',
  'stop',
  'task',
  'region',
  'log',
  'sample',
] as const;
export type TimelineState = (typeof TIMELINE_STATES)[number];

/** core/analysis/trace/timeline/timeline.h LaneColumns */
export interface LaneColumns {
  /** Index into LANE_KINDS. */
  readonly kind: Uint8Array;
  readonly object: Uint32Array;
  readonly number: Float64Array;
  readonly name: Uint32Array;
  readonly system: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly running: Float64Array;
  readonly blocked: Float64Array;
  readonly spans: Uint32Array;
  /** Goroutines: index of who created it; else NONE. */
  readonly parent: Uint32Array;
  /** Goroutines: a bit for each of TIMELINE_STATES that it is ever in. */
  readonly states: Uint32Array;
  /** Of lane i: entries [tagBegin[i], tagBegin[i + 1]). */
  readonly tagBegin: Uint32Array;
  /** Index into TAG_KINDS. */
  readonly tagKind: Uint8Array;
  readonly tagText: Uint32Array;
}

/** In the order of core/analysis/trace/timeline/timeline.h TagKind. */
export const TAG_KINDS = ['task', 'label'] as const;

/** core/analysis/trace/timeline/strip.h StripColumns */
export interface StripColumns {
  readonly bucketNs: number;
  readonly running: Float64Array;
  readonly runnable: Float64Array;
  readonly syscall: Float64Array;
  readonly waiting: Float64Array;
  readonly heap: Float64Array;
  readonly goal: Float64Array;
  readonly procs: Float64Array;
}

/** core/analysis/trace/timeline/timeline.h SliceColumns */
export interface SliceColumns {
  readonly laneBegin: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Index into TIMELINE_STATES. */
  readonly state: Uint8Array;
  /** Spans; 1: a span as it is. */
  readonly count: Uint32Array;
  readonly item: Uint32Array;
  readonly object: Uint32Array;
  readonly label: Uint32Array;
  readonly mixBegin: Uint32Array;
  readonly mixState: Uint8Array;
  readonly mixNs: Float64Array;
  readonly markBegin: Uint32Array;
  readonly markTime: Float64Array;
  /** Index into LANE_KINDS: log, sample. */
  readonly markKind: Uint8Array;
  readonly markItem: Uint32Array;
  readonly markCount: Uint32Array;
  readonly markLabel: Uint32Array;
}

/** core/session/trace_columns.h GoroutineRows; -1: a time that is not known. */
export interface GoroutineRows {
  readonly goroutine: Uint32Array;
  readonly number: Float64Array;
  readonly name: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly total: Float64Array;
  readonly exec: Float64Array;
  readonly sched: Float64Array;
  readonly syscall: Float64Array;
  readonly block: Float64Array;
  readonly ranges: Float64Array;
}

/** In the order of core/session/trace_columns.h MarkKind. */
export const MARK_KINDS = ['task', 'region', 'log'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** core/session/trace_columns.h MarkRows; -1: a time or task that is not known. */
export interface MarkRows {
  readonly index: Uint32Array;
  readonly name: Uint32Array;
  readonly text: Uint32Array;
  readonly goroutine: Uint32Array;
  readonly task: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
}

/** An analysis or a profile by its name on the command line (core/session/trace_request.h), and of what. */
export interface TraceQuestion {
  readonly name: string;
  readonly profile: boolean;
  /** ns since TraceSummary.baseNanos, as all times of a TraceReport; null: from the start, to the end. */
  readonly from: number | null;
  readonly to: number | null;
  /** Go's id; null: not only of a task. */
  readonly task: number | null;
  /** Goroutines (LaneColumns.object); none: all. */
  readonly only: readonly number[];
  /** Rows of lists that are cut. */
  readonly keep: number;
  /** What the collector is charged with, one bit each: UTILIZATION_FLAGS. */
  readonly utilization: number;
  /** Waits that begin or end without a stack count as they were, not as in Go 1.23. */
  readonly exact: boolean;
}

/** In the order of core/analysis/trace/mutator_utilization.h UtilizationFlags. */
export const UTILIZATION_FLAGS = ['stw', 'background', 'assist', 'sweep', 'perProc'] as const;

/** A span of a lane. */
export interface Place {
  /** Index into LANE_KINDS. */
  readonly kind: number;
  readonly object: number;
  readonly item: number;
}

export interface WokenPlace extends Place {
  readonly time: number;
}

/** core/analysis/trace/timeline/timeline.h SpanFacts */
export interface SpanFacts {
  readonly state: number;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly reason: string;
  readonly goroutine?: Place;
  readonly waker?: Place;
  readonly proc?: number;
  readonly thread?: number;
  /** The same moment on its P and its M. */
  readonly procPlace?: Place;
  readonly threadPlace?: Place;
  /** Spans that this one began, earliest first, and how many there are in all. */
  readonly woken: readonly WokenPlace[];
  readonly wokenCount: number;
  /** Items of the same lane. */
  readonly previous?: number;
  readonly next?: number;
  readonly stack: readonly string[];
  readonly wakerStack: readonly string[];
}

export interface SliceQuestion {
  /** Kind and object of each lane, one after the other. */
  readonly lanes: Uint32Array;
  readonly from: number;
  readonly to: number;
  /** 2^level ns a pixel. */
  readonly level: number;
}

/** Questions about a trace: part of messages.ts Requests. */
export interface TraceRequests {
  lanes: { in: Record<string, never>; out: LaneColumns };
  strip: { in: Record<string, never>; out: StripColumns };
  slices: { in: SliceQuestion; out: SliceColumns };
  describe: { in: Place; out: SpanFacts };
  goroutines: { in: TraceQuestion; out: GoroutineRows };
  marks: { in: { readonly kind: MarkKind; readonly question: TraceQuestion }; out: MarkRows };
  /** A profile, as gzip-ed profile.proto. */
  traceProfile: { in: TraceQuestion; out: { readonly bytes: Uint8Array<ArrayBuffer> } };
  /** What `flametrail trace -json=NAME` prints. */
  traceReport: { in: TraceQuestion; out: TraceReports[keyof TraceReports] };
}
