#include "core/analysis/stack_walk.h"

#include "core/base/checked.h"

namespace flametrail {

// Parents have smaller ids than their children: a backward pass gives the sizes of subtrees, and then a forward pass
// can place each stack after the siblings that came before it.
StackWalk WalkStacks(const StackTable& stacks, const StackWeights& weights) {
  const size_t count = stacks.size();
  std::vector<uint32_t> size(count, 0);
  for (size_t s = count; s-- > 1;) {
    if (!weights.present[s]) continue;
    ++size[s];
    size[stacks.parent[s].index()] += size[s];
  }
  if (count > 0) ++size[0];
  StackWalk walk;
  if (count == 0) return walk;
  walk.order.resize(size[0]);
  walk.subtree_end.resize(size[0]);
  std::vector<uint32_t> next(count, 0);  // where the next child goes
  walk.order[0] = StackTable::kEmpty;
  walk.subtree_end[0] = size[0];
  next[0] = 1;
  for (size_t s = 1; s < count; ++s) {
    if (!weights.present[s]) continue;
    uint32_t& free_place = next[stacks.parent[s].index()];
    const uint32_t place = free_place;
    free_place += size[s];
    next[s] = place + 1;
    walk.order[place] = StackId(s);
    walk.subtree_end[place] = place + size[s];
  }
  return walk;
}

std::vector<int64_t> SubtreeSums(const StackTable& stacks, const std::vector<int64_t>& values) {
  std::vector<int64_t> sums = values;
  for (size_t s = sums.size(); s-- > 1;) {
    int64_t& parent = sums[stacks.parent[s].index()];
    parent = WrapAdd(parent, sums[s]);
  }
  return sums;
}

}  // namespace flametrail
