// A document beside others: a comparison of two, a trend of many. The other files are read once more by this document's
// worker (their blobs are shared, not copied), so that one core has all of them; see web/README.md.
import type { ReadonlySignal } from '@preact/signals-core';
import type { Engine, Outcome } from '../client/engine';
import type { SeriesColumns } from '../protocol/columns';
import type { SeriesSource } from '../protocol/messages';
import type { CompareState, Normalise } from './compare_state';
import type { DocumentStore } from './document_store';
import type { Loadable } from './loadable';
import { NamesCache } from './names';
import { resource } from './resource';

export interface SeriesAnswer {
  readonly columns: SeriesColumns;
  readonly names: NamesCache;
  /** In the order of the series. */
  readonly labels: readonly string[];
  readonly question: SeriesQuestion;
  /** Places on the axis are ms since 1970; else they count the snapshots. */
  readonly timed: boolean;
}

/** One side of a comparison, one snapshot of a trend. */
export interface Part {
  readonly document: DocumentStore;
  /** Tag focus in place of the filter bar's; '' leaves that alone. */
  readonly tag: string;
}

export interface SeriesQuestion {
  readonly parts: readonly Part[];
  readonly normalise: Normalise;
  readonly function: string;
  /** Filters and shape: only to be compared. */
  readonly context: string;
}

/** Attaches what is not there yet, asks, and keeps the names of the answer. */
export class SeriesAsker {
  private readonly attached = new Map<number, Promise<Outcome<number>>>();

  constructor(private readonly store: DocumentStore) {}

  answer(question: () => SeriesQuestion | undefined): ReadonlySignal<Loadable<SeriesAnswer>> {
    return resource({ idle: this.store.idle, question, same: sameQuestion, ask: (asked) => this.ask(asked) });
  }

  private async ask(question: SeriesQuestion): Promise<Outcome<SeriesAnswer>> {
    const sources: SeriesSource[] = [];
    for (const part of question.parts) {
      const source = await this.sourceOf(part);
      if (!source.ok) return source;
      sources.push(source.value);
    }
    const { normalise, function: chosen, parts } = question;
    const timed = sources.every(({ at }, i) => at > (sources[i - 1]?.at ?? 0));
    const { collapse, squash } = this.store.view.shape.peek();
    const columns = await this.store.ask('series', {
      sources: timed ? sources : sources.map((source, at) => ({ ...source, at })),
      normalise,
      function: chosen,
      collapse,
      squash,
    });
    if (!columns.ok) return columns;
    const names = new NamesCache(seriesNamesOf(this.store.engine), this.store.idle);
    const labels = parts.map(({ document, tag }) => (tag === '' ? document.source.name : tag));
    return { ok: true, value: { columns: columns.value, names, labels, question, timed } };
  }

  private async sourceOf({ document, tag }: Part): Promise<Outcome<SeriesSource>> {
    const spec = this.store.spec.peek();
    const type = this.store.currentType.peek();
    if (spec === undefined || type === undefined) return { ok: false, failure: NOT_READY };
    const sampleType = (document.summary.peek()?.sampleTypes ?? []).findIndex(
      (other) => other.type === type.type && other.unit === type.unit,
    );
    if (sampleType < 0) {
      const text = `${document.source.name} has no sample type ${type.type} (${type.unit}).`;
      return { ok: false, failure: { code: 'invalid', text } };
    }
    const view = { ...spec, sampleType, ...(tag === '' ? {} : { tagFocus: tag, tagFocusKind: 'text' as const }) };
    const at = Number(BigInt(document.summary.peek()?.timeNanos || '0') / 1_000_000n);
    if (document === this.store) return { ok: true, value: { view, at } };
    const attached = await this.attach(document);
    return attached.ok ? { ok: true, value: { attached: attached.value, view, at } } : attached;
  }

  private attach(document: DocumentStore): Promise<Outcome<number>> {
    const known = this.attached.get(document.id);
    if (known !== undefined) return known;
    const attaching = this.store.ask('attach', { file: document.source.file });
    this.attached.set(document.id, attaching);
    return attaching;
  }
}

const NOT_READY = { code: 'invalid', text: 'The document is not ready.' } as const;

function seriesNamesOf(engine: Engine): Pick<Engine, 'request'> {
  const request = ((_: 'names', input: { readonly ids: Uint32Array }) =>
    engine.request('seriesNames', input)) as Engine['request'];
  return { request };
}

function sameQuestion(a: SeriesQuestion, b: SeriesQuestion): boolean {
  return (
    a.normalise === b.normalise &&
    a.function === b.function &&
    a.context === b.context &&
    a.parts.length === b.parts.length &&
    a.parts.every(({ document, tag }, i) => document === b.parts[i]?.document && tag === b.parts[i].tag)
  );
}

/** Old, then new; undefined while nothing is chosen. */
export function comparedParts(
  store: DocumentStore,
  compare: CompareState,
  documents: readonly DocumentStore[],
): readonly Part[] | undefined {
  const { before, after } = compare.byLabels.value ? compare.tags.value : { before: '', after: '' };
  const other = documents.find(({ id }) => compare.others.value.includes(id));
  const parts: readonly Part[] | undefined =
    other !== undefined
      ? [
          { document: other, tag: before },
          { document: store, tag: after },
        ]
      : before !== '' && after !== ''
        ? [
            { document: store, tag: before },
            { document: store, tag: after },
          ]
        : undefined;
  return parts !== undefined && compare.swapped.value ? [...parts].reverse() : parts;
}

/** Values of series `at`, by box or by frame. */
export function valuesOf(all: Float64Array, series: number, at: number): Float64Array {
  const count = all.length / series;
  return all.subarray(at * count, (at + 1) * count);
}

/** Open documents that could be snapshots of one thing: with the sample type in front, by time, then by tab. */
export function snapshotsOf(store: DocumentStore, documents: readonly DocumentStore[]): readonly DocumentStore[] {
  const type = store.currentType.value;
  const timeOf = (document: DocumentStore): bigint => BigInt(document.summary.value?.timeNanos || '0');
  return documents
    .filter((document) =>
      document.summary.value?.sampleTypes.some((other) => other.type === type?.type && other.unit === type.unit),
    )
    .sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}
