#include "core/analysis/call_tree.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "core/base/checked.h"
#include "core/base/hash.h"
#include "core/base/index_table.h"

namespace flametrail {
namespace {

constexpr uint8_t kSeenCalled = 1;
constexpr uint8_t kSeenInlined = 2;

// The tree while it grows: nodes in order of first sight, parents before children.
class Grower {
 public:
  Grower() { Add(0, FrameId::None()); }

  uint32_t Child(uint32_t parent, FrameId frame) {
    const uint64_t hash = Hash(parent, frame);
    const auto is_equal = [&](uint32_t node) { return parent_[node] == parent && frame_[node] == frame; };
    uint32_t node = index_.Find(hash, is_equal);
    if (node == IndexTable::kNone) {
      node = Add(parent, frame);
      index_.Insert(hash, node, [&](uint32_t n) { return Hash(parent_[n], frame_[n]); });
    }
    return node;
  }

  void See(uint32_t node, bool inlined) { seen_[node] |= inlined ? kSeenInlined : kSeenCalled; }

  void AddSelf(uint32_t node, int64_t value, int64_t width) {
    self_[node] = WrapAdd(self_[node], value);
    width_[node] = SaturateAdd(width_[node], width);
  }

  CallTree Finish(const FrameTable& frames, const StringPool& texts);

 private:
  static uint64_t Hash(uint32_t parent, FrameId frame) { return Mix64((uint64_t{parent} << 32) | frame.value); }

  uint32_t Add(uint32_t parent, FrameId frame) {
    parent_.push_back(parent);
    frame_.push_back(frame);
    self_.push_back(0);
    width_.push_back(0);
    seen_.push_back(0);
    return static_cast<uint32_t>(frame_.size() - 1);
  }

  void SumSubtrees();
  void GroupChildren(const FrameTable& frames, const StringPool& texts);
  CallTree DepthFirst() const;
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

void Grower::SumSubtrees() {
  total_ = self_;
  for (size_t node = frame_.size(); node-- > 1;) {
    const uint32_t parent = parent_[node];
    total_[parent] = WrapAdd(total_[parent], total_[node]);
    width_[parent] = SaturateAdd(width_[parent], width_[node]);
  }
}

void Grower::GroupChildren(const FrameTable& frames, const StringPool& texts) {
  const size_t count = frame_.size();
  child_begin_.assign(count + 1, 0);
  for (size_t node = 1; node < count; ++node) ++child_begin_[parent_[node] + 1];
  std::partial_sum(child_begin_.begin(), child_begin_.end(), child_begin_.begin());
  children_.resize(count - 1);
  std::vector<uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (uint32_t node = 1; node < count; ++node) children_[next[parent_[node]]++] = node;

  const auto name = [&](uint32_t node) { return texts.View(frames.name[frame_[node].index()]); };
  const auto before = [&](uint32_t a, uint32_t b) {
    if (width_[a] != width_[b]) return width_[a] > width_[b];
    if (const int order = name(a).compare(name(b)); order != 0) return order < 0;
    return frame_[a] < frame_[b];
  };
  for (size_t node = 0; node < count; ++node) {
    std::sort(children_.begin() + child_begin_[node], children_.begin() + child_begin_[node + 1], before);
  }
}

void Grower::Emit(uint32_t node, uint32_t parent_out, uint32_t depth, CallTree* tree) const {
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
CallTree Grower::DepthFirst() const {
  struct Open {
    uint32_t node;
    uint32_t out;
    uint32_t next_child;
  };
  CallTree tree;
  const size_t count = frame_.size();
  tree.subtree_end.resize(count);
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
    open.push_back({child, out, child_begin_[child]});
  }
  return tree;
}

CallTree Grower::Finish(const FrameTable& frames, const StringPool& texts) {
  SumSubtrees();
  GroupChildren(frames, texts);
  return DepthFirst();
}

}  // namespace

CallTree BuildCallTree(const Profile& profile, const FrameTable& frames, const StackWeights& weights) {
  Grower grower;
  const StackTable& stacks = profile.stacks;
  std::vector<uint32_t> node_of(stacks.size(), 0);
  for (size_t stack = 0; stack < stacks.size(); ++stack) {
    if (!weights.present[stack]) continue;
    uint32_t node = 0;
    if (stack != 0) {
      node = node_of[stacks.parent[stack].index()];
      const auto lines = frames.FramesOf(stacks.location[stack]);
      for (size_t i = lines.size(); i-- > 0;) {
        node = grower.Child(node, lines[i]);
        grower.See(node, i + 1 < lines.size());
      }
      node_of[stack] = node;
    }
    grower.AddSelf(node, weights.self[stack], weights.Width(StackId(static_cast<uint32_t>(stack))));
  }
  return grower.Finish(frames, profile.strings);
}

}  // namespace flametrail
