// A call tree while it grows, from stacks or from another tree.
#ifndef CORE_ANALYSIS_TREE_GROWER_H_
#define CORE_ANALYSIS_TREE_GROWER_H_

#include <cstdint>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/base/index_table.h"

namespace flametrail {

// Nodes in order of first sight, parents before children; node 0 is the root.
class TreeGrower {
 public:
  TreeGrower() { Add(0, FrameId::None()); }

  static constexpr uint32_t kNone = IndexTable::kNone;
  // The node of `frame` called from `parent`, or kNone.
  uint32_t Find(uint32_t parent, FrameId frame) const;
  // The same, made where there is none.
  uint32_t Child(uint32_t parent, FrameId frame);
  void See(uint32_t node, bool inlined) { seen_[node] |= inlined ? kSeenInlined : kSeenCalled; }
  // As another tree has it.
  void See(uint32_t node, Inlining inlining);
  void AddSelf(uint32_t node, int64_t value, int64_t width);
  size_t size() const { return frame_.size(); }

  // Children by width descending, then by their frame's text. `place` gets the tree's node of each grown one. The
  // grower is of no more use afterwards.
  CallTree Finish(const std::vector<StringId>& frame_texts, const StringPool& texts,
                  std::vector<uint32_t>* place = nullptr);

 private:
  static constexpr uint8_t kSeenCalled = 1;
  static constexpr uint8_t kSeenInlined = 2;

  uint32_t Add(uint32_t parent, FrameId frame);
  void SumSubtrees();
  void GroupChildren(const std::vector<StringId>& frame_texts, const StringPool& texts);
  CallTree DepthFirst(std::vector<uint32_t>* place) const;
  void Emit(uint32_t node, uint32_t parent_out, uint32_t depth, CallTree* tree) const;

  std::vector<uint32_t> parent_;
  std::vector<FrameId> frame_;
  std::vector<int64_t> self_;
  std::vector<int64_t> total_;
  std::vector<int64_t> width_;
  std::vector<uint8_t> seen_;
  IndexTable index_;
  std::vector<uint32_t> child_begin_;  // children of n: children_[child_begin_[n], child_begin_[n + 1])
  std::vector<uint32_t> children_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TREE_GROWER_H_
