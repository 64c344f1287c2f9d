import { effect } from '@preact/signals-core';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Runs `use` when a signal that it reads changes: at once, so that what it writes to the DOM is part of the same frame.
 * (useSignalEffect of @preact/signals asks for a frame of its own and is one late.)
 */
export function useWatch(use: () => void, inputs: readonly unknown[]): void {
  useLayoutEffect(() => effect(use), [...inputs]);
}
