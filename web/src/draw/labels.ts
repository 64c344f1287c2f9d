// The text of a box: the longest short name that fits, else the beginning of the shortest one. pprof shrinks the font there,
// which nobody can read. Candidates and their widths are computed once per name.
import { shortNames } from './short_names';

export type Measure = (text: string) => number;

interface Candidates {
  readonly texts: readonly string[];
  readonly widths: Float32Array;
}

/** Beyond this many names the cache starts anew: a screen holds a few thousand. */
const MAX_CACHED_NAMES = 20_000;
/** Nobody reads more of a name in a box, and a hostile file's names must not cost more. */
const MAX_NAME_LENGTH = 500;
/** Fewer letters say nothing. */
const MIN_CUT_LENGTH = 3;

export class Labels {
  private readonly candidates = new Map<number, Candidates>();

  constructor(private readonly measure: Measure) {}

  /** undefined: nothing readable fits. `id` stands for the name in the cache. */
  fit(id: number, name: string, room: number): string | undefined {
    const { texts, widths } = this.candidatesOf(id, name);
    for (let i = 0; i < texts.length; i++) if ((widths[i] ?? 0) <= room) return texts[i];
    const shortest = texts.at(-1);
    return shortest === undefined ? undefined : cut(shortest, (widths.at(-1) ?? 0) / shortest.length, room);
  }

  private candidatesOf(id: number, name: string): Candidates {
    const known = this.candidates.get(id);
    if (known !== undefined) return known;
    if (this.candidates.size >= MAX_CACHED_NAMES) this.candidates.clear();
    const texts = shortNames(name.slice(0, MAX_NAME_LENGTH)).filter((text) => text !== '');
    const made = { texts, widths: Float32Array.from(texts, this.measure) };
    this.candidates.set(id, made);
    return made;
  }
}

/** By the text's mean letter width: right for monospace fonts, near enough for what is not ASCII. */
function cut(text: string, letterWidth: number, room: number): string | undefined {
  const letters = Math.floor(room / letterWidth) - 1;
  return letters < MIN_CUT_LENGTH ? undefined : `${text.slice(0, letters)}…`;
}
