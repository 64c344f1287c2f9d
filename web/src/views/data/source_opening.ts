// From what the browser hands over (a folder, single files, a zip archive) to source entries.
import { readZip } from '../../base/zip';
import type { SourceEntry } from '../../state/source_files';

/** Larger ones are no source. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Throws an Error with a sentence. */
export async function entriesOfFiles(files: readonly File[]): Promise<readonly SourceEntry[]> {
  const parts = await Promise.all(files.map((file) => entriesOfFile(file, file.webkitRelativePath || file.name)));
  return parts.flat();
}

async function entriesOfFile(file: File, path: string): Promise<readonly SourceEntry[]> {
  if (/\.zip$/i.test(file.name)) {
    try {
      return await readZip(file);
    } catch (error) {
      throw new Error(`${file.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return file.size > MAX_BYTES ? [] : [{ path, read: () => file.text() }];
}

/** Folders come as entries of a file system, files as files. */
export async function entriesOfDrop(transfer: DataTransfer): Promise<readonly SourceEntry[]> {
  // Before the first await: the list is empty after it.
  const roots = [...transfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  // What is in no file system (dragged out of a page) comes as a file alone.
  const files = roots.filter((root): root is File => root instanceof File);
  const found: SourceEntry[] = [...(await entriesOfFiles(files))];
  const open = roots.filter((root): root is FileSystemEntry => root !== null && !(root instanceof File));
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    if (entry.isDirectory) open.push(...(await readFolder(entry as FileSystemDirectoryEntry)));
    else found.push(...(await entriesOfFile(await readFile(entry as FileSystemFileEntry), entry.fullPath)));
  }
  return found;
}

/** The browser gives a hundred at a time. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

const readFile = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
