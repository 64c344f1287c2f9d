// The flame graph of a document: a bar, then the canvas or its table twin; and the faces for what is not there.
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { FrameScheduler } from '../../draw/scheduler';
import type { DocumentStore } from '../../state/document_store';
import { pressKey } from './canvas_input';
import { FlameEmpty } from './empty';
import { FlameBar } from './flame_bar';
import { FlameCanvas } from './flame_canvas';
import { FlameSession } from './flame_session';
import { FlameTable } from './flame_table';
import { useHoverLine } from './use_hover_line';

export function FlameView({ store }: { readonly store: DocumentStore }): JSX.Element {
  const session = useMemo(() => new FlameSession(store, new FrameScheduler(store.idle), prefersReducedMotion), [store]);
  useEffect(() => () => session.dispose(), [session]);
  useHoverLine(session);
  const flame = store.flame.value;
  const shown = session.shown.value;
  if (shown === undefined) {
    return flame.at === 'failed' ? (
      <FlameFault text={flame.failure.text} />
    ) : (
      <p class="flame-face">Laying out the flame graph…</p>
    );
  }
  if (!((shown.columns.width[0] ?? 0) > 0)) return <FlameEmpty store={store} shown={shown} />;
  return (
    <section
      class="flame-view"
      aria-label="Flame graph"
      aria-busy={flame.at === 'loading'}
      onKeyDown={(event) => pressKey(event, session)}
    >
      <FlameBar session={session} />
      {flame.at === 'failed' ? (
        <FlameFault text={`${flame.failure.text} What you see is the graph of before.`} />
      ) : null}
      {session.tableOpen.value ? <FlameTable session={session} /> : <FlameCanvas session={session} />}
    </section>
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
