// The engine over a real worker: numbered requests out, replies back. Every failure is a value.
import { failed, success } from '../base/result';
import type { EndWork, IdleCounter } from '../base/idle';
import type { Failure, FromWorker, RequestKind, Requests, ToWorker } from '../protocol/messages';
import type { ReadEngineCode } from './engine_code';
import type { Engine, EngineEvents, Outcome, StartEngine } from './engine';

export interface EngineParts {
  readonly startWorker: (script: string) => Worker;
  readonly readCode: ReadEngineCode;
  readonly idle: IdleCounter;
}

const CANCELLED: Failure = { code: 'cancelled', text: 'Cancelled.' };

/** The first engine is started ahead, so that the first file need not wait for it. */
export function startEnginesAhead(parts: EngineParts): StartEngine {
  let spare: WorkerEngine | undefined = new WorkerEngine(parts);
  return (events) => {
    const engine = spare === undefined || spare.hasEnded ? new WorkerEngine(parts) : spare;
    spare = undefined;
    engine.listen(events);
    return engine;
  };
}

type Settle = (outcome: Outcome<unknown>) => void;

export class WorkerEngine implements Engine {
  /** Resolves with the worker once it was told to start; with undefined if it ended before. */
  private readonly started: Promise<Worker | undefined>;
  private worker: Worker | undefined;
  private events: EngineEvents | undefined;
  private readonly pending = new Map<number, Settle>();
  private nextId = 1;
  /** Set once the worker can be of no more use. */
  private ended: Failure | undefined;
  private readonly endStarting: EndWork;

  constructor(private readonly parts: EngineParts) {
    this.endStarting = parts.idle.begin();
    this.started = this.start();
  }

  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  listen(events: EngineEvents): void {
    this.events = events;
  }

  request<K extends RequestKind>(name: K, input: Requests[K]['in']): Promise<Outcome<Requests[K]['out']>> {
    if (this.ended !== undefined) return Promise.resolve(failed(this.ended));
    const id = this.nextId++;
    const reply = new Promise<Outcome<Requests[K]['out']>>((resolve) => {
      this.pending.set(id, resolve as Settle);
    });
    const message = { kind: 'request', id, name, in: input } as ToWorker;
    void this.started.then((worker) => worker?.postMessage(message));
    return this.parts.idle.during(reply);
  }

  end(): void {
    this.endWith(CANCELLED);
  }

  private async start(): Promise<Worker | undefined> {
    try {
      const { script, core } = await this.parts.readCode();
      if (this.ended !== undefined) return undefined;
      const worker = this.parts.startWorker(script);
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
      worker.onerror = (event) => {
        event.preventDefault();
        this.endWith({
          code: 'engine',
          text: `The engine stopped: ${event.message || 'its script could not be loaded'}`,
        });
      };
      worker.postMessage({ kind: 'start', module: core } satisfies ToWorker);
      this.worker = worker;
      return worker;
    } catch (error) {
      this.endWith({ code: 'engine', text: `The engine could not be loaded: ${String(error)}` });
      return undefined;
    }
  }

  private receive(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.endStarting();
        return;
      case 'progress':
        this.events?.onProgress(message.progress);
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
    this.endStarting();
    this.worker?.terminate();
    const pending = [...this.pending.values()];
    this.pending.clear();
    for (const settle of pending) settle(failed(failure));
    this.events?.onDead(failure);
  }
}
