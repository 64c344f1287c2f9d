// One store for a trace while it is read and after: what a person did to the part stays.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import { ensureExists } from '../../base/assert';
import type { IdleCounter } from '../../base/idle';
import type { Summary } from '../../protocol/messages';
import type { TraceSummary } from '../../protocol/trace';
import { TraceStore, type Ask } from './trace_store';

/** `read`: of what was read so far; undefined: nothing that could be shown. */
export function growingTrace(
  read: ReadonlySignal<Summary | undefined>,
  ask: Ask,
  idle: IdleCounter,
): ReadonlySignal<TraceStore | undefined> {
  let last: TraceSummary | undefined;
  const told = computed(() => {
    if (read.value?.kind === 'trace') last = read.value;
    return ensureExists(last, 'summary of a trace');
  });
  let store: TraceStore | undefined;
  return computed(() => {
    if (read.value?.kind !== 'trace') return undefined;
    store ??= new TraceStore(told, ask, idle);
    return store;
  });
}
