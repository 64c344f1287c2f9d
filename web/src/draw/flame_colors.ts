// Colours of a flame graph. The hue comes from the package (the core computes it), one lightness and chroma per theme, so
// every label has the same contrast; the kind of code takes chroma away: runtime greyer, no symbol grey.
import type { FrameColumns } from '../protocol/columns';
import { NONE } from '../protocol/columns';
import { blend, oklch, type Colour } from './colour';

export interface FlameTheme {
  readonly background: Colour;
  readonly root: Colour;
  readonly text: Colour;
  /** On faded boxes. */
  readonly mutedText: Colour;
  /** Stripes of boxes too thin to draw, from little to full coverage; see runColour. */
  readonly runs: readonly Colour[];
  /** While searching, without a hit among them, and with one. */
  readonly fadedRuns: readonly Colour[];
  readonly hitRun: Colour;
  readonly accent: Colour;
  readonly hover: Colour;
  /** Boxes by kind * 360 + hue. */
  readonly boxes: Uint32Array;
  readonly fadedBoxes: Uint32Array;
  /** Of boxes: labels stay readable on every hue. */
  readonly lightness: number;
  readonly chroma: number;
}

/** How much of a box's colour is left when a search passes it by. */
export const FADED_SHARE = 0.35;
const HUES = 360;
/** By FrameColumns.kind: user code, standard library, runtime, no symbol. */
const CHROMA_SHARE = [1, 0.75, 0.28, 0] as const;

/** Strength of a run's stripes by how much of its pixels the boxes fill, in even steps. */
const RUN_SHARES = [0.4, 0.6, 0.8, 1] as const;

/** Hits among boxes too thin to draw are seen, but not before the boxes that are drawn. */
const HIT_RUN_SHARE = 0.6;

interface Tones {
  readonly background: Colour;
  readonly root: Colour;
  readonly text: Colour;
  readonly mutedText: Colour;
  readonly run: Colour;
  readonly accent: Colour;
  readonly hover: Colour;
  readonly lightness: number;
  readonly chroma: number;
}

// The first five and the accent are the tokens of the style sheet (style/tokens), which a canvas cannot read.
export const LIGHT_FLAME: FlameTheme = makeTheme({
  background: 0xffffff,
  root: 0xe4e7ec,
  text: 0x16191d,
  mutedText: 0x5b6470,
  run: 0xb4bbc5,
  accent: 0x0b6bcb,
  hover: 0x16191d,
  lightness: 0.86,
  chroma: 0.085,
});

export const DARK_FLAME: FlameTheme = makeTheme({
  background: 0x111418,
  root: 0x2a3038,
  text: 0xe8eaed,
  mutedText: 0x9aa4b0,
  run: 0x4a535f,
  accent: 0x5aa9ff,
  hover: 0xe8eaed,
  lightness: 0.42,
  chroma: 0.075,
});

/** Colour of a box by its frame; the root has none. */
export function boxColour(palette: Uint32Array, root: Colour, frames: FrameColumns, frame: number): Colour {
  if (frame === NONE) return root;
  const kind = frames.kind[frame] ?? 0;
  const hue = frames.hue[frame] ?? 0;
  return palette[kind * HUES + hue] ?? root;
}

/** Thin boxes take a whole pixel; where they fill little of it, less ink keeps the sum of ink honest. */
export function runColour(runs: readonly Colour[], coverage: number): Colour {
  const step = Math.min(runs.length - 1, Math.floor(Math.max(0, coverage) * runs.length));
  return runs[step] ?? 0;
}

function makeTheme(tones: Tones): FlameTheme {
  const boxes = new Uint32Array(CHROMA_SHARE.length * HUES);
  const fadedBoxes = new Uint32Array(boxes.length);
  CHROMA_SHARE.forEach((share, kind) => {
    for (let hue = 0; hue < HUES; hue++) {
      const colour = oklch(tones.lightness, tones.chroma * share, hue);
      boxes[kind * HUES + hue] = colour;
      fadedBoxes[kind * HUES + hue] = blend(colour, tones.background, FADED_SHARE);
    }
  });
  const runs = RUN_SHARES.map((share) => blend(tones.run, tones.background, share));
  const fadedRuns = runs.map((colour) => blend(colour, tones.background, FADED_SHARE));
  return { ...tones, runs, fadedRuns, hitRun: blend(tones.accent, tones.background, HIT_RUN_SHARE), boxes, fadedBoxes };
}
