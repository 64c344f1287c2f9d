// Columns of a table whose rows are objects.
import type { SortedColumn } from './sorted_table';

interface ColumnOptions {
  /** A grid track. */
  readonly track: string;
  readonly title?: string;
}

export class ColumnMaker<T> {
  constructor(private readonly rows: readonly T[]) {}

  text(head: string, { track, title = '' }: ColumnOptions, of: (row: T) => string): SortedColumn {
    return { head, title, number: false, track, text: (row) => this.get(row, of, '') };
  }

  number(
    head: string,
    { track, title = '' }: ColumnOptions,
    of: (row: T) => number,
    write: (value: number) => string,
  ): SortedColumn {
    const value = (row: number): number => this.get(row, of, 0);
    return { head, title, number: true, track, text: (row) => write(value(row)), value };
  }

  private get<R>(row: number, of: (row: T) => R, otherwise: R): R {
    const one = this.rows[row];
    return one === undefined ? otherwise : of(one);
  }
}
