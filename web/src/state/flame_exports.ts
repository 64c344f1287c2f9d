// The boxes of a flame graph as the texts that other tools read.
import { NONE, type FlameColumns } from '../protocol/columns';
import type { SampleType } from '../protocol/messages';

export interface FrameText {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

export interface ExportedFlame {
  readonly columns: FlameColumns;
  readonly type: SampleType;
  readonly title: string;
  readonly frameOf: (frame: number) => FrameText;
}

/** From below the root to the box, as frames. */
function framesTo(columns: FlameColumns, box: number): number[] {
  const frames: number[] = [];
  for (let at = box; at !== NONE; at = columns.parent[at] ?? NONE) {
    const frame = columns.frame[at] ?? NONE;
    if (frame !== NONE) frames.push(frame);
  }
  return frames.reverse();
}

function boxesWithSelf({ frame, self }: FlameColumns): number[] {
  return [...frame.keys()].filter((box) => (self[box] ?? 0) !== 0);
}

/** One line a stack: names from the root, joined by ";", then the value. A ";" or line end inside a name becomes ",". */
export function foldedText({ columns, frameOf }: ExportedFlame): string {
  const nameOf = (frame: number): string => frameOf(frame).name.replace(/[;\r\n]/g, ',');
  const lines = boxesWithSelf(columns).map((box) => {
    const names = framesTo(columns, box).map(nameOf);
    return `${names.length === 0 ? '-' : names.join(';')} ${columns.self[box] ?? 0}`;
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const SPEEDSCOPE_UNITS: Readonly<Record<string, string>> = {
  nanoseconds: 'nanoseconds',
  microseconds: 'microseconds',
  milliseconds: 'milliseconds',
  seconds: 'seconds',
  bytes: 'bytes',
};

/** speedscope's file format, type "sampled". It knows no negative weights: such stacks are left out. */
export function speedscopeText({ columns, type, title, frameOf }: ExportedFlame): string {
  const ids = new Map<number, number>();
  const frames: { name: string; file?: string; line?: number }[] = [];
  const idOf = (frame: number): number => {
    const known = ids.get(frame);
    if (known !== undefined) return known;
    const { name, file, line } = frameOf(frame);
    frames.push({ name, ...(file === '' ? {} : { file }), ...(line > 0 ? { line } : {}) });
    ids.set(frame, frames.length - 1);
    return frames.length - 1;
  };
  const boxes = boxesWithSelf(columns).filter((box) => (columns.self[box] ?? 0) > 0);
  const samples = boxes.map((box) => framesTo(columns, box).map(idOf));
  const weights = boxes.map((box) => columns.self[box] ?? 0);
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  const unit = SPEEDSCOPE_UNITS[type.unit] ?? 'none';
  return JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'flametrail',
    name: title,
    shared: { frames },
    profiles: [{ type: 'sampled', name: type.type, unit, startValue: 0, endValue, samples, weights }],
  });
}

/** RFC 4180; a cell that a spreadsheet would take for a formula gets a quote in front. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    const text = typeof value === 'string' ? value.replace(/^[=+\-@\t\r]/, "'$&") : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Every box, depth first as they stand in rows: depth, name, file, line, self, total. */
export function flameCsv({ columns, type, frameOf }: ExportedFlame): string {
  const rows: (string | number)[][] = [
    ['depth', 'name', 'file', 'line', `self (${type.unit})`, `total (${type.unit})`],
  ];
  for (let depth = 0; depth + 1 < columns.rowBegin.length; depth++) {
    for (let box = columns.rowBegin[depth] ?? 0; box < (columns.rowBegin[depth + 1] ?? 0); box++) {
      const frame = columns.frame[box] ?? NONE;
      const { name, file, line } = frame === NONE ? { name: 'root', file: '', line: 0 } : frameOf(frame);
      rows.push([depth, name, file, line, columns.self[box] ?? 0, columns.total[box] ?? 0]);
    }
  }
  return csvText(rows);
}
