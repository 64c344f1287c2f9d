// What there is to say about a box, as texts. Names that are not here yet come with the next change of `names.version`.
import { formatCount, formatPercent, formatValue } from '../../base/format';
import type { Hit } from '../../draw/hit_test';
import { sumOfRun } from '../../draw/hit_test';
import { NONE, type ShapedColumns } from '../../protocol/columns';
import type { SampleType } from '../../protocol/messages';
import type { NamesCache } from '../../state/names';
import { frameOf, ROOT } from './box_tree';
import type { Shown } from './flame_session';
import { say } from './flame_text';

export interface BoxFacts {
  readonly name: string;
  readonly package: string;
  /** file:line, as much of it as is known. */
  readonly place: string;
  readonly self: string;
  readonly total: string;
  /** Percent of the whole profile. */
  readonly selfShare: string;
  readonly totalShare: string;
  /** Percent of the zoomed box. */
  readonly viewShare: string;
  /** '' for an ordinary call. */
  readonly inlining: string;
}

export const rootName = (): string => say('root');
const UNKNOWN_YET = '…';
const INLINING = [undefined, 'someInlined', 'inlined'] as const;

export function factsOf(shown: Shown, names: NamesCache, box: number, zoomed: number): BoxFacts {
  const { columns, frames, type } = shown;
  names.version.value;
  const frame = frameOf(shown, box);
  const self = columns.self[box] ?? 0;
  const total = columns.total[box] ?? 0;
  const textOf = (ids: Uint32Array): string => (frame === NONE ? '' : (names.text(ids[frame] ?? NONE) ?? UNKNOWN_YET));
  const inlining = INLINING[columns.inlining[box] ?? 0];
  const file = textOf(frames.file);
  const line = frames.line[frame] ?? 0;
  return {
    name: frame === NONE && shown.rootFrame === undefined ? rootName() : textOf(frames.name),
    package: textOf(frames.package),
    place: file !== '' && line > 0 ? `${file}:${line}` : file,
    self: formatValue(self, type.unit, type.shownUnit),
    total: formatValue(total, type.unit, type.shownUnit),
    selfShare: formatPercent(self, type.magnitudeTotal),
    totalShare: formatPercent(total, type.magnitudeTotal),
    viewShare: formatPercent(total, columns.width[zoomed] ?? 0),
    inlining: inlining === undefined ? '' : say(inlining),
  };
}

/** One line, for the hover line and for screen readers. */
export function sentenceOf(facts: BoxFacts, zoomed: number): string {
  const parts = [
    facts.name,
    say('selfValue', { value: facts.self }),
    say('totalValue', { value: facts.total }),
    say('ofAll', { share: facts.totalShare }),
  ];
  if (zoomed !== ROOT) parts.push(say('ofView', { share: facts.viewShare }));
  if (facts.inlining !== '') parts.push(facts.inlining.toLowerCase());
  return parts.join(' · ');
}

/** "1,234 frames too thin to draw, 5.60s total" */
export function sentenceOfRun(shown: Shown, run: Extract<Hit, { kind: 'run' }>): string {
  const { boxes, total } = sumOfRun(shown.columns, run.first, run.last);
  const frames = boxes === 1 ? say('oneFrame') : say('frames', { count: formatCount(boxes) });
  return say('thinRun', { frames, total: formatValue(total, shown.type.unit, shown.type.shownUnit) });
}

export function rootLabel(shown: Shown, names: NamesCache): string {
  const { rootFrame, frames } = shown;
  const name = rootFrame === undefined ? rootName() : (names.text(frames.name[rootFrame] ?? NONE) ?? UNKNOWN_YET);
  return `${name} · ${formatValue(shown.columns.total[ROOT] ?? 0, shown.type.unit, shown.type.shownUnit)}`;
}

/** The same graph, its values in the unit that a person now wants. */
export function inUnitOf(shown: Shown, type: SampleType): Shown {
  const { type: before } = shown;
  return before.type === type.type && before.shownUnit !== type.shownUnit ? { ...shown, type } : shown;
}

/** '' for a graph that is whole. */
export function cutText({ columns, type }: Pick<Shown, 'columns' | 'type'>): string {
  const { cut = 0 } = columns as Partial<ShapedColumns>;
  if (!(cut > 0)) return '';
  const value = formatValue(cut, type.unit, type.shownUnit);
  return say('cut', { value, share: formatPercent(cut, columns.width[ROOT] ?? 0) });
}
