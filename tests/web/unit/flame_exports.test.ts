import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIGHT_FLAME } from '../../../web/src/draw/flame_colors';
import { extentOf } from '../../../web/src/draw/flame_geometry';
import { paintBoxes, paintLabels } from '../../../web/src/draw/flame_painter';
import { Labels } from '../../../web/src/draw/labels';
import { escapeXml, SvgPainter } from '../../../web/src/draw/svg_painter';
import { css, wholeView } from '../../../web/src/draw/viewport';
import {
  csvText,
  flameCsv,
  foldedText,
  speedscopeText,
  type ExportedFlame,
} from '../../../web/src/state/flame_exports';
import { flamePicture } from './draw_flame_fixture';

const PICTURE = flamePicture(`
  rrrrrrrrrr
  aaaaaabbb-
  ccBaaa----
`);

function exported(names: readonly string[] = PICTURE.names): ExportedFlame {
  return {
    columns: PICTURE.columns,
    type: { type: 'cpu', unit: 'nanoseconds', total: 10, magnitudeTotal: 10, totalText: '10', nonzeroSamples: 4 },
    title: 'x.pb.gz',
    frameOf: (frame) => ({ name: names[frame] ?? '', file: frame === 0 ? 'a.go' : '', line: frame === 0 ? 7 : 0 }),
  };
}

test('folded: one line a stack, the sum of the values is the root’s', () => {
  const text = foldedText(exported());
  assert.equal(
    text,
    ['- 1', 'pkg.bbb 3', 'pkg.aaa;pkg.ccc 2', 'pkg.aaa;pkg.bbb 1', 'pkg.aaa;pkg.aaa 3', ''].join('\n'),
  );
  const sum = [...text.matchAll(/ (\d+)$/gm)].reduce((all, [, value]) => all + Number(value), 0);
  assert.equal(sum, 10);
});

test('folded: a name cannot break its line', () => {
  assert.match(foldedText(exported(['a;b', 'c\nd', 'e'])), /^a,b;c,d 1$/m);
});

test('speedscope: frames once, samples as indexes, the end is the sum', () => {
  const file = JSON.parse(speedscopeText(exported())) as {
    shared: { frames: unknown[] };
    profiles: { unit: string; endValue: number; samples: number[][]; weights: number[] }[];
  };
  assert.deepEqual(file.shared.frames, [
    { name: 'pkg.bbb' },
    { name: 'pkg.aaa', file: 'a.go', line: 7 },
    { name: 'pkg.ccc' },
  ]);
  const [profile] = file.profiles;
  assert.equal(profile?.unit, 'nanoseconds');
  assert.equal(profile?.endValue, 10);
  assert.deepEqual(profile?.samples, [[], [0], [1, 2], [1, 0], [1, 1]]);
  assert.deepEqual(profile?.weights, [1, 3, 2, 1, 3]);
});

test('CSV: quotes, and no cell that a spreadsheet would run', () => {
  assert.equal(csvText([['a,b', 'say "x"', -3, '=cmd()', '-x']]), `"a,b","say ""x""",-3,'=cmd(),'-x\r\n`);
  const lines = flameCsv(exported()).trim().split('\r\n');
  assert.equal(lines[0], 'depth,name,file,line,self (nanoseconds),total (nanoseconds)');
  assert.equal(lines[1], '0,root,,0,1,10');
  assert.equal(lines[2], '1,pkg.aaa,a.go,7,0,6');
});

test('SVG: the same boxes and labels as on the canvas, names escaped', () => {
  const viewport = wholeView(extentOf(PICTURE.columns), { width: css(600), height: css(60), ratio: 1 });
  const scene = { columns: PICTURE.columns, frames: PICTURE.frames, viewport, theme: LIGHT_FLAME, hits: undefined };
  const painter = new SvgPainter(600, 60);
  paintBoxes(painter, scene);
  paintLabels(painter, scene, {
    labels: new Labels((text) => text.length * 7),
    nameOf: (id) => `p.T[<"${id}">]`,
    root: 'root & all',
  });
  const svg = painter.finish('a <b>', '12px mono');
  assert.equal([...svg.matchAll(/<rect/g)].length, 1 + PICTURE.columns.frame.length);
  assert.match(svg, /<title>a &lt;b&gt;<\/title>/);
  assert.match(svg, />root &amp; all<\/text>/);
  assert.doesNotMatch(svg, /<"/);
});

test('what is no XML becomes a mark', () => {
  assert.equal(escapeXml('a\u0000\ud800b\tc'), 'a\ufffd\ufffdb\tc');
});
