// The timeline as a table: the slices of the lanes and the window on screen.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { rowsInSight } from '../../draw/timeline_geometry';
import { FixedList } from '../../widgets/fixed_list';
import { labelOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
import { duration, laneText, stateText } from './trace_format';
import { Cells, TableHead } from './trace_table';
import { say } from './trace_text';

interface Row {
  readonly row: number;
  readonly slice: number;
}

const MAX_ROWS = 20_000;
const TRACKS = 'minmax(160px, 2fr) minmax(96px, 1fr) 120px 104px 72px minmax(160px, 2fr)';

export function TimelineTable({ session }: { readonly session: TimelineSession }): JSX.Element {
  const rows = useComputed(() => rowsOf(session));
  const heads = [say('lane'), say('state'), say('start'), say('duration'), say('spans'), say('what')];
  const numbers = [false, false, true, true, true, false];
  const selection = session.trace.selection.value;
  void session.document.names.version.value;
  const placeOf = (index: number): ReturnType<TimelineSession['placeOf']> => {
    const at = rows.value[index];
    const row = at === undefined ? undefined : session.arranged.value.rows[at.row];
    return row === undefined || at === undefined
      ? undefined
      : session.placeOf(row, session.shown.value?.columns.item[at.slice] ?? 0);
  };
  const isSelected = (index: number): boolean => {
    const place = placeOf(index);
    return place?.kind === selection?.kind && place?.object === selection?.object && place?.item === selection?.item;
  };
  const cells = (index: number): readonly string[] => cellsOf(session, rows.value[index]);
  return (
    <FixedList
      id={`timeline-table-${session.document.id}`}
      label={say('tableLabel')}
      testId="timeline-table"
      rowCount={rows.value.length}
      columnCount={heads.length}
      rowHeight={22}
      headHeight={24}
      head={<TableHead heads={heads} numbers={numbers} tracks={TRACKS} />}
      selectedRow={selection === null ? -1 : rows.value.findIndex((_, index) => isSelected(index))}
      renderRow={(index) => <Cells texts={cells(index)} numbers={numbers} tracks={TRACKS} />}
      onSelect={(index) => session.select(placeOf(index) ?? null)}
      onOpen={(index) => {
        const place = placeOf(index);
        session.trace.tableOpen.value = false;
        if (place !== undefined) void session.goTo(place);
      }}
      onCopy={() => [heads, ...rows.value.map((_, index) => cells(index))].map((line) => line.join('\t')).join('\n')}
      empty={say('noSpans')}
    />
  );
}

function rowsOf(session: TimelineSession): readonly Row[] {
  const shown = session.shown.value?.columns;
  const viewport = session.viewport.value;
  const { from, to } = viewport;
  const { rows, pinned } = session.arranged.value;
  if (shown === undefined) return [];
  const { first, last } = rowsInSight(viewport, pinned);
  const found: Row[] = [];
  rows.forEach((row, index) => {
    if (index >= pinned && (index < first || index >= last)) return;
    const lane = session.laneOf(row);
    if (lane === undefined) return;
    for (let slice = shown.laneBegin[lane] ?? 0; slice < (shown.laneBegin[lane + 1] ?? 0); slice++) {
      const inside = (shown.end[slice] ?? 0) > from && (shown.start[slice] ?? 0) < to;
      if (inside && found.length < MAX_ROWS) found.push({ row: index, slice });
    }
  });
  return found;
}

function cellsOf(session: TimelineSession, at: Row | undefined): readonly string[] {
  const slices = session.shown.value?.columns;
  const columns = session.columns.value;
  const row = at === undefined ? undefined : session.arranged.value.rows[at.row];
  if (at === undefined || slices === undefined || columns === undefined || row?.is !== 'lane') return [];
  const nameOf = (id: number): string | undefined => session.document.names.text(id);
  const start = slices.start[at.slice] ?? 0;
  return [
    laneText(columns, row.lane, nameOf),
    stateText(slices.state[at.slice] ?? 0),
    duration(start),
    duration((slices.end[at.slice] ?? 0) - start),
    formatCount(slices.count[at.slice] ?? 0),
    labelOf(session, at.slice, nameOf),
  ];
}
