import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cssColour, type Colour } from '../../../web/src/draw/colour';
import { LIGHT_FLAME } from '../../../web/src/draw/flame_colors';
import { extentOf } from '../../../web/src/draw/flame_geometry';
import { outlinesOf, paintBoxes, paintLabels, paintMarks, type FlameScene } from '../../../web/src/draw/flame_painter';
import { hitTest, sumOfRun } from '../../../web/src/draw/hit_test';
import { Labels } from '../../../web/src/draw/labels';
import { LogPainter } from '../../../web/src/draw/log_painter';
import { paintMinimap } from '../../../web/src/draw/minimap_painter';
import { SearchHits } from '../../../web/src/draw/search_hits';
import { makeTint, NO_STEP } from '../../../web/src/draw/tint';
import { css, showRange, wholeView } from '../../../web/src/draw/viewport';
import { flamePicture, type Picture } from './draw_flame_fixture';

const PICTURE = flamePicture(`
  rrrrrrrrrr
  aaaaaabbb-
  ccBaaa----
`);

function sceneOf(picture: Picture, widthPx: number, ratio = 1, from?: number, to?: number): FlameScene {
  const extent = extentOf(picture.columns);
  const whole = wholeView(extent, { width: css(widthPx), height: css(60), ratio });
  const viewport = from === undefined || to === undefined ? whole : showRange(whole, extent, from, to);
  return { columns: picture.columns, frames: picture.frames, viewport, theme: LIGHT_FLAME, hits: undefined };
}

/** Colours by what they stand for: frame letters, and the theme's parts. */
function nameColour(colour: Colour): string {
  const { theme } = sceneOf(PICTURE, 100);
  const frames = ['a', 'b', 'c'].map((letter, i) => [theme.boxes[i * 40], letter] as const);
  const faded = ['a', 'b', 'c'].map((letter, i) => [theme.fadedBoxes[i * 40], `faded-${letter}`] as const);
  const parts = (['background', 'root', 'accent', 'hitRun', 'text', 'mutedText'] as const).map(
    (part) => [theme[part], part] as const,
  );
  const runs = theme.runs.map((run, i) => [run, `run${i + 1}`] as const);
  return [...parts, ...runs, ...frames, ...faded].find(([known]) => known === colour)?.[1] ?? cssColour(colour);
}

function logOf(paint: (painter: LogPainter) => void): string {
  const painter = new LogPainter(nameColour);
  paint(painter);
  return painter.toString();
}

function expectLog(log: string, expected: string): void {
  assert.equal(log, expected.trim().replace(/^ +/gm, ''));
}

test('boxes: a row a line, a gap after each sibling, inlined boxes dotted', () => {
  expectLog(
    logOf((painter) => paintBoxes(painter, sceneOf(PICTURE, 100))),
    `clear background
     row 0+18 edge 1: [0,99) root
     row 18+18 edge 1: [0,59) a [60,89) b
     row 36+18 edge 1: [0,19) c [20,29) b dotted [30,59) a
     flush`,
  );
});

test('boxes: on a screen of two device pixels per CSS pixel everything doubles', () => {
  expectLog(
    logOf((painter) => paintBoxes(painter, sceneOf(PICTURE, 100, 2))),
    `clear background
     row 0+36 edge 2: [0,198) root
     row 36+36 edge 2: [0,118) a [120,178) b
     row 72+36 edge 2: [0,38) c [40,58) b dotted [60,118) a
     flush`,
  );
});

test('boxes: a window cuts what reaches over its edges', () => {
  expectLog(
    logOf((painter) => paintBoxes(painter, sceneOf(PICTURE, 100, 1, 5, 7))),
    `clear background
     row 0+18 edge 1: [0,99) root
     row 18+18 edge 1: [0,49) a [50,99) b
     row 36+18 edge 1: [0,49) a
     flush`,
  );
});

