import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FamilyNode, GoroutineGroup } from '../../../web/src/protocol/reports';
import { familyRows } from '../../../web/src/state/goroutine_groups';

const node = (site: string | null, depth: number, count: number, descendants: number): FamilyNode => ({
  site,
  depth,
  count,
  descendants,
});
const group = (creator: string | null, count: number, minutes = 0): GoroutineGroup => ({
  count,
  state: 'chan receive',
  min_minutes: minutes,
  max_minutes: minutes,
  created_by: creator,
  stack: [],
});

const FAMILY = [
  node(null, 0, 1, 9),
  node('main.serve main.go:3', 1, 2, 7),
  node('main.work main.go:9', 2, 5, 5),
  node('net/http.(*Server).Serve /go/src/net/http/server.go:4', 1, 1, 1),
];
const GROUPS = [
  group(null, 1),
  group('main.serve main.go:3', 2, 4),
  group('main.work main.go:9', 3, 7),
  group('main.work main.go:9', 2, 9),
  group('net/http.(*Server).Serve /go/src/net/http/server.go:4', 1),
];

const draw = (groups: readonly GoroutineGroup[]): readonly string[] =>
  familyRows(FAMILY, groups).map(
    ({ title, depth = 0, count, descendants, minMinutes, maxMinutes }) =>
      `${'  '.repeat(depth)}${title || 'start'} ${count}/${descendants} ${minMinutes}-${maxMinutes}`,
  );

test('a family tree has a row for each site of creation, below its parent', () => {
  assert.deepEqual(draw(GROUPS), [
    'start 1/9 0-0',
    '  main.serve main.go:3 2/7 4-4',
    '    main.work main.go:9 5/5 7-9',
    '  net/http.(*Server).Serve server.go:4 1/1 0-0',
  ]);
});

test('what a filter leaves keeps its ancestors, other branches go', () => {
  assert.deepEqual(draw(GROUPS.slice(2, 3)), [
    'start 1/9 0-0',
    '  main.serve main.go:3 2/7 0-0',
    '    main.work main.go:9 5/5 7-7',
  ]);
  assert.deepEqual(draw([]), []);
});
