#ifndef CORE_ANALYSIS_REPORTS_EDGE_LISTS_H_
#define CORE_ANALYSIS_REPORTS_EDGE_LISTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/analysis/graph.h"

namespace flametrail {

// A graph's edges by node, each list in report order: weight descending by magnitude, then the names of caller and
// callee (google/pprof graph.go EdgeMap.Sort).
class EdgeLists {
 public:
  EdgeLists(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph);

  std::span<const uint32_t> Into(FrameId frame) const { return Of(into_, frame); }
  std::span<const uint32_t> OutOf(FrameId frame) const { return Of(out_of_, frame); }
  const GraphEdge& edge(uint32_t index) const { return graph_.edges[index]; }
  // Printable names of nodes and of edges' ends.
  const std::string& Name(FrameId frame) const { return names_[frame.index()]; }

 private:
  struct Lists {
    std::vector<uint32_t> begin;  // by frame
    std::vector<uint32_t> edges;
  };

  static std::span<const uint32_t> Of(const Lists& lists, FrameId frame) {
    const uint32_t from = lists.begin[frame.index()];
    return {lists.edges.data() + from, lists.begin[frame.index() + 1] - from};
  }
  Lists Group(bool by_callee) const;
  bool Before(uint32_t a, uint32_t b) const;

  const TrimmedGraph& graph_;
  std::vector<std::string> names_;  // by frame; only those that stand in the graph
  Lists into_;
  Lists out_of_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_EDGE_LISTS_H_
