// The canvas of the timeline and its overlay. Keys: timeline_actions.ts.
import { effect } from '@preact/signals-core';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { ensureExists } from '../../base/assert';
import { Layer, sizeOf, textMeasure } from '../../draw/layer';
import { DARK_TIMELINE, LIGHT_TIMELINE } from '../../draw/timeline_colors';
import { paintTimeline } from '../../draw/timeline_painter';
import { paintTimelineMarks } from '../../draw/timeline_marks';
import { listenToTimeline, type Pointed } from './timeline_input';
import { sceneOf } from './timeline_scene';
import type { TimelineSession } from './timeline_session';
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
    paintTimelineMarks(this.overlay.painter, {
      viewport: session.viewport.peek(),
      theme: this.theme(),
      range: session.range.peek(),
      hoverX: this.pointed?.x,
      selected:
        selection === null || facts.at !== 'ready' || facts.value === null
          ? undefined
          : { row: session.rowOf(selection), from: facts.value.start, to: facts.value.end },
    });
  };

  private theme(): typeof LIGHT_TIMELINE {
    return this.session.document.theme.peek() === 'dark' ? DARK_TIMELINE : LIGHT_TIMELINE;
  }
}
