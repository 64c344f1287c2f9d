// What changed from an older dump to this one, by stack and state.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../base/format';
import type { GoroutineChanges } from '../../protocol/reports';
import type { DocumentStore } from '../../state/document_store';
import { functionOf, placeOf } from '../../state/goroutine_groups';
import { latestOf } from '../../state/loadable';
import { reportResource } from '../../state/reports';
import { DataTable, type DataColumn } from '../../widgets/data_table';
import type { DocumentProps } from '../document_view';
import { say } from './dump_text';

export interface DumpChangesProps extends DocumentProps {
  readonly older: DocumentStore;
}

export function DumpChanges({ app, store, older }: DumpChangesProps): JSX.Element {
  const answer = useMemo(
    () =>
      reportResource(app, store, () => ({
        report: 'changes',
        documents: [older, store],
        labels: [older.source.name, store.source.name],
      })),
    [app, store, older],
  ).value;
  const selected = useSignal(0);
  const changes = latestOf(answer);
  if (answer.at === 'failed') {
    return (
      <p class="ft-empty" role="alert" data-testid="error">
        {say('failed', { why: answer.failure.text })}
      </p>
    );
  }
  if (changes === undefined) return <p class="ft-empty">{say('loading')}</p>;
  const group = changes.groups[selected.value];
  return (
    <>
      <div class="ft-data-bar ft-dump-bar">
        <strong data-testid="dump-changed">{headline(changes)}</strong>
      </div>
      <div class="ft-split">
        <DataTable
          id="dump-changes"
          label={say('changes')}
          columns={columns()}
          rowCount={changes.groups.length}
          cells={(i) => cellsOf(changes, i)}
          selectedRow={selected.value}
          onSelect={(i) => (selected.value = i)}
          onOpen={(i) => (selected.value = i)}
          empty={say('noGroups')}
          copyText={app.surroundings.copyText}
        />
        <div class="ft-dump-side" tabIndex={0} role="region" aria-label={say('stack')}>
          <ol class="ft-dump-frames">
            {(group?.stack ?? []).map((frame, i) => (
              <li key={i}>
                <span class="ft-mono">{functionOf(frame)}</span>
                <span class="ft-muted">{frame.slice(functionOf(frame).length + 1)}</span>
              </li>
            ))}
          </ol>
        </div>
      </div>
    </>
  );
}

function headline({ before, after, new: fresh, gone, stuck }: GoroutineChanges): string {
  const counts = { before: formatCount(before), after: formatCount(after) };
  return fresh === undefined || gone === undefined || stuck === undefined
    ? say('changedCounts', counts)
    : say('changed', { ...counts, fresh: formatCount(fresh), gone: formatCount(gone), stuck: formatCount(stuck) });
}

function columns(): readonly DataColumn[] {
  const column = (head: string, track: string, number = false): DataColumn => ({ head, title: head, number, track });
  return [
    column(say('change'), '80px', true),
    column(say('before'), '80px', true),
    column(say('after'), '80px', true),
    column(say('stuck'), '96px', true),
    column(say('state'), 'minmax(96px, 1fr)'),
    column(say('place'), 'minmax(160px, 3fr)'),
  ];
}

function cellsOf(changes: GoroutineChanges, row: number): readonly string[] {
  const group = changes.groups[row];
  if (group === undefined) return [];
  const { before, after, stuck, state, stack } = group;
  const change = after - before;
  return [
    `${change > 0 ? '+' : ''}${formatCount(change)}`,
    formatCount(before),
    formatCount(after),
    changes.stuck === undefined ? '' : formatCount(stuck),
    state,
    placeOf({ count: after, state, min_minutes: 0, max_minutes: 0, created_by: null, stack }),
  ];
}
