// The line above the canvas: reset, matches, what the pointer can do, the table switch.
import type { ComponentChildren, JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { FlameSession } from './flame_session';
import { ShapeControls, type OtherDocument } from './shape_controls';
import { CONTROL_KEY } from '../actions';
import { say } from './flame_text';

export interface FlameBarProps {
  readonly session: FlameSession;
  readonly others: readonly OtherDocument[];
  readonly title?: ComponentChildren;
}

export function FlameBar({ session, others, title }: FlameBarProps): JSX.Element {
  const notice = session.notice.value;
  return (
    <div class="flame-bar">
      <button
        type="button"
        class="ft-quiet"
        disabled={session.isWhole.value}
        title={say('resetZoomTitle')}
        onClick={() => session.reset()}
      >
        {say('resetZoom')}
      </button>
      {title ?? <ShapeControls session={session} others={others} />}
      <MatchButtons session={session} />
      <span class="flame-hint" role="status">
        {notice !== '' ? notice : <PointerHint table={session.tableOpen.value} />}
      </span>
      <button
        type="button"
        class="ft-quiet"
        aria-pressed={session.tableOpen.value}
        title={say('tableTitle')}
        onClick={() => session.toggleTable()}
      >
        {say('table')}
      </button>
    </div>
  );
}

function PointerHint({ table }: { readonly table: boolean }): JSX.Element {
  return <>{table ? say('tableHint') : say('pointerHint', { key: CONTROL_KEY })}</>;
}

function MatchButtons({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const hits = session.hits.value;
  if (hits === undefined) return null;
  const { count } = hits;
  return (
    <>
      <button
        type="button"
        class="ft-quiet"
        disabled={count === 0}
        aria-label={say('previousMatch')}
        title={`${say('previousMatch')} ([)`}
        onClick={() => session.moveToMatch(-1)}
      >
        ‹
      </button>
      <span class="flame-matches">{count === 1 ? say('oneMatch') : say('matches', { count: formatCount(count) })}</span>
      <button
        type="button"
        class="ft-quiet"
        disabled={count === 0}
        aria-label={say('nextMatch')}
        title={`${say('nextMatch')} (])`}
        onClick={() => session.moveToMatch(1)}
      >
        ›
      </button>
    </>
  );
}
