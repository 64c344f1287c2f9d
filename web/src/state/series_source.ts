// The flame graph of a comparison or a trend: one layout for all series, colours by what changed.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { DocumentStore } from './document_store';
import { newCursor, type BoxSteps, type FlameSource } from './flame_source';
import type { SeriesAnswer } from './series_store';

export interface SeriesSourceOptions {
  readonly store: DocumentStore;
  readonly answer: SeriesAnswer;
  readonly zoomPath: Signal<readonly string[] | null>;
  readonly selectedFrame: Signal<number | null>;
  readonly steps: ReadonlySignal<BoxSteps>;
  readonly moreFacts: (box: number) => readonly (readonly [string, string])[];
}

export function seriesSource(options: SeriesSourceOptions): FlameSource {
  const { store, answer, zoomPath, selectedFrame, steps, moreFacts } = options;
  const { columns, names } = answer;
  return {
    id: store.id,
    flame: signal({ at: 'ready', value: columns }),
    frames: signal(columns),
    currentType: computed(() => {
      const type = store.currentType.value;
      // Widths are of all series together; shares of a box are of the series that its total is of.
      return type === undefined ? undefined : { ...type, magnitudeTotal: Math.abs(columns.total[0] ?? 0) };
    }),
    found: answer.found,
    names,
    idle: store.idle,
    theme: store.theme,
    hover: store.hover,
    view: { zoomPath, selectedFrame },
    cursor: newCursor(),
    flameWindow: undefined,
    flipped: computed(() => store.view.look.value.flipped),
    tints: computed(() => {
      const now = steps.value;
      return () => now;
    }),
    moreFacts,
  };
}
