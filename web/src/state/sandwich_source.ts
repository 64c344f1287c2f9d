// The two halves of a sandwich: who calls a function, and what it calls, both of the filtered view.
import { computed, signal } from '@preact/signals-core';
import type { DocumentStore } from './document_store';
import { reshapeFlame } from './document_actions';
import { newCursor, type FlameSource } from './flame_source';
import { selfShareSteps } from './flame_steps';
import { resource } from './resource';

export function sandwichSource(store: DocumentStore, half: 'callers' | 'callees', center: number): FlameSource {
  const { idle, frames, currentType, found, names, theme, hover, id } = store;
  const flame = resource({
    idle,
    question: () => {
      const view = store.spec.value;
      const { collapse, squash } = store.view.shape.value;
      return view === undefined ? undefined : { view, shape: { kind: half, collapse, squash, center } };
    },
    same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    ask: (question) => store.withFrames(store.ask('shaped', question)),
  });
  return {
    id,
    flame,
    frames,
    currentType,
    found,
    names,
    idle,
    theme,
    hover,
    view: { zoomPath: signal(null), selectedFrame: store.view.selectedFrame },
    cursor: newCursor(),
    flameWindow: undefined,
    flipped: signal(half === 'callers'),
    tints: computed(() => (store.view.look.value.colour === 'self' ? selfShareSteps : undefined)),
    shape: store.view.shape,
    reshape: (shape) => reshapeFlame({ shape: store.view.shape, view: store.view }, shape),
    look: store.view.look,
    rootFrame: center,
    toCenter: (frame) => {
      store.view.center.value = frame;
    },
  };
}
