// Facts about the box under the pointer, beside the pointer. The text changes with the box, the place with the pointer.
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { formatValue } from '../../base/format';
import { latestOf } from '../../state/loadable';
import { factsOf, sentenceOfRun } from './box_facts';
import { ROOT } from './box_tree';
import type { CanvasController } from './canvas_controller';
import type { FlameSession, Shown } from './flame_session';
import { useWatch } from './use_watch';
import { say } from './flame_text';

/** From the pointer's tip, so that the tooltip hides neither the box nor the way to its neighbours. */
const DISTANCE = 14;

interface TooltipProps {
  readonly session: FlameSession;
  readonly controller: CanvasController;
}

export function Tooltip({ session, controller }: TooltipProps): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  useWatch(() => {
    const at = controller.pointer.value;
    const { width, height } = session.viewport.value;
    const tip = element.current;
    if (at === undefined || tip === null) return;
    // Always towards the middle, so that it is never cut and needs no measuring.
    const left = at.x > width / 2;
    const above = at.y > height / 2;
    const x = Math.round(at.x + (left ? -DISTANCE : DISTANCE));
    const y = Math.round(at.y + (above ? -DISTANCE : DISTANCE));
    tip.style.transform = `translate(${x}px, ${y}px) translate(${left ? '-100%' : '0'}, ${above ? '-100%' : '0'})`;
  }, [session, controller]);
  const hit = session.hit.value;
  const hidden = hit.kind === 'nothing' || controller.dragging.value;
  return (
    <div
      ref={element}
      class={session.frozen.value ? 'flame-tip flame-tip-frozen' : 'flame-tip'}
      aria-hidden="true"
      hidden={hidden}
    >
      {hidden ? null : <TooltipText session={session} />}
    </div>
  );
}

function TooltipText({ session }: { readonly session: FlameSession }): JSX.Element | null {
  const shown = session.shown.value;
  const hit = session.hit.value;
  const zoomed = session.document.cursor.zoomed.value;
  if (shown === undefined || hit.kind === 'nothing') return null;
  if (hit.kind === 'run') {
    return (
      <>
        <p class="flame-tip-name">{sentenceOfRun(shown, hit)}</p>
        <p class="flame-tip-more">{say('runHint')}</p>
      </>
    );
  }
  const facts = factsOf(shown, session.document.names, hit.box, zoomed);
  return (
    <>
      <p class="flame-tip-name">{facts.name}</p>
      {facts.package === '' ? null : <p class="flame-tip-more">{facts.package}</p>}
      {facts.place === '' ? null : <p class="flame-tip-more">{facts.place}</p>}
      <dl>
        <dt>{say('self')}</dt>
        <dd>{facts.self}</dd>
        <dd>{facts.selfShare}</dd>
        <dt>{say('total')}</dt>
        <dd>{facts.total}</dd>
        <dd>{facts.totalShare}</dd>
        {[...(session.document.moreFacts?.(hit.box) ?? []), ...changeFacts(session, shown, hit.box)].map(
          ([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
              <dd />
            </>
          ),
        )}
        {zoomed === ROOT ? null : (
          <>
            <dt>{say('view')}</dt>
            <dd />
            <dd>{facts.viewShare}</dd>
          </>
        )}
      </dl>
      {facts.inlining === '' ? null : <p class="flame-tip-more">{facts.inlining}</p>}
      {session.frozen.value ? <p class="flame-tip-more">{say('frozenHint')}</p> : null}
    </>
  );
}

/** Against the chosen base, where boxes are coloured by change. */
function changeFacts(
  session: FlameSession,
  { columns, type }: Shown,
  box: number,
): readonly (readonly [string, string])[] {
  const loaded = session.document.change?.value;
  const change = loaded === undefined ? undefined : latestOf(loaded);
  if (change === undefined || change === null || change.before.length !== columns.frame.length) return [];
  const [before, after] = [change.before[box] ?? 0, change.after[box] ?? 0];
  const sign = after > before ? '+' : '';
  return [
    [say('before'), formatValue(before, type.unit, type.shownUnit)],
    [say('changed'), `${sign}${formatValue(after - before, type.unit, type.shownUnit)}`],
  ];
}