test('boxes: neighbours under a pixel become one striped run, wide ones between them stay', () => {
  const picture = flamePicture(`
    rrrrrrrrrrrrrrrrrrrr
    ababaccccccccccabab-
  `);
  expectLog(
    logOf((painter) => paintBoxes(painter, sceneOf(picture, 10))),
    `clear background
     row 0+18 edge 1: [0,9) root
     row 18+18 edge 1: [0,3) run4 stripes [3,7) c [8,10) run4 stripes
     flush`,
  );
});

test('a run says how many boxes it stands for, and their sum', () => {
  const picture = flamePicture(`
    rrrrrrrrrrrrrrrrrrrr
    ababaccccccccccabab-
  `);
  const { columns, viewport } = sceneOf(picture, 10);
  const left = hitTest(columns, viewport, css(1), css(20));
  assert.deepEqual(left, { kind: 'run', first: 1, last: 5, x0: 0, x1: 3 });
  assert.deepEqual(sumOfRun(columns, 1, 5), { boxes: 5, total: 5 });
  const right = hitTest(columns, viewport, css(8), css(20));
  assert.deepEqual(right, { kind: 'run', first: 7, last: 10, x0: 8, x1: 10 });
  assert.deepEqual(sumOfRun(columns, 7, 10), { boxes: 4, total: 4 });
});

test('search: hits keep their colour, others fade, also in runs', () => {
  const picture = flamePicture(`
    rrrrrrrrrrrrrrrrrrrr
    ababaccccccccccbbbb-
    a-------------------
  `);
  const scene = sceneOf(picture, 10);
  const match = Uint8Array.from([1, 0, 0]);
  const hits = new SearchHits(picture.columns, { match, matchedTotal: 0, matchedSelf: 0, frameCount: 0, boxCount: 0 });
  expectLog(
    logOf((painter) => paintBoxes(painter, { ...scene, hits })),
    `clear background
     row 0+18 edge 1: [0,9) root
     row 18+18 edge 1: [0,3) hitRun stripes [3,7) faded-c [8,10) faded-b
     row 36+18 edge 1: [0,1) hitRun stripes
     flush`,
  );
});

test('search: hits are counted, ranked and found again', () => {
  const hits = new SearchHits(PICTURE.columns, {
    match: Uint8Array.from([1, 0, 0]),
    matchedTotal: 0,
    matchedSelf: 0,
    frameCount: 0,
    boxCount: 0,
  });
  assert.equal(hits.count, 2);
  assert.deepEqual([hits.boxAt(0), hits.boxAt(1), hits.boxAt(2), hits.boxAt(-1)], [1, 5, undefined, undefined]);
  assert.deepEqual([hits.anyIn(2, 4), hits.anyIn(2, 5)], [false, true]);
});

test('labels: only where they fit, shortened, at the visible part of the box', () => {
  const labels = new Labels((text) => text.length * 7);
  const source = { labels, nameOf: (id: number) => PICTURE.names[id], root: 'root · 10' };
  expectLog(
    logOf((painter) => paintLabels(painter, sceneOf(PICTURE, 200), source)),
    `text 4,13 "root · 10" text
     text 4,31 "pkg.aaa" text
     text 124,31 "pkg.bbb" text
     text 4,49 "ccc" text
     text 64,49 "pkg.aaa" text`,
  );
});

test('labels: names that are not here yet are left out, not guessed', () => {
  const source = { labels: new Labels((text) => text.length * 7), nameOf: () => undefined, root: 'root' };
  expectLog(
    logOf((painter) => paintLabels(painter, sceneOf(PICTURE, 200), source)),
    'text 4,13 "root" text',
  );
});

test('marks: outlines of a frame, the selected box, the hovered box', () => {
  const scene = sceneOf(PICTURE, 100);
  expectLog(
    logOf((painter) =>
      paintMarks(painter, scene, { hover: { kind: 'box', box: 2 }, selected: 5, outlines: outlinesOf(scene, 0) }),
    ),
    `clear
     outline 0,18 60x18 1 accent
     outline 30,36 30x18 1 accent
     outline 30,36 30x18 2 accent
     rect 60,18 30x18 text 0.12
     outline 60,18 30x18 1 text`,
  );
});

