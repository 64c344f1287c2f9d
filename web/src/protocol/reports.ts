// Answers that come as JSON of the core's own writing, the same that the native command writes with -json.

export type Level = 'info' | 'low' | 'medium' | 'high';

/** core/session/findings_report.cc */
export interface Finding {
  readonly rule: string;
  readonly severity: Level;
  readonly confidence: Level;
  readonly title: string;
  readonly sentence: string;
  readonly advice: string;
  /** In the rule's unit; `parameters` has both as texts. */
  readonly value: number;
  readonly threshold: number;
  readonly samples: number;
  /** The label that came with the question. */
  readonly file: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The view that shows the evidence; '' where it has no sample type, or no filter. */
  readonly link: { readonly view: string; readonly sample_type: string; readonly focus: string };
}

export interface FindingRule {
  readonly rule: string;
  readonly severity: Level;
  readonly threshold: number;
  readonly threshold_text: string;
  /** The table's own threshold. */
  readonly default: number;
  readonly title: string;
  readonly advice: string;
}

/** core/session/goroutines_report.cc. Of a goroutine profile only `groups` and counts: it has no states. */
export interface GoroutineReport {
  readonly format: string;
  readonly goroutines: number;
  readonly by_state?: Readonly<Record<string, number>>;
  readonly by_minutes?: Readonly<Record<string, number>>;
  readonly by_created_by?: Readonly<Record<string, number>>;
  readonly crashes?: readonly string[];
  readonly objects?: readonly WaitObject[];
  /** Goroutines that wait for each other. */
  readonly cycles?: readonly (readonly number[])[];
  /** Goroutines that nobody could wake. */
  readonly orphans?: readonly number[];
  /** Depth first. */
  readonly family?: readonly FamilyNode[];
  readonly groups: readonly GoroutineGroup[];
}

/** Goroutines by who created their creators. */
export interface FamilyNode {
  /** "FUNCTION FILE:LINE"; null: main, or the dump names no creator. */
  readonly site: string | null;
  readonly depth: number;
  readonly count: number;
  /** And below, these included. */
  readonly descendants: number;
}

export interface WaitObject {
  readonly address: string;
  readonly kind: string;
  readonly certain: boolean;
  readonly waiters: readonly number[];
  readonly mentioned_by: readonly number[];
}

/** Goroutines with one state, stack and creator. */
export interface GoroutineGroup {
  readonly count: number;
  readonly state: string;
  readonly min_minutes: number;
  readonly max_minutes: number;
  readonly created_by: string | null;
  readonly ids?: readonly number[];
  /** "FUNCTION FILE:LINE", leaf first. */
  readonly stack: readonly string[];
}

export interface GoroutineChanges {
  readonly before: number;
  readonly after: number;
  /** Where both have ids. */
  readonly gone?: number;
  readonly new?: number;
  readonly stuck?: number;
  readonly groups: readonly {
    readonly before: number;
    readonly after: number;
    readonly stuck: number;
    readonly state: string;
    readonly stack: readonly string[];
  }[];
}

/** core/session/memory_report.cc: the parts add up to `resident`. */
export interface MemoryReport {
  readonly parts: readonly { readonly part: string; readonly bytes: number }[];
  readonly resident: number;
  readonly released: number;
  readonly max_rss?: number;
}

/** core/session/bench_report.cc: tables by configuration and unit, cells by file; the first file is the base. */
export type BenchReport = readonly BenchTable[];

export interface BenchTable {
  readonly config: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly rows: readonly { readonly name: string; readonly cells: readonly (BenchCell | null)[] }[];
  readonly geomean: readonly (number | null)[];
}

export interface BenchCell {
  readonly median: number;
  /** null: too few values for an interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly base?: number;
  readonly p?: number;
  readonly significant?: boolean;
  readonly delta?: string;
}

/** core/session/gc_log_report.cc: one array a column, oldest first. */
export interface GcLogReport {
  readonly cycles: Readonly<Record<GcColumn, readonly number[]>> & { readonly is_forced: readonly boolean[] };
  readonly sched: Readonly<Record<SchedColumn, readonly number[]>>;
}

export type GcColumn =
  | 'number'
  | 'start_ns'
  | 'percent'
  | 'sweep_stop_ns'
  | 'mark_ns'
  | 'mark_stop_ns'
  | 'assist_cpu_ns'
  | 'background_cpu_ns'
  | 'idle_cpu_ns'
  | 'heap_begin_mb'
  | 'heap_end_mb'
  | 'live_mb'
  | 'goal_mb'
  | 'procs';

export type SchedColumn =
  | 'time_ns'
  | 'procs'
  | 'idle_procs'
  | 'threads'
  | 'spinning_threads'
  | 'idle_threads'
  | 'global_queue'
  | 'local_queues';

export interface Reports {
  findings: readonly Finding[];
  rules: readonly FindingRule[];
  goroutines: GoroutineReport;
  changes: GoroutineChanges;
  memory: MemoryReport;
  bench: BenchReport;
  gcLog: GcLogReport;
}

export type ReportKind = keyof Reports;

export interface ReportQuestion {
  readonly report: ReportKind;
  readonly language: 'en' | 'zh';
  /** "cpu.gc_share=0.3,...": thresholds that a person set. */
  readonly thresholds: string;
  /** What `attach` gave; undefined: the document itself. */
  readonly documents: readonly (number | undefined)[];
  /** Of the documents. */
  readonly labels: readonly string[];
}
