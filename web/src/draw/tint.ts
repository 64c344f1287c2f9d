// Colours of boxes by something that each box has a step of: its self share, its change, its class.
import { FADED_SHARE, type FlameTheme } from './flame_colors';
import { blend, oklch, type Colour } from './colour';

/** The box keeps the colour of its package. */
export const NO_STEP = 255;

export interface Tint {
  /** By box: index into `colours`, or NO_STEP. */
  readonly steps: Uint8Array;
  readonly colours: readonly Colour[];
  readonly faded: readonly Colour[];
}

export function tintOf(tint: Tint | undefined, box: number, faded: boolean): Colour | undefined {
  if (tint === undefined) return undefined;
  return (faded ? tint.faded : tint.colours)[tint.steps[box] ?? NO_STEP];
}

/** Steps of a scale that has a middle: [0, MIDDLE) less, MIDDLE equal, above more. */
export const DIFF_MIDDLE = 8;
export const HEAT_STEPS = 16;

export type TintScale = 'heat' | 'diff' | 'diff-blind' | 'classes' | 'values';

/** Hues: less, more. */
const DIFF_HUES: Readonly<Record<'diff' | 'diff-blind', readonly [number, number]>> = {
  diff: [145, 25],
  'diff-blind': [255, 60],
};
/** Of TrendClass: stable, leak, warm-up, sawtooth, falling. */
const CLASS_HUES: readonly (number | undefined)[] = [undefined, 25, 85, 300, 145];

function scaleColours(scale: TintScale, theme: FlameTheme): Colour[] {
  const { lightness, chroma } = theme;
  const grey = oklch(lightness, 0, 0);
  switch (scale) {
    case 'heat':
      return Array.from({ length: HEAT_STEPS }, (_, i) => oklch(lightness, (chroma * 1.5 * i) / (HEAT_STEPS - 1), 50));
    case 'classes':
      return CLASS_HUES.map((hue) => (hue === undefined ? grey : oklch(lightness, chroma * 1.3, hue)));
    case 'values':
      // Values, then others, then none.
      return [
        ...Array.from({ length: 11 }, (_, i) => oklch(lightness, chroma * 1.2, (25 + i * 137) % 360)),
        oklch(lightness, chroma * 0.2, 260),
        grey,
      ];
    case 'diff':
    case 'diff-blind': {
      const [less, more] = DIFF_HUES[scale];
      return Array.from({ length: 2 * DIFF_MIDDLE + 1 }, (_, i) => {
        const strength = Math.abs(i - DIFF_MIDDLE) / DIFF_MIDDLE;
        return oklch(lightness, chroma * 1.6 * strength, i < DIFF_MIDDLE ? less : more);
      });
    }
  }
}

/** `steps` by box. */
export function makeTint(steps: Uint8Array, scale: TintScale, theme: FlameTheme): Tint {
  const colours = scaleColours(scale, theme);
  return { steps, colours, faded: colours.map((colour) => blend(colour, theme.background, FADED_SHARE)) };
}
