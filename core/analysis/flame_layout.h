// A call tree as rows of boxes: what the page draws and searches by bisection, and nothing more.
#ifndef CORE_ANALYSIS_FLAME_LAYOUT_H_
#define CORE_ANALYSIS_FLAME_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "core/analysis/call_tree.h"

namespace flametrail {

// Columns by box, row after row (row = depth, row 0 = the root alone), by `start` ascending inside a row. Children of a
// box stand together in the next row from first_child on. Same names and order as web/src/protocol/columns.ts.
struct FlameColumns {
  std::vector<uint32_t> row_begin;    // boxes of row d: [row_begin[d], row_begin[d + 1])
  std::vector<double> start;          // from the left edge, in value units
  std::vector<double> width;          // in value units, never negative
  std::vector<double> self;           // net value of the box itself
  std::vector<double> total;          // net value of the box and what it called
  std::vector<uint32_t> frame;        // FrameId; 0xFFFFFFFF for the root
  std::vector<uint32_t> parent;       // box; 0xFFFFFFFF for the root
  std::vector<uint32_t> first_child;  // box; the row's end of the next row where there is none
  std::vector<uint8_t> inlining;      // 0 called, 1 partly inlined, 2 always inlined into its caller
};

// `box_of` gets the box of each node.
FlameColumns LayoutFlame(const CallTree& tree, std::vector<uint32_t>* box_of = nullptr);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FLAME_LAYOUT_H_
