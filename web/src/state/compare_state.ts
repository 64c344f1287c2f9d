// What a person compares with what, and how. Most of it stands in the URL, so it is kept there (view_params.ts): properties
// read signals.
import { signal, type Signal } from '@preact/signals-core';
import type { SeriesQuery } from '../protocol/messages';
import type { DocumentStore } from './document_store';
import { paramOf, setParam, type Holder } from './view_params';

export type Normalise = SeriesQuery['normalise'];
export type DiffPalette = 'diff' | 'diff-blind';

export const NORMALISE: readonly Normalise[] = ['none', 'total', 'duration', 'function'];

const SEPARATOR = '\n';

interface Named {
  readonly source: { readonly name: string };
}

/** A document's name, with its number among those of the same name. */
export function documentKey<D extends Named>(document: D, documents: readonly D[]): string {
  const { name } = document.source;
  const number = documents.filter((other) => other.source.name === name).indexOf(document) + 1;
  return number > 1 ? `${name}#${number}` : name;
}

export class CompareState {
  readonly zoomPath: Signal<readonly string[] | null> = signal(null);
  /** Frame id of the present answer. */
  readonly selectedFrame: Signal<number | null> = signal(null);

  /** What colours by change compare with, outside the Compare view; the parameter `base` names it. */
  readonly base: Signal<DocumentStore | null> = signal(null);

  constructor(private readonly holder: Holder) {}

  /** Keys of the documents of the old side; none: two label values of this document. */
  get old(): readonly string[] {
    return this.list('with');
  }
  /** Those of the new side; none: this document alone. */
  get fresh(): readonly string[] {
    return this.list('also');
  }
  get byLabels(): boolean {
    return this.text('bylabels') === '1';
  }
  get tags(): { readonly before: string; readonly after: string } {
    return { before: this.text('before'), after: this.text('after') };
  }
  get normalise(): Normalise {
    return NORMALISE.find((each) => each === this.text('norm')) ?? 'none';
  }
  get swapped(): boolean {
    return this.text('swap') === '1';
  }
  get palette(): DiffPalette {
    return this.text('palette') === 'diff-blind' ? 'diff-blind' : 'diff';
  }
  get byCum(): boolean {
    return this.text('measure') === 'cum';
  }
  /** Name of the selected function, on either side. */
  get selectedName(): string {
    return this.text('ssel');
  }

  set(key: CompareKey, value: string): void {
    setParam(this.holder, key, value);
  }
  setList(key: 'with' | 'also', keys: readonly string[]): void {
    this.set(key, keys.join(SEPARATOR));
  }

  private text(key: CompareKey): string {
    return paramOf(this.holder, key);
  }
  private list(key: CompareKey): readonly string[] {
    return this.text(key)
      .split(SEPARATOR)
      .filter((part) => part !== '');
  }
}

export type CompareKey =
  'with' | 'also' | 'bylabels' | 'before' | 'after' | 'norm' | 'swap' | 'palette' | 'measure' | 'ssel' | 'szoom';
