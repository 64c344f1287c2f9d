// The timeline as a table: the slices of the lanes and the window on screen.
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import { rowsInSight } from '../../draw/timeline_geometry';
import type { AppStore } from '../../state/app_store';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import { labelOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
import { duration, laneText, stateText } from './trace_format';
import { say } from './trace_text';

interface Row {
  readonly row: number;
  readonly slice: number;
}

const MAX_ROWS = 20_000;

interface TimelineTableProps {
  readonly app: AppStore;
  readonly session: TimelineSession;
}

export function TimelineTable({ app, session }: TimelineTableProps): JSX.Element {
  const rows = useComputed(() => rowsOf(session));
  const columns: readonly DataColumn[] = [
    { head: say('lane'), title: '', number: false, track: 'minmax(160px, 2fr)' },
    { head: say('state'), title: '', number: false, track: 'minmax(96px, 1fr)' },
    { head: say('start'), title: '', number: true, track: '120px' },
    { head: say('duration'), title: '', number: true, track: '104px' },
    { head: say('spans'), title: '', number: true, track: '72px' },
    { head: say('what'), title: '', number: false, track: 'minmax(160px, 2fr)' },
  ];
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
  return (
    <DataTable
      id="timeline-table"
      label={say('tableLabel')}
      columns={columns}
      rowCount={rows.value.length}
      cells={(index) => cellsOf(session, rows.value[index])}
      selectedRow={selection === null ? -1 : rows.value.findIndex((_, index) => isSelected(index))}
      onSelect={(index) => session.select(placeOf(index) ?? null)}
      onOpen={(index) => {
        const place = placeOf(index);
        session.trace.tableOpen.value = false;
        if (place !== undefined) void session.goTo(place);
      }}
      empty={say('noSpans')}
      copyText={app.surroundings.copyText}
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
