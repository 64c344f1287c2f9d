// Tiny flame graphs drawn as text. One line a row from the root down, one box per column pair:
//   aaaa----   a box "a" of width 4, then nothing. Boxes of the same letter that touch are one box.
import { NONE, type FlameColumns, type FrameColumns } from '../../../web/src/protocol/columns';

export interface Picture {
  readonly columns: FlameColumns;
  readonly frames: FrameColumns;
  /** By string id. */
  readonly names: readonly string[];
}

interface Box {
  readonly letter: string;
  readonly start: number;
  readonly width: number;
}

/** The first row is the root. An upper-case letter is the same frame as the lower-case one, inlined. */
export function flamePicture(text: string): Picture {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => boxesOf(line.trim()));
  const boxes = rows.flat();
  const rowBegin = [0];
  for (const row of rows) rowBegin.push((rowBegin.at(-1) ?? 0) + row.length);
  const rowOfBox = rows.flatMap((row, depth) => row.map(() => depth));
  const letters = [...new Set(boxes.slice(1).map(({ letter }) => letter.toLowerCase()))].sort();
  const parentOf = (box: Box, depth: number): number =>
    depth === 0
      ? NONE
      : (rowBegin[depth - 1] ?? 0) +
        (rows[depth - 1] ?? []).findIndex((above) => above.start <= box.start && box.start < above.start + above.width);
  const parents = boxes.map((box, i) => parentOf(box, rowOfBox[i] ?? 0));
  const widths = boxes.map(({ width }) => width);
  const self = widths.map(
    (width, i) => width - boxes.reduce((sum, box, j) => sum + (parents[j] === i ? box.width : 0), 0),
  );
  const columns: FlameColumns = {
    rowBegin: Uint32Array.from(rowBegin),
    start: Float64Array.from(boxes, ({ start }) => start),
    width: Float64Array.from(widths),
    self: Float64Array.from(self),
    total: Float64Array.from(widths),
    frame: Uint32Array.from(boxes, ({ letter }, i) => (i === 0 ? NONE : letters.indexOf(letter.toLowerCase()))),
    parent: Uint32Array.from(parents),
    firstChild: Uint32Array.from(boxes, (_, i) => {
      const child = parents.indexOf(i);
      if (child >= 0) return child;
      const before = parents.findIndex((parent, j) => (rowOfBox[j] ?? 0) === (rowOfBox[i] ?? 0) + 1 && parent > i);
      return before >= 0 ? before : (rowBegin[(rowOfBox[i] ?? 0) + 2] ?? boxes.length);
    }),
    inlining: Uint8Array.from(boxes, ({ letter }) => (letter === letter.toUpperCase() ? 2 : 0)),
  };
  return {
    columns,
    frames: framesOf(letters.length),
    names: letters.map((letter) => `pkg.${letter}${letter}${letter}`),
  };
}

function boxesOf(line: string): Box[] {
  const boxes: Box[] = [];
  for (const part of line.matchAll(/([A-Za-z])\1*/g))
    boxes.push({ letter: part[0].charAt(0), start: part.index, width: part[0].length });
  return boxes;
}

function framesOf(count: number): FrameColumns {
  const ids = Uint32Array.from({ length: count }, (_, i) => i);
  return {
    name: ids,
    file: ids,
    line: new Float64Array(count),
    package: ids,
    hue: Uint16Array.from(ids, (id) => id * 40),
    kind: new Uint8Array(count),
  };
}
