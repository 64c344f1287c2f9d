// Several call trees as one: each box holds a value of every tree. What a comparison (two) and a trend (many) show.
#ifndef CORE_ANALYSIS_UNION_TREE_H_
#define CORE_ANALYSIS_UNION_TREE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/tree_shape.h"

namespace flametrail {

struct UnionPart {
  const CallTree& tree;
  const std::vector<uint32_t>& frame_of;  // by the tree's FrameId: the frame in the union
  double factor = 1;                      // values are multiplied by it and rounded, half away from zero
  size_t series = 0;                      // parts of one series are added up; ascending from 0, none left out
};

// By series and node. In `tree`, widths are the sums of all series' widths, so that a box
// keeps its place whichever series is looked at; self and total are the last series'.
struct UnionTree {
  CallTree tree;
  std::vector<std::vector<int64_t>> self;
  std::vector<std::vector<int64_t>> total;
  std::vector<uint32_t> of_last;  // by node of the last part's tree: the node of `tree` that it became
};

UnionTree MergeTrees(std::span<const UnionPart> parts, const FrameTexts& frames);

// Values of functions, by frame of the union: flat, and cum with recursion counted once.
struct FunctionValues {
  std::vector<int64_t> flat;
  std::vector<int64_t> cum;
};
FunctionValues SumByFunction(const UnionTree& tree, size_t series, size_t frame_count);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_UNION_TREE_H_
