// The canvases of a flame graph, its minimap and tooltip. Screen readers get one application with a spoken selection.
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ensureExists } from '../../base/assert';
import { NONE } from '../../protocol/columns';
import { factsOf, sentenceOf, sentenceOfRun } from './box_facts';
import { CanvasController } from './canvas_controller';
import { listenToPointer } from './canvas_input';
import type { FlameSession } from './flame_session';
import { Minimap } from './minimap';
import { Tooltip } from './tooltip';

export function FlameCanvas({ session }: { readonly session: FlameSession }): JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const boxes = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [controller, setController] = useState<CanvasController>();
  useLayoutEffect(() => {
    const element = ensureExists(area.current, 'flame area');
    const made = new CanvasController(session, {
      area: element,
      boxes: ensureExists(boxes.current, 'boxes'),
      labels: ensureExists(labels.current, 'labels'),
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
  useHoverLine(session);
  return (
    <>
      <Minimap session={session} />
      <div
        ref={area}
        class={controller?.dragging.value === true ? 'flame-area flame-area-dragging' : 'flame-area'}
        data-testid="flame-canvas"
        role="application"
        aria-roledescription="flame graph"
        aria-label="Flame graph. Arrows move between callers, callees and neighbours, Enter zooms in, Backspace out, t shows a table."
        tabIndex={0}
      >
        <canvas ref={boxes} aria-hidden="true" />
        <canvas ref={labels} aria-hidden="true" />
        <canvas ref={overlay} aria-hidden="true" />
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

/** The line at the bottom of the page: what the pointer is on, else what is selected. */
function useHoverLine(session: FlameSession): void {
  useSignalEffect(() => {
    const { hover, names, cursor } = session.document;
    const shown = session.shown.value;
    const hit = session.hit.value;
    const zoomed = cursor.zoomed.value;
    const selected = cursor.selected.value;
    if (shown === undefined) return;
    if (hit.kind === 'run') {
      hover.value = { frame: NONE, box: hit.first, text: sentenceOfRun(shown, hit) };
      return;
    }
    const box = hit.kind === 'box' ? hit.box : selected;
    hover.value =
      box === null
        ? null
        : { frame: shown.columns.frame[box] ?? NONE, box, text: sentenceOf(factsOf(shown, names, box, zoomed), zoomed) };
  });
}

function Spoken({ session }: { readonly session: FlameSession }): JSX.Element {
  const shown = session.shown.value;
  const { selected, zoomed } = session.document.cursor;
  const box = selected.value;
  const text = shown === undefined || box === null ? '' : sentenceOf(factsOf(shown, session.document.names, box, zoomed.value), zoomed.value);
  return (
    <div class="ft-hidden" role="status" aria-live="polite">
      {text}
    </div>
  );
}
