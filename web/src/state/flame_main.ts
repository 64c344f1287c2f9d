// The flame graph of a document's flame view, in the shape that a person chose.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { FlameColumns, LabelStepColumns } from '../protocol/columns';
import type { DocumentStore } from './document_store';
import { isPlain } from './flame_shape';
import type { FlameSource } from './flame_source';
import { selfShareSteps } from './flame_steps';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';

/** draw/tint.ts NO_STEP: by package. */
const NO_STEP = 255;

export function mainSource(store: DocumentStore): FlameSource {
  const shaped = resource({
    idle: store.idle,
    question: () => {
      const view = store.spec.value;
      const { kind, collapse, squash } = store.view.shape.value;
      return view === undefined || kind === 'sandwich' ? undefined : { view, shape: { kind, collapse, squash } };
    },
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    ask: (question): Promise<Outcome<FlameColumns>> => store.withFrames(store.ask('shaped', question)),
  });
  const labelled = labelSteps(store);
  const { id, frames, currentType, found, names, idle, theme, cursor, hover } = store;
  return {
    id,
    // The plain one is asked for anyway, by the details panel.
    flame: computed((): Loadable<FlameColumns> => (isPlain(store.view.shape.value) ? store.flame.value : shaped.value)),
    frames,
    currentType,
    found,
    names,
    idle,
    theme,
    view: store.view,
    cursor,
    hover,
    get flameWindow() {
      return store.flameWindow;
    },
    set flameWindow(window) {
      store.flameWindow = window;
    },
    flipped: computed(() => store.view.look.value.flipped),
    tints: computed(() => {
      const { colour } = store.view.look.value;
      if (colour === 'self') return selfShareSteps;
      const found = labelled.value.at === 'ready' ? labelled.value.value : null;
      if (colour !== 'label' || found === null || !isPlain(store.view.shape.value)) return undefined;
      // Of another graph, while the new steps are on their way: none are shown.
      return (columns) => ({
        steps:
          found.step.length === columns.frame.length ? found.step : new Uint8Array(columns.frame.length).fill(NO_STEP),
        scale: 'values',
      });
    }),
    legend: computed(() => {
      if (store.view.look.value.colour !== 'label' || !isPlain(store.view.shape.value)) return undefined;
      return latestOf(labelled.value) ?? undefined;
    }),
    shape: store.view.shape,
    look: store.view.look,
    toCenter: (frame) => {
      store.view.center.value = frame;
    },
  };
}

/** null: nothing is coloured by a label. */
function labelSteps(store: DocumentStore): ReadonlySignal<Loadable<LabelStepColumns | null>> {
  return resource({
    idle: store.idle,
    question: () => {
      const view = store.spec.value;
      const { colour, label } = store.view.look.value;
      return view === undefined ? undefined : { view, key: colour === 'label' ? label : '' };
    },
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    ask: (question): Promise<Outcome<LabelStepColumns | null>> =>
      question.key === '' ? Promise.resolve({ ok: true, value: null }) : store.ask('labelSteps', question),
  });
}
