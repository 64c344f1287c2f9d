// Frames of the whole page: input, then state, then DOM, then the layers that are dirty, once each. The only place that
// asks the browser for frames. While a frame is due the page is not idle.

export type Phase = 'input' | 'state' | 'dom' | 'draw';
const PHASES: readonly Phase[] = ['input', 'state', 'dom', 'draw'];

/** A browser, or a test's clock. */
export interface FrameSource {
  request(callback: (now: number) => void): void;
}

export const browserFrames: FrameSource = {
  request: (callback) => {
    requestAnimationFrame(callback);
  },
};

/** base/idle.ts IdleCounter, or a test's own. */
export interface WorkCounter {
  begin(): () => void;
}

export type Job = (now: number) => void;

export class FrameScheduler {
  private readonly jobs: Record<Phase, Set<Job>> = {
    input: new Set(),
    state: new Set(),
    dom: new Set(),
    draw: new Set(),
  };
  private readonly animations = new Set<(now: number) => boolean>();
  private endWork: (() => void) | undefined;
  private running = false;

  constructor(
    private readonly work: WorkCounter,
    private readonly frames: FrameSource = browserFrames,
  ) {}

  /** Runs the job once in the next frame, however often it is asked for until then. */
  schedule(phase: Phase, job: Job): void {
    this.jobs[phase].add(job);
    this.request();
  }

  /** Takes back what was scheduled. */
  forget(job: Job): void {
    for (const phase of PHASES) this.jobs[phase].delete(job);
  }

  /** Calls `step` at the start of every frame until it answers false; the function returned ends it early. */
  animate(step: (now: number) => boolean): () => void {
    this.animations.add(step);
    this.request();
    return () => {
      this.animations.delete(step);
    };
  }

  private request(): void {
    // What a running frame asks for runs later in it, or it asks for another frame at its end.
    if (this.running || this.endWork !== undefined) return;
    this.endWork = this.work.begin();
    this.frames.request((now) => this.run(now));
  }

  private run(now: number): void {
    const endWork = this.endWork;
    this.endWork = undefined;
    this.running = true;
    try {
      for (const step of [...this.animations]) if (!step(now)) this.animations.delete(step);
      for (const phase of PHASES) this.runPhase(phase, now);
    } finally {
      this.running = false;
      // What earlier phases were asked for meanwhile, and animations, wait for the next frame.
      if (this.animations.size > 0 || PHASES.some((phase) => this.jobs[phase].size > 0)) this.request();
      endWork?.();
    }
  }

  private runPhase(phase: Phase, now: number): void {
    const due = this.jobs[phase];
    this.jobs[phase] = new Set();
    for (const job of due) job(now);
  }
}
