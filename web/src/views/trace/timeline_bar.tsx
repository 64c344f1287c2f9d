// Two choices of the timeline's bar that open: what the axis counts from, and bookmarks.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { parseWallTime } from '../../state/trace/trace_clock';
import { bookmark } from './timeline_actions';
import { wallStart } from './timeline_clock';
import type { TimelineSession } from './timeline_session';
import { tell } from './timeline_text';
import { duration } from './trace_format';

interface BarProps {
  readonly session: TimelineSession;
}

/** Where the trace does not tell when it began, a person can. */
export function ClockChoice({ session }: BarProps): JSX.Element {
  const { trace } = session;
  const { wall, start } = trace.clock.value;
  const told = trace.summary.wallStart !== '';
  const isBad = start !== '' && parseWallTime(start) === undefined;
  return (
    <>
      <select
        aria-label={tell('axis')}
        title={tell('axis')}
        data-testid="axis-clock"
        value={wall ? 'wall' : 'since'}
        onChange={({ currentTarget: { value } }) => (trace.clock.value = { start, wall: value === 'wall' })}
      >
        <option value="since">{tell('axisSince')}</option>
        <option value="wall">{tell('axisWall')}</option>
      </select>
      {wall && (!told || start !== '') ? (
        <input
          type="text"
          class="tl-clock"
          data-testid="clock-start"
          aria-label={tell('clockStart')}
          title={tell('clockStart')}
          placeholder={tell('clockHint')}
          aria-invalid={isBad || wallStart(trace) === undefined}
          value={start}
          onInput={({ currentTarget: { value } }) => (trace.clock.value = { wall, start: value })}
        />
      ) : undefined}
    </>
  );
}

export function BookmarkChoice({ session }: BarProps): JSX.Element {
  const { bookmarks } = session.trace;
  const list = bookmarks.value;
  const element = useRef<HTMLDetailsElement>(null);
  const close = (): void => element.current?.removeAttribute('open');
  return (
    <details
      ref={element}
      class="tl-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        element.current?.querySelector('summary')?.focus();
        event.stopPropagation();
      }}
    >
      <summary data-testid="bookmarks">{tell('bookmarks', { count: list.length })}</summary>
      <div class="tl-menu-body">
        {list.length === 0 ? <p class="ft-muted">{tell('noBookmarks')}</p> : undefined}
        <ul>
          {list.map((one) => (
            <li key={`${one.from}.${one.to}`} class="ft-row">
              <button
                type="button"
                class="ft-quiet"
                onClick={() => {
                  session.showExactly(one.from, one.to);
                  close();
                }}
              >
                {tell('bookmarkOf', { span: duration(one.to - one.from), start: duration(one.from) })}
              </button>
              <button
                type="button"
                class="ft-quiet"
                aria-label={tell('bookmarkRemove')}
                title={tell('bookmarkRemove')}
                onClick={() => (bookmarks.value = list.filter((other) => other !== one))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <button type="button" class="ft-button" onClick={() => bookmark(session)}>
          {tell('bookmarkAdd')}
        </button>
      </div>
    </details>
  );
}
