import { batch } from '@preact/signals-core';
import type { TimeWindow, TraceStore } from '../../state/trace/trace_store';

/** Opens "Why was this slow?" about a stretch of a goroutine's time; null: of all that the trace has of it. */
export function askWhy(trace: TraceStore, label: string, goroutine: number, window: TimeWindow | null): void {
  batch(() => {
    trace.slow.value = { label, goroutine, task: null, window };
    trace.view.value = 'path';
  });
}

export function askWhyTask(trace: TraceStore, label: string, task: number): void {
  batch(() => {
    trace.slow.value = { label, goroutine: null, task, window: null };
    trace.view.value = 'path';
  });
}
