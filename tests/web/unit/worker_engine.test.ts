import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdleCounter } from '../../../web/src/base/idle';
import { NO_FILTERS } from '../../../web/src/protocol/view_spec';
import type { EngineEvents } from '../../../web/src/client/engine';
import { startEnginesAhead, type EngineParts } from '../../../web/src/client/worker_engine';
import type { FromWorker, ToWorker } from '../../../web/src/protocol/messages';

class FakeWorker {
  readonly posted: ToWorker[] = [];
  terminated = false;
  onmessage: ((event: { data: FromWorker }) => void) | undefined;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | undefined;

  postMessage(message: ToWorker): void {
    this.posted.push(message);
    if (message.kind === 'start') this.say({ kind: 'ready' });
  }

  say(data: FromWorker): void {
    this.onmessage?.({ data });
  }

  terminate(): void {
    this.terminated = true;
  }
}

interface Bench {
  readonly workers: FakeWorker[];
  readonly parts: EngineParts;
  readonly idle: IdleCounter;
  readonly deaths: string[];
  readonly events: EngineEvents;
}

function makeBench(readCode: EngineParts['readCode'] = () => Promise.resolve({ script: '', core: {} })): Bench {
  const workers: FakeWorker[] = [];
  const deaths: string[] = [];
  const idle = new IdleCounter(() => new Promise((resolve) => setTimeout(resolve, 0)));
  const startWorker = (): Worker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  };
  const events: EngineEvents = {
    onProgress: () => undefined,
    onDead: ({ text }) => deaths.push(text),
  };
  return {
    workers,
    parts: { startWorker, readCode, idle },
    idle,
    deaths,
    events,
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('the first engine runs before it is wanted, later ones start when they are', async () => {
  const bench = makeBench();
  const start = startEnginesAhead(bench.parts);
  await bench.idle.idle();
  assert.equal(bench.workers.length, 1);
  start(bench.events);
  assert.equal(bench.workers.length, 1);
  start(bench.events);
  await turn();
  assert.equal(bench.workers.length, 2);
});

test('replies find their requests in any order', async () => {
  const bench = makeBench();
  const engine = startEnginesAhead(bench.parts)(bench.events);
  const top = engine.request('top', { ...NO_FILTERS, sampleType: 0 });
  const search = engine.request('search', {
    view: { ...NO_FILTERS, sampleType: 0 },
    pattern: '(',
    caseSensitive: false,
  });
  await turn();
  const [worker] = bench.workers;
  worker?.say({
    kind: 'reply',
    id: 2,
    ok: false,
    failure: { code: 'invalid', text: 'missing )' },
  });
  worker?.say({ kind: 'reply', id: 1, ok: true, out: 'rows' });
  assert.deepEqual(await top, { ok: true, value: 'rows' });
  assert.deepEqual(await search, {
    ok: false,
    failure: { code: 'invalid', text: 'missing )' },
  });
});

test('ending it fails what is pending as cancelled, and all that comes later', async () => {
  const bench = makeBench();
  const engine = startEnginesAhead(bench.parts)(bench.events);
  const pending = engine.request('frames', {});
  await turn();
  engine.end();
  assert.equal(bench.workers[0]?.terminated, true);
  const codes = [await pending, await engine.request('frames', {})].map(
    (outcome) => !outcome.ok && outcome.failure.code,
  );
  assert.deepEqual(codes, ['cancelled', 'cancelled']);
  await bench.idle.idle();
});

test('a dead engine is reported once and ends its worker', async () => {
  const bench = makeBench();
  const engine = startEnginesAhead(bench.parts)(bench.events);
  const pending = engine.request('frames', {});
  await turn();
  const dead: FromWorker = {
    kind: 'dead',
    failure: { code: 'engine', text: 'unreachable' },
  };
  bench.workers[0]?.say(dead);
  bench.workers[0]?.say(dead);
  assert.equal((await pending).ok, false);
  assert.deepEqual(bench.deaths, ['unreachable']);
});

test('code that cannot be loaded fails the request in a sentence; the next engine tries again', async () => {
  let attempts = 0;
  const bench = makeBench(() => {
    attempts++;
    return attempts === 1 ? Promise.reject(new Error('404')) : Promise.resolve({ script: '', core: {} });
  });
  const start = startEnginesAhead(bench.parts);
  await bench.idle.idle();
  const engine = start(bench.events);
  void engine.request('frames', {});
  await turn();
  assert.equal(attempts, 2);
  assert.equal(bench.workers.length, 1);
});
