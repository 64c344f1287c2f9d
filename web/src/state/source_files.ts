// Source files that a person brought along, for all documents: found by the end of the path that a profile names.
import { signal, type ReadonlySignal } from '@preact/signals-core';

export interface SourceEntry {
  /** With slashes, as far as it is known. */
  readonly path: string;
  readonly read: () => Promise<string>;
}

/** A folder of a whole disk is a mistake. */
export const MAX_SOURCE_FILES = 100_000;

/** Folders of the module cache have their version behind an at sign; checked-out ones have none. */
const partsOf = (path: string): string[] =>
  path
    .split('/')
    .map((part) => part.replace(/@.*$/, ''))
    .filter((part) => part !== '' && part !== '.');

export class SourceFiles {
  private readonly byName = new Map<string, SourceEntry[]>();
  private readonly changes = signal(0);
  private total = 0;

  /** Increases when files were added. */
  get version(): ReadonlySignal<number> {
    return this.changes;
  }

  get count(): number {
    return this.total;
  }

  /** Later ones win over earlier ones of the same path. Says how many there was room for. */
  add(entries: readonly SourceEntry[]): number {
    let added = 0;
    for (const entry of entries) {
      if (this.total >= MAX_SOURCE_FILES) break;
      const name = partsOf(entry.path).at(-1);
      if (name === undefined) continue;
      const others = (this.byName.get(name) ?? []).filter(({ path }) => path !== entry.path);
      this.byName.set(name, [entry, ...others]);
      this.total++;
      added++;
    }
    if (added > 0) this.changes.value++;
    return added;
  }

  /** The file with the longest common end; its own name must be the same. */
  find(path: string): SourceEntry | undefined {
    const wanted = partsOf(path);
    let best: SourceEntry | undefined;
    let most = 0;
    for (const entry of this.byName.get(wanted.at(-1) ?? '') ?? []) {
      const common = commonEnd(wanted, partsOf(entry.path));
      if (common > most || (common === most && best !== undefined && entry.path.length < best.path.length)) {
        best = entry;
        most = common;
      }
    }
    return best;
  }
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count++;
  return count;
}
