// A dump of goroutines: what they do, since when, who made them, who waits on what; or what changed since another.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount } from '../../base/format';
import type { GoroutineReport } from '../../protocol/reports';
import {
  familyRows,
  GROUPINGS,
  matchesGroup,
  rowsOf,
  type GoroutineRow,
  type Grouping,
} from '../../state/goroutine_groups';
import { latestOf } from '../../state/loadable';
import { reportResource } from '../../state/reports';
import { paramOf, setParam } from '../../state/view_params';
import { DocumentChoice } from '../document_choice';
import type { DocumentProps } from '../document_view';
import { DumpChanges } from './dump_changes';
import { DumpGroups } from './dump_groups';
import { say } from './dump_text';
import { WaitPicture } from './wait_picture';

const GROUPING_TEXTS = {
  stack: 'byStack',
  state: 'byState',
  wait: 'byWait',
  creator: 'byCreator',
  family: 'byFamily',
} as const;

export function DumpView({ app, store }: DocumentProps): JSX.Element {
  const older = useSignal<number | null>(null);
  const candidates = app.documents.value.filter((other) => other !== store && other.hasGoroutines.value);
  const chosen = candidates.find(({ id }) => id === older.value);
  return (
    <div class="ft-dump" data-testid="dump">
      {candidates.length === 0 ? undefined : (
        <div class="ft-data-bar">
          <DocumentChoice
            label={say('compareWith')}
            testId="dump-compare"
            none={say('alone')}
            candidates={candidates}
            chosen={older}
          />
        </div>
      )}
      {chosen === undefined ? (
        <OneDump app={app} store={store} />
      ) : (
        <DumpChanges key={chosen.id} app={app} store={store} older={chosen} />
      )}
    </div>
  );
}

function OneDump({ app, store }: DocumentProps): JSX.Element {
  const answer = useMemo(
    () => reportResource(app, store, () => ({ report: 'goroutines', documents: [store], labels: [store.source.name] })),
    [app, store],
  ).value;
  const report = latestOf(answer);
  if (answer.at === 'failed') {
    return (
      <p class="ft-empty" role="alert" data-testid="error">
        {say('failed', { why: answer.failure.text })}
      </p>
    );
  }
  if (report === undefined) return <p class="ft-empty">{say('loading')}</p>;
  return <Dump app={app} store={store} report={report} />;
}

interface DumpProps extends DocumentProps {
  readonly report: GoroutineReport;
}

function Dump({ app, store, report }: DumpProps): JSX.Element {
  const groupings = report.by_state === undefined ? GROUPINGS.slice(0, 1) : GROUPINGS;
  const by = groupings.find((id) => id === paramOf(store, 'dumpby')) ?? 'stack';
  const filter = paramOf(store, 'dumpfilter');
  const rows = useMemo(() => arrange(report, filter, by), [report, filter, by]);
  return (
    <>
      {(report.crashes ?? []).map((why) => (
        <p key={why} class="ft-dump-crash" role="status" data-testid="crash">
          {say('died', { why })}
        </p>
      ))}
      <States report={report} onChoose={(state) => setParam(store, 'dumpfilter', filter === state ? '' : state)} />
      <WaitPicture report={report} />
      <div class="ft-data-bar ft-dump-bar">
        <strong data-testid="dump-total">
          {say('total', { count: formatCount(report.goroutines), groups: formatCount(report.groups.length) })}
        </strong>
        <label>
          {say('by')}{' '}
          <select
            data-testid="dump-grouping"
            value={by}
            onChange={({ currentTarget: { value } }) => setParam(store, 'dumpby', value === 'stack' ? '' : value)}
          >
            {groupings.map((id) => (
              <option key={id} value={id}>
                {say(GROUPING_TEXTS[id])}
              </option>
            ))}
          </select>
        </label>
        <input
          type="search"
          class="ft-dump-filter"
          data-testid="dump-filter"
          placeholder={say('filter')}
          aria-label={say('filter')}
          value={filter}
          onInput={(event) => setParam(store, 'dumpfilter', event.currentTarget.value)}
        />
      </div>
      <DumpGroups app={app} store={store} rows={rows} by={by} />
    </>
  );
}

function arrange({ groups, family }: GoroutineReport, filter: string, by: Grouping): readonly GoroutineRow[] {
  const shown = groups.filter((group) => matchesGroup(group, filter));
  return by === 'family' ? familyRows(family ?? [], shown) : rowsOf(shown, by);
}

interface StatesProps {
  readonly report: GoroutineReport;
  readonly onChoose: (state: string) => void;
}

/** One bar of all goroutines, by state. */
function States({ report, onChoose }: StatesProps): JSX.Element | null {
  const states = Object.entries(report.by_state ?? {});
  if (states.length === 0) return null;
  return (
    <div class="ft-dump-states" data-testid="dump-states">
      {states.map(([state, count]) => (
        <button
          key={state}
          type="button"
          style={{ flexGrow: count }}
          title={`${state}: ${formatCount(count)}`}
          onClick={() => onChoose(state)}
        >
          {state === '' ? say('unknown') : state} <b>{formatCount(count)}</b>
        </button>
      ))}
    </div>
  );
}
