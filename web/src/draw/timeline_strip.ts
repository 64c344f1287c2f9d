// Counters above the lanes: goroutines by state, threads, heap with its goal, how busy the Ps are.
import type { StripColumns } from '../protocol/trace';
import { blend } from './colour';
import type { Painter } from './painter';
import type { TimelineTheme } from './timeline_colors';
import { LABEL_WIDTH, STRIP_HEIGHTS, stripTop, type Strip } from './timeline_geometry';
import type { Viewport } from './viewport';

const STRIP_COLUMN = 2;

export interface StripScene {
  readonly viewport: Viewport;
  readonly theme: TimelineTheme;
  readonly strip: StripColumns;
  /** What fills the height: goroutines that are not waiting, threads, bytes. */
  readonly most: StripPeaks;
}

export interface StripPeaks {
  readonly goroutines: number;
  readonly threads: number;
  readonly bytes: number;
}

/** Over the whole trace: so that a column keeps its height wherever the window is. */
export function stripPeaks({ running, syscall, runnable, heap, goal }: StripColumns): StripPeaks {
  const peaks = { goroutines: 0, threads: 0, bytes: 0 };
  for (let i = 0; i < running.length; i++) {
    const threads = (running[i] ?? 0) + (syscall[i] ?? 0);
    peaks.threads = Math.max(peaks.threads, threads);
    peaks.goroutines = Math.max(peaks.goroutines, threads + (runnable[i] ?? 0));
    peaks.bytes = Math.max(peaks.bytes, heap[i] ?? 0, goal[i] ?? 0);
  }
  return peaks;
}

export function paintStrip(painter: Painter, scene: StripScene): void {
  const { strip, theme, most, viewport } = scene;
  const px = (css: number): number => Math.round(css * viewport.ratio);
  const bottomOf = (one: Strip): number => px(stripTop(one) + STRIP_HEIGHTS[one] - 2);
  const heightOf = (one: Strip): number => px(STRIP_HEIGHTS[one] - 4);
  const bar = (x: number, bottom: number, tall: number, colour: number): number => {
    if (tall > 0) painter.rect(x, bottom - tall, STRIP_COLUMN, tall, colour, 1);
    return bottom - Math.max(0, tall);
  };
  const share = (one: Strip, value: number, full: number): number =>
    full > 0 ? Math.round((heightOf(one) * value) / full) : 0;
  const [, running = 0, runnable = 0, syscall = 0] = theme.states;
  for (let x = px(LABEL_WIDTH); x < px(LABEL_WIDTH + viewport.width); x += STRIP_COLUMN) {
    const at = bucketsAt(viewport, strip, x / viewport.ratio, (x + STRIP_COLUMN) / viewport.ratio);
    if (at === undefined) continue;
    const runs = meanOf(strip.running, at);
    const calls = meanOf(strip.syscall, at);
    let top = bar(x, bottomOf('goroutines'), share('goroutines', runs, most.goroutines), running);
    top = bar(x, top, share('goroutines', calls, most.goroutines), syscall);
    bar(x, top, share('goroutines', meanOf(strip.runnable, at), most.goroutines), runnable);
    top = bar(x, bottomOf('threads'), share('threads', runs, most.threads), running);
    bar(x, top, share('threads', calls, most.threads), syscall);
    bar(x, bottomOf('heap'), share('heap', peakOf(strip.heap, at), most.bytes), theme.heap);
    const goal = peakOf(strip.goal, at);
    if (goal > 0) painter.rect(x, bottomOf('heap') - share('heap', goal, most.bytes), STRIP_COLUMN, 1, theme.text, 1);
    const busy = Math.min(1, runs / Math.max(1, meanOf(strip.procs, at)));
    const heat = blend(running, theme.background, busy);
    painter.rect(x, px(stripTop('procs') + 2), STRIP_COLUMN, heightOf('procs'), heat, 1);
  }
}

export interface Buckets {
  readonly first: number;
  readonly last: number;
}

/** Buckets between two places of the canvas, in CSS pixels; undefined: beyond the trace. */
export function bucketsAt(viewport: Viewport, strip: StripColumns, x0: number, x1: number): Buckets | undefined {
  const { from, to, width } = viewport;
  const time = (x: number): number => from + ((x - LABEL_WIDTH) / width) * (to - from);
  const first = Math.floor(time(x0) / strip.bucketNs);
  const last = Math.max(first, Math.ceil(time(x1) / strip.bucketNs) - 1);
  return first < 0 || first >= strip.running.length
    ? undefined
    : { first, last: Math.min(last, strip.running.length - 1) };
}

export function meanOf(column: Float64Array, { first, last }: Buckets): number {
  let sum = 0;
  for (let i = first; i <= last; i++) sum += column[i] ?? 0;
  return sum / (last - first + 1);
}

export function peakOf(column: Float64Array, { first, last }: Buckets): number {
  let peak = 0;
  for (let i = first; i <= last; i++) peak = Math.max(peak, column[i] ?? 0);
  return peak;
}
