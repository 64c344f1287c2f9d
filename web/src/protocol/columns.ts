// What the core answers: columns. Names, element types and order are those of the C++ structs named beside them; a test
// compares them. Indexes and ids are u32, values and times f64 (the core keeps int64).

/** core/analysis/flame_layout.h FlameColumns */
export interface FlameColumns {
  /** Boxes of row d: [rowBegin[d], rowBegin[d + 1]). Row 0 is the root alone. */
  readonly rowBegin: Uint32Array;
  /** From the left edge, in value units, ascending inside a row. */
  readonly start: Float64Array;
  /** In value units, never negative. */
  readonly width: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Frame id; NONE for the root. */
  readonly frame: Uint32Array;
  /** Box; NONE for the root. */
  readonly parent: Uint32Array;
  /** Children of a box stand together in the next row from here on, as long as their parent is the box. */
  readonly firstChild: Uint32Array;
  /** 0 called, 1 partly inlined, 2 always inlined into its caller. */
  readonly inlining: Uint8Array;
}

/** core/session/tree_query.h ShapedColumns: a flame graph and what it leaves out. */
export interface ShapedColumns extends FlameColumns {
  /** Width of paths whose outermost frames are left out, as there are too many boxes. */
  readonly cut: number;
}

/** core/analysis/label_steps.h LabelStepColumns */
export interface LabelStepColumns {
  /** By box of the plain flame graph: index into `value`, 11 others, 12 without the label. */
  readonly step: Uint8Array;
  /** String ids, heaviest first. */
  readonly value: Uint32Array;
  readonly weight: Float64Array;
}

/** core/analysis/frame_columns.h FrameColumns, by frame id */
export interface FrameColumns {
  /** String ids. */
  readonly name: Uint32Array;
  readonly file: Uint32Array;
  /** Where the function starts, else the smallest line seen; 0 when not known. */
  readonly line: Float64Array;
  readonly package: Uint32Array;
  /** 0..359 */
  readonly hue: Uint16Array;
  /** 0 user code, 1 standard library, 2 runtime, 3 no symbol. */
  readonly kind: Uint8Array;
}

/** core/analysis/top.h TopColumns, rows by |flat| descending, then name */
export interface TopColumns {
  readonly frame: Uint32Array;
  readonly flat: Float64Array;
  readonly cum: Float64Array;
  readonly inlining: Uint8Array;
}

/** core/analysis/search.h SearchColumns */
export interface SearchColumns {
  /** By frame id: 1 where name or file match. */
  readonly match: Uint8Array;
  /** Over the topmost matching boxes: recursion counts once. */
  readonly matchedTotal: number;
  readonly matchedSelf: number;
  readonly frameCount: number;
  readonly boxCount: number;
}

/** core/analysis/peek.h PeekColumns */
export interface PeekColumns {
  readonly frame: Uint32Array;
  /** of stacks that go along the path and on to the neighbour */
  readonly weight: Float64Array;
  /** 0 called, 1 partly inlined, 2 always */
  readonly inlining: Uint8Array;
  /** 1: the neighbour has neighbours of its own on that side */
  readonly hasMore: Uint8Array;
  /** of the path's inner end: own values of stacks that end there */
  readonly self: number;
  readonly total: number;
}

/** core/analysis/graph_columns.h GraphColumns */
export interface GraphColumns {
  readonly frame: Uint32Array;
  readonly flat: Float64Array;
  readonly cum: Float64Array;
  /** nodes, by edge */
  readonly caller: Uint32Array;
  readonly callee: Uint32Array;
  readonly weight: Float64Array;
  /** 1: some call went over frames that are not shown */
  readonly residual: Uint8Array;
  /** 1: always inlined into the caller */
  readonly inlined: Uint8Array;
  /** that have weight */
  readonly allNodes: number;
  /** by node_fraction */
  readonly droppedNodes: number;
  /** by edge_fraction */
  readonly droppedEdges: number;
}

/** core/analysis/source_lines.h SourceColumns */
export interface SourceColumns {
  /** StringId of the function */
  readonly name: Uint32Array;
  /** line where the function begins; 0: not known */
  readonly start: Float64Array;
  /** 0: not known */
  readonly line: Float64Array;
  readonly flat: Float64Array;
  readonly cum: Float64Array;
}

/** core/analysis/label_table.h LabelColumns */
export interface LabelColumns {
  /** StringId */
  readonly key: Uint32Array;
  /** StringId of what a person reads ("4kB"), numbers in their unit */
  readonly value: Uint32Array;
  readonly isNumber: Uint8Array;
  /** when is_number */
  readonly number: Float64Array;
  /** StringId, of the number */
  readonly unit: Uint32Array;
  readonly weight: Float64Array;
  readonly samples: Float64Array;
}

