// What a person filters by, checked where it comes from outside: the URL, the browser's storage, a file.
import * as v from 'valibot';
import { FILTER_FIELDS, GRANULARITIES, type FilterField, type Filters, type TagKind } from '../protocol/view_spec';

const MAX_TEXT_LENGTH = 2_000;
const MAX_KEYS = 8;
export const MAX_SETS = 100;

const text = v.optional(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)), '');
const kind = v.optional(v.picklist(['text', 'number']), 'text');
const keys = v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH))), v.maxLength(MAX_KEYS)), []);

export const filtersSchema = v.object({
  focus: text,
  ignore: text,
  hide: text,
  show: text,
  showFrom: text,
  pruneFrom: text,
  tagFocus: text,
  tagIgnore: text,
  tagFocusKind: kind,
  tagIgnoreKind: kind,
  tagRoot: keys,
  tagLeaf: keys,
  granularity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(GRANULARITIES.length - 1)), 0),
  noInlines: v.optional(v.boolean(), false),
});

/** Filters under a name, for every file. */
export interface FilterSet {
  readonly name: string;
  readonly filters: Filters;
}

const setsSchema = v.pipe(
  v.array(v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)), filters: filtersSchema })),
  v.maxLength(MAX_SETS),
);

/** undefined: the text is no list of filter sets. */
export function parseSets(json: string | null): readonly FilterSet[] | undefined {
  if (json === null) return undefined;
  try {
    const parsed = v.safeParse(setsSchema, JSON.parse(json));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

export const formatSets = (sets: readonly FilterSet[]): string => `${JSON.stringify(sets, undefined, 2)}\n`;

/** Whether anything is left out, or drawn otherwise than in the file. */
export function isFiltering(filters: Filters): boolean {
  return FILTER_FIELDS.some((field) => filters[field] !== '');
}

export function isPlain(filters: Filters): boolean {
  const { tagRoot, tagLeaf, granularity, noInlines } = filters;
  return !isFiltering(filters) && tagRoot.length + tagLeaf.length + granularity === 0 && !noInlines;
}

/** As pprof calls them: in the URL, on the page, in test ids. */
export const FIELD_NAMES: Readonly<Record<FilterField, string>> = {
  focus: 'focus',
  ignore: 'ignore',
  hide: 'hide',
  show: 'show',
  showFrom: 'show_from',
  pruneFrom: 'prune_from',
  tagFocus: 'tagfocus',
  tagIgnore: 'tagignore',
};

/** Parts of a URL hash: only what differs from no filter. */
export function filtersToParams(filters: Filters, add: (key: string, value: string) => void): void {
  for (const field of FILTER_FIELDS) if (filters[field] !== '') add(FIELD_NAMES[field], filters[field]);
  if (filters.tagFocusKind === 'number') add('tagfocus_kind', 'number');
  if (filters.tagIgnoreKind === 'number') add('tagignore_kind', 'number');
  for (const key of filters.tagRoot) add('tagroot', key);
  for (const key of filters.tagLeaf) add('tagleaf', key);
  if (filters.granularity !== 0) add('granularity', GRANULARITIES[filters.granularity] ?? '');
  if (filters.noInlines) add('noinlines', '1');
}

/** Parts that make no sense are left out. undefined: nothing is said of filters. */
export function filtersFromParams(params: URLSearchParams): Filters | undefined {
  const filters: Record<string, unknown> = {};
  for (const field of FILTER_FIELDS) filters[field] = params.get(FIELD_NAMES[field]) ?? '';
  filters['tagFocusKind'] = params.get('tagfocus_kind') === 'number' ? 'number' : 'text';
  filters['tagIgnoreKind'] = params.get('tagignore_kind') === 'number' ? 'number' : 'text';
  filters['tagRoot'] = params.getAll('tagroot').slice(0, MAX_KEYS);
  filters['tagLeaf'] = params.getAll('tagleaf').slice(0, MAX_KEYS);
  filters['granularity'] = Math.max(
    0,
    GRANULARITIES.findIndex((name) => name === params.get('granularity')),
  );
  filters['noInlines'] = params.get('noinlines') === '1';
  const sound = Object.entries(filters).filter(([key, value]) => v.safeParse(filtersSchema, { [key]: value }).success);
  const merged = v.parse(filtersSchema, Object.fromEntries(sound));
  return isPlain(merged) ? undefined : merged;
}

/**
 * A label filter that also lets through `text` of the key: one expression more, or a range that reaches to it. An
 * expression with a key in front is of that key alone, so labels of several keys become expressions over "key:value", which
 * pprof has for this. A range is of one key: another key's replaces it.
 */
export function addLabel(before: string, key: string, text: string, kind: TagKind): string {
  const start = `${key}=`;
  if (before === '') return start + text;
  const [, otherKey = '', other = ''] = /^([^=]*)=(.*)$/.exec(before) ?? [];
  const own = before.startsWith(start) ? before.slice(start.length) : '';
  if (own === text) return before;
  if (kind === 'text') {
    if (own !== '') return own.split('|').includes(text) ? before : `${before}|${text}`;
    const added = underKey(key, text);
    if (otherKey === '') return before.split('|').includes(added) ? before : `${before}|${added}`;
    // Commas part alternatives of one key, but conditions that must all hold without a key.
    return `${underKey(otherKey, other.replaceAll(',', '|'))}|${added}`;
  }
  if (own === '') return start + text;
  const ends = [...own.split(':'), text].filter((end) => end !== '').sort((a, b) => parseFloat(a) - parseFloat(b));
  return `${start}${ends[0] ?? text}:${ends.at(-1) ?? text}`;
}

/** Alternatives for the value of a key as alternatives for "key:value". */
function underKey(key: string, alternatives: string): string {
  const name = exactly(key).slice(0, -1);
  if (/[()[\]]/.test(alternatives)) return `${name}:.*(?:${alternatives})`;
  return alternatives
    .split('|')
    .map((each) => (each.startsWith('^') ? `${name}:${each.slice(1)}` : `${name}:.*${each}`))
    .join('|');
}

/** An RE2 expression for this text and no other. */
export function exactly(text: string): string {
  return `^${text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
}
