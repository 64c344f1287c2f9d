// Stacks merged by frame, from the root: what a flame graph shows.
#ifndef CORE_ANALYSIS_CALL_TREE_H_
#define CORE_ANALYSIS_CALL_TREE_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/stack_weights.h"

namespace flametrail {

using CallNodeId = Id<struct CallNodeTag>;

enum class Inlining : uint8_t { kNone, kSome, kAll };  // of a node's weight into its caller

// Columns by CallNodeId in depth-first order, children by width descending, then name ascending: the subtree of n is
// [n, subtree_end[n]). Node 0 is the root (no frame) and holds the sum of all samples; stacks without weight are
// absent. self[n] + sum of children's total == total[n], also for width.
struct CallTree {
  std::vector<CallNodeId> parent;  // None for node 0
  std::vector<FrameId> frame;      // None for node 0
  std::vector<uint32_t> depth;     // 0 for node 0
  std::vector<uint32_t> subtree_end;
  std::vector<int64_t> self;
  std::vector<int64_t> total;
  std::vector<int64_t> width;  // sum of |value|, at most 2^63 - 1: equals total when no sample is negative
  std::vector<Inlining> inlining;

  size_t size() const { return parent.size(); }
};

// `node_of_stack` gets the node of each stack, by StackId; 0 for stacks without weight.
CallTree BuildCallTree(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                       std::vector<uint32_t>* node_of_stack = nullptr);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_CALL_TREE_H_
