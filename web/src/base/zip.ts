// The files of a zip archive: its central directory is read at once, a file when it is wanted. Stored and deflated ones
// only; no encryption, no zip64. Source of the layout: PKWARE's APPNOTE 4.3.

export interface ZipEntry {
  readonly path: string;
  readonly read: () => Promise<string>;
}

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 65_535;
const DIRECTORY_HEAD = 46;
const LOCAL_HEAD = 30;
const STORED = 0;
const DEFLATED = 8;
/** No source file is larger; a small archive may claim to hold anything. */
export const MAX_ZIP_FILE_BYTES = 16 * 1024 * 1024;

/** Throws an Error with a sentence when the bytes are no zip archive. */
export async function readZip(archive: Blob): Promise<readonly ZipEntry[]> {
  const tailStart = Math.max(0, archive.size - END_SIZE - MAX_COMMENT);
  const tail = new DataView(await archive.slice(tailStart).arrayBuffer());
  let at = tail.byteLength - END_SIZE;
  while (at >= 0 && tail.getUint32(at, true) !== END_SIGNATURE) at--;
  if (at < 0) throw new Error('it is no zip archive: it has no end of central directory');
  const count = tail.getUint16(at + 10, true);
  const size = tail.getUint32(at + 12, true);
  const offset = tail.getUint32(at + 16, true);
  if (offset > archive.size || size > archive.size - offset) throw new Error('its central directory is cut off');
  const directory = new DataView(await archive.slice(offset, offset + size).arrayBuffer());
  return entriesOf(archive, directory, count);
}

function entriesOf(archive: Blob, directory: DataView, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  const decoder = new TextDecoder();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (directory.byteLength - at < DIRECTORY_HEAD) break;
    if (directory.getUint32(at, true) !== DIRECTORY_SIGNATURE) break;
    const method = directory.getUint16(at + 10, true);
    const packed = directory.getUint32(at + 20, true);
    const unpacked = directory.getUint32(at + 24, true);
    const nameSize = directory.getUint16(at + 28, true);
    const restSize = directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    const offset = directory.getUint32(at + 42, true);
    at += DIRECTORY_HEAD;
    if (directory.byteLength - at < nameSize) break;
    const path = decoder.decode(new Uint8Array(directory.buffer, directory.byteOffset + at, nameSize));
    at += nameSize + restSize;
    const readable = (method === STORED || method === DEFLATED) && unpacked <= MAX_ZIP_FILE_BYTES;
    if (!path.endsWith('/') && readable) {
      entries.push({ path, read: () => readEntry(archive, offset, packed, method) });
    }
  }
  return entries;
}

async function readEntry(archive: Blob, offset: number, packed: number, method: number): Promise<string> {
  const head = new DataView(await archive.slice(offset, offset + LOCAL_HEAD).arrayBuffer());
  if (head.byteLength < LOCAL_HEAD || head.getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new Error('the archive has no file where its directory says');
  }
  const start = offset + LOCAL_HEAD + head.getUint16(26, true) + head.getUint16(28, true);
  const data = archive.slice(start, start + packed);
  if (method === STORED) return data.text();
  return readBounded(data.stream().pipeThrough(new DecompressionStream('deflate-raw')));
}

/** The directory's sizes may lie. */
async function readBounded(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > MAX_ZIP_FILE_BYTES) {
      await reader.cancel();
      throw new Error('the file is larger than 16 MB');
    }
    text += decoder.decode(value, { stream: true });
  }
}
