#include "core/analysis/reports/edge_lists.h"

#include <algorithm>
#include <numeric>

#include "core/base/checked.h"

namespace flametrail {

EdgeLists::EdgeLists(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph)
    : graph_(graph), names_(frames.size()) {
  const auto name = [&](FrameId frame) {
    if (names_[frame.index()].empty()) names_[frame.index()] = PrintableName(frames, frame, profile.strings);
  };
  for (const GraphNode& node : graph.nodes) name(node.frame);
  for (const GraphEdge& edge : graph.edges) {
    name(edge.caller);
    name(edge.callee);
  }
  into_ = Group(true);
  out_of_ = Group(false);
}

EdgeLists::Lists EdgeLists::Group(bool by_callee) const {
  const auto end_of = [&](uint32_t edge) {
    return (by_callee ? graph_.edges[edge].callee : graph_.edges[edge].caller).index();
  };
  Lists lists;
  lists.begin.assign(names_.size() + 1, 0);
  const auto count = static_cast<uint32_t>(graph_.edges.size());
  for (uint32_t edge = 0; edge < count; ++edge) ++lists.begin[end_of(edge) + 1];
  std::partial_sum(lists.begin.begin(), lists.begin.end(), lists.begin.begin());
  lists.edges.resize(count);
  std::vector<uint32_t> next(lists.begin.begin(), lists.begin.end() - 1);
  for (uint32_t edge = 0; edge < count; ++edge) lists.edges[next[end_of(edge)]++] = edge;
  for (size_t frame = 0; frame < names_.size(); ++frame) {
    std::sort(lists.edges.begin() + lists.begin[frame], lists.edges.begin() + lists.begin[frame + 1],
              [&](uint32_t a, uint32_t b) { return Before(a, b); });
  }
  return lists;
}

bool EdgeLists::Before(uint32_t a, uint32_t b) const {
  const GraphEdge& left = graph_.edges[a];
  const GraphEdge& right = graph_.edges[b];
  const int64_t left_weight = WrapAbs(left.weight), right_weight = WrapAbs(right.weight);
  if (left_weight != right_weight) return left_weight > right_weight;
  if (const int order = Name(left.caller).compare(Name(right.caller)); order != 0) return order < 0;
  if (const int order = Name(left.callee).compare(Name(right.callee)); order != 0) return order < 0;
  return a < b;
}

}  // namespace flametrail
