import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blend, contrast, cssColour, oklch, pixelOf } from '../../../web/src/draw/colour';
import { DARK_FLAME, LIGHT_FLAME, type FlameTheme } from '../../../web/src/draw/flame_colors';

const THEMES: readonly (readonly [string, FlameTheme])[] = [
  ['light', LIGHT_FLAME],
  ['dark', DARK_FLAME],
];

for (const [name, theme] of THEMES) {
  test(`${name}: text on every box has a contrast of 4.5 or more`, () => {
    for (const colour of [...theme.boxes, theme.root])
      assert.ok(contrast(theme.text, colour) >= 4.5, cssColour(colour));
    for (const colour of theme.fadedBoxes)
      assert.ok(contrast(theme.mutedText, colour) >= 4.5, `faded ${cssColour(colour)}`);
  });

  test(`${name}: the outline of a selection stands out from box and background`, () => {
    for (const colour of [...theme.boxes, theme.background])
      assert.ok(contrast(theme.accent, colour) >= 3, cssColour(colour));
  });

  test(`${name}: runtime frames are greyer than others of the same hue, unknown ones grey`, () => {
    const spread = (colour: number): number => {
      const parts = [colour >> 16, (colour >> 8) & 255, colour & 255];
      return Math.max(...parts) - Math.min(...parts);
    };
    for (let hue = 0; hue < 360; hue++) {
      const [user = 0, standard = 0, runtime = 0, unknown = 0] = [0, 1, 2, 3].map((kind) =>
        spread(theme.boxes[kind * 360 + hue] ?? 0),
      );
      assert.ok(
        user >= standard && standard > runtime && runtime > unknown,
        `hue ${hue}: ${user} ${standard} ${runtime} ${unknown}`,
      );
      assert.ok(unknown <= 1);
    }
  });
}

test('colours compute as expected', () => {
  assert.equal(contrast(0x000000, 0xffffff), 21);
  assert.equal(blend(0x000000, 0xffffff, 0.35), 0xa6a6a6);
  assert.equal(pixelOf(0x112233), 0xff332211);
  assert.equal(cssColour(0x0000ff), '#0000ff');
  assert.equal(cssColour(oklch(1, 0, 0)), '#ffffff');
  assert.equal(cssColour(oklch(0.628, 0.2577, 29.23)), '#ff0000');
});
