// The flame graph of a document's flame view, in the shape that a person chose.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Outcome } from '../client/engine';
import type { FlameColumns, LabelStepColumns } from '../protocol/columns';
import { reshapeFlame } from './document_actions';
import type { DocumentStore } from './document_store';
import { isPlain } from './flame_shape';
import type { BoxChange, FlameSource } from './flame_source';
import { changeSteps, selfShareSteps } from './flame_steps';
import { latestOf, type Loadable } from './loadable';
import { resource } from './resource';
import { setParam } from './view_params';
import { sameQuestion, seriesAsker, valuesOf, type SeriesQuestion } from './series_store';

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
  const keys = labelKeys(store);
  const labelled = labelSteps(store, keys);
  const change = changes(store);
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
    tints: tintsOf(store, labelled, change),
    legend: computed(() => {
      if (store.view.look.value.colour !== 'label' || !isPlain(store.view.shape.value)) return undefined;
      return latestOf(labelled.value) ?? undefined;
    }),
    labelKeys: computed(() => latestOf(keys.value)),
    base: store.compare.base,
    setBase: (key) => setParam(store, 'base', key),
    change,
    palette: computed(() => store.compare.palette),
    shape: store.view.shape,
    reshape: (shape) => reshapeFlame({ shape: store.view.shape, view: store.view }, shape),
    look: store.view.look,
    toCenter: (frame) => {
      store.view.center.value = frame;
    },
  };
}

function tintsOf(
  store: DocumentStore,
  labelled: ReadonlySignal<Loadable<LabelStepColumns | null>>,
  change: ReadonlySignal<Loadable<BoxChange | null>>,
): FlameSource['tints'] {
  return computed(() => {
    const { colour } = store.view.look.value;
    if (colour === 'self') return selfShareSteps;
    if (colour === 'change') {
      const both = latestOf(change.value) ?? undefined;
      const palette = store.compare.palette;
      if (both === undefined) return undefined;
      return (columns) =>
        both.before.length === columns.frame.length
          ? changeSteps(both.before, both.after, palette)
          : { steps: noSteps(columns), scale: palette };
    }
    const found = labelled.value.at === 'ready' ? labelled.value.value : null;
    if (colour !== 'label' || found === null || !isPlain(store.view.shape.value)) return undefined;
    // Of another graph, while the new steps are on their way: none are shown.
    return (columns) => ({
      steps: found.step.length === columns.frame.length ? found.step : noSteps(columns),
      scale: 'values',
    });
  });
}

/** Keys of the labels that what is shown has; none while nothing is coloured by one. */
function labelKeys(store: DocumentStore): ReadonlySignal<Loadable<readonly string[]>> {
  return resource({
    idle: store.idle,
    question: () => (store.view.look.value.colour === 'label' ? store.spec.value : undefined),
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    ask: async (spec): Promise<Outcome<readonly string[]>> => {
      const labels = await store.ask('labels', spec);
      if (!labels.ok) return labels;
      const ids = Uint32Array.from(new Set(labels.value.key));
      await store.names.ensure(ids);
      return { ok: true, value: Array.from(ids, (id) => store.names.text(id) ?? '') };
    },
  });
}

/** Against a chosen document: the values of this graph's boxes there. null: nothing is coloured by change. */
function changes(store: DocumentStore): ReadonlySignal<Loadable<BoxChange | null>> {
  return resource({
    idle: store.idle,
    question: (): SeriesQuestion | null | undefined => {
      const { kind, collapse, squash } = store.view.shape.value;
      const spec = store.spec.value;
      const base = store.compare.base.value;
      if (spec === undefined || kind === 'sandwich') return undefined;
      if (store.view.look.value.colour !== 'change' || base === null) return null;
      // Not while a comparison is in front: its names are those of the last series that the core was asked for.
      if (store.view.activeView.value !== 'flame') return undefined;
      const normalise = store.compare.normalise;
      const context = JSON.stringify([spec, collapse, squash]);
      const parts = [
        { document: base, tag: '', series: 0 },
        { document: store, tag: '', series: 1 },
      ];
      return { parts, normalise: normalise === 'function' ? 'none' : normalise, function: '', kind, context };
    },
    same: (a, b) => (a === null || b === null ? a === b : sameQuestion(a, b)),
    ask: async (question): Promise<Outcome<BoxChange | null>> => {
      if (question === null) return { ok: true, value: null };
      const answer = await seriesAsker(store).ask(question);
      if (!answer.ok) return answer;
      const { boxTotal, series, ownBox } = answer.value.columns;
      const valuesIn = (at: number): Float64Array => {
        const values = valuesOf(boxTotal, series, at);
        return Float64Array.from(ownBox, (box) => values[box] ?? 0);
      };
      return { ok: true, value: { before: valuesIn(0), after: valuesIn(1) } };
    },
  });
}

const noSteps = (columns: FlameColumns): Uint8Array => new Uint8Array(columns.frame.length).fill(NO_STEP);

/** null: nothing is coloured by a label. By the first one, while a person has chosen none. */
function labelSteps(
  store: DocumentStore,
  keys: ReadonlySignal<Loadable<readonly string[]>>,
): ReadonlySignal<Loadable<LabelStepColumns | null>> {
  return resource({
    idle: store.idle,
    question: () => {
      const view = store.spec.value;
      const { colour, label } = store.view.look.value;
      if (view === undefined) return undefined;
      return { view, key: colour === 'label' ? label || (latestOf(keys.value)?.[0] ?? '') : '' };
    },
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    ask: (question): Promise<Outcome<LabelStepColumns | null>> =>
      question.key === '' ? Promise.resolve({ ok: true, value: null }) : store.ask('labelSteps', question),
  });
}
