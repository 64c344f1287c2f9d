// The texts of the Top table, for the screen and for the clipboard.
import { formatCount, formatPercent, formatValue } from '../base/format';
import { SAMPLING_KINDS, type ConfidenceColumns, type TopColumns } from '../protocol/columns';
import type { SampleType } from '../protocol/messages';
import type { DocumentStore } from '../state/document_store';
import type { TopRows } from '../state/top_rows';
import { say } from './tables_text';

export interface TopTable {
  readonly store: DocumentStore;
  readonly columns: TopColumns;
  readonly rows: TopRows;
  readonly sampleType: SampleType;
  /** One for the whole table. */
  readonly unit: string;
  /** Two columns more: how sure flat and cum are. */
  readonly confidence?: Confidence;
}

export interface Heading {
  /** What tells it from the others; a TableSort's key where the table can be sorted by it. */
  readonly key: string;
  readonly label: string;
  readonly title: Parameters<typeof say>[0] & `${string}Title`;
  readonly number: boolean;
  readonly sorts: boolean;
  readonly track: string;
}

const heading = (key: string, title: Heading['title'], track: string, sorts = false, number = true): Heading => ({
  key,
  label: key,
  title,
  number,
  sorts,
  track,
});

export const HEADINGS: readonly Heading[] = [
  heading('flat', 'flatTitle', '88px', true),
  heading('flat %', 'flatShareTitle', '80px'),
  heading('sum %', 'sumTitle', '72px'),
  heading('cum', 'cumTitle', '88px', true),
  heading('cum %', 'cumShareTitle', '80px'),
  heading('name', 'nameTitle', 'minmax(240px, 3fr)', true, false),
  heading('file', 'fileTitle', 'minmax(160px, 2fr)', true, false),
];
const OF_CONFIDENCE: readonly Heading[] = [
  heading('flat ± 95 %', 'intervalTitle', '140px'),
  heading('cum ± 95 %', 'intervalTitle', '140px'),
];
const NUMBERS = 5;

/** The intervals stand between the numbers and the name. */
export function headingsOf(withConfidence: boolean): readonly Heading[] {
  return withConfidence ? [...HEADINGS.slice(0, NUMBERS), ...OF_CONFIDENCE, ...HEADINGS.slice(NUMBERS)] : HEADINGS;
}

const INLINING = ['', ' (partial-inline)', ' (inline)'] as const;

/** In the order of `headingsOf`; `row` as displayed. */
export function cellTexts(table: TopTable, row: number): readonly string[] {
  const { store, columns, rows, sampleType, unit, confidence } = table;
  const at = rows.order[row] ?? 0;
  const frame = columns.frame[at] ?? 0;
  const value = (amount: number): string => formatValue(amount, sampleType.unit, unit);
  const percent = (amount: number): string => formatPercent(amount, sampleType.magnitudeTotal);
  const flat = columns.flat[at] ?? 0;
  const cum = columns.cum[at] ?? 0;
  const file = store.frameText(frame, 'file');
  const line = store.frames.value?.line[frame] ?? 0;
  return [
    value(flat),
    percent(flat),
    percent(rows.running[row] ?? 0),
    value(cum),
    percent(cum),
    ...(confidence === undefined
      ? []
      : (['flat', 'cum'] as const).map((of) => confidence.text(of, frame, of === 'flat' ? flat : cum, value))),
    store.frameText(frame, 'name') + (INLINING[columns.inlining[at] ?? 0] ?? ''),
    line > 0 ? `${file}:${line}` : file,
  ];
}

/** What the core says of intervals, by frame. */
export class Confidence {
  private readonly rowOf = new Map<number, number>();
  readonly kind: (typeof SAMPLING_KINDS)[number];

  constructor(private readonly columns: ConfidenceColumns) {
    columns.frame.forEach((frame, row) => this.rowOf.set(frame, row));
    this.kind = SAMPLING_KINDS[columns.kind] ?? 'unknown';
  }

  /** "1.2s – 1.4s", or in a word why there is none. */
  text(of: 'flat' | 'cum', frame: number, value: number, format: (amount: number) => string): string {
    if (this.kind === 'unknown') return say('notSampled');
    if (this.kind === 'complete') return say('exactly');
    const row = this.rowOf.get(frame);
    if (value === 0 || row === undefined) return '';
    const low = this.columns[of === 'flat' ? 'flatLow' : 'cumLow'][row] ?? 0;
    const high = this.columns[of === 'flat' ? 'flatHigh' : 'cumHigh'][row] ?? 0;
    return `${format(low)} – ${format(high)}`;
  }

  /** How it was computed, in a sentence. */
  how(of: 'flat' | 'cum', frame: number): string {
    if (this.kind === 'unknown') return say('notSampledHow');
    if (this.kind === 'complete') return say('exactlyHow');
    const row = this.rowOf.get(frame) ?? -1;
    const events = this.columns[of === 'flat' ? 'flatEvents' : 'cumEvents'][row] ?? 0;
    return say('intervalHow', { events: formatCount(events), what: say(this.kind) });
  }
}
