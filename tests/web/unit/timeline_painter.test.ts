// What is painted of a timeline, read from a log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, type Colour } from '../../../web/src/draw/colour';
import { LogPainter } from '../../../web/src/draw/log_painter';
import { DARK_TIMELINE, LIGHT_TIMELINE, runShade } from '../../../web/src/draw/timeline_colors';
import { paintTimelineMarks } from '../../../web/src/draw/timeline_marks';
import { wakeUps, MAX_ARROWS } from '../../../web/src/draw/timeline_arrows';
import { HEAD_HEIGHT, rowAt, rowTop, stripAt } from '../../../web/src/draw/timeline_geometry';
import { paintTimeline, tickStep, type TimelineScene } from '../../../web/src/draw/timeline_painter';
import { stripPeaks } from '../../../web/src/draw/timeline_strip';
import { css, valueX, type Viewport } from '../../../web/src/draw/viewport';
import { LANE_KINDS, TIMELINE_STATES, type SliceColumns, type TimelineState } from '../../../web/src/protocol/trace';

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
    markBegin: new Uint32Array(lanes.length + 1),
    markTime: new Float64Array(),
    markKind: new Uint8Array(),
    markItem: new Uint32Array(),
    markCount: new Uint32Array(),
    markLabel: new Uint32Array(),
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

const ROW = { indent: 0, head: false, selected: false };

function sceneOf(lanes: readonly (readonly SliceFact[])[], part: Partial<TimelineScene> = {}): TimelineScene {
  return {
    viewport: VIEWPORT,
    pinned: 0,
    rows: lanes.map((_, lane) => ({ ...ROW, index: lane, label: `g${lane}`, lane })),
    slices: slicesOf(lanes),
    stopLane: undefined,
    arrows: [],
    strip: undefined,
    most: { goroutines: 0, threads: 0, bytes: 0 },
    bookmarks: [],
    theme: LIGHT_TIMELINE,
    textsOf: (slice) => [`slice ${slice}`, 's'],
    charWidth: 7,
    timeText: String,
    axisText: '',
    stripTexts: { goroutines: '', threads: '', heap: '', procs: '' },
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
      'row 122+17: [200,240) running [239,240) seam [240,260) syscall [259,260) seam',
      'row 142+17: [290,300) sync [299,300) seam',
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
  assert.equal(row, 'row 122+17: [210,211) running [211,212) sync');
});

