import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdleCounter } from '../../../web/src/base/idle';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('idle waits for all work, also for work that begins while the page settles', async () => {
  const log: string[] = [];
  let follow = true;
  const idle = new IdleCounter(async () => {
    await soon();
    if (!follow) return;
    follow = false;
    const end = idle.begin();
    setTimeout(() => {
      log.push('second');
      end();
    }, 5);
  });
  const end = idle.begin();
  setTimeout(() => {
    log.push('first');
    end();
    end();
  }, 5);
  await idle.idle();
  log.push('idle');
  assert.deepEqual(log, ['first', 'second', 'idle']);
});

test('work that fails is over too', async () => {
  const idle = new IdleCounter(soon);
  await assert.rejects(idle.during(Promise.reject(new Error('x'))));
  await idle.idle();
});
