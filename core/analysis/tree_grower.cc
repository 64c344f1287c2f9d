#include "core/analysis/tree_grower.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "core/base/checked.h"
#include "core/base/hash.h"

namespace flametrail {
namespace {

uint64_t HashNode(uint32_t parent, FrameId frame) { return Mix64((uint64_t{parent} << 32) | frame.value); }

}  // namespace

uint32_t TreeGrower::Find(uint32_t parent, FrameId frame) const {
  return index_.Find(HashNode(parent, frame),
                     [&](uint32_t node) { return parent_[node] == parent && frame_[node] == frame; });
}

uint32_t TreeGrower::Child(uint32_t parent, FrameId frame) {
  uint32_t node = Find(parent, frame);
  if (node == kNone) {
    node = Add(parent, frame);
    index_.Insert(HashNode(parent, frame), node, [&](uint32_t n) { return HashNode(parent_[n], frame_[n]); });
  }
  return node;
}

void TreeGrower::See(uint32_t node, Inlining inlining) {
  if (inlining != Inlining::kAll) seen_[node] |= kSeenCalled;
  if (inlining != Inlining::kNone) seen_[node] |= kSeenInlined;
}

void TreeGrower::AddSelf(uint32_t node, int64_t value, int64_t width) {
  self_[node] = WrapAdd(self_[node], value);
  width_[node] = SaturateAdd(width_[node], width);
}

uint32_t TreeGrower::Add(uint32_t parent, FrameId frame) {
  parent_.push_back(parent);
  frame_.push_back(frame);
  self_.push_back(0);
  width_.push_back(0);
  seen_.push_back(0);
  return static_cast<uint32_t>(frame_.size() - 1);
}

void TreeGrower::SumSubtrees() {
  total_ = self_;
  for (size_t node = frame_.size(); node-- > 1;) {
    const uint32_t parent = parent_[node];
    total_[parent] = WrapAdd(total_[parent], total_[node]);
    width_[parent] = SaturateAdd(width_[parent], width_[node]);
  }
}

void TreeGrower::GroupChildren(const std::vector<StringId>& frame_texts, const StringPool& texts) {
  const size_t count = frame_.size();
  child_begin_.assign(count + 1, 0);
  for (size_t node = 1; node < count; ++node) ++child_begin_[parent_[node] + 1];
  std::partial_sum(child_begin_.begin(), child_begin_.end(), child_begin_.begin());
  children_.resize(count - 1);
  std::vector<uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (uint32_t node = 1; node < count; ++node) children_[next[parent_[node]]++] = node;

  const auto name = [&](uint32_t node) { return texts.View(frame_texts[frame_[node].index()]); };
  const auto before = [&](uint32_t a, uint32_t b) {
    if (width_[a] != width_[b]) return width_[a] > width_[b];
    if (const int order = name(a).compare(name(b)); order != 0) return order < 0;
    return frame_[a] < frame_[b];
  };
  for (size_t node = 0; node < count; ++node) {
    std::sort(children_.begin() + child_begin_[node], children_.begin() + child_begin_[node + 1], before);
  }
}

void TreeGrower::Emit(uint32_t node, uint32_t parent_out, uint32_t depth, CallTree* tree) const {
  tree->parent.push_back(CallNodeId(parent_out));
  tree->frame.push_back(frame_[node]);
  tree->depth.push_back(depth);
  tree->self.push_back(self_[node]);
  tree->total.push_back(total_[node]);
  tree->width.push_back(width_[node]);
  const uint8_t seen = seen_[node];
  tree->inlining.push_back(seen == kSeenInlined                   ? Inlining::kAll
                           : seen == (kSeenInlined | kSeenCalled) ? Inlining::kSome
                                                                  : Inlining::kNone);
}

// A stack of our own: a profile may be a million frames deep.
CallTree TreeGrower::DepthFirst(std::vector<uint32_t>* place) const {
  struct Open {
    uint32_t node;
    uint32_t out;
    uint32_t next_child;
  };
  CallTree tree;
  const size_t count = frame_.size();
  tree.subtree_end.resize(count);
  if (place != nullptr) place->assign(count, 0);
  std::vector<Open> open;
  Emit(0, CallNodeId::kNoneValue, 0, &tree);
  open.push_back({0, 0, child_begin_[0]});
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next_child == child_begin_[top.node + 1]) {
      tree.subtree_end[top.out] = static_cast<uint32_t>(tree.frame.size());
      open.pop_back();
      continue;
    }
    const uint32_t child = children_[top.next_child++];
    const auto out = static_cast<uint32_t>(tree.frame.size());
    Emit(child, top.out, static_cast<uint32_t>(open.size()), &tree);
    if (place != nullptr) (*place)[child] = out;
    open.push_back({child, out, child_begin_[child]});
  }
  return tree;
}

CallTree TreeGrower::Finish(const std::vector<StringId>& frame_texts, const StringPool& texts,
                            std::vector<uint32_t>* place) {
  SumSubtrees();
  GroupChildren(frame_texts, texts);
  return DepthFirst(place);
}

}  // namespace flametrail
