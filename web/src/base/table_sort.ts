// Order of a table's rows as a person chose it: by one column. As text in the URL: "cum", or "-cum" for descending.

export interface TableSort {
  /** Of a column. */
  readonly key: string;
  readonly descending: boolean;
}

export type SortValue = number | string;

export function parseSort(text: string): TableSort | undefined {
  const [, minus = '', key = ''] = /^(-?)([a-z0-9_]{1,32})$/i.exec(text) ?? [];
  return key === '' ? undefined : { key, descending: minus === '-' };
}

export const formatSort = ({ key, descending }: TableSort): string => (descending ? '-' : '') + key;

/** What a press on a column's head means: numbers start with the largest. */
export function nextSort(now: TableSort | undefined, key: string, isNumber: boolean): TableSort {
  return { key, descending: now?.key === key ? !now.descending : isNumber };
}

/** Row by place. Equal values keep their order, whichever the direction. */
export function orderRows(count: number, valueOf: (row: number) => SortValue, descending: boolean): Uint32Array {
  const values = Array.from({ length: count }, (_, row) => valueOf(row));
  const direction = descending ? -1 : 1;
  const compare = (a: number, b: number): number => {
    const left = values[a] ?? 0;
    const right = values[b] ?? 0;
    return left === right ? a - b : direction * (left < right ? -1 : 1);
  };
  return Uint32Array.from(values.keys()).sort(compare);
}
