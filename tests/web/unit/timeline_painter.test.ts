// What is painted of a timeline, read from a log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, type Colour } from '../../../web/src/draw/colour';
import { LogPainter } from '../../../web/src/draw/log_painter';
import { DARK_TIMELINE, LIGHT_TIMELINE, runShade } from '../../../web/src/draw/timeline_colors';
import { paintTimelineMarks } from '../../../web/src/draw/timeline_marks';
import { paintTimeline, tickStep, type TimelineScene } from '../../../web/src/draw/timeline_painter';
import { css, valueX, type Viewport } from '../../../web/src/draw/viewport';
import { TIMELINE_STATES, type SliceColumns, type TimelineState } from '../../../web/src/protocol/trace';

type SliceFact = readonly [start: number, end: number, state: TimelineState, count?: number, share?: number];

function slicesOf(lanes: readonly (readonly SliceFact[])[]): SliceColumns {
  const all = lanes.flat();
  const states = Uint8Array.from(all, ([, , state]) => TIMELINE_STATES.indexOf(state));
  return {
    laneBegin: Uint32Array.from([0, ...lanes.map((_, i) => lanes.slice(0, i + 1).flat().length)]),
    start: Float64Array.from(all, ([start]) => start),
    end: Float64Array.from(all, ([, end]) => end),
    state: states,
    count: Uint32Array.from(all, ([, , , count]) => count ?? 1),
    item: Uint32Array.from(all, (_, i) => i),
    object: new Uint32Array(all.length).fill(0xffffffff),
    label: new Uint32Array(all.length).fill(0xffffffff),
    mixBegin: Uint32Array.from([...all, 0], (_, i) => i),
    mixState: states,
    mixNs: Float64Array.from(all, ([start, end, , , share]) => (end - start) * (share ?? 1)),
  };
}

// 100 ns on 100 px.
const VIEWPORT: Viewport = {
  from: valueX(0),
  to: valueX(100),
  scroll: css(0),
  width: css(100),
  height: css(60),
  ratio: 1,
};

function sceneOf(lanes: readonly (readonly SliceFact[])[], part: Partial<TimelineScene> = {}): TimelineScene {
  return {
    viewport: VIEWPORT,
    firstRow: 0,
    rows: lanes.map((_, lane) => ({ label: `g${lane}`, selected: false, lane })),
    slices: slicesOf(lanes),
    stopLane: undefined,
    strip: undefined,
    theme: LIGHT_TIMELINE,
    textsOf: (slice) => [`slice ${slice}`, 's'],
    charWidth: 7,
    timeText: String,
    stripTexts: ['', ''],
    ...part,
  };
}

const NAMES = new Map<Colour, string>(LIGHT_TIMELINE.states.map((colour, i) => [colour, TIMELINE_STATES[i] ?? '']));
const nameOf = (colour: Colour): string =>
  colour === LIGHT_TIMELINE.background ? 'seam' : (NAMES.get(colour) ?? `#${colour.toString(16)}`);

function rowsOf(scene: TimelineScene): readonly string[] {
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, scene);
  return painter.lines.filter((line) => line.startsWith('row '));
}

test('spans stand where their times are, with a seam behind each', () => {
  assert.deepEqual(
    rowsOf(
      sceneOf([
        [
          [0, 40, 'running'],
          [40, 60, 'syscall'],
        ],
        [[90, 400, 'sync']],
      ]),
    ),
    [
      'row 86+17: [200,240) running [239,240) seam [240,260) syscall [259,260) seam',
      'row 106+17: [290,300) sync [299,300) seam',
    ],
  );
});

test('a run is drawn over the spans around it, paler the less its longest state has of it, and never vanishes', () => {
  const [row] = rowsOf(
    sceneOf([
      [
        [0, 50, 'running'],
        [50.1, 50.2, 'channel', 9, 0.5],
        [50.2, 90, 'running'],
      ],
    ]),
  );
  const pale = nameOf(runShade(LIGHT_TIMELINE, TIMELINE_STATES.indexOf('channel'), 0.5));
  assert.ok(row?.endsWith(` [250,251) ${pale}`), row);
  assert.notEqual(pale, 'channel');
});

test('two runs that fall on one pixel take two', () => {
  const [row] = rowsOf(
    sceneOf([
      [
        [10.1, 10.2, 'running', 2],
        [10.3, 10.4, 'sync', 2],
      ],
    ]),
  );
  assert.equal(row, 'row 86+17: [210,211) running [211,212) sync');
});

test('pauses lie as a veil over all lanes, at least a pixel wide', () => {
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, sceneOf([[[20, 20.01, 'stop']]], { stopLane: 0 }));
  assert.ok(painter.lines.includes(`rect 220,84 1x60 #${LIGHT_TIMELINE.stop.toString(16)} 0.16`), painter.toString());
});

test('a slice carries the longest text that fits; headings fold; labels are cut', () => {
  const painter = new LogPainter(nameOf);
  const scene = sceneOf(
    [
      [
        [0, 80, 'running'],
        [80, 95, 'syscall'],
      ],
    ],
    {
      rows: [
        { label: 'a very long name of a start function', fold: 'open', selected: false, lane: undefined },
        { label: 'g1', selected: true, lane: 0 },
      ],
    },
  );
  paintTimeline(painter, scene);
  const texts = painter.lines.filter((line) => line.startsWith('text ')).map((line) => /"(.*)"/.exec(line)?.[1]);
  assert.deepEqual(texts.slice(0, 4), ['slice 0', 's', '▾ a very long name of a s…', 'g1']);
});

test('marks: range, selected span, the line under the pointer', () => {
  const painter = new LogPainter(nameOf);
  paintTimelineMarks(painter, {
    viewport: VIEWPORT,
    theme: LIGHT_TIMELINE,
    range: { from: 10, to: 30 },
    hoverX: 250,
    selected: { row: 1, from: 40, to: 400 },
  });
  const accent = `#${LIGHT_TIMELINE.accent.toString(16)}`;
  assert.deepEqual(painter.lines, [
    'clear',
    `rect 210,0 20x144 ${accent} 0.18`,
    'outline 240,105 60x19 2 #16191d',
    'rect 250,0 1x144 #16191d 0.4',
  ]);
});

test('ticks are 1, 2 or 5 times a power of ten', () => {
  assert.deepEqual([0.2, 1, 3, 70, 100, 101].map(tickStep), [1, 1, 5, 100, 100, 200]);
});

test('states stand out from the background, and texts from states', () => {
  for (const theme of [LIGHT_TIMELINE, DARK_TIMELINE]) {
    theme.states.forEach((colour, state) => {
      const name = TIMELINE_STATES[state];
      assert.ok(contrast(colour, theme.onState) >= 4.5, `text on ${name}: ${contrast(colour, theme.onState)}`);
      if (name === 'undetermined' || name === 'waiting') return;
      assert.ok(contrast(colour, theme.background) >= 3, `${name}: ${contrast(colour, theme.background)}`);
    });
  }
});
