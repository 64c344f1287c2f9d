// The view of a trace in the URL hash: there and back, and what people write into it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signal } from '@preact/signals-core';
import { IdleCounter } from '../../../web/src/base/idle';
import type { TraceSummary } from '../../../web/src/protocol/trace';
import { isOfTrace, traceFromParams, traceToParams } from '../../../web/src/state/trace/trace_hash';
import { TraceStore } from '../../../web/src/state/trace/trace_store';
import { formatHash, parseHash } from '../../../web/src/state/url_hash';

const SUMMARY: TraceSummary = {
  kind: 'trace',
  format: 'Go execution trace',
  bytesIn: 1,
  bytesOut: 1,
  version: 23,
  baseNanos: 0,
  durationNanos: 1000,
  wallStart: '',
  events: 1,
  generations: 1,
  goroutines: 1,
  procs: 1,
  threads: 1,
  spans: 1,
  stacks: 1,
  tasks: 0,
  regions: 0,
  logs: 0,
  cpuSamples: 0,
  diagnostics: [],
};

const fresh = (): TraceStore =>
  new TraceStore(
    signal(SUMMARY),
    () => Promise.reject(new Error('nothing is asked')),
    new IdleCounter(() => Promise.resolve()),
  );

function paramsOf(trace: TraceStore): URLSearchParams {
  const params = new URLSearchParams();
  traceToParams(trace, (key, value) => {
    if (value !== undefined && value !== '') params.append(key, value);
  });
  return params;
}

function taken(text: string): string {
  const trace = fresh();
  traceFromParams(new URLSearchParams(text), trace);
  return paramsOf(trace).toString();
}

test('a view comes back from its hash', () => {
  for (const text of [
    'view=timeline',
    'view=gc',
    'view=timeline&from=10&to=20.5&lanesort=running&group=family&system=1&lanefilter=work&turned=g7%2Cthread&pinned=proc.1%2Cgoroutine.3&order=g7%2Cproc&bookmarks=1%7E5%2C10%7E20&clock=2026-11-25+13%3A45&follow=12&span=goroutine.12.5',
    'view=path&mark=10-20.5&among=3.7&amongname=main.work&why=3__10_20&whyname=g4+main.work',
    'view=path&why=_12__&whyname=order',
  ]) {
    assert.equal(taken(text), text);
    assert.equal(formatHash({ trace: parseHash(`#${text}`).trace ?? '' }), `#${text}`);
  }
});

test('parts that make no sense are left out', () => {
  assert.equal(taken('view=flame&from=20&to=10&lanesort=size&span=goroutine.x.1'), 'view=timeline');
  assert.equal(taken('from=5000&to=6000&span=nobody.1.2'), 'view=timeline');
  assert.equal(taken('from=-1&to=1e999'), 'view=timeline');
  assert.equal(taken('bookmarks=5~1,x~2,3,1~9&clock=noon&follow=nobody'), 'view=timeline&bookmarks=1%7E9');
});

test('the hash of a profile is none of a trace', () => {
  assert.equal(isOfTrace(new URLSearchParams('view=info')), false);
  assert.equal(isOfTrace(new URLSearchParams('view=timeline')), true);
  assert.equal(parseHash('#view=flame&type=cpu').trace, undefined);
});
