#include "core/analysis/graph_columns.h"

#include <algorithm>

#include "core/analysis/visual_graph.h"

namespace flametrail {

GraphColumns GraphOf(const Profile& profile, const FrameTable& frames, const StackWeights& weights, size_t sample_type,
                     const TrimOptions& trim) {
  VisualOptions options;
  options.trim = trim;
  options.sample_type = sample_type;
  const VisualGraph graph = BuildVisualGraph(profile, frames, weights, options);
  GraphColumns columns;
  std::vector<uint32_t> place(graph.nodes.size(), kNoNode);
  std::vector<uint32_t> edges;
  for (const uint32_t node : graph.shown) {
    place[node] = static_cast<uint32_t>(columns.frame.size());
    columns.frame.push_back(graph.nodes[node].frame.value);
    columns.flat.push_back(static_cast<double>(graph.nodes[node].FlatValue()));
    columns.cum.push_back(static_cast<double>(graph.nodes[node].CumValue()));
    edges.insert(edges.end(), graph.out[node].begin(), graph.out[node].end());
  }
  graph.SortEdges(&edges);
  for (const uint32_t index : edges) {
    const VisualEdge& edge = graph.edges[index];
    columns.caller.push_back(place[edge.caller]);
    columns.callee.push_back(place[edge.callee]);
    columns.weight.push_back(static_cast<double>(edge.Value()));
    columns.residual.push_back(edge.is_residual);
    columns.inlined.push_back(edge.is_inlined);
  }
  columns.all_nodes = static_cast<double>(graph.summary.nodes_before_count_limit + graph.summary.dropped_nodes);
  columns.dropped_nodes = static_cast<double>(graph.summary.dropped_nodes);
  columns.dropped_edges = static_cast<double>(graph.summary.dropped_edges);
  return columns;
}

}  // namespace flametrail
