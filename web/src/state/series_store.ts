// A document beside others: a comparison of two, a trend of many. The other files are read once more by this document's
// worker (their blobs are shared, not copied), so that one core has all of them; see web/README.md.
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Engine, Outcome } from '../client/engine';
import type { SearchColumns, SeriesColumns } from '../protocol/columns';
import type { SeriesSource } from '../protocol/messages';
import { documentKey, type CompareState, type Normalise } from './compare_state';
import type { DocumentStore } from './document_store';
import { latestOf, type Loadable } from './loadable';
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
  readonly found: ReadonlySignal<SearchColumns | undefined>;
}

/** One side of a comparison, one snapshot of a trend. */
export interface Part {
  readonly document: DocumentStore;
  /** Tag focus in place of the filter bar's; '' leaves that alone. */
  readonly tag: string;
  /** Which series it is of: parts of one are added up. */
  readonly series: number;
}

export interface SeriesQuestion {
  readonly parts: readonly Part[];
  readonly normalise: Normalise;
  readonly function: string;
  /** Of the tree that is compared. */
  readonly kind: 'down' | 'up';
  /** Filters and shape: only to be compared. */
  readonly context: string;
}

/** Attaches what is not there yet, asks, and keeps the names of the answer. */
export class SeriesAsker {
  private latest: SeriesColumns | undefined;

  constructor(private readonly store: DocumentStore) {}

  answer(question: () => SeriesQuestion | undefined): ReadonlySignal<Loadable<SeriesAnswer>> {
    return resource({ idle: this.store.idle, question, same: sameQuestion, ask: (asked) => this.ask(asked) });
  }

  async ask(question: SeriesQuestion): Promise<Outcome<SeriesAnswer>> {
    const sources: SeriesSource[] = [];
    for (const part of question.parts) {
      const source = await this.sourceOf(part);
      if (!source.ok) return source;
      sources.push(source.value);
    }
    const { normalise, function: chosen, kind, parts } = question;
    const timed = sources.every(
      ({ at, series }, i) => series === sources[i - 1]?.series || at > (sources[i - 1]?.at ?? 0),
    );
    const { collapse, squash } = this.store.view.shape.peek();
    const columns = await this.store.ask('series', {
      sources: timed ? sources : sources.map((source) => ({ ...source, at: source.series })),
      normalise,
      function: chosen,
      kind,
      collapse,
      squash,
    });
    if (!columns.ok) return columns;
    const names = new NamesCache(seriesNamesOf(this.store.engine), this.store.idle);
    const labels: string[] = [];
    for (const { document, tag, series } of parts) {
      const label = tag === '' ? document.source.name : tag;
      labels[series] = labels[series] === undefined ? label : `${labels[series]} + ${label}`;
    }
    const kept = { columns: columns.value, names, labels, question, timed };
    return { ok: true, value: { ...kept, found: this.searchOf(kept) } };
  }

  /** What the page's search finds in the answer, as long as that is the last one. */
  private searchOf({ columns }: Pick<SeriesAnswer, 'columns'>): ReadonlySignal<SearchColumns | undefined> {
    this.latest = columns;
    const answer = resource({
      idle: this.store.idle,
      question: () => this.store.view.search.value,
      same: (a, b) => a.pattern === b.pattern && a.caseSensitive === b.caseSensitive,
      ask: (search): Promise<Outcome<SearchColumns | null>> =>
        search.pattern === '' || this.latest !== columns
          ? Promise.resolve({ ok: true, value: null })
          : this.store.ask('searchSeries', search),
    });
    return computed(() => (answer.value.at === 'failed' ? undefined : (latestOf(answer.value) ?? undefined)));
  }

  private async sourceOf({ document, tag, series }: Part): Promise<Outcome<SeriesSource>> {
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
    const attached = await this.store.attachments.of(document);
    if (!attached.ok) return attached;
    const source = { view, at, series };
    return { ok: true, value: attached.value === undefined ? source : { ...source, attached: attached.value } };
  }
}

/** One for each document. */
export function seriesAsker(store: DocumentStore): SeriesAsker {
  return (store.series ??= new SeriesAsker(store));
}

const NOT_READY = { code: 'invalid', text: 'The document is not ready.' } as const;

function seriesNamesOf(engine: Engine): Pick<Engine, 'request'> {
  const request = ((_: 'names', input: { readonly ids: Uint32Array }) =>
    engine.request('seriesNames', input)) as Engine['request'];
  return { request };
}

export function sameQuestion(a: SeriesQuestion, b: SeriesQuestion): boolean {
  return (
    a.normalise === b.normalise &&
    a.function === b.function &&
    a.kind === b.kind &&
    a.context === b.context &&
    a.parts.length === b.parts.length &&
    a.parts.every(
      ({ document, tag, series }, i) =>
        document === b.parts[i]?.document && tag === b.parts[i].tag && series === b.parts[i].series,
    )
  );
}

/** Old, then new; undefined while nothing is chosen. */
export function comparedParts(
  store: DocumentStore,
  compare: CompareState,
  documents: readonly DocumentStore[],
): readonly Part[] | undefined {
  const { before, after } = compare.byLabels ? compare.tags : { before: '', after: '' };
  const chosen = (keys: readonly string[]): readonly DocumentStore[] =>
    documents.filter((document) => isShown(document) && keys.includes(documentKey(document, documents)));
  const old = chosen(compare.old);
  const fresh = chosen(compare.fresh);
  if (old.length === 0 && (before === '' || after === '')) return undefined;
  const sides = [
    (old.length === 0 ? [store] : old).map((document) => ({ document, tag: before })),
    (fresh.length === 0 ? [store] : fresh).map((document) => ({ document, tag: after })),
  ];
  return (compare.swapped ? sides.reverse() : sides).flatMap((side, series) =>
    side.map((part) => ({ ...part, series })),
  );
}

const isShown = (document: DocumentStore): boolean => document.summary.value !== undefined;

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
