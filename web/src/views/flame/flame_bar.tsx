// The line above the canvas: reset, matches, what the pointer can do, the table switch.
import type { JSX } from 'preact';
import { formatCount } from '../../base/format';
import type { FlameSession } from './flame_session';

const CONTROL_KEY = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl';

export function FlameBar({ session }: { readonly session: FlameSession }): JSX.Element {
  const notice = session.notice.value;
  return (
    <div class="flame-bar">
      <button
        type="button"
        class="ft-quiet"
        disabled={session.isWhole.value}
        title="Show the whole graph (0)"
        onClick={() => session.reset()}
      >
        Reset zoom
      </button>
      <MatchButtons session={session} />
      <span class="flame-hint" role="status">
        {notice !== '' ? notice : <PointerHint table={session.tableOpen.value} />}
      </span>
      <button
        type="button"
        class="ft-quiet"
        aria-pressed={session.tableOpen.value}
        title="The same boxes as a table (t)"
        onClick={() => session.toggleTable()}
      >
        Table
      </button>
    </div>
  );
}

function PointerHint({ table }: { readonly table: boolean }): JSX.Element {
  if (table) return <>← → fold and unfold · Enter shows the box in the graph</>;
  return (
    <>
      click zooms in · double click out · drag or wheel moves · {CONTROL_KEY} + wheel zooms · dotted top edge: inlined
    </>
  );
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
        aria-label="Previous match"
        title="Previous match ([)"
        onClick={() => session.moveToMatch(-1)}
      >
        ‹
      </button>
      <span class="flame-matches">{count === 1 ? '1 box matches' : `${formatCount(count)} boxes match`}</span>
      <button
        type="button"
        class="ft-quiet"
        disabled={count === 0}
        aria-label="Next match"
        title="Next match (])"
        onClick={() => session.moveToMatch(1)}
      >
        ›
      </button>
    </>
  );
}
