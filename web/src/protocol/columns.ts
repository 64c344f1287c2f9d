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

/** "No such box, frame or string" in every u32 column. */
export const NONE = 0xffffffff;
