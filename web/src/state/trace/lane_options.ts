// What a person chose about the lanes and the axis of a timeline: plain data, also in the URL hash.
export type LaneSort = 'start' | 'running' | 'blocked';
export const LANE_SORTS: readonly LaneSort[] = ['start', 'running', 'blocked'];

/** Goroutines by start function, below who created them, or one after the other. */
export type LaneGrouping = 'function' | 'family' | 'flat';
export const LANE_GROUPINGS: readonly LaneGrouping[] = ['function', 'family', 'flat'];

export interface LaneOptions {
  readonly sort: LaneSort;
  readonly grouping: LaneGrouping;
  /** Also goroutines that are the runtime's own. */
  readonly system: boolean;
  /** As typed: lane_filter.ts. */
  readonly filter: string;
  /** Headings that a person folded or unfolded, by id: the others are as they come. */
  readonly turned: ReadonlySet<string>;
  /** Lanes that stay on top, by laneId, in this order. */
  readonly pinned: readonly string[];
  /** Headings in a person's order, by id; the others come behind them. */
  readonly order: readonly string[];
}

export const LANE_OPTIONS: LaneOptions = {
  sort: 'start',
  grouping: 'function',
  system: false,
  filter: '',
  turned: new Set(),
  pinned: [],
  order: [],
};

/** A window that a person wants to find again. */
export interface Bookmark {
  /** ns since the document's start: from < to. */
  readonly from: number;
  readonly to: number;
}

/** Times on the axis: since the trace's start, or of a clock on the wall. */
export interface AxisClock {
  readonly wall: boolean;
  /** ns since the Unix epoch at the trace's start, as a person said; '' where the trace tells it. */
  readonly start: string;
}

export const AXIS_CLOCK: AxisClock = { wall: false, start: '' };
