// Other shapes of a call tree: the same samples, told differently. Each keeps the sum: the root's total and width are
// those of what was put in (of the chosen function, for a sandwich).
#ifndef CORE_ANALYSIS_TREE_SHAPE_H_
#define CORE_ANALYSIS_TREE_SHAPE_H_

#include <cstdint>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/base/string_pool.h"

namespace flametrail {

// How frames are called: what siblings of equal width are sorted by.
struct FrameTexts {
  const std::vector<StringId>& name;  // by FrameId
  const StringPool& texts;
};

// Frames that are not one's own go: what they called is called by the nearest own frame above, which also gets their
// self value; without one it is the root that gets it. `is_squashed` by FrameId.
CallTree SquashFrames(const CallTree& tree, const std::vector<uint8_t>& is_squashed, const FrameTexts& frames);

// A call of a function that is already on the stack goes back to its box, whatever lies between: each function stands
// at most once on a path. Self values of functions, summed over all boxes, stay what they were.
CallTree CollapseRecursion(const CallTree& tree, const FrameTexts& frames);

// Turned over: below the root stand the functions in which samples end, below them their callers.
struct InvertedTree {
  CallTree tree;
  int64_t cut = 0;  // width of paths whose outermost callers are left out, by kMaxInvertedNodes
};
inline constexpr size_t kMaxInvertedNodes = 6'000'000;
InvertedTree Invert(const CallTree& tree, const FrameTexts& frames, size_t max_nodes = kMaxInvertedNodes);

// What `center` calls, over all its outermost boxes; the root stands for it.
CallTree CalleesOf(const CallTree& tree, FrameId center, const FrameTexts& frames);
// Who calls it, innermost caller below the root, which stands for it.
InvertedTree CallersOf(const CallTree& tree, FrameId center, const FrameTexts& frames,
                       size_t max_nodes = kMaxInvertedNodes);

// The part of each node's width that is not its children's.
std::vector<int64_t> SelfWidths(const CallTree& tree);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TREE_SHAPE_H_
