// Who waits on what: cycles first, then the objects with the most waiters.
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { GoroutineReport, WaitObject } from '../../protocol/reports';
import { idsText } from '../../state/goroutine_groups';
import { say } from './dump_text';

const MAX_OBJECTS = 50;

const shortIds = (ids: readonly number[]): string => idsText(ids, (count) => say('more', { count }));

export function WaitPicture({ report }: { readonly report: GoroutineReport }): JSX.Element | null {
  const objects = [...(report.objects ?? [])].sort((a, b) => b.waiters.length - a.waiters.length);
  const cycles = report.cycles ?? [];
  if (objects.length === 0 && cycles.length === 0) return null;
  return (
    <details class="ft-dump-waits" open={cycles.length > 0} data-testid="wait-picture">
      <summary>
        {say('waiting')} ({formatCount(objects.length)})
      </summary>
      {cycles.map((cycle, i) => (
        <p key={i} class="ft-dump-cycle">
          <strong>{say('cycles')}</strong> {say('cycle', { ids: shortIds(cycle) })}
        </p>
      ))}
      <ul>
        {objects.slice(0, MAX_OBJECTS).map((object) => (
          <Waits key={object.address + object.kind} object={object} />
        ))}
      </ul>
      {objects.length > MAX_OBJECTS ? (
        <p class="ft-muted">{say('more', { count: formatCount(objects.length - MAX_OBJECTS) })}</p>
      ) : undefined}
    </details>
  );
}

function Waits({ object }: { readonly object: WaitObject }): JSX.Element {
  const { address, kind, certain, waiters, mentioned_by: others } = object;
  return (
    <li>
      <span class="ft-mono">{address}</span> {kind}
      {certain ? '' : ` (${say('likely')})`}:{' '}
      {say('waiters', { count: formatCount(waiters.length), ids: shortIds(waiters) })};{' '}
      <span class={others.length === 0 ? 'ft-dump-nobody' : 'ft-muted'}>
        {others.length === 0 ? say('nobody') : say('alsoIn', { ids: shortIds(others) })}
      </span>
    </li>
  );
}
