// Colours as numbers, 0xRRGGBB: cheap to keep in typed arrays, and easy to compute contrast with.

export type Colour = number;

/** CIE-like lightness and chroma: equal lightness looks equal for every hue, which HSL does not give. */
export function oklch(lightness: number, chroma: number, hueDegrees: number): Colour {
  // Outside of what a screen shows: the same lightness and hue with less chroma.
  for (let c = chroma; c > 0; c -= 0.004) {
    const inside = toSrgb(lightness, c, hueDegrees);
    if (inside !== undefined) return inside;
  }
  return toSrgb(lightness, 0, 0) ?? 0;
}

/** `share` of the colour over the rest of the background. */
export function blend(colour: Colour, background: Colour, share: number): Colour {
  const part = (shift: number): number => {
    const over = (colour >> shift) & 255;
    const under = (background >> shift) & 255;
    return Math.round(under + (over - under) * share) << shift;
  };
  return part(16) | part(8) | part(0);
}

/** As WCAG 2 defines it: 1 to 21. */
export function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

export function cssColour(colour: Colour): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

/** As a pixel of ImageData read as u32 on a little-endian machine, which every machine with a browser is. */
export function pixelOf(colour: Colour): number {
  return (0xff000000 | ((colour & 255) << 16) | (colour & 0xff00) | (colour >> 16)) >>> 0;
}

function luminance(colour: Colour): number {
  const linear = (shift: number): number => {
    const part = ((colour >> shift) & 255) / 255;
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
}

// Björn Ottosson's OKLab matrices (https://bottosson.github.io/posts/oklab/), public domain.
function toSrgb(lightness: number, chroma: number, hueDegrees: number): Colour | undefined {
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  let colour = 0;
  for (const part of linear) {
    if (part < -0.0005 || part > 1.0005) return undefined;
    const clipped = Math.min(1, Math.max(0, part));
    const gamma = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * Math.pow(clipped, 1 / 2.4) - 0.055;
    colour = (colour << 8) | Math.round(gamma * 255);
  }
  return colour;
}