test('pauses lie as a veil over all lanes, at least a pixel wide', () => {
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, sceneOf([[[20, 20.01, 'stop']]], { stopLane: 0 }));
  assert.ok(painter.lines.includes(`rect 220,120 1x60 #${LIGHT_TIMELINE.stop.toString(16)} 0.16`), painter.toString());
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
        { ...ROW, index: 0, label: 'a very long name of a start function', head: true, fold: 'open', lane: undefined },
        { ...ROW, index: 1, label: 'g1', selected: true, lane: 0 },
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
    pinned: 0,
    range: { from: 10, to: 30, text: '20ns' },
    hoverX: 250,
    selected: { row: 1, from: 40, to: 400 },
    arrows: [],
    charWidth: 7,
  });
  const accent = `#${LIGHT_TIMELINE.accent.toString(16)}`;
  assert.deepEqual(painter.lines, [
    'clear',
    `rect 210,0 20x180 ${accent} 0.18`,
    `rect 202,0 36x20 #${LIGHT_TIMELINE.panel.toString(16)}`,
    'text 206,14 "20ns" #16191d',
    'outline 240,141 60x19 2 #16191d',
    'rect 250,0 1x180 #16191d 0.4',
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

/** Lanes with wake-ups: the waker's index stands in `object` of a runnable span. */
function withWakers(lanes: readonly (readonly SliceFact[])[], wakers: readonly number[]): SliceColumns {
  return { ...slicesOf(lanes), object: Uint32Array.from(wakers) };
}

test('an arrow stands where one goroutine woke another, from lane to lane', () => {
  const lanes: readonly (readonly SliceFact[])[] = [
    [[0, 90, 'running']],
    [
      [0, 30, 'sync'],
      [30, 40, 'runnable'],
      [40, 90, 'running'],
      [95, 96, 'runnable', 2],
    ],
  ];
  const slices = withWakers(lanes, [0xffffffff, 0xffffffff, 0, 0xffffffff, 0]);
  const question = {
    viewport: VIEWPORT,
    slices,
    lanes: [0, 1].map((lane) => ({ row: lane, lane })),
    rowOf: (goroutine: number) => (goroutine < 2 ? goroutine : -1),
  };
  // A run of several is no wake-up that could be told.
  const arrows = wakeUps(question);
  assert.deepEqual(arrows, [{ from: 0, to: 1, time: 30 }]);
  assert.deepEqual(wakeUps({ ...question, rowOf: () => -1 }), []);
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, sceneOf(lanes, { slices, arrows }));
  const text = `#${LIGHT_TIMELINE.text.toString(16)} 0.55`;
  assert.deepEqual(
    painter.lines.filter((line) => line.endsWith(text)),
    [`rect 230,130 1x12 ${text}`, `rect 230,141 1x1 ${text}`, `rect 229,140 3x1 ${text}`, `rect 228,139 5x1 ${text}`],
  );
});

test('more arrows than can be told apart are not drawn', () => {
  const many = Array.from({ length: MAX_ARROWS + 1 }, (_, i): SliceFact => [i / 10, i / 10 + 0.05, 'runnable']);
  const slices = withWakers(
    [many],
    Array.from(many, () => 7),
  );
  const lanes = [{ row: 0, lane: 0 }];
  const ask = { viewport: VIEWPORT, slices, lanes, rowOf: () => 3 };
  assert.equal(wakeUps(ask).length, 0);
  const fewer = withWakers(
    [many.slice(1)],
    Array.from(many.slice(1), () => 7),
  );
  assert.equal(wakeUps({ ...ask, slices: fewer }).length, MAX_ARROWS);
});

test('logs hang from a lane, CPU samples stand on it; a crowd has no bars', () => {
  const slices: SliceColumns = {
    ...slicesOf([[[0, 100, 'running']]]),
    markBegin: Uint32Array.of(0, 3),
    markTime: Float64Array.of(10, 12, 50),
    markKind: Uint8Array.of(LANE_KINDS.indexOf('log'), LANE_KINDS.indexOf('log'), LANE_KINDS.indexOf('sample')),
    markItem: Uint32Array.of(0, 1, 0),
    markCount: Uint32Array.of(1, 1, 4),
    markLabel: new Uint32Array(3),
  };
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, sceneOf([[[0, 100, 'running']]], { slices, textsOf: () => [] }));
  const text = `#${LIGHT_TIMELINE.text.toString(16)}`;
  assert.deepEqual(
    painter.lines.filter((line) => line.startsWith('rect') && line.endsWith(text)),
    [`rect 210,120 2x4 ${text}`, `rect 208,120 6x2 ${text}`, `rect 212,120 2x4 ${text}`, `rect 250,134 2x5 ${text}`],
  );
});

test('pinned rows stay while the others scroll, and are found by the pointer', () => {
  const viewport: Viewport = { ...VIEWPORT, scroll: css(50) };
  assert.equal(rowTop(viewport, 1, 0), HEAD_HEIGHT);
  assert.equal(rowTop(viewport, 1, 4), HEAD_HEIGHT + 30);
  assert.equal(rowAt(viewport, 1, HEAD_HEIGHT + 5), 0);
  assert.equal(rowAt(viewport, 1, HEAD_HEIGHT + 35), 4);
  assert.equal(rowAt(viewport, 1, HEAD_HEIGHT - 1), -1);
  assert.equal(stripAt(10), undefined);
  assert.equal(stripAt(21), 'goroutines');
  assert.equal(stripAt(HEAD_HEIGHT - 1), 'procs');
});

test('runs of others fade on Ps while a goroutine is followed', () => {
  const lanes: readonly (readonly SliceFact[])[] = [
    [
      [0, 40, 'running'],
      [40, 80, 'running'],
    ],
  ];
  const slices = withWakers(lanes, [5, 6]);
  const rows = [{ ...ROW, index: 0, label: 'P0', lane: 0, ofGoroutines: true }];
  const [row] = rowsOf(sceneOf(lanes, { slices, rows, followed: 6, textsOf: () => [] }));
  assert.match(row ?? '', /\[200,240\) #\w+ .*\[240,280\) running/);
});

test('counters: what fills the height, and how busy the Ps are', () => {
  const strip = {
    bucketNs: 50,
    running: Float64Array.of(1, 2),
    runnable: Float64Array.of(3, 0),
    syscall: Float64Array.of(0, 1),
    waiting: Float64Array.of(9, 9),
    heap: Float64Array.of(10, 20),
    goal: Float64Array.of(40, 40),
    procs: Float64Array.of(2, 2),
  };
  assert.deepEqual(stripPeaks(strip), { goroutines: 4, threads: 3, bytes: 40 });
  const painter = new LogPainter(nameOf);
  paintTimeline(painter, sceneOf([[]], { strip, most: stripPeaks(strip) }));
  // All Ps busy: the whole colour.
  assert.ok(painter.lines.includes('rect 250,106 2x12 running'), painter.toString());
  assert.ok(!painter.lines.includes('rect 200,106 2x12 running'));
});
