// What the tables of a comparison and of a trend share.
import type { HTMLAttributes } from 'preact';
import type { SeriesAnswer } from '../../state/series_store';
import type { DataColumn } from '../../widgets/data_table';
import type { SortValue } from '../../base/table_sort';

export const numberColumn = (
  key: string,
  head: string,
  title: string,
  sortBy: (row: number) => SortValue,
  track = '92px',
): DataColumn => ({ key, head, title, number: true, track, sortBy });

export const textColumn = (
  key: string,
  head: string,
  title: string,
  track: string,
  sortBy: (row: number) => SortValue,
): DataColumn => ({ key, head, title, number: false, track, sortBy });

/** Rows that the search finds stand out; those whose change may be chance stand back. */
export function rowLook(
  answer: SeriesAnswer,
  frame: number | undefined,
  isMuted: boolean,
): HTMLAttributes<HTMLDivElement> {
  const isHit = frame !== undefined && answer.found.value?.match[frame] === 1;
  return { class: `ft-list-row ${isHit ? 'ft-hit' : ''} ${isMuted ? 'ft-noise' : ''}` };
}

export const nameOf = ({ columns, names }: SeriesAnswer, frame: number | undefined): string =>
  frame === undefined ? '' : (names.text(columns.name[frame] ?? 0) ?? '');
