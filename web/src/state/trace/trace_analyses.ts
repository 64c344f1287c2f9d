// Answers about a trace that all depend on the one scope: the window that is marked and the goroutines that were chosen.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../../client/engine';
import type { GoroutineRows, MarkKind, MarkRows, TraceQuestion } from '../../protocol/trace';
import type { PathReport, TraceReports } from '../../protocol/trace_reports';
import type { Loadable } from '../loadable';
import { resource } from '../resource';
import type { TraceScope, TraceStore } from './trace_store';

export type ReportName = keyof TraceReports;

/** Stop-the-world, background workers, mark assist. */
export const USUAL_UTILIZATION = 0b00111;
const ROWS_KEPT = 500;
/** Of a critical path: a list that a person reads. */
const STEPS_KEPT = 1000;

const WHOLE: TraceScope = { window: null, among: null };

export function questionOf(
  trace: TraceStore,
  name: string,
  scope: TraceScope,
  more: Partial<TraceQuestion> = {},
): TraceQuestion {
  const { baseNanos } = trace.summary;
  const { window, among } = scope;
  return {
    name,
    profile: false,
    from: window === null ? null : Math.floor(window.from - baseNanos),
    to: window === null ? null : Math.ceil(window.to - baseNanos),
    task: null,
    only: among?.ids ?? [],
    keep: ROWS_KEPT,
    utilization: USUAL_UTILIZATION,
    exact: true,
    ...more,
  };
}

/** ns since the document's start, as all of the page has them, of a time of a report. */
export const fromBase = (trace: TraceStore, ns: number): number => ns + trace.summary.baseNanos;

export class TraceAnalyses {
  readonly scope: ReadonlySignal<TraceScope>;
  readonly goroutines: ReadonlySignal<Loadable<GoroutineRows>>;
  readonly path: ReadonlySignal<Loadable<PathReport | null>>;
  private readonly reports = new Map<string, ReadonlySignal<Loadable<unknown>>>();
  private readonly marksOf = new Map<MarkKind, ReadonlySignal<Loadable<MarkRows>>>();

  constructor(readonly trace: TraceStore) {
    this.scope = computed(() => ({ window: trace.range.value, among: trace.among.value }));
    this.goroutines = this.answer(
      () => questionOf(trace, '', this.scope.value),
      (question) => trace.ask('goroutines', question),
    );
    this.path = this.answer(
      () => slowQuestion(trace),
      (question): Promise<Outcome<PathReport | null>> =>
        question === null ? Promise.resolve({ ok: true, value: null }) : this.ask<'path'>(question),
    );
  }

  /** `whole`: it is of the file, not of a scope. */
  report<K extends ReportName>(name: K, whole = false): ReadonlySignal<Loadable<TraceReports[K]>> {
    return this.kept(name, () => questionOf(this.trace, name, whole ? WHOLE : this.scope.value));
  }

  mmu(utilization: ReadonlySignal<number>): ReadonlySignal<Loadable<TraceReports['mmu']>> {
    return this.kept('mmu', () =>
      questionOf(
        this.trace,
        'mmu',
        { window: this.scope.value.window, among: null },
        { utilization: utilization.value },
      ),
    );
  }

  marks(kind: MarkKind): ReadonlySignal<Loadable<MarkRows>> {
    const known = this.marksOf.get(kind);
    if (known !== undefined) return known;
    const made = this.answer(
      () => questionOf(this.trace, '', this.scope.value),
      (question) => this.trace.ask('marks', { kind, question }),
    );
    this.marksOf.set(kind, made);
    return made;
  }

  /** What the worker parsed is the report that was asked for by name. */
  async ask<K extends ReportName>(question: TraceQuestion): Promise<Outcome<TraceReports[K]>> {
    return (await this.trace.ask('traceReport', question)) as Outcome<TraceReports[K]>;
  }

  /** As gzip-ed profile.proto. */
  profile(
    name: string,
    more: Partial<TraceQuestion> = {},
  ): Promise<Outcome<{ readonly bytes: Uint8Array<ArrayBuffer> }>> {
    const question = questionOf(this.trace, name, this.scope.peek(), { profile: true, ...more });
    return this.trace.ask('traceProfile', question);
  }

  /** Of the critical path. */
  pathProfile(): Promise<Outcome<{ readonly bytes: Uint8Array<ArrayBuffer> }>> | undefined {
    const question = slowQuestion(this.trace);
    return question === null ? undefined : this.trace.ask('traceProfile', { ...question, profile: true });
  }

  private kept<K extends ReportName>(
    name: K,
    question: () => TraceQuestion,
  ): ReadonlySignal<Loadable<TraceReports[K]>> {
    const known = this.reports.get(name) as ReadonlySignal<Loadable<TraceReports[K]>> | undefined;
    if (known !== undefined) return known;
    const made = this.answer(question, (asked) => this.ask<K>(asked));
    this.reports.set(name, made);
    return made;
  }

  /** Asked anew while the file is read and more of it is there. */
  private answer<Q, T>(question: () => Q, ask: (question: Q) => Promise<Outcome<T>>): ReadonlySignal<Loadable<T>> {
    return resource({
      idle: this.trace.idle,
      question: () => ({ asked: question(), part: this.trace.summary.events }),
      same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
      ask: ({ asked }) => ask(asked),
    });
  }
}

function slowQuestion(trace: TraceStore): TraceQuestion | null {
  const slow = trace.slow.value;
  if (slow === null) return null;
  const among = slow.goroutine === null ? null : { label: slow.label, ids: [slow.goroutine] };
  return questionOf(trace, 'path', { window: slow.window, among }, { task: slow.task, keep: STEPS_KEPT });
}
