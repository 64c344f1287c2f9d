// The call graph of google/pprof (internal/graph): nodes are frames, edges are calls. A stack counts once in each node
// and edge on it, however often recursion passes there.
//
// Everything is summed in one depth-first pass over the stack tree: a frame that is already open above contributes
// nothing, otherwise the whole subtree's weight is added at once. Samples are never looked at. pprof rebuilds its graph
// from the samples for each set of nodes it keeps; the numbers of a kept node are the same in each of these graphs, so
// here nodes are summed once and only edges are summed for the set that is kept in the end.
#ifndef CORE_ANALYSIS_GRAPH_H_
#define CORE_ANALYSIS_GRAPH_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/stack_walk.h"
#include "core/analysis/stack_weights.h"

namespace flametrail {

struct GraphNode {
  FrameId frame;
  int64_t flat = 0;
  int64_t cum = 0;
  int64_t flat_divisor = 0;  // 0 unless the weights have divisors (mean)
  int64_t cum_divisor = 0;

  // What is shown: the mean where there is a divisor, rounded toward zero. Sorting and cutting use the sums.
  int64_t FlatValue() const;
  int64_t CumValue() const;
};

struct GraphEdge {
  FrameId caller;
  FrameId callee;
  int64_t weight = 0;
  int64_t divisor = 0;
  bool is_residual = false;  // some call went over frames that are not kept
  bool is_inlined = true;    // every call was inlined into the caller
};

// Columns by FrameId.
struct FrameSums {
  std::vector<int64_t> flat;
  std::vector<int64_t> cum;
  std::vector<int64_t> flat_divisor;  // empty unless the weights have divisors
  std::vector<int64_t> cum_divisor;
};

FrameSums SumFrames(const StackTable& stacks, const FrameTable& frames, const StackWeights& weights,
                    const StackWalk& walk);

// The frames that have some weight, in the order of the table.
std::vector<GraphNode> NodesWithWeight(const FrameSums& sums, bool drop_negative);

// Which edges to sum. Masks are by FrameId; an empty one lets all pass.
struct EdgeFilter {
  std::vector<uint8_t> keep;     // frames that are in the graph; edges go over the others
  std::vector<uint8_t> callees;  // only edges into these
};

// In order of first appearance in the walk. Where a stack passes the same pair of frames twice, the occurrence nearer
// the root decides about residual and inlined.
std::vector<GraphEdge> SumEdges(const StackTable& stacks, const FrameTable& frames, const StackWeights& weights,
                                const StackWalk& walk, const EdgeFilter& filter);

enum class EdgeNeed : uint8_t {
  kNone,
  kIntoInlined,  // into frames that are ever inlined: what tells about "(inline)", and often a small part of all
  kAll,
};

struct TrimOptions {
  int64_t node_count = 0;    // most nodes to show; 0 or less: no limit
  double node_fraction = 0;  // hide nodes below this part of the sum of flat values
  double edge_fraction = 0;
  bool sort_by_cum = false;
  bool drop_negative = false;
  EdgeNeed edges = EdgeNeed::kAll;
};

// The sum of own values and what `fraction` of it is, as cuts are made.
int64_t SumFlat(const std::vector<GraphNode>& nodes);
int64_t Cutoff(int64_t total, double fraction);

// Go's fmt.Sprint of the NodeInfo struct: the reference's last word on the order of nodes that print alike.
std::string DebugName(const FrameTable& frames, FrameId frame, const StringPool& texts);

// A graph cut down for a reader (google/pprof report.go newTrimmedGraph). The profile's texts must outlive it.
struct TrimmedGraph {
  std::vector<GraphNode> nodes;         // in the order of the report
  std::vector<std::string_view> names;  // printable names of nodes; in the profile's texts or in composed_names
  std::deque<std::string> composed_names;
  std::vector<GraphEdge> edges;         // between nodes that were not cut away; light ones into `nodes` removed
  size_t nodes_before_count_limit = 0;  // those that node_fraction left
  size_t dropped_nodes = 0;             // by node_fraction
  size_t dropped_edges = 0;             // by edge_fraction, as the reference counts them
};

TrimmedGraph BuildTrimmedGraph(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                               const TrimOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_GRAPH_H_
