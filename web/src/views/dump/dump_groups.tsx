// Goroutines that stand in one place, a row each; the selected one shows its stacks beside.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { batch } from '@preact/signals-core';
import { formatCount } from '../../base/format';
import { NO_FILTERS } from '../../protocol/view_spec';
import type { GoroutineGroup } from '../../protocol/reports';
import { showView } from '../../state/document_actions';
import { changeFilters } from '../../state/filter_actions';
import { exactly } from '../../state/filters';
import { functionOf, idsText, placeOf, type GoroutineRow, type Grouping } from '../../state/goroutine_groups';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say } from './dump_text';

const SHOWN_GROUPS = 20;

export interface DumpGroupsProps extends DocumentProps {
  readonly rows: readonly GoroutineRow[];
  readonly by: Grouping;
}

export function DumpGroups({ app, store, rows, by }: DumpGroupsProps): JSX.Element {
  const selected = useSignal(0);
  const at = Math.min(selected.value, rows.length - 1);
  const row = rows[at];
  return (
    <div class="ft-split">
      <DataTable
        id="dump-table"
        label={say('groups')}
        columns={columnsOf(by)}
        rowCount={rows.length}
        cells={(i) => cellsOf(rows[i], by)}
        selectedRow={at}
        onSelect={(i) => (selected.value = i)}
        onOpen={(i) => (selected.value = i)}
        empty={say('noGroups')}
        copyText={app.surroundings.copyText}
      />
      <div class="ft-dump-side" tabIndex={0} role="region" aria-label={say('stack')} data-testid="dump-stack">
        {(row?.groups ?? []).slice(0, SHOWN_GROUPS).map((group, i) => (
          <Group key={i} app={app} store={store} group={group} />
        ))}
        {row !== undefined && row.groups.length > SHOWN_GROUPS ? (
          <p class="ft-muted">{say('more', { count: formatCount(row.groups.length - SHOWN_GROUPS) })}</p>
        ) : undefined}
      </div>
    </div>
  );
}

const LAST_HEADS = { stack: 'place', state: 'state', wait: 'waits', creator: 'creator', family: 'creator' } as const;
/** Two for each level: no-break spaces, so that a copied table keeps them. */
const INDENT = '\u00A0\u00A0';

function columnsOf(by: Grouping): readonly DataColumn[] {
  const column = (head: string, track: string, number = false): DataColumn => ({ head, title: head, number, track });
  return [
    column(say('count'), '92px', true),
    ...(by === 'stack' ? [column(say('state'), 'minmax(152px, 1fr)')] : []),
    ...(by === 'family' ? [{ ...column(say('descendants'), '92px', true), title: say('descendantsTitle') }] : []),
    column(say('waits'), '96px', true),
    column(say(LAST_HEADS[by]), 'minmax(160px, 3fr)'),
  ];
}

function cellsOf(row: GoroutineRow | undefined, by: Grouping): readonly string[] {
  if (row === undefined) return [];
  const waits = waitText(row.minMinutes, row.maxMinutes);
  const title = by === 'wait' ? waits : row.title !== '' ? row.title : say(by === 'state' ? 'unknown' : 'start');
  return [
    formatCount(row.count),
    ...(by === 'stack' ? [row.groups[0]?.state ?? ''] : []),
    ...(by === 'family' ? [formatCount(row.descendants ?? row.count)] : []),
    waits,
    INDENT.repeat(row.depth ?? 0) + title,
  ];
}

function waitText(from: number, to: number): string {
  if (to === 0) return say('underMinute');
  return from === to ? say('minutes', { count: to }) : say('range', { from, to });
}

function Group({ app, store, group }: DocumentProps & { readonly group: GoroutineGroup }): JSX.Element {
  const { count, state, stack, created_by: creator, ids } = group;
  return (
    <section>
      <h2>
        {formatCount(count)} {state === '' ? '' : `[${state}]`}
      </h2>
      <ol class="ft-dump-frames">
        {stack.map((frame, i) => (
          <li key={i}>
            <span class="ft-mono">{functionOf(frame)}</span>
            <span class="ft-muted">{frame.slice(functionOf(frame).length + 1)}</span>
          </li>
        ))}
      </ol>
      {creator === null ? undefined : (
        <p>
          {say('creator')} <span class="ft-mono">{creator}</span>
        </p>
      )}
      {ids === undefined || ids.length === 0 ? undefined : (
        <p class="ft-muted">{say('ids', { ids: idsText(ids, (more) => say('more', { count: more })) })}</p>
      )}
      <button
        type="button"
        class="ft-quiet"
        onClick={() =>
          batch(() => {
            changeFilters(store, { ...NO_FILTERS, focus: exactly(placeOf(group)) });
            showView(store, 'flame');
            app.detailsOpen.value = true;
          })
        }
      >
        {say('flame')}
      </button>
    </section>
  );
}
