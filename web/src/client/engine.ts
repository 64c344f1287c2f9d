// One opened document's door to its worker, as the state sees it. Tests bring their own.
import type { Failure, Progress, RequestKind, Requests } from '../protocol/messages';
import type { Result } from '../base/result';

export type Outcome<T> = Result<T, Failure>;

export interface EngineEvents {
  readonly onProgress: (progress: Progress) => void;
  /** The worker is gone for good; every later request fails with this. */
  readonly onDead: (failure: Failure) => void;
}

export interface Engine {
  request<K extends RequestKind>(name: K, input: Requests[K]['in']): Promise<Outcome<Requests[K]['out']>>;
  /** Ends the worker: the only way to stop a long request and to give memory back. Pending requests fail as cancelled. */
  end(): void;
}

export type StartEngine = (events: EngineEvents) => Engine;
