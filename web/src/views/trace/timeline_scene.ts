// From the session's state to what is painted.
import { formatValue } from '../../base/format';
import { NONE } from '../../protocol/columns';
import { laneKindIndex, type StripColumns } from '../../protocol/trace';
import { LANE_HEIGHT, type SceneRow, type TimelineScene } from '../../draw/timeline_painter';
import type { TimelineTheme } from '../../draw/timeline_colors';
import type { LaneRow } from '../../state/trace/lane_rows';
import { latestOf } from '../../state/loadable';
import { laneKey, type TimelineSession } from './timeline_session';
import { headText, laneText, stateText, timeText } from './trace_format';
import { say } from './trace_text';

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
  const { rows } = session.arranged.peek();
  const firstRow = Math.floor(viewport.scroll / LANE_HEIGHT);
  const lastRow = Math.ceil((viewport.scroll + viewport.height) / LANE_HEIGHT);
  const selected = session.trace.selection.peek();
  const toSceneRow = (row: LaneRow): SceneRow => {
    if (row.is === 'head') {
      return { label: headText(row, nameOf), fold: row.folded ? 'folded' : 'open', selected: false, lane: undefined };
    }
    const isSelected = selected?.kind === columns.kind[row.lane] && selected?.object === columns.object[row.lane];
    return { label: laneText(columns, row.lane, nameOf), selected: isSelected, lane: session.laneOf(row) };
  };
  const shown = session.shown.peek();
  const strip = latestOf(session.trace.strip.peek());
  return {
    viewport,
    firstRow,
    rows: rows.slice(firstRow, lastRow).map(toSceneRow),
    slices: shown?.columns,
    stopLane: shown?.laneOf.get(laneKey(laneKindIndex('stop'), 0)),
    strip,
    theme,
    textsOf: (slice) => sliceTexts(session, slice, nameOf),
    charWidth,
    timeText,
    stripTexts: [say('stripStates'), heapText(strip)],
  };
}

function heapText(strip: StripColumns | undefined): string {
  const most = strip === undefined ? 0 : Math.max(0, ...strip.heap);
  return say('stripHeap', { bytes: formatValue(most, 'bytes') });
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
