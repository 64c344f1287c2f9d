// The part of a trace file that a window lies in, as a trace file of its own: whole generations, which is what the format
// can be cut by (a generation holds all tables that its events need, and states what was going on when it began).
import type { GenerationRow } from '../../protocol/trace_reports';
import type { TimeWindow } from './trace_store';

/** "go 1.N trace" and its padding. */
const HEADER_BYTES = 16;
/** The first version whose files are made of generations. */
const FIRST_VERSION = 22;

/** From this version on each generation is followed by the byte EvEndOfGeneration (specs: internal/trace/tracev2). */
const FIRST_WITH_END_MARKS = 26;
const END_OF_GENERATION = 52;

/** Those that overlap the window, which is in terms of GenerationRow.start; none: the file has no generations. */
export function generationsIn(
  version: number,
  generations: readonly GenerationRow[],
  window: TimeWindow | null,
): readonly GenerationRow[] {
  if (version < FIRST_VERSION) return [];
  const { from, to } = window ?? { from: -Infinity, to: Infinity };
  return generations.filter(({ start }, i) => start < to && (generations[i + 1]?.start ?? Infinity) > from);
}

async function decompressed(file: Blob): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return file;
  return new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob();
}

export async function cutFile(file: Blob, version: number, generations: readonly GenerationRow[]): Promise<Blob> {
  const plain = await decompressed(file);
  const parts: BlobPart[] = [plain.slice(0, HEADER_BYTES)];
  for (const { offset, bytes } of generations) {
    parts.push(plain.slice(offset, offset + bytes));
    if (version >= FIRST_WITH_END_MARKS) parts.push(Uint8Array.of(END_OF_GENERATION));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}
