// Texts of string ids, fetched from the core when first asked for and kept. All ids asked for in one turn of the event
// loop (so in one frame) travel in one request.
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { Engine } from '../client/engine';
import { NONE } from '../protocol/columns';

export class NamesCache {
  private readonly texts: (string | undefined)[] = [];
  private wanted = new Set<number>();
  private onTheWay = new Map<number, Promise<void>>();
  private flush: Promise<void> | undefined;
  private readonly arrivals = signal(0);

  constructor(
    private readonly engine: Pick<Engine, 'request'>,
    private readonly idle: IdleCounter,
  ) {}

  /** Increases when more texts arrived. */
  get version(): ReadonlySignal<number> {
    return this.arrivals;
  }

  /** undefined: asked for now, look again when `version` moved. */
  text(id: number): string | undefined {
    if (id === NONE) return '';
    const known = this.texts[id];
    if (known === undefined) void this.want(id);
    return known;
  }

  /** Resolves when text() knows all of them. Never rejects: with a dead engine texts stay unknown. */
  async ensure(ids: ArrayLike<number>): Promise<void> {
    const pending = new Set<Promise<void>>();
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? NONE;
      if (id !== NONE && this.texts[id] === undefined) pending.add(this.want(id));
    }
    await Promise.all(pending);
  }

  private want(id: number): Promise<void> {
    const underWay = this.onTheWay.get(id);
    if (underWay !== undefined) return underWay;
    this.wanted.add(id);
    this.flush ??= this.idle.during(Promise.resolve().then(() => this.ask()));
    return this.flush;
  }

  private async ask(): Promise<void> {
    const ids = Uint32Array.from(this.wanted);
    const request = this.flush;
    this.wanted = new Set();
    this.flush = undefined;
    if (request !== undefined) for (const id of ids) this.onTheWay.set(id, request);
    const outcome = await this.engine.request('names', { ids });
    for (const id of ids) this.onTheWay.delete(id);
    if (!outcome.ok) return;
    ids.forEach((id, i) => {
      this.texts[id] = outcome.value[i] ?? '';
    });
    this.arrivals.value++;
  }
}
