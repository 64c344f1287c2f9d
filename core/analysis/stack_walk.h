// The order in which analyses walk the stack tree: depth first, without recursion and without child lists.
#ifndef CORE_ANALYSIS_STACK_WALK_H_
#define CORE_ANALYSIS_STACK_WALK_H_

#include <cstdint>
#include <vector>

#include "core/analysis/stack_weights.h"
#include "core/model/stack_table.h"

namespace flametrail {

// Stacks that have weight at or below them, in depth-first order: the subtree of order[i] is [i, subtree_end[i]).
// Siblings keep the order of the table, so node 0 is first and every walk of a file is the same.
struct StackWalk {
  std::vector<StackId> order;
  std::vector<uint32_t> subtree_end;  // by place in `order`

  size_t size() const { return order.size(); }
};

StackWalk WalkStacks(const StackTable& stacks, const StackWeights& weights);

// values[s] summed over s and everything called from it, by StackId; wraps as Go's int64 does.
std::vector<int64_t> SubtreeSums(const StackTable& stacks, const std::vector<int64_t>& values);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_STACK_WALK_H_
