// The only file that looks into the core's memory. Memory moves when it grows and old views then have no length, so a
// view lives for one expression: look, copy, forget.
import type { ColumnSet, CoreAnswer, CoreFailure, CoreModule, CoreSession } from 'flametrail-core';
import { NONE } from '../protocol/columns';
import type { ReportKind, ReportQuestion } from '../protocol/reports';
import type { SliceQuestion, TraceQuestion } from '../protocol/trace';

export type ColumnValue = Float64Array | Uint32Array | Uint16Array | Uint8Array | number;

/** How much memory the core has taken so far; it never gives any back. */
export function memorySize(core: CoreModule): number {
  return core.HEAPU8.length;
}

/** Puts bytes into the session's input buffer. */
export function writeInput(core: CoreModule, session: CoreSession, bytes: Uint8Array): void {
  const address = session.reserve(bytes.length) >>> 0;
  core.HEAPU8.set(bytes, address);
}

/** Copies each column once and gives the core's own back. */
export function takeColumns(columns: ColumnSet): Record<string, ColumnValue> {
  const taken: Record<string, ColumnValue> = {};
  try {
    const size = columns.size();
    for (let i = 0; i < size; i++) {
      const name = columns.name(i);
      const view = columns.view(i);
      taken[name] = typeof view === 'number' ? view : view.slice();
    }
  } finally {
    columns.delete();
  }
  return taken;
}

const decoder = new TextDecoder();

/** `series`: ids of the last series. */
export function readNames(core: CoreModule, session: CoreSession, ids: Uint32Array, series = false): readonly string[] {
  if (ids.length === 0) return [];
  writeInput(core, session, new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength));
  return decoder.decode(session.names(ids.length, series)).split('\0');
}

/** Lanes cross in the input buffer. */
export function askSlices(core: CoreModule, session: CoreSession, question: SliceQuestion): CoreAnswer {
  const { lanes, from, to, level } = question;
  if (lanes.length > 0) writeInput(core, session, new Uint8Array(lanes.buffer, lanes.byteOffset, lanes.byteLength));
  return session.slices(lanes.length / 2, from, to, level);
}

export function readReport(
  session: CoreSession,
  question: TraceQuestion,
): CoreFailure | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } {
  const answer = session.traceReport(question);
  return answer.ok ? { ok: true, bytes: new Uint8Array(answer.bytes) } : answer;
}

/** In the order of core/session/page_report.h PageReport; two dumps are the same question as one. */
const REPORTS: readonly (readonly ReportKind[])[] = [
  ['findings'],
  ['rules'],
  ['goroutines', 'changes'],
  ['memory'],
  ['bench'],
  ['gcLog'],
];

export function askReport(
  session: CoreSession,
  { report, language, thresholds, documents, labels }: ReportQuestion,
): CoreFailure | { readonly ok: true; readonly json: unknown } {
  const answer = session.report({
    report: REPORTS.findIndex((kinds) => kinds.includes(report)),
    chinese: language === 'zh',
    thresholds,
    documents: documents.map((document) => document ?? NONE),
    labels,
  });
  return answer.ok ? { ok: true, json: JSON.parse(decoder.decode(answer.bytes)) } : answer;
}
