// What every question of a view is about (core/session/view_spec.h ViewSpec): one sample type of what tag frames and
// filters leave of the document, at one granularity.

export const FILTER_FIELDS = [
  'focus',
  'ignore',
  'hide',
  'show',
  'showFrom',
  'pruneFrom',
  'tagFocus',
  'tagIgnore',
] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];

/** Whether a label's value is an expression or a range of numbers: asked, never guessed from its looks. */
export type TagKind = 'text' | 'number';

/** In the order of core/analysis/frame_table.h Granularity. */
export const GRANULARITIES = ['functions', 'filefunctions', 'files', 'lines', 'addresses'] as const;

/** What a person filters by. '' is no filter; an expression that cannot be read filters nothing. */
export interface Filters extends Readonly<Record<FilterField, string>> {
  readonly tagFocusKind: TagKind;
  readonly tagIgnoreKind: TagKind;
  /** Label keys that become frames at the root and at the leaf. */
  readonly tagRoot: readonly string[];
  readonly tagLeaf: readonly string[];
  /** Index into GRANULARITIES. */
  readonly granularity: number;
  readonly noInlines: boolean;
}

export const NO_FILTERS: Filters = {
  focus: '',
  ignore: '',
  hide: '',
  show: '',
  showFrom: '',
  pruneFrom: '',
  tagFocus: '',
  tagIgnore: '',
  tagFocusKind: 'text',
  tagIgnoreKind: 'text',
  tagRoot: [],
  tagLeaf: [],
  granularity: 0,
  noInlines: false,
};

export interface ViewSpec extends Filters {
  readonly sampleType: number;
}

/** What one filter matches of the document, before the others. */
export interface FilterFact {
  readonly samples: number;
  readonly value: number;
  /** Why it is not applied; '' when it is. */
  readonly error: string;
}

/** core/session/view_spec.h ViewFacts */
export interface ViewFacts {
  readonly filters: Readonly<Record<FilterField, FilterFact>>;
  /** What all filters leave. */
  readonly samples: number;
  readonly total: number;
  readonly magnitudeTotal: number;
  readonly totalText: string;
}
