// Streams a file into the session.
import type { CoreFailure, CoreModule, CoreOutcome, CoreSession } from 'flametrail-core';
import { failed, success, type Result } from '../base/result';
import type { Failure, Progress } from '../protocol/messages';
import type { TraceSummary } from '../protocol/trace';
import { writeInput } from './heap';

const PROGRESS_EVERY_MS = 100;
/** What is there of a trace is told in growing steps: each costs the page questions about all of it. */
const FIRST_PART_MS = 250;
const PART_GROWTH = 1.4;
/** Reading goes first: those questions may take this part of its time. */
const MAX_ANSWERING = 0.1;
/** A stream may bring many small pieces; a call into the core for each would cost more than the copy. */
const MAX_CHUNK = 4 * 1024 * 1024;

export type SendProgress = (progress: Progress) => void;

export async function readInto(
  core: CoreModule,
  session: CoreSession,
  file: Blob,
  send: SendProgress,
  /** ms spent on questions about the part, from any moment on. */
  answering: () => number = () => 0,
): Promise<Result<undefined, Failure>> {
  let bytes = 0;
  const begun = performance.now();
  const answeredBefore = answering();
  let sentAt = begun;
  let partAt = begun;
  let part: TraceSummary | undefined;
  const reader = file.stream().getReader();
  for (;;) {
    const next = await pull(reader);
    if (!next.ok) return next;
    if (next.value === undefined) break;
    const appended = append(core, session, next.value);
    bytes += next.value.length;
    if (!appended.ok) {
      // The core knows what was wrong and keeps what came before; finish() tells whether that can be shown.
      await reader.cancel().catch(() => undefined);
      break;
    }
    const now = performance.now();
    const asked = answering() - answeredBefore;
    const due = now >= partAt && asked <= MAX_ANSWERING * (now - begun);
    const grown = due ? (session.partialSummary() as TraceSummary | undefined) : undefined;
    if (grown !== undefined) {
      part = grown;
      partAt = begun + (now - begun) * PART_GROWTH + FIRST_PART_MS;
    }
    if (grown !== undefined || now - sentAt >= PROGRESS_EVERY_MS) {
      sentAt = now;
      send({ phase: 'reading', bytes, totalBytes: file.size, ...(part === undefined ? {} : { part }) });
      // Questions about the part get their turn.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  send({ phase: 'analysing', bytes, totalBytes: file.size, ...(part === undefined ? {} : { part }) });
  const finished = session.finish();
  return finished.ok ? success(undefined) : failed(toFailure(finished));
}

async function pull(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Result<Uint8Array | undefined, Failure>> {
  try {
    const { done, value } = await reader.read();
    return success(done ? undefined : value);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed({ code: 'file', text: `the file could not be read: ${why}` });
  }
}

function append(core: CoreModule, session: CoreSession, bytes: Uint8Array): CoreOutcome {
  for (let at = 0; at < bytes.length; at += MAX_CHUNK) {
    const chunk = bytes.subarray(at, at + MAX_CHUNK);
    writeInput(core, session, chunk);
    const outcome = session.commit(chunk.length);
    if (!outcome.ok) return outcome;
  }
  return { ok: true };
}

export function toFailure(failure: CoreFailure): Failure {
  const { code, text, offset } = failure;
  return offset === undefined ? { code, text } : { code, text, offset };
}