/** core/analysis/heap_sizes.h SizeColumns */
export interface SizeColumns {
  /** bytes; 0: larger than kMaxSmallSize */
  readonly sizeClass: Float64Array;
  readonly inuseObjects: Float64Array;
  readonly inuseSpace: Float64Array;
  readonly allocObjects: Float64Array;
  readonly allocSpace: Float64Array;
  /** bytes that rounding up to the class adds to objects in use */
  readonly waste: Float64Array;
  /** 1: the profile has the types of a heap profile */
  readonly isHeap: number;
}

/** core/analysis/heap_sizes.h SiteColumns */
export interface SiteColumns {
  readonly frame: Uint32Array;
  readonly inuseObjects: Float64Array;
  readonly inuseSpace: Float64Array;
  readonly allocObjects: Float64Array;
  readonly allocSpace: Float64Array;
}

/** core/analysis/sample_rows.h SampleColumns */
export interface SampleColumns {
  /** place in the filtered profile */
  readonly sample: Uint32Array;
  /** of all types: [row * types, (row + 1) * types) */
  readonly value: Float64Array;
  /** frames of the stack, also beyond kMaxRowFrames */
  readonly depth: Uint32Array;
  /** frames of row r: [frame_begin[r], frame_begin[r + 1]), leaf first */
  readonly frameBegin: Uint32Array;
  readonly frame: Uint32Array;
  readonly labelBegin: Uint32Array;
  /** StringIds of "key:value" */
  readonly label: Uint32Array;
  /** samples that match, of which this is a window */
  readonly matched: number;
}

/** core/analysis/mapping_table.h MappingColumns */
export interface MappingColumns {
  /** StringIds */
  readonly start: Uint32Array;
  readonly limit: Uint32Array;
  readonly offset: Uint32Array;
  readonly file: Uint32Array;
  readonly buildId: Uint32Array;
  /** bits: 1 functions, 2 file names, 4 line numbers, 8 inlined frames */
  readonly has: Uint8Array;
}

/**
 * core/analysis/series_columns.h SeriesColumns: several documents in one. Frame and string ids are of this answer alone.
 * By series s: boxTotal[s * boxes + box], rowFlat[s * frames + frame].
 */
export interface SeriesColumns extends FlameColumns, FrameColumns {
  /** How many there are. */
  readonly series: number;
  readonly boxSelf: Float64Array;
  readonly boxTotal: Float64Array;
  /** 0 stable, 1 leak, 2 warm-up, 3 sawtooth, 4 falling; of boxTotal. */
  readonly boxTrend: Uint8Array;
  /** By box of the last series' own flame graph: the box here that it is part of. */
  readonly ownBox: Uint32Array;
  readonly rowFlat: Float64Array;
  readonly rowCum: Float64Array;
  /** By frame, from the first to the last series: 0 same, 1 renamed, 2 moved, 3 old only, 4 new only. */
  readonly match: Uint8Array;
  /** By frame: of flat, then of cum; slope in value per unit of the axis, fit is R². */
  readonly trend: Uint8Array;
  readonly slope: Float64Array;
  readonly fit: Float64Array;
  /** Only of a comparison: index into SAMPLING_KINDS, and by frame of flat, then of cum; empty where it is 0. */
  readonly sampling: number;
  readonly changeLow: Float64Array;
  readonly changeHigh: Float64Array;
  readonly oldEvents: Float64Array;
  readonly newEvents: Float64Array;
  readonly significant: Uint8Array;
}

/** In the order of core/analysis/sampling.h SamplingKind. */
export const SAMPLING_KINDS = ['unknown', 'complete', 'ticks', 'allocation', 'contention'] as const;
export type SamplingKind = (typeof SAMPLING_KINDS)[number];

/** core/analysis/confidence.h ConfidenceColumns, without values and what a comparison has: 95 % intervals, by row. */
export interface ConfidenceColumns {
  /** Index into SAMPLING_KINDS. */
  readonly kind: number;
  /** Recorded by the sampler, of the whole view. */
  readonly events: number;
  readonly frame: Uint32Array;
  readonly flatLow: Float64Array;
  readonly flatHigh: Float64Array;
  readonly flatEvents: Float64Array;
  readonly cumLow: Float64Array;
  readonly cumHigh: Float64Array;
  readonly cumEvents: Float64Array;
}

/** "No such box, frame or string" in every u32 column. */
export const NONE = 0xffffffff;
