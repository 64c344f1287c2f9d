// Tells when the page is at rest: no request, no frame and no animation is pending. Whoever starts such work calls begin()
// and ends it with the function it got. Tests wait for idle() instead of sleeping.

/** Ends what begin() started; calls after the first do nothing. */
export type EndWork = () => void;

export class IdleCounter {
  private pending = 0;
  /** Counts every begin(): tells apart "still idle" and "idle again". */
  private begun = 0;
  private waiting: (() => void)[] = [];

  /** `settle` gives rendering a chance to begin work that follows from the last state change. */
  constructor(private readonly settle: () => Promise<void>) {}

  begin(): EndWork {
    this.pending++;
    this.begun++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.pending--;
      if (this.pending === 0) this.wake();
    };
  }

  /** Counts a promise as work until it settles. */
  during<T>(work: Promise<T>): Promise<T> {
    return work.finally(this.begin());
  }

  async idle(): Promise<void> {
    for (;;) {
      if (this.pending > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
      const before = this.begun;
      await this.settle();
      if (this.pending === 0 && this.begun === before) return;
    }
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Long enough for a state change to be rendered, and for effects after it. A hidden tab gets no frames: then a timer. */
export function afterTwoFrames(): Promise<void> {
  return new Promise((resolve) => {
    const fallback = setTimeout(resolve, 200);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(fallback);
        setTimeout(resolve, 0);
      }),
    );
  });
}