test('minimap: rows below the root, thick when there are few', () => {
  const scene = sceneOf(PICTURE, 100);
  const viewport = wholeView(extentOf(PICTURE.columns), { width: css(100), height: css(24), ratio: 1 });
  expectLog(
    logOf((painter) => paintMinimap(painter, { ...scene, viewport })),
    `clear background
     row 0+4: [0,60) a [60,90) b
     row 4+4: [0,20) c [20,30) b [30,60) a
     flush`,
  );
});

test('flipped: the root at the bottom, each row above its caller, labels and marks with their boxes', () => {
  const scene = sceneOf(PICTURE, 200);
  const flipped = { ...scene, viewport: { ...scene.viewport, flipped: true } };
  const labels = new Labels((text) => text.length * 7);
  const source = { labels, nameOf: (id: number) => PICTURE.names[id], root: 'root' };
  expectLog(
    logOf((painter) => {
      paintBoxes(painter, flipped);
      paintLabels(painter, flipped, source);
      paintMarks(painter, flipped, { hover: { kind: 'nothing' }, selected: 5, outlines: outlinesOf(flipped, 1) });
    }),
    `clear background
     row 42+18 edge 1: [0,199) root
     row 24+18 edge 1: [0,119) a [120,179) b
     row 6+18 edge 1: [0,39) c [40,59) b dotted [60,119) a
     flush
     text 4,55 "root" text
     text 4,37 "pkg.aaa" text
     text 124,37 "pkg.bbb" text
     text 4,19 "ccc" text
     text 64,19 "pkg.aaa" text
     clear
     outline 120,24 60x18 1 accent
     outline 40,6 20x18 1 accent
     outline 60,6 60x18 2 accent`,
  );
});

test('flipped: the minimap grows from its lower edge', () => {
  const scene = sceneOf(PICTURE, 100);
  const whole = wholeView(extentOf(PICTURE.columns), { width: css(100), height: css(24), ratio: 1 });
  expectLog(
    logOf((painter) => paintMinimap(painter, { ...scene, viewport: { ...whole, flipped: true } })),
    `clear background
     row 20+4: [0,60) a [60,90) b
     row 16+4: [0,20) c [20,30) b [30,60) a
     flush`,
  );
});

test('tinted: boxes take the colour of their step, without one that of their package; what a search passes by fades', () => {
  const steps = Uint8Array.from([NO_STEP, 0, 8, 16, NO_STEP, 4]);
  const tint = makeTint(steps, 'diff', LIGHT_FLAME);
  const step = (at: number): string => cssColour(tint.colours[at] ?? 0);
  const faded = (at: number): string => cssColour(tint.faded[at] ?? 0);
  const scene = { ...sceneOf(PICTURE, 100), tint };
  expectLog(
    logOf((painter) => paintBoxes(painter, scene)),
    `clear background
     row 0+18 edge 1: [0,99) root
     row 18+18 edge 1: [0,59) ${step(0)} [60,89) ${step(8)}
     row 36+18 edge 1: [0,19) ${step(16)} [20,29) b dotted [30,59) ${step(4)}
     flush`,
  );
  const match = Uint8Array.from([1, 0, 0]);
  const hits = new SearchHits(PICTURE.columns, { match, matchedTotal: 0, matchedSelf: 0, frameCount: 0, boxCount: 0 });
  expectLog(
    logOf((painter) => paintBoxes(painter, { ...scene, hits })),
    `clear background
     row 0+18 edge 1: [0,99) root
     row 18+18 edge 1: [0,59) ${step(0)} [60,89) ${faded(8)}
     row 36+18 edge 1: [0,19) ${faded(16)} [20,29) faded-b dotted [30,59) ${step(4)}
     flush`,
  );
});
