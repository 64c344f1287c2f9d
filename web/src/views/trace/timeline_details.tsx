// The selected span: state, times, where, who woke it, stacks; and the way to each.
import type { JSX } from 'preact';
import { laneKindIndex, TIMELINE_STATES, type Place, type SpanFacts } from '../../protocol/trace';
import { latestOf } from '../../state/loadable';
import { follow, isPinned, pinLane } from './timeline_actions';
import { axisTimeText } from './timeline_clock';
import { say as sayAnalysis } from './analysis_text';
import { askWhy } from './ask_why';
import { StackList } from './stack_list';
import type { TimelineSession } from './timeline_session';
import { tell } from './timeline_text';
import { duration, laneText, stateText } from './trace_format';
import { say } from './trace_text';

const LOG = TIMELINE_STATES.indexOf('log');

export function TimelineDetails({ session }: { readonly session: TimelineSession }): JSX.Element {
  const selection = session.trace.selection.value;
  const facts = latestOf(session.trace.facts.value);
  return (
    <aside class="ft-details" aria-label={say('details')} tabIndex={0} data-testid="timeline-details">
      {selection === null || facts === null || facts === undefined ? (
        <p class="ft-muted">{say('selectSpan')}</p>
      ) : (
        <Facts session={session} selection={selection} facts={facts} />
      )}
    </aside>
  );
}

interface FactsProps {
  readonly session: TimelineSession;
  readonly selection: Place;
  readonly facts: SpanFacts;
}

function Facts({ session, selection, facts }: FactsProps): JSX.Element {
  void session.document.names.version.value;
  const rows: readonly (readonly [string, string | JSX.Element])[] = [
    [say('state'), stateText(facts.state)],
    [facts.state === LOG ? tell('category') : say('reason'), facts.reason],
    [say('duration'), duration(facts.end - facts.start)],
    [say('start'), duration(facts.start)],
    [say('end'), duration(facts.end)],
    [tell('axis'), session.trace.clock.value.wall ? axisTimeText(session.trace)(facts.start, 1) : ''],
    [say('place'), facts.procPlace === undefined ? placeText(facts) : ''],
    [tell('onProc'), link(session, facts.procPlace)],
    [tell('onThread'), link(session, facts.threadPlace)],
    [say('ranBy'), link(session, facts.goroutine)],
    [say('wokenBy'), link(session, facts.waker)],
    [tell('woke'), <Woken session={session} facts={facts} />],
  ];
  return (
    <>
      <div>
        <h2 class="ft-details-name">{facts.title === '' ? textOfPlace(session, selection) : facts.title}</h2>
        <Buttons session={session} selection={selection} facts={facts} />
      </div>
      <table class="ft-numbers">
        <tbody>
          {rows
            .filter(([name, value]) => value !== '' && (name !== tell('woke') || facts.wokenCount > 0))
            .map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
        </tbody>
      </table>
      <StackList title={say('stack')} frames={facts.stack} />
      {facts.wakerStack.length > 0 ? <StackList title={say('wakerStack')} frames={facts.wakerStack} /> : undefined}
    </>
  );
}

function Buttons({ session, selection, facts }: FactsProps): JSX.Element {
  const step = (text: string, item: number | undefined): JSX.Element => (
    <button
      type="button"
      class="ft-quiet"
      disabled={item === undefined}
      onClick={() => item !== undefined && void session.goTo({ ...selection, item })}
    >
      {text}
    </button>
  );
  return (
    <div class="ft-row">
      {step(`‹ ${say('previous')}`, facts.previous)}
      {step(`${say('next')} ›`, facts.next)}
      <button type="button" class="ft-quiet" onClick={() => session.showRange(facts.start, facts.end)}>
        {say('zoomTo')}
      </button>
      <button type="button" class="ft-quiet" data-testid="pin-lane" onClick={() => pinLane(session)}>
        {tell(isPinned(session, selection) ? 'unpin' : 'pin')}
      </button>
      {facts.goroutine === undefined ? undefined : (
        <button type="button" class="ft-quiet" data-testid="follow" onClick={() => follow(session)}>
          {tell(session.trace.followed.value === facts.goroutine.object ? 'unfollow' : 'follow')}
        </button>
      )}
      <WhyButton session={session} selection={selection} facts={facts} />
    </div>
  );
}

/** Earliest first. */
function Woken({ session, facts }: { readonly session: TimelineSession; readonly facts: SpanFacts }): JSX.Element {
  const rest = facts.wokenCount - facts.woken.length;
  return (
    <ul class="tl-woken" data-testid="woken">
      {facts.woken.map((place) => (
        <li key={`${place.object}.${place.item}`}>{link(session, place)}</li>
      ))}
      {rest > 0 ? <li class="ft-muted">{tell('wokeMore', { count: rest })}</li> : undefined}
    </ul>
  );
}

function WhyButton({ session, selection, facts }: FactsProps): JSX.Element | null {
  const goroutine = facts.goroutine ?? selection;
  if (goroutine.kind !== laneKindIndex('goroutine')) return null;
  const label = facts.title === '' ? textOfPlace(session, goroutine) : facts.title;
  return (
    <button
      type="button"
      class="ft-quiet"
      data-testid="span-why"
      onClick={() => askWhy(session.trace, label, goroutine.object, { from: facts.start, to: facts.end })}
    >
      {sayAnalysis('why')}
    </button>
  );
}

function placeText({ proc, thread }: SpanFacts): string {
  const parts = [
    proc === undefined ? '' : say('laneProc', { number: proc }),
    thread === undefined ? '' : say('laneThread', { number: thread }),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function link(session: TimelineSession, place: Place | undefined): JSX.Element | string {
  if (place === undefined) return '';
  return (
    <button type="button" class="ft-quiet tl-link" onClick={() => void session.goTo(place)}>
      {textOfPlace(session, place)}
    </button>
  );
}

function textOfPlace(session: TimelineSession, place: Place): string {
  const columns = session.columns.value;
  const lane = session.laneAt(place);
  return columns === undefined || lane < 0 ? '' : laneText(columns, lane, (id) => session.document.names.text(id));
}
