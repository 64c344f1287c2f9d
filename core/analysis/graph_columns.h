// The call graph as the page draws it: the nodes and edges that `pprof -dot` shows, with the same numbers.
#ifndef CORE_ANALYSIS_GRAPH_COLUMNS_H_
#define CORE_ANALYSIS_GRAPH_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/graph.h"
#include "core/analysis/stack_weights.h"

namespace flametrail {

// Columns by node in the order of the report, then by edge, heaviest first. Same names and order as
// web/src/protocol/columns.ts.
struct GraphColumns {
  std::vector<uint32_t> frame;
  std::vector<double> flat;
  std::vector<double> cum;
  std::vector<uint32_t> caller;  // nodes, by edge
  std::vector<uint32_t> callee;
  std::vector<double> weight;
  std::vector<uint8_t> residual;  // 1: some call went over frames that are not shown
  std::vector<uint8_t> inlined;   // 1: always inlined into the caller
  double all_nodes = 0;           // that have weight
  double dropped_nodes = 0;       // by node_fraction
  double dropped_edges = 0;       // by edge_fraction
};

GraphColumns GraphOf(const Profile& profile, const FrameTable& frames, const StackWeights& weights, size_t sample_type,
                     const TrimOptions& trim);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_GRAPH_COLUMNS_H_
