// From the session's state to what is painted.
import { formatCount, formatValue } from '../../base/format';
import { NONE } from '../../protocol/columns';
import { laneKindIndex, type LaneColumns } from '../../protocol/trace';
import { GOROUTINE, wakeUps, type Arrow } from '../../draw/timeline_arrows';
import { rowsInSight } from '../../draw/timeline_geometry';
import type { SceneRow, TimelineScene } from '../../draw/timeline_painter';
import type { TimelineTheme } from '../../draw/timeline_colors';
import type { LaneRow } from '../../state/trace/lane_rows';
import { latestOf } from '../../state/loadable';
import { axisText, axisTimeText } from './timeline_clock';
import { laneKey, type TimelineSession } from './timeline_session';
import { tell } from './timeline_text';
import { headText, laneText, stateText } from './trace_format';

const FAMILY_INDENT = 10;
const DEEPEST_INDENT = 8;
const OF_GOROUTINES: ReadonlySet<number> = new Set([laneKindIndex('proc'), laneKindIndex('thread')]);

/** `missing` is called for each name that is still on its way. */
export function sceneOf(
  session: TimelineSession,
  theme: TimelineTheme,
  charWidth: number,
  missing: () => void,
): TimelineScene | undefined {
  const viewport = session.viewport.peek();
  const columns = session.columns.peek();
  if (columns === undefined || viewport.width <= 0 || viewport.height <= 0) return undefined;
  const nameOf = (id: number): string | undefined => {
    const text = session.document.names.text(id);
    if (text === undefined) missing();
    return text;
  };
  const { rows, pinned } = session.arranged.peek();
  const { first, last } = rowsInSight(viewport, pinned);
  const toSceneRow = rowMaker(session, columns, nameOf);
  const inSight = [
    ...rows.slice(0, pinned).map((row, i) => toSceneRow(row, i)),
    ...rows.slice(first, last).map((row, i) => toSceneRow(row, first + i)),
  ];
  const shown = session.shown.peek();
  const most = session.peaks.peek();
  return {
    viewport,
    pinned,
    rows: inSight,
    slices: shown?.columns,
    stopLane: shown?.laneOf.get(laneKey(laneKindIndex('stop'), 0)),
    arrows: arrowsOf(session, columns, inSight),
    followed: session.trace.followed.peek() ?? undefined,
    strip: latestOf(session.trace.strip.peek()),
    most,
    bookmarks: session.trace.bookmarks.peek(),
    theme,
    textsOf: (slice) => sliceTexts(session, slice, nameOf),
    charWidth,
    timeText: axisTimeText(session.trace),
    axisText: axisText(session.trace),
    stripTexts: {
      goroutines: tell('stripGoroutines', { count: formatCount(Math.ceil(most.goroutines)) }),
      threads: tell('stripThreads', { count: formatCount(Math.ceil(most.threads)) }),
      heap: tell('stripHeap', { bytes: formatValue(most.bytes, 'bytes') }),
      procs: tell('stripProcs'),
    },
  };
}

function rowMaker(
  session: TimelineSession,
  columns: LaneColumns,
  nameOf: (id: number) => string | undefined,
): (row: LaneRow, index: number) => SceneRow {
  const selected = session.trace.selection.peek();
  const head = session.head.peek();
  return (row, index) => {
    if (row.is === 'head') {
      const fold = row.folded ? 'folded' : 'open';
      const label = headText(row, nameOf);
      return { index, label, indent: 0, head: true, fold, selected: row.id === head, lane: undefined };
    }
    const kind = columns.kind[row.lane] ?? 0;
    const made = {
      index,
      label: laneText(columns, row.lane, nameOf),
      indent: Math.min(DEEPEST_INDENT, row.depth) * FAMILY_INDENT,
      head: false,
      selected: selected?.kind === kind && selected.object === columns.object[row.lane],
      lane: session.laneOf(row),
      ofGoroutines: OF_GOROUTINES.has(kind),
    };
    return row.id === undefined ? made : { ...made, fold: row.folded === true ? 'folded' : 'open' };
  };
}

function arrowsOf(session: TimelineSession, columns: LaneColumns, rows: readonly SceneRow[]): readonly Arrow[] {
  const slices = session.shown.peek()?.columns;
  if (slices === undefined) return [];
  const { rows: all, rowOf } = session.arranged.peek();
  const first = columns.kind.indexOf(GOROUTINE);
  const lanes = rows.flatMap(({ index, lane }) => {
    const row = all[index];
    return lane !== undefined && row?.is === 'lane' && columns.kind[row.lane] === GOROUTINE
      ? [{ row: index, lane }]
      : [];
  });
  return wakeUps({
    viewport: session.viewport.peek(),
    slices,
    lanes,
    rowOf: (goroutine) => (goroutine === NONE ? -1 : (rowOf[first + goroutine] ?? -1)),
  });
}

/** On a P: whose run it is. On a goroutine: reason, else state; at last a letter. */
function sliceTexts(
  session: TimelineSession,
  slice: number,
  nameOf: (id: number) => string | undefined,
): readonly string[] {
  const slices = session.shown.peek()?.columns;
  if (slices === undefined) return [];
  const label = labelOf(session, slice, nameOf);
  const state = stateText(slices.state[slice] ?? 0);
  return label === '' ? [state, state.slice(0, 1)] : [label, label.slice(0, 12), state.slice(0, 1)];
}

/** What stands on a slice: "g12 main.worker", a reason, a type; '' for none. */
export function labelOf(session: TimelineSession, slice: number, nameOf: (id: number) => string | undefined): string {
  const slices = session.shown.peek()?.columns;
  const id = slices?.label[slice] ?? NONE;
  if (slices === undefined || id === NONE) return '';
  const name = nameOf(id) ?? '';
  const object = slices.object[slice] ?? NONE;
  // Ps and Ms show whose run it is.
  if ((slices.state[slice] ?? 0) !== 1 || object === NONE) return name;
  return `g${session.numberOf(object)} ${name}`;
}
