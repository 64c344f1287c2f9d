// The canvases of a flame graph, its minimap and tooltip. Screen readers get one application with a spoken selection.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ensureExists } from '../../base/assert';
import { factsOf, sentenceOf } from './box_facts';
import { CanvasController } from './canvas_controller';
import { listenToPointer } from './canvas_input';
import type { FlameSession } from './flame_session';
import { Minimap } from './minimap';
import { Tooltip } from './tooltip';
import { useWatch } from './use_watch';
import { say } from './flame_text';

export function FlameCanvas({ session }: { readonly session: FlameSession }): JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [controller, setController] = useState<CanvasController>();
  useLayoutEffect(() => {
    const element = ensureExists(area.current, 'flame area');
    const made = new CanvasController(session, {
      area: element,
      picture: ensureExists(picture.current, 'picture'),
      overlay: ensureExists(overlay.current, 'overlay'),
    });
    const stopListening = listenToPointer(element, session, made);
    setController(made);
    takeFocusQuietly(element);
    return () => {
      stopListening();
      made.dispose();
    };
  }, [session]);
  return (
    <>
      <Minimap session={session} />
      <div
        ref={area}
        class={controller?.dragging.value === true ? 'flame-area flame-area-dragging' : 'flame-area'}
        data-testid="flame-canvas"
        role="application"
        aria-roledescription="flame graph"
        aria-label={say('canvasLabel')}
        tabIndex={0}
      >
        <canvas ref={picture} aria-hidden="true" />
        <canvas ref={overlay} aria-hidden="true" />
        <ScrollMark session={session} />
        {controller === undefined ? null : <Tooltip session={session} controller={controller} />}
      </div>
      <Spoken session={session} />
    </>
  );
}

/** Keys work at once, unless a person is already somewhere else. No ring is shown for a focus that nobody asked for. */
function takeFocusQuietly(element: HTMLElement): void {
  if (element.ownerDocument.activeElement !== element.ownerDocument.body) return;
  element.dataset['quiet'] = '';
  element.focus({ preventScroll: true });
  const loud = (): void => {
    delete element.dataset['quiet'];
  };
  element.addEventListener('keydown', loud, { once: true });
  element.addEventListener('blur', loud, { once: true });
}

/** Where the window stands among the rows; hidden when all rows are in sight. */
function ScrollMark({ session }: { readonly session: FlameSession }): JSX.Element {
  const mark = useRef<HTMLDivElement>(null);
  useWatch(() => {
    const { scroll, height } = session.viewport.value;
    const all = session.extent.value.height;
    const element = mark.current;
    if (element === null || all <= 0) return;
    element.hidden = all <= height;
    element.style.top = `${(scroll / all) * 100}%`;
    element.style.height = `${(height / all) * 100}%`;
  }, [session]);
  return <div ref={mark} class="flame-scroll" aria-hidden="true" hidden />;
}

function Spoken({ session }: { readonly session: FlameSession }): JSX.Element {
  const shown = session.shown.value;
  const { selected, zoomed } = session.document.cursor;
  const box = selected.value;
  const text =
    shown === undefined || box === null
      ? ''
      : sentenceOf(factsOf(shown, session.document.names, box, zoomed.value), zoomed.value);
  return (
    <div class="ft-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
