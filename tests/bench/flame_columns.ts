// A made-up flame graph of about as many boxes as asked for: deep, uneven, the same at every run.
import { NONE, type FlameColumns, type FrameColumns } from '../../web/src/protocol/columns';

const TOTAL = 2 ** 40;
const FRAMES = 20_000;
const ROWS = 80;

export function makeColumns(boxes: number): FlameColumns {
  const random = makeRandom(1);
  const rowBegin = [0, 1];
  const start: number[] = [0];
  const width: number[] = [TOTAL];
  const self: number[] = [0];
  const frame: number[] = [NONE];
  const parent: number[] = [NONE];
  const firstChild: number[] = [];
  const inlining: number[] = [0];
  for (let row = 0; row + 1 < ROWS; row++) {
    const begin = rowBegin[row] ?? 0;
    const end = rowBegin[row + 1] ?? 0;
    // Rows fill up to an even share of the boxes, as wide profiles do.
    const perBox = Math.max(1, Math.min(6, ((boxes / ROWS) * 3) / (end - begin)));
    for (let box = begin; box < end; box++) {
      firstChild[box] = start.length;
      const room = (width[box] ?? 0) * (0.97 + 0.03 * random());
      let left = room;
      let at = start[box] ?? 0;
      const children = start.length < boxes ? Math.round(perBox * 2 * random() ** 1.5) : 0;
      for (let child = 0; child < children && left >= 1; child++) {
        const share = child === children - 1 ? left : left * (0.3 + 0.5 * random());
        const value = Math.max(1, Math.floor(share));
        start.push(at);
        width.push(value);
        self.push(0);
        frame.push(Math.floor(FRAMES * random() ** 2));
        parent.push(box);
        inlining.push(random() < 0.2 ? 2 : 0);
        at += value;
        left -= value;
      }
      self[box] = (width[box] ?? 0) - (at - (start[box] ?? 0));
    }
    if (start.length === end) break;
    rowBegin.push(start.length);
  }
  for (let box = firstChild.length; box < start.length; box++) firstChild[box] = start.length;
  for (let box = rowBegin.at(-2) ?? 0; box < start.length; box++) self[box] = width[box] ?? 0;
  return {
    rowBegin: Uint32Array.from(rowBegin),
    start: Float64Array.from(start),
    width: Float64Array.from(width),
    self: Float64Array.from(self),
    total: Float64Array.from(width),
    frame: Uint32Array.from(frame),
    parent: Uint32Array.from(parent),
    firstChild: Uint32Array.from(firstChild),
    inlining: Uint8Array.from(inlining),
  };
}

export function makeFrames(): FrameColumns {
  const ids = Uint32Array.from({ length: FRAMES }, (_, i) => i);
  return {
    name: ids,
    file: ids.map((id) => FRAMES + (id % 500)),
    line: Float64Array.from(ids, (id) => 10 + (id % 900)),
    package: ids.map((id) => FRAMES + 500 + (id % 300)),
    hue: Uint16Array.from(ids, (id) => ((id % 300) * 137) % 360),
    kind: Uint8Array.from(ids, (id) => (id % 11 === 0 ? 2 : id % 5 === 0 ? 1 : 0)),
  };
}

export function textOf(id: number): string {
  if (id < FRAMES) return `example.com/corp/team${id % 30}/pkg${id % 300}.(*Worker${id}).handleRequest${id % 7}`;
  if (id < FRAMES + 500) return `/src/corp/team/file${id - FRAMES}.go`;
  return `example.com/corp/team/pkg${id - FRAMES - 500}`;
}

function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
