// Analyses of a trace as the native command prints them (core/analysis/trace/trace_json.cc): small lists with texts in them.
// Times are ns since TraceSummary.baseNanos; null: not seen.

export interface NamedGoroutine {
  /** Go's number. */
  readonly id: number;
  readonly name: string;
}

export interface FunctionRow {
  readonly name: string;
  readonly count: number;
  readonly total_ns: number;
  readonly exec_ns: number;
  readonly sched_ns: number;
  readonly block_ns: number;
  readonly syscall_ns: number;
  readonly syscall_block_ns: number;
}

export interface GcCycle {
  readonly start: number | null;
  readonly end: number | null;
  readonly pause_ns: number;
  readonly longest_pause_ns: number;
  readonly assist_ns: number;
  readonly dedicated_ns: number;
  readonly fractional_ns: number;
  readonly idle_ns: number;
  readonly heap_start_bytes: number;
  readonly heap_end_bytes: number;
  readonly goal_bytes: number;
}

export interface LatencyGroup {
  readonly type: string;
  /** "FUNCTION FILE:LINE", of regions. */
  readonly frame?: string;
  readonly count: number;
  readonly complete: number;
  readonly sum_ns: number;
  readonly max_ns: number;
  readonly histogram: readonly { readonly from_ns: number; readonly count: number }[];
}
export interface LatencyReport {
  readonly groups: readonly LatencyGroup[];
}

export interface SchedWait {
  readonly goroutine: NamedGoroutine;
  readonly start: number;
  readonly ns: number;
  readonly cause: string;
  readonly explained_ns: number;
  readonly proc?: number;
  readonly culprit?: NamedGoroutine;
  readonly made_runnable_at: readonly string[];
}
export interface SchedReport {
  readonly causes: readonly {
    readonly cause: string;
    readonly count: number;
    readonly ns: number;
    readonly longest_ns: number;
  }[];
  readonly longest: readonly SchedWait[];
}

export interface ContentionPair {
  readonly reason: string;
  readonly count: number;
  readonly delay_ns: number;
  readonly longest_ns: number;
  readonly longest_of: NamedGoroutine;
  readonly longest_start: number;
  readonly waiters: number;
  readonly wakers: number;
  readonly convoy: boolean;
  readonly single_consumer: boolean;
  readonly waiter: readonly string[];
  readonly unblocker: readonly string[];
}
export interface ContentionReport {
  readonly pairs_count: number;
  readonly pairs: readonly ContentionPair[];
}

export interface PathStep {
  readonly start: number;
  readonly ns: number;
  readonly kind: string;
  readonly depth: number;
  readonly link: string;
  readonly goroutine: NamedGoroutine;
  readonly reason?: string;
  readonly stack: readonly string[];
}
export interface PathReport {
  readonly goroutine: NamedGoroutine;
  readonly start: number;
  readonly end: number;
  /** By kind of step. */
  readonly ns: Readonly<Record<string, number>>;
  readonly steps_count: number;
  /** In time order; of more than were asked for the longest. */
  readonly steps: readonly PathStep[];
}

export interface MmuWindow {
  readonly window_ns: number;
  readonly min: number;
  readonly 'p0.1': number;
  readonly p1: number;
  readonly p5: number;
}
export interface MmuReport {
  readonly series: number;
  readonly windows: readonly MmuWindow[];
  readonly worst: readonly {
    readonly window_ns: number;
    readonly series?: number;
    readonly start: number;
    readonly utilization: number;
  }[];
}

export interface StatesReport {
  readonly running_ns: number;
  readonly runnable_ns: number;
  readonly syscall_ns: number;
  readonly syscall_block_ns: number;
  /** By reason. */
  readonly waiting_ns: Readonly<Record<string, number>>;
}

export interface GenerationRow {
  readonly number: number;
  /** In the decompressed file. */
  readonly offset: number;
  readonly bytes: number;
  readonly start: number;
}

export interface EventType {
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
}

export interface TraceReports {
  functions: { readonly functions: readonly FunctionRow[] };
  gc: { readonly cycles: readonly GcCycle[] };
  'task-latency': LatencyReport;
  'region-latency': LatencyReport;
  'log-latency': LatencyReport;
  sched: SchedReport;
  contention: ContentionReport;
  path: PathReport;
  mmu: MmuReport;
  states: StatesReport;
  generations: { readonly generations: readonly GenerationRow[] };
  footprint: { readonly types: readonly EventType[] };
}
