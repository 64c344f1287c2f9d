// The page's one layout worker, started at the first question.
import { failed, success } from '../base/result';
import type { GraphLayout, LayoutAnswer, LayoutQuestion } from '../protocol/layout';
import type { Outcome } from './engine';

export type AskLayout = (question: Omit<LayoutQuestion, 'id'>) => Promise<Outcome<GraphLayout>>;

export interface LayoutParts {
  readonly startWorker: (script: string) => Worker;
  readonly readScript: () => Promise<string>;
}

export function layoutWorker({ startWorker, readScript }: LayoutParts): AskLayout {
  let starting: Promise<Worker> | undefined;
  const pending = new Map<number, (outcome: Outcome<GraphLayout>) => void>();
  let nextId = 1;

  const settle = (id: number, outcome: Outcome<GraphLayout>): void => {
    pending.get(id)?.(outcome);
    pending.delete(id);
  };
  const giveUp = (text: string): void => {
    starting = undefined;
    for (const id of [...pending.keys()]) settle(id, failed({ code: 'engine', text }));
  };
  const start = async (): Promise<Worker> => {
    const worker = startWorker(await readScript());
    worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) =>
      settle(data.id, data.ok ? success(data.layout) : failed({ code: 'engine', text: data.why }));
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      giveUp(`The layout stopped: ${event.message}`);
    };
    return worker;
  };

  return (question) =>
    new Promise((resolve) => {
      const id = nextId++;
      pending.set(id, resolve);
      starting ??= start();
      starting.then(
        (worker) => worker.postMessage({ ...question, id } satisfies LayoutQuestion),
        (error: unknown) => giveUp(`The layout could not be loaded: ${String(error)}`),
      );
    });
}
