// The worker of one document: owns its Session and answers one request after the other.
import createCore, { type CoreModule } from 'flametrail-core';
import type { FromWorker, RequestKind, Requests, ToWorker } from '../protocol/messages';
import { handlers, transfersOf, type HandlerContext, type Reply } from './handlers';
import { memorySize } from './heap';

declare const self: DedicatedWorkerGlobalScope;

/** What the core printed last: goes with the report when it dies. */
const lastLines: string[] = [];
const MAX_LAST_LINES = 5;

/** A request that fails beyond this failed for want of memory: the limit is 4 GB, and growing is by large steps. */
const NEARLY_ALL_MEMORY = 2.5 * 1024 ** 3;

let core: CoreModule | undefined;

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
  const full = core !== undefined && memorySize(core) > NEARLY_ALL_MEMORY;
  const why = full ? 'It needs more than the 4 GB of memory that it can have.' : `The engine stopped: ${what}`;
  send({ kind: 'dead', failure: { code: 'engine', text: [why, ...lastLines].join('\n') } });
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
  core = await startCore(module);
  send({ kind: 'ready' });
  return {
    core,
    session: new core.Session(),
    answering: () => answeringMs,
    sendProgress: (progress) => send({ kind: 'progress', progress }),
  };
}

let context: Promise<HandlerContext> | undefined;
let queue: Promise<void> = Promise.resolve();
/** What goes in between while a file is read: questions about the part of a trace that is there. The rest waits here. */
let opened: Promise<void> = Promise.resolve();

let answeringMs = 0;

const OF_PART: ReadonlySet<RequestKind> = new Set(['lanes', 'strip', 'slices', 'describe', 'names']);

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') {
    context = start(data.module);
    queue = context.then(() => undefined);
  } else {
    const { id, name } = data;
    const ready = context;
    const run = async (): Promise<void> => {
      if (ready === undefined) throw new Error(`request ${name} before start`);
      await answer(await ready, id, name, data.in);
    };
    if (OF_PART.has(name)) {
      queue = queue.then(async () => {
        const begun = performance.now();
        await run();
        answeringMs += performance.now() - begun;
      });
    } else opened = Promise.all([queue, opened]).then(run);
  }
  // A trap leaves the core in an unknown state: nothing after it may be answered, so the queue stays rejected.
  queue.catch(died);
  opened.catch(died);
};
