// The engine over a real worker: numbered requests out, replies back. Every failure is a value.
import { failed, success } from '../base/result';
import type { IdleCounter } from '../base/idle';
import type { Failure, FromWorker, RequestKind, Requests, ToWorker } from '../protocol/messages';
import type { CoreSource } from './core_module';
import type { Engine, EngineEvents, Outcome } from './engine';

export interface EngineParts {
  readonly startWorker: () => Worker;
  readonly core: CoreSource;
  readonly idle: IdleCounter;
}

const CANCELLED: Failure = { code: 'cancelled', text: 'Cancelled.' };

type Settle = (outcome: Outcome<unknown>) => void;

export class WorkerEngine implements Engine {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Settle>();
  private nextId = 1;
  /** Set once the worker can be of no more use. */
  private ended: Failure | undefined;

  constructor(
    private readonly parts: EngineParts,
    private readonly events: EngineEvents,
  ) {
    this.worker = parts.startWorker();
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      const text = event.message || 'the worker script could not be loaded';
      this.endWith({ code: 'engine', text: `The engine stopped: ${text}` });
    };
    parts.core().then(
      (module) => this.post({ kind: 'start', module }),
      (error: unknown) => this.endWith({ code: 'engine', text: `The engine could not be loaded: ${String(error)}` }),
    );
  }

  request<K extends RequestKind>(name: K, input: Requests[K]['in']): Promise<Outcome<Requests[K]['out']>> {
    if (this.ended !== undefined) return Promise.resolve(failed(this.ended));
    const id = this.nextId++;
    const reply = new Promise<Outcome<Requests[K]['out']>>((resolve) => {
      this.pending.set(id, resolve as Settle);
    });
    void this.parts.core().then(
      () => this.post({ kind: 'request', id, name, in: input } as ToWorker),
      () => undefined,
    );
    return this.parts.idle.during(reply);
  }

  end(): void {
    this.endWith(CANCELLED);
  }

  private post(message: ToWorker): void {
    if (this.ended === undefined) this.worker.postMessage(message);
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'progress':
        this.events.onProgress(message.progress);
        return;
      case 'dead':
        this.endWith(message.failure);
        return;
      case 'reply': {
        const settle = this.pending.get(message.id);
        this.pending.delete(message.id);
        settle?.(message.ok ? success(message.out) : failed(message.failure));
      }
    }
  }

  private endWith(failure: Failure): void {
    if (this.ended !== undefined) return;
    this.ended = failure;
    this.worker.terminate();
    const pending = [...this.pending.values()];
    this.pending.clear();
    for (const settle of pending) settle(failed(failure));
    this.events.onDead(failure);
  }
}
