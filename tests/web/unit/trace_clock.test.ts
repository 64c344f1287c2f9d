// Times on the wall.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWallTime, wallClockText, wallDateText } from '../../../web/src/state/trace/trace_clock';

const START = 1_764_078_300_500_000_000n; // 2025-11-25 13:45:00.5 UTC

test('what a person may write', () => {
  for (const text of [
    '2025-11-25 13:45:00.5',
    '2025-11-25T13:45:00.500Z',
    '2025-11-25 14:45:00,5 +01:00',
    ' 1764078300500000000 ',
  ]) {
    assert.equal(parseWallTime(text), START, text);
  }
  assert.equal(parseWallTime('2025-11-25 13:45'), START - 500_000_000n);
  assert.equal(parseWallTime('2025-11-25 13:45:00.123456789'), START - 500_000_000n + 123_456_789n);
  for (const text of ['', 'noon', '2025-13-45 99:00', '25.11.2025']) assert.equal(parseWallTime(text), undefined, text);
});

test('an axis shows as many digits as its ticks need', () => {
  assert.equal(wallClockText(START, 1e9), '13:45:00');
  assert.equal(wallClockText(START, 1e8), '13:45:00.5');
  assert.equal(wallClockText(START + 1n, 1), '13:45:00.500000001');
  assert.equal(wallDateText(START), '2025-11-25');
});
