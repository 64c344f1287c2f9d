// The worker of one document: owns its Session and answers one request after the other.
import createCore, { type CoreModule } from 'flametrail-core';
import type { Failure, FromWorker, RequestKind, Requests, ToWorker } from '../protocol/messages';
import { handlers, transfersOf, type HandlerContext, type Reply } from './handlers';

declare const self: DedicatedWorkerGlobalScope;

/** What the core printed last: goes with the report when it dies. */
const lastLines: string[] = [];
const MAX_LAST_LINES = 5;

function note(line: string): void {
  lastLines.push(line);
  if (lastLines.length > MAX_LAST_LINES) lastLines.shift();
}

function send(message: FromWorker, transfers: Transferable[] = []): void {
  self.postMessage(message, transfers);
}

function startCore(module: WebAssembly.Module): Promise<CoreModule> {
  return new Promise((resolve, reject) => {
    createCore({
      instantiateWasm: (imports, receive) => {
        WebAssembly.instantiate(module, imports).then(receive, reject);
        return {};
      },
      print: note,
      printErr: note,
    }).then(resolve, reject);
  });
}

function died(error: unknown): void {
  const what = error instanceof Error ? error.message : String(error);
  const failure: Failure = { code: 'engine', text: ['The engine stopped: ' + what, ...lastLines].join('\n') };
  send({ kind: 'dead', failure });
}

async function answer<K extends RequestKind>(
  context: HandlerContext,
  id: number,
  name: K,
  input: Requests[K]['in'],
): Promise<void> {
  const reply: Reply<K> = await handlers[name](context, input);
  if (reply.ok) send({ kind: 'reply', id, ok: true, out: reply.value }, transfersOf(reply.value));
  else send({ kind: 'reply', id, ok: false, failure: reply.failure });
}

async function start(module: WebAssembly.Module): Promise<HandlerContext> {
  const core = await startCore(module);
  send({ kind: 'ready' });
  return {
    core,
    session: new core.Session(),
    sendProgress: (progress) => send({ kind: 'progress', progress }),
  };
}

let context: Promise<HandlerContext> | undefined;
let queue: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    context = start(data.module);
    queue = context.then(() => undefined);
  } else {
    const { id, name } = data;
    const ready = context;
    queue = queue.then(async () => {
      if (ready === undefined) throw new Error(`request ${name} before start`);
      await answer(await ready, id, name, data.in);
    });
  }
  // A trap leaves the core in an unknown state: nothing after it may be answered, so the queue stays rejected.
  queue.catch(died);
};
