// What a flame graph needs to be shown and worked with: the main one of a document, the halves of a sandwich, a comparison.
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import type { IdleCounter } from '../base/idle';
import type { FlameColumns, FrameColumns, LabelStepColumns, SearchColumns } from '../protocol/columns';
import type { SampleType } from '../protocol/messages';
import type { DocumentStore, FlameWindow, Hover, Theme, ViewState } from './document_store';
import type { FlameLook, FlameShape } from './flame_shape';
import type { Loadable } from './loadable';
import type { NamesCache } from './names';

/** By box: how a person wants boxes coloured; undefined: by package. `scale` is one of draw/tint.ts. */
export interface BoxSteps {
  readonly steps: Uint8Array;
  readonly scale: 'heat' | 'diff' | 'diff-blind' | 'classes' | 'values';
}

/** By box of the present graph. */
export interface BoxChange {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

export interface FlameSource {
  readonly id: number;
  readonly flame: ReadonlySignal<Loadable<FlameColumns>>;
  readonly frames: ReadonlySignal<FrameColumns | undefined>;
  readonly currentType: ReadonlySignal<SampleType | undefined>;
  readonly found: ReadonlySignal<SearchColumns | undefined>;
  readonly names: NamesCache;
  readonly idle: IdleCounter;
  readonly theme: ReadonlySignal<Theme>;
  readonly view: Pick<ViewState, 'zoomPath' | 'selectedFrame'>;
  readonly cursor: Cursor;
  readonly hover: Signal<Hover | null>;
  flameWindow: FlameWindow | undefined;
  /** The root stands at the bottom. */
  readonly flipped: ReadonlySignal<boolean>;
  /** What a person may change of it; undefined where it is what it is. */
  readonly shape?: ReadonlySignal<FlameShape> | undefined;
  readonly reshape?: ((shape: FlameShape) => void) | undefined;
  readonly look?: Signal<FlameLook> | undefined;
  /** Puts a function between its callers and callees. */
  readonly toCenter?: ((frame: number) => void) | undefined;
  /** Of the graph that `flame` holds, or of another while it loads. */
  readonly tints: ReadonlySignal<((columns: FlameColumns) => BoxSteps) | undefined>;
  /** What the steps of scale 'values' stand for. */
  readonly legend?: ReadonlySignal<LabelStepColumns | undefined> | undefined;
  /** Keys of labels that boxes may be coloured by. */
  readonly labelKeys?: ReadonlySignal<readonly string[] | undefined> | undefined;
  /** What colours by change compare with; null: nothing is chosen. */
  readonly base?: ReadonlySignal<DocumentStore | null> | undefined;
  readonly setBase?: ((key: string) => void) | undefined;
  /** Colours of change. */
  readonly palette?: ReadonlySignal<'diff' | 'diff-blind'> | undefined;
  /** Totals of each box in the base and now, or why there are none. */
  readonly change?: ReadonlySignal<Loadable<BoxChange | null>> | undefined;
  /** What the root stands for, where that is a function. */
  readonly rootFrame?: number | undefined;
  /** Further facts about a box, for its tooltip, table and spoken sentence: [name, value] pairs. */
  readonly moreFacts?: ((box: number) => readonly (readonly [string, string])[]) | undefined;
}

/** Boxes of the present graph: what keys and details are about, and what fills the width. A new graph resets them. */
export interface Cursor {
  readonly selected: Signal<number | null>;
  readonly zoomed: Signal<number>;
}

export function newCursor(): Cursor {
  return { selected: signal<number | null>(null), zoomed: signal(0) };
}
