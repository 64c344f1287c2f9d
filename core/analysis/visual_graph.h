// The graph that a picture shows (google/pprof newTrimmedGraph for dot, newTree and TrimTree for -call_tree): nodes are
// chosen by how much they tell, labels are nodes too, and edges that a longer way makes needless are left out.
//
// In a call graph a node is a frame and its index a FrameId. In a call tree a node is a way to a frame: frames called
// from the same node are one, so recursion gives a node for each turn.
#ifndef CORE_ANALYSIS_VISUAL_GRAPH_H_
#define CORE_ANALYSIS_VISUAL_GRAPH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/graph.h"
#include "core/analysis/node_tags.h"

namespace flametrail {

constexpr uint32_t kNoNode = 0xFFFFFFFFu;

struct VisualEdge {
  uint32_t caller = kNoNode;  // nodes
  uint32_t callee = kNoNode;
  int64_t weight = 0;
  int64_t divisor = 0;
  bool is_residual = false;
  bool is_inlined = true;
  bool is_removed = false;

  int64_t Value() const;
};

enum class NodeOrder : uint8_t { kFlat, kCum, kEntropy };

struct VisualOptions {
  TrimOptions trim;
  NodeOrder order = NodeOrder::kEntropy;
  bool call_tree = false;
  bool with_tags = true;
  size_t sample_type = 0;
  bool mean = false;
  std::string tag_unit = "minimum";  // in which numbers of labels are printed
};

struct VisualGraph {
  std::vector<GraphNode> nodes;  // by node, also those that are not shown
  std::vector<VisualEdge> edges;
  std::vector<std::vector<uint32_t>> in;  // by node: edges, none of them removed
  std::vector<std::vector<uint32_t>> out;
  std::vector<uint32_t> parent;    // of a call tree's node, as it was before cutting; empty in a graph
  NodeTags tags;                   // of shown nodes
  TrimmedGraph summary;            // what labels and units need: shown nodes, counts of what was cut
  std::vector<uint32_t> shown;     // in the order of the report
  std::vector<std::string> names;  // printable, by FrameId; only where a node or an edge needs one

  const std::string& Name(uint32_t node) const { return names[nodes[node].frame.index()]; }
  // By weight descending, then the names of both ends.
  void SortEdges(std::vector<uint32_t>* edge_list) const;
};

VisualGraph BuildVisualGraph(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                             const VisualOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_VISUAL_GRAPH_H_
