// Reports of the core over one open document or several: findings, dumps, memory, benchmarks.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { Finding, FindingRule, Level, ReportKind, Reports } from '../protocol/reports';
import type { AppStore } from './app_store';
import type { DocumentStore } from './document_store';
import type { Loadable } from './loadable';
import { resource } from './resource';

const LEVELS: readonly Level[] = ['info', 'low', 'medium', 'high'];

export interface ReportOf<K extends ReportKind> {
  readonly report: K;
  readonly documents: readonly DocumentStore[];
  readonly labels: readonly string[];
}

/** Asked of the first document's worker, which reads the others' files where it does not have them yet. */
export async function askReport<K extends ReportKind>(
  app: AppStore,
  { report, documents, labels }: ReportOf<K>,
): Promise<Outcome<Reports[K]>> {
  const host = documents[0];
  if (host === undefined) return { ok: false, failure: { code: 'invalid', text: 'No document is open.' } };
  const attached = await host.attachments.ofAll(documents);
  if (!attached.ok) return attached;
  const answer = await host.ask('report', {
    report,
    language: app.language.peek(),
    thresholds: thresholdsText(app.thresholds.peek()),
    documents: attached.value,
    labels,
  });
  return answer as Outcome<Reports[K]>;
}

/** A report that follows what `question` reads, the language and the thresholds. */
export function reportResource<K extends ReportKind>(
  app: AppStore,
  store: DocumentStore,
  question: () => ReportOf<K> | undefined,
): ReadonlySignal<Loadable<Reports[K]>> {
  return resource({
    idle: store.idle,
    question: () => {
      const asked = question();
      return asked === undefined ? undefined : { asked, key: keyOf(app, asked) };
    },
    same: (a, b) => a.key === b.key,
    ask: ({ asked }) => askReport(app, asked),
  });
}

function keyOf(app: AppStore, { report, documents, labels }: ReportOf<ReportKind>): string {
  return JSON.stringify([report, documents.map(({ id }) => id), labels, app.language.value, app.thresholds.value]);
}

export function thresholdsText(thresholds: Readonly<Record<string, number>>): string {
  return Object.entries(thresholds)
    .map(([rule, value]) => `${rule}=${value}`)
    .join(',');
}

export interface Problem {
  readonly finding: Finding;
  readonly document: DocumentStore;
}

export interface Problems {
  readonly problems: readonly Problem[];
  readonly rules: readonly FindingRule[];
  readonly documents: readonly DocumentStore[];
}

/**
 * Of all open documents. Those that can be compared with each other (all but traces) are asked about in one core, each
 * trace in its own.
 */
export function problemsOf(app: AppStore, store: DocumentStore): ReadonlySignal<Loadable<Problems>> {
  const documents = computed(() => app.documents.value.filter((document) => document.status.value.at === 'ready'));
  return resource({
    idle: store.idle,
    question: () => ({
      documents: documents.value,
      key: keyOf(app, { report: 'findings', documents: documents.value, labels: [] }),
    }),
    same: (a, b) => a.key === b.key,
    ask: ({ documents: open }) => askProblems(app, open),
  });
}

async function askProblems(app: AppStore, documents: readonly DocumentStore[]): Promise<Outcome<Problems>> {
  const traces = documents.filter((document) => document.trace.peek() !== undefined);
  const others = documents.filter((document) => !traces.includes(document)).sort(compareAge);
  const problems: Problem[] = [];
  for (const group of [others, ...traces.map((trace) => [trace])]) {
    if (group.length === 0) continue;
    const labels = group.map(({ id }) => String(id));
    const found = await askReport(app, { report: 'findings', documents: group, labels });
    if (!found.ok) return found;
    for (const finding of found.value) {
      const document = group.find(({ id }) => String(id) === finding.file);
      if (document !== undefined) problems.push({ finding, document });
    }
  }
  const rules = await askReport(app, { report: 'rules', documents: documents.slice(0, 1), labels: [''] });
  if (!rules.ok) return rules;
  problems.sort((a, b) => compareFindings(a.finding, b.finding));
  return { ok: true, value: { problems, rules: rules.value, documents } };
}

/** Rules that compare want the older first: by the files' own times, then by the numbers in names that are else the same. */
function compareAge(a: DocumentStore, b: DocumentStore): number {
  const time = (document: DocumentStore): bigint => BigInt(document.summary.peek()?.timeNanos || '0');
  const order = time(a) - time(b);
  if (order !== 0n) return order < 0n ? -1 : 1;
  const one = a.source.name;
  const other = b.source.name;
  const pattern = (name: string): string => name.replace(/\d+/g, '#');
  return pattern(one) === pattern(other) ? one.localeCompare(other, 'en', { numeric: true }) : 0;
}

/** As core/analysis/findings/finding.h FindProblems orders them; the sort is stable for the rest. */
export function compareFindings(a: Finding, b: Finding): number {
  const excess = ({ value, threshold }: Finding): number => (threshold > 0 ? value / threshold : 1);
  return (
    LEVELS.indexOf(b.severity) - LEVELS.indexOf(a.severity) ||
    LEVELS.indexOf(b.confidence) - LEVELS.indexOf(a.confidence) ||
    excess(b) - excess(a)
  );
}
