// Reports as they cross the boundary: JSON text of the core's own writing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { core, feed } from './support.mjs';

test('reports are JSON, in both languages, of one document or several', async () => {
  const text = 'goroutine 1 [chan receive, 30 minutes]:\nmain.main()\n\t/m.go:3 +0x1\n';
  const open = () => {
    const session = new core.Session();
    assert.deepEqual(feed(session, new TextEncoder().encode(text)), { ok: true });
    assert.deepEqual(session.finish(), { ok: true });
    return session;
  };
  const session = open();
  assert.deepEqual(session.summary().holds, ['dump']);
  const report = (kind, more = {}) =>
    session.report({ report: kind, chinese: false, thresholds: '', documents: [0xffffffff], labels: ['a'], ...more });
  const json = (answer) => JSON.parse(new TextDecoder().decode(answer.bytes));
  const [english] = json(report(0, { thresholds: 'goroutine.long_wait=1' }));
  assert.equal(english.file, 'a');
  const [chinese] = json(report(0, { thresholds: 'goroutine.long_wait=1', chinese: true }));
  assert.equal(chinese.rule, english.rule);
  assert.match(chinese.title, /[\u4e00-\u9fff]/);
  assert.ok(json(report(1)).length > 50);
  assert.equal(json(report(2)).goroutines, 1);
  const other = open();
  const { index } = session.attach(other);
  other.delete();
  assert.equal(json(report(2, { documents: [0xffffffff, index], labels: ['a', 'b'] })).stuck, 1);
  assert.equal(report(3).code, 'unsupported');
  assert.equal(report(4).code, 'unsupported');
  assert.equal(report(0, { thresholds: 'x' }).code, 'invalid');
  session.delete();
});
