// What a person compares with what, and how.
import { signal, type Signal } from '@preact/signals-core';
import type { SeriesQuery } from '../protocol/messages';

export type Normalise = SeriesQuery['normalise'];
export type DiffPalette = 'diff' | 'diff-blind';

export class CompareState {
  /** Ids of documents that are the old side; none: two label values of this document. */
  readonly others: Signal<readonly number[]> = signal([]);
  readonly byLabels = signal(false);
  readonly tags: Signal<{ readonly before: string; readonly after: string }> = signal({ before: '', after: '' });
  readonly normalise: Signal<Normalise> = signal('none');
  readonly swapped = signal(false);
  readonly palette: Signal<DiffPalette> = signal('diff');
  readonly byCum = signal(false);
  readonly zoomPath: Signal<readonly string[] | null> = signal(null);
  readonly selectedFrame: Signal<number | null> = signal(null);
}
