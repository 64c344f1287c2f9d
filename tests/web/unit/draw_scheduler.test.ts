import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameScheduler } from '../../../web/src/draw/scheduler';

function bench(): {
  scheduler: FrameScheduler;
  frame: (now: number) => void;
  asked: () => number;
  pending: () => number;
} {
  let callbacks: ((now: number) => void)[] = [];
  let pending = 0;
  let asked = 0;
  const work = {
    begin: () => {
      pending++;
      return () => {
        pending--;
      };
    },
  };
  const frames = {
    request: (callback: (now: number) => void) => {
      asked++;
      callbacks.push(callback);
    },
  };
  const frame = (now: number): void => {
    const due = callbacks;
    callbacks = [];
    for (const callback of due) callback(now);
  };
  return { scheduler: new FrameScheduler(work, frames), frame, asked: () => asked, pending: () => pending };
}

test('phases run in order, each job once, in one frame', () => {
  const { scheduler, frame, asked, pending } = bench();
  const log: string[] = [];
  const draw = (): void => void log.push('draw');
  scheduler.schedule('draw', draw);
  scheduler.schedule('input', () => {
    log.push('input');
    scheduler.schedule('draw', draw);
    scheduler.schedule('state', () => log.push('state'));
  });
  scheduler.schedule('draw', draw);
  assert.equal(pending(), 1);
  frame(0);
  assert.deepEqual(log, ['input', 'state', 'draw']);
  assert.deepEqual([asked(), pending()], [1, 0]);
});

test('what a phase asks of an earlier one waits for the next frame', () => {
  const { scheduler, frame, pending } = bench();
  const log: string[] = [];
  scheduler.schedule('draw', () => scheduler.schedule('input', () => log.push('input')));
  frame(0);
  assert.deepEqual([log.length, pending()], [0, 1]);
  frame(16);
  assert.deepEqual([log, pending()], [['input'], 0]);
});

test('an animation runs every frame until it ends, and keeps the page busy as long', () => {
  const { scheduler, frame, pending } = bench();
  const seen: number[] = [];
  scheduler.animate((now) => {
    seen.push(now);
    return now < 32;
  });
  for (const now of [0, 16, 32, 48]) frame(now);
  assert.deepEqual(seen, [0, 16, 32]);
  assert.equal(pending(), 0);
});

test('a job that fails does not stop later frames', () => {
  const { scheduler, frame, pending } = bench();
  scheduler.schedule('draw', () => {
    throw new Error('broken');
  });
  assert.throws(() => frame(0), /broken/);
  assert.equal(pending(), 0);
  let ran = false;
  scheduler.schedule('draw', () => (ran = true));
  frame(16);
  assert.ok(ran);
});
