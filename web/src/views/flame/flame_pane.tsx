// One flame graph: a bar, then the canvas or its table twin; and the faces for what is not there.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { FrameScheduler } from '../../draw/scheduler';
import type { AppStore } from '../../state/app_store';
import { documentKey } from '../../state/compare_state';
import type { DocumentStore } from '../../state/document_store';
import { paramOf } from '../../state/view_params';
import type { OtherDocument } from './shape_controls';
import type { FlameSource } from '../../state/flame_source';
import { offer } from '../actions';
import type { DocumentProps } from '../document_view';
import { Lazy } from '../lazy';
import { isField } from '../opening';
import { FLAME_ACTIONS, pressKey } from './flame_actions';
import { FlameBar } from './flame_bar';
import { FlameCanvas } from './flame_canvas';
import { cutText } from './box_facts';
import { FlameSession, type Shown } from './flame_session';
import { Legend } from './legend';
import { useHoverLine } from './use_hover_line';
import { say } from './flame_text';

export interface FlamePaneProps extends DocumentProps {
  readonly source: FlameSource;
  /** The one of the view that keys from outside go to, and that the palette acts on. */
  readonly main: boolean;
  /** Stands in place of the bar's controls of the tree. */
  readonly title?: ComponentChildren;
}

export function FlamePane({ app, store, source, main, title }: FlamePaneProps): JSX.Element {
  const session = useMemo(
    () => new FlameSession(source, new FrameScheduler(source.idle), prefersReducedMotion),
    [source],
  );
  useEffect(() => () => session.dispose(), [session]);
  useEffect(() => (main ? listenOutside(session) : undefined), [session, main]);
  useEffect(() => (main ? offer(app, FLAME_ACTIONS, session) : undefined), [app, session, main]);
  useHoverLine(session);
  const others = othersOf(app, store);
  const base = others.find(({ key }) => key === paramOf(store, 'base'))?.store ?? null;
  useEffect(() => {
    store.compare.base.value = base;
  }, [store, base]);
  const flame = source.flame.value;
  const shown = session.shown.value;
  if (shown === undefined) {
    return flame.at === 'failed' ? (
      <FlameFault text={flame.failure.text} />
    ) : (
      <p class="flame-face">{say('layingOut')}</p>
    );
  }
  if (!((shown.columns.width[0] ?? 0) > 0)) {
    return <Lazy render={({ FlameEmpty }) => <FlameEmpty store={store} shown={shown} />} />;
  }
  return (
    <section
      class="flame-view"
      aria-label={say('flameGraph')}
      aria-busy={flame.at === 'loading'}
      onKeyDown={(event) => pressKey(event, session)}
    >
      <FlameBar session={session} others={others} title={title} />
      <Legend session={session} />
      <CutNote shown={shown} />
      {flame.at === 'failed' ? <FlameFault text={say('graphOfBefore', { why: flame.failure.text })} /> : null}
      {session.tableOpen.value ? (
        <Lazy render={({ FlameTable }) => <FlameTable session={session} />} />
      ) : (
        <FlameCanvas session={session} />
      )}
      {session.menu.value === null ? null : (
        <Lazy render={({ BoxMenu }) => <BoxMenu app={app} store={store} session={session} />} />
      )}
    </section>
  );
}

/** Who clicked a tab goes on with the graph's keys, without a click into it first. */
function listenOutside(session: FlameSession): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isForGraph(event)) pressKey(event, session);
  };
  addEventListener('keydown', onKeyDown, { capture: true });
  return () => removeEventListener('keydown', onKeyDown, { capture: true });
}

/** Of keys pressed on a button or tab, those that press it or move the focus stay its own. */
function isForGraph({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || isField(target)) return false;
  if (document.querySelector('dialog[open]') !== null) return false;
  if (target === document.body) return true;
  return key.length === 1 && key !== ' ' && target.closest('.flame-view, .ft-details') === null;
}

function othersOf(app: AppStore, store: DocumentStore): readonly OtherDocument[] {
  const all = app.documents.value;
  return all
    .filter((other) => other !== store && other.summary.value !== undefined)
    .map((other) => ({ key: documentKey(other, all), store: other }));
}

/** What the core left out of the graph, as it has more boxes than it makes. */
function CutNote({ shown }: { readonly shown: Shown }): JSX.Element | null {
  const text = cutText(shown);
  return text === '' ? null : (
    <p class="flame-note" role="status" data-testid="flame-cut">
      {text}
    </p>
  );
}

function FlameFault({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="flame-fault" role="alert" data-testid="error">
      {text}
    </p>
  );
}

function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
