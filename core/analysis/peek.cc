#include "core/analysis/peek.h"

#include <algorithm>
#include <map>
#include <string>

#include "core/base/check.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

constexpr uint32_t kNoNode = CallNodeId::kNoneValue;

struct Sum {
  int64_t weight = 0;
  uint32_t covered_until = 0;  // nodes before it lie below one that is counted
  uint8_t seen = 0;            // bit 0 called, bit 1 inlined
  bool has_more = false;
};

class Peeker {
 public:
  Peeker(const CallTree& tree, const std::vector<FrameId>& path, PeekSide side)
      : tree_(tree), path_(path), side_(side), has_children_(tree.size(), 0) {
    for (size_t node = 1; node < tree.size(); ++node) has_children_[tree.parent[node].index()] = 1;
  }

  void Run(PeekColumns* columns) {
    int64_t self = 0, total = 0;
    uint32_t covered_until = 0;
    for (uint32_t node = 1; node < tree_.size(); ++node) {
      Neighbour(node);
      if (TopOfPath(node) == kNoNode) continue;
      self = WrapAdd(self, tree_.self[node]);
      if (node < covered_until) continue;
      total = WrapAdd(total, tree_.total[node]);
      covered_until = tree_.subtree_end[node];
    }
    columns->self = static_cast<double>(self);
    columns->total = static_cast<double>(total);
  }

  const std::map<FrameId, Sum>& sums() const { return sums_; }

 private:
  uint32_t Parent(uint32_t node) const { return tree_.parent[node].value; }
  // Upwards from `node` the tree has the path's frames, the deepest first; the topmost of them, or kNoNode.
  uint32_t TopOfPath(uint32_t node) const {
    for (size_t i = 0; i < path_.size(); ++i) {
      const FrameId wanted = side_ == PeekSide::kCallers ? path_[i] : path_[path_.size() - 1 - i];
      if (node == kNoNode || tree_.frame[node] != wanted) return kNoNode;
      if (i + 1 < path_.size()) node = Parent(node);
    }
    return node;
  }

  void Neighbour(uint32_t node) {
    if (side_ == PeekSide::kCallees) {
      const uint32_t parent = Parent(node);
      if (parent == 0 || tree_.frame[node] == path_.back() || TopOfPath(parent) == kNoNode) return;
      Count(node, tree_.frame[node], node, has_children_[node] != 0);
      return;
    }
    const uint32_t top = TopOfPath(node);
    if (top == kNoNode) return;
    const uint32_t caller = Parent(top);
    if (caller == 0 || tree_.frame[caller] == path_.back()) return;
    Count(node, tree_.frame[caller], top, Parent(caller) != 0);
  }

  // A stack counts once for each neighbour, however often it goes that way.
  void Count(uint32_t node, FrameId neighbour, uint32_t callee, bool has_more) {
    Sum& sum = sums_[neighbour];
    sum.has_more |= has_more;
    if (tree_.inlining[callee] != Inlining::kAll) sum.seen |= 1;
    if (tree_.inlining[callee] != Inlining::kNone) sum.seen |= 2;
    if (node < sum.covered_until) return;
    sum.weight = WrapAdd(sum.weight, tree_.total[node]);
    sum.covered_until = tree_.subtree_end[node];
  }

  const CallTree& tree_;
  const std::vector<FrameId>& path_;
  const PeekSide side_;
  std::vector<uint8_t> has_children_;
  std::map<FrameId, Sum> sums_;
};

}  // namespace

PeekColumns Peek(const Profile& profile, const FrameTable& frames, const CallTree& tree,
                 const std::vector<FrameId>& path, PeekSide side) {
  CHECK(!path.empty());
  PeekColumns columns;
  Peeker peeker(tree, path, side);
  peeker.Run(&columns);
  struct Row {
    FrameId frame;
    Sum sum;
    std::string name;
  };
  std::vector<Row> rows;
  for (const auto& [frame, sum] : peeker.sums()) {
    rows.push_back({frame, sum, PrintableName(frames, frame, profile.strings)});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const int64_t left = WrapAbs(a.sum.weight), right = WrapAbs(b.sum.weight);
    if (left != right) return left > right;
    if (const int order = a.name.compare(b.name); order != 0) return order < 0;
    return a.frame < b.frame;
  });
  for (const Row& row : rows) {
    columns.frame.push_back(row.frame.value);
    columns.weight.push_back(static_cast<double>(row.sum.weight));
    columns.inlining.push_back(row.sum.seen == 2 ? 2 : row.sum.seen == 3 ? 1 : 0);
    columns.has_more.push_back(row.sum.has_more);
  }
  return columns;
}

}  // namespace flametrail
