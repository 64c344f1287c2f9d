// The filter of goroutine lanes: words that must all hold. "state:network" (ever in such a state; "blocked" is any of the
// waits), "task:order", "label:GC", "g12", or a part of the start function's name.
import { TAG_KINDS, TIMELINE_STATES, type LaneColumns } from '../../protocol/trace';

export type NameOf = (id: number) => string | undefined;
export type LaneTest = (lane: number) => boolean;

const WAITS = ['network', 'channel', 'sync', 'sleep', 'collector', 'waiting', 'syscall'];

/** undefined: everything is wanted. */
export function laneFilter(columns: LaneColumns, filter: string, nameOf: NameOf): LaneTest | undefined {
  const tests = wordsOf(filter).map((word) => testOf(columns, word, nameOf));
  if (tests.length === 0) return undefined;
  return (lane) => tests.every((holds) => holds(lane));
}

/** Blanks part words, but not within "…". */
function wordsOf(filter: string): readonly string[] {
  return [...filter.toLowerCase().matchAll(/(?:[^\s"]+|"[^"]*"?)+/g)].map(([word]) => word.replaceAll('"', ''));
}

function testOf(columns: LaneColumns, word: string, nameOf: NameOf): LaneTest {
  const [, key, value = ''] = /^(state|task|label):(.*)$/.exec(word) ?? [];
  if (key === 'state') {
    const bits = stateBits(value);
    return (lane) => ((columns.states[lane] ?? 0) & bits) !== 0;
  }
  if (key !== undefined)
    return tagTest(
      columns,
      TAG_KINDS.findIndex((kind) => kind === key),
      value,
      nameOf,
    );
  const number = /^g(\d+)$/.exec(word)?.[1];
  const matches = textTest(word, nameOf);
  return (lane) =>
    (number !== undefined && columns.number[lane] === Number(number)) || matches(columns.name[lane] ?? 0);
}

function stateBits(value: string): number {
  return TIMELINE_STATES.reduce((bits, state, i) => {
    const wanted = value === 'blocked' ? WAITS.includes(state) : value !== '' && state.startsWith(value);
    return wanted ? bits | (1 << i) : bits;
  }, 0);
}

function tagTest(columns: LaneColumns, kind: number, value: string, nameOf: NameOf): LaneTest {
  const matches = textTest(value, nameOf);
  return (lane) => {
    for (let i = columns.tagBegin[lane] ?? 0; i < (columns.tagBegin[lane + 1] ?? 0); i++) {
      if (columns.tagKind[i] === kind && matches(columns.tagText[i] ?? 0)) return true;
    }
    return false;
  };
}

/** Each text is looked at once: a hundred thousand lanes have few names. */
function textTest(part: string, nameOf: NameOf): (id: number) => boolean {
  const known = new Map<number, boolean>();
  return (id) => {
    let holds = known.get(id);
    if (holds === undefined) known.set(id, (holds = (nameOf(id) ?? '').toLowerCase().includes(part)));
    return holds;
  };
}
