#include "core/analysis/tree_shape.h"

#include <algorithm>

#include "core/analysis/tree_grower.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

// Where `node` of the old tree stands in the new one, for trees that are made top down.
class TopDown {
 public:
  explicit TopDown(const CallTree& tree) : tree_(tree), self_width_(SelfWidths(tree)), place_(tree.size(), 0) {
    grower_.AddSelf(0, tree.self[0], self_width_[0]);
  }

  uint32_t PlaceOfParent(size_t node) const { return place_[tree_.parent[node].index()]; }
  void Keep(size_t node, uint32_t parent) {
    MoveTo(node, grower_.Child(parent, tree_.frame[node]));
    grower_.See(place_[node], tree_.inlining[node]);
  }
  void MoveTo(size_t node, uint32_t place) {
    place_[node] = place;
    grower_.AddSelf(place, tree_.self[node], self_width_[node]);
  }
  uint32_t place(size_t node) const { return place_[node]; }
  CallTree Finish(const FrameTexts& frames) { return grower_.Finish(frames.name, frames.texts); }

 private:
  const CallTree& tree_;
  std::vector<int64_t> self_width_;
  std::vector<uint32_t> place_;
  TreeGrower grower_;
};

// The frames of a path turned over below `top`; the node at its end.
class Reversed {
 public:
  Reversed(const CallTree& tree, size_t max_nodes) : tree_(tree), max_nodes_(max_nodes) {}

  // From `node` up to the root, `node` included; the weight lands at the end.
  void AddPath(size_t node, int64_t value, int64_t width) {
    uint32_t at = 0;
    while (node != 0) {
      const bool is_full = grower_.size() >= max_nodes_;
      const uint32_t next = is_full ? grower_.Find(at, tree_.frame[node]) : grower_.Child(at, tree_.frame[node]);
      if (next == TreeGrower::kNone) {
        cut_ = SaturateAdd(cut_, width);
        break;
      }
      at = next;
      grower_.See(at, tree_.inlining[node]);
      node = tree_.parent[node].index();
    }
    grower_.AddSelf(at, value, width);
  }

  InvertedTree Finish(const FrameTexts& frames) { return {grower_.Finish(frames.name, frames.texts), cut_}; }

 private:
  const CallTree& tree_;
  size_t max_nodes_;
  TreeGrower grower_;
  int64_t cut_ = 0;
};

// Calls `visit(node)` for each box of `center` that has no box of it above.
template <typename Visit>
void ForOutermost(const CallTree& tree, FrameId center, Visit visit) {
  for (size_t node = 1; node < tree.size();) {
    if (tree.frame[node] != center) {
      ++node;
      continue;
    }
    visit(node);
    node = tree.subtree_end[node];
  }
}

}  // namespace

std::vector<int64_t> SelfWidths(const CallTree& tree) {
  std::vector<int64_t> widths = tree.width;
  for (size_t node = 1; node < tree.size(); ++node) {
    int64_t& above = widths[tree.parent[node].index()];
    // Saturated sums may be smaller than their parts.
    above = std::max<int64_t>(0, above - tree.width[node]);
  }
  return widths;
}

CallTree SquashFrames(const CallTree& tree, const std::vector<uint8_t>& is_squashed, const FrameTexts& frames) {
  TopDown out(tree);
  for (size_t node = 1; node < tree.size(); ++node) {
    if (is_squashed[tree.frame[node].index()]) {
      out.MoveTo(node, out.PlaceOfParent(node));
    } else {
      out.Keep(node, out.PlaceOfParent(node));
    }
  }
  return out.Finish(frames);
}

CallTree CollapseRecursion(const CallTree& tree, const FrameTexts& frames) {
  TopDown out(tree);
  constexpr uint32_t kNotOnPath = 0;
  std::vector<uint32_t> place_on_path(frames.name.size(), kNotOnPath);
  std::vector<size_t> path;  // nodes that put their frame on the path
  for (size_t node = 1; node < tree.size(); ++node) {
    while (!path.empty() && tree.subtree_end[path.back()] <= node) {
      place_on_path[tree.frame[path.back()].index()] = kNotOnPath;
      path.pop_back();
    }
    uint32_t& place = place_on_path[tree.frame[node].index()];
    if (place != kNotOnPath) {
      out.MoveTo(node, place);
      continue;
    }
    out.Keep(node, out.PlaceOfParent(node));
    place = out.place(node);
    path.push_back(node);
  }
  return out.Finish(frames);
}

InvertedTree Invert(const CallTree& tree, const FrameTexts& frames, size_t max_nodes) {
  Reversed out(tree, max_nodes);
  const std::vector<int64_t> self_width = SelfWidths(tree);
  for (size_t node = 0; node < tree.size(); ++node) {
    if (tree.self[node] != 0 || self_width[node] != 0) out.AddPath(node, tree.self[node], self_width[node]);
  }
  return out.Finish(frames);
}

CallTree CalleesOf(const CallTree& tree, FrameId center, const FrameTexts& frames) {
  TreeGrower grower;
  const std::vector<int64_t> self_width = SelfWidths(tree);
  std::vector<uint32_t> place(tree.size(), 0);
  ForOutermost(tree, center, [&](size_t top) {
    grower.AddSelf(0, tree.self[top], self_width[top]);
    for (size_t node = top + 1; node < tree.subtree_end[top]; ++node) {
      place[node] = grower.Child(place[tree.parent[node].index()], tree.frame[node]);
      grower.See(place[node], tree.inlining[node]);
      grower.AddSelf(place[node], tree.self[node], self_width[node]);
    }
  });
  return grower.Finish(frames.name, frames.texts);
}

InvertedTree CallersOf(const CallTree& tree, FrameId center, const FrameTexts& frames, size_t max_nodes) {
  Reversed out(tree, max_nodes);
  ForOutermost(tree, center,
               [&](size_t top) { out.AddPath(tree.parent[top].index(), tree.total[top], tree.width[top]); });
  return out.Finish(frames);
}

}  // namespace flametrail
