// The canvas of the timeline and its overlay. Keys: timeline_actions.ts.
import { effect } from '@preact/signals-core';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ensureExists } from '../../base/assert';
import type { Place, SpanFacts } from '../../protocol/trace';
import type { Arrow } from '../../draw/timeline_arrows';
import { Layer, sizeOf, textMeasure } from '../../draw/layer';
import { DARK_TIMELINE, LIGHT_TIMELINE } from '../../draw/timeline_colors';
import { paintTimeline } from '../../draw/timeline_painter';
import { paintTimelineMarks } from '../../draw/timeline_marks';
import { listenToTimeline, type Pointed } from './timeline_input';
import { sceneOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
import { duration } from './trace_format';
import { say } from './trace_text';

export function TimelineCanvas({ session }: { readonly session: TimelineSession }): JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = ensureExists(area.current, 'timeline area');
    const canvas = new TimelineLayers(
      session,
      element,
      ensureExists(picture.current, 'picture'),
      ensureExists(overlay.current, 'overlay'),
    );
    const stopListening = listenToTimeline(element, session, (pointed) => canvas.point(pointed));
    if (element.ownerDocument.activeElement === element.ownerDocument.body) element.focus({ preventScroll: true });
    return () => {
      stopListening();
      canvas.dispose();
    };
  }, [session]);
  return (
    <div
      ref={area}
      class="tl-area"
      data-testid="timeline-canvas"
      role="application"
      aria-roledescription="timeline"
      aria-label={say('canvasLabel')}
      tabIndex={0}
    >
      <canvas ref={picture} aria-hidden="true" />
      <canvas ref={overlay} aria-hidden="true" />
    </div>
  );
}

/** Which layer is dirty when which signal moves. */
class TimelineLayers {
  private readonly picture: Layer;
  private readonly overlay: Layer;
  private readonly charWidth: number;
  private readonly disposers: (() => void)[] = [];
  private pointed: Pointed | undefined;
  private missing = false;

  constructor(
    private readonly session: TimelineSession,
    area: HTMLElement,
    picture: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
  ) {
    this.picture = new Layer(picture, { opaque: true });
    this.overlay = new Layer(overlay, { opaque: false });
    this.charWidth = textMeasure(area.ownerDocument)('0');
    const fit = (): void => {
      const size = sizeOf(area);
      if (size.width <= 0 || size.height <= 0) return;
      const wiped = [this.picture.resize(size), this.overlay.resize(size)].includes(true);
      session.resize(size);
      if (!wiped) return;
      this.drawPicture();
      this.drawOverlay();
    };
    const observer = new ResizeObserver(fit);
    observer.observe(area);
    fit();
    this.disposers.push(
      () => observer.disconnect(),
      effect(() => this.follow()),
      effect(() => {
        void session.document.names.version.value;
        if (this.missing) session.scheduler.schedule('draw', this.drawPicture);
      }),
    );
  }

  dispose(): void {
    for (const dispose of this.disposers) dispose();
    this.session.scheduler.forget(this.drawPicture);
    this.session.scheduler.forget(this.drawOverlay);
  }

  point(pointed: Pointed | undefined): void {
    this.pointed = pointed;
    this.session.scheduler.schedule('draw', this.drawOverlay);
  }

  private follow(): void {
    const { session } = this;
    void session.viewport.value;
    void session.shown.value;
    void session.arranged.value;
    void session.trace.strip.value;
    void session.trace.selection.value;
    void session.trace.facts.value;
    void session.range.value;
    void session.head.value;
    void session.trace.clock.value;
    void session.trace.bookmarks.value;
    void session.trace.followed.value;
    void session.document.theme.value;
    session.scheduler.schedule('draw', this.drawPicture);
    session.scheduler.schedule('draw', this.drawOverlay);
  }

  private readonly drawPicture = (): void => {
    this.missing = false;
    const scene = sceneOf(this.session, this.theme(), this.charWidth, () => {
      this.missing = true;
    });
    if (scene !== undefined) paintTimeline(this.picture.painter, scene);
  };

  private readonly drawOverlay = (): void => {
    const { session } = this;
    const facts = session.trace.facts.peek();
    const selection = session.trace.selection.peek();
    const range = session.range.peek();
    const known = selection === null || facts.at !== 'ready' ? null : facts.value;
    paintTimelineMarks(this.overlay.painter, {
      viewport: session.viewport.peek(),
      pinned: session.arranged.peek().pinned,
      theme: this.theme(),
      range: range === null ? null : { ...range, text: duration(range.to - range.from) },
      hoverX: this.pointed?.x,
      selected:
        selection === null || known === null
          ? undefined
          : { row: session.rowOf(selection), from: known.start, to: known.end },
      arrows: selection === null || known === null ? [] : arrowsOf(session, selection, known),
      charWidth: this.charWidth,
    });
  };

  private theme(): typeof LIGHT_TIMELINE {
    return this.session.document.theme.peek() === 'dark' ? DARK_TIMELINE : LIGHT_TIMELINE;
  }
}

/** Who woke the selected span, and whom it woke; of a run on a P or M as of its goroutine. */
function arrowsOf(session: TimelineSession, selection: Place, facts: SpanFacts): readonly Arrow[] {
  const row = session.rowOf(selection);
  if (row < 0) return [];
  const arrows: Arrow[] = [];
  const waker = facts.waker === undefined ? -1 : session.rowOf(facts.waker);
  if (waker >= 0) arrows.push({ from: waker, to: row, time: facts.start });
  for (const woken of facts.woken) {
    const to = session.rowOf(woken);
    if (to >= 0) arrows.push({ from: row, to, time: woken.time });
  }
  return arrows.filter(({ from, to }) => from !== to);
}
