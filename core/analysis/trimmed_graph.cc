// Cutting and sorting the graph: the steps and their order are those of google/pprof report.go newTrimmedGraph.
#include <algorithm>
#include <string>

#include "core/analysis/graph.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

bool IsNegative(const GraphNode& node) { return node.flat < 0 || (node.flat == 0 && node.cum < 0); }

// Most names are in the profile as they are; only the others are made, and stored in `composed`.
std::string_view NameOf(const Profile& profile, const FrameTable& frames, FrameId frame,
                        std::deque<std::string>* composed) {
  const size_t i = frame.index();
  const std::string_view name = profile.Text(frames.name[i]);
  if (!name.empty() && frames.address[i] == 0 && frames.line[i] == 0 && frames.file[i] == StringPool::kEmpty)
    return name;
  return composed->emplace_back(PrintableName(frames, frame, profile.strings));
}

struct NamedNode {
  GraphNode node;
  std::string_view name;
};

// Orders numbers of rows; the rows themselves are moved once, afterwards.
std::vector<uint32_t> ReportOrder(const std::vector<NamedNode>& rows, bool by_cum, const FrameTable& frames,
                                  const StringPool& texts) {
  std::vector<uint32_t> order(rows.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t left, uint32_t right) {
    const GraphNode& a = rows[left].node;
    const GraphNode& b = rows[right].node;
    const int64_t a_flat = WrapAbs(a.flat), b_flat = WrapAbs(b.flat);
    const int64_t a_cum = WrapAbs(a.cum), b_cum = WrapAbs(b.cum);
    if ((by_cum ? a_cum : a_flat) != (by_cum ? b_cum : b_flat)) return by_cum ? a_cum > b_cum : a_flat > b_flat;
    if (const int names = rows[left].name.compare(rows[right].name); names != 0) return names < 0;
    if ((by_cum ? a_flat : a_cum) != (by_cum ? b_flat : b_cum)) return by_cum ? a_flat > b_flat : a_cum > b_cum;
    if (left == right) return false;
    const int debug = DebugName(frames, a.frame, texts).compare(DebugName(frames, b.frame, texts));
    return debug != 0 ? debug < 0 : a.frame < b.frame;
  });
  return order;
}

void DropBelow(std::vector<GraphNode>* nodes, int64_t cutoff) {
  std::erase_if(*nodes, [&](const GraphNode& node) { return WrapAbs(node.cum) < cutoff; });
}

std::vector<uint8_t> FramesOf(const std::vector<GraphNode>& nodes, size_t frame_count) {
  std::vector<uint8_t> keep(frame_count, 0);
  for (const GraphNode& node : nodes) keep[node.frame.index()] = 1;
  return keep;
}

// The frames that are inlined somewhere. False: there are none.
bool MarkInlined(const Profile& profile, const FrameTable& frames, std::vector<uint8_t>* inlined) {
  if (frames.location_frames.size() == profile.locations.size()) return false;
  inlined->assign(frames.size(), 0);
  for (size_t l = 0; l < profile.locations.size(); ++l) {
    const auto own = frames.FramesOf(LocationId(l));
    for (size_t i = 0; i + 1 < own.size(); ++i) (*inlined)[own[i].index()] = 1;
  }
  return true;
}

// Removes light edges into shown nodes and tells how many.
size_t DropLightEdges(std::vector<GraphEdge>* edges, const std::vector<GraphNode>& nodes, int64_t cutoff,
                      size_t frame_count) {
  if (cutoff <= 0) return 0;
  const std::vector<uint8_t> shown = FramesOf(nodes, frame_count);
  return std::erase_if(
      *edges, [&](const GraphEdge& edge) { return shown[edge.callee.index()] && WrapAbs(edge.weight) < cutoff; });
}

}  // namespace

std::string DebugName(const FrameTable& frames, FrameId frame, const StringPool& texts) {
  const size_t i = frame.index();
  std::string out = "{";
  for (StringId text : {frames.name[i], frames.system_name[i]}) out.append(texts.View(text)) += ' ';
  out += std::to_string(frames.address[i]) + ' ';
  out.append(texts.View(frames.file[i])) += ' ';
  for (int64_t number : {frames.start_line[i], frames.line[i], frames.column[i]}) out += std::to_string(number) + ' ';
  return out.append(texts.View(frames.object_file[i])) + '}';
}

std::vector<GraphNode> NodesWithWeight(const FrameSums& sums, bool drop_negative) {
  std::vector<GraphNode> nodes;
  for (size_t f = 0; f < sums.flat.size(); ++f) {
    GraphNode node = {FrameId(f), sums.flat[f], sums.cum[f]};
    if (node.cum == 0 && node.flat == 0) continue;
    if (drop_negative && IsNegative(node)) continue;
    if (!sums.flat_divisor.empty()) {
      node.flat_divisor = sums.flat_divisor[f];
      node.cum_divisor = sums.cum_divisor[f];
    }
    nodes.push_back(node);
  }
  return nodes;
}

int64_t SumFlat(const std::vector<GraphNode>& nodes) {
  int64_t total = 0;
  for (const GraphNode& node : nodes) total = WrapAdd(total, node.flat);
  return total;
}

int64_t Cutoff(int64_t total, double fraction) {
  return WrapAbs(TruncateToInt64(static_cast<double>(total) * fraction));
}

TrimmedGraph BuildTrimmedGraph(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                               const TrimOptions& options) {
  const StackWalk walk = WalkStacks(profile.stacks, weights);
  std::vector<GraphNode> nodes =
      NodesWithWeight(SumFrames(profile.stacks, frames, weights, walk), options.drop_negative);
  const int64_t total = SumFlat(nodes);
  const int64_t node_cutoff = Cutoff(total, options.node_fraction);
  const int64_t edge_cutoff = Cutoff(total, options.edge_fraction);

  TrimmedGraph graph;
  const size_t all = nodes.size();
  if (node_cutoff > 0) DropBelow(&nodes, node_cutoff);
  graph.dropped_nodes = all - nodes.size();
  graph.nodes_before_count_limit = nodes.size();
  bool is_rebuilt = graph.dropped_nodes > 0;

  std::vector<NamedNode> named;
  named.reserve(nodes.size());
  for (const GraphNode& node : nodes) {
    named.push_back({node, NameOf(profile, frames, node.frame, &graph.composed_names)});
  }
  std::vector<uint32_t> order = ReportOrder(named, options.sort_by_cum, frames, profile.strings);
  const bool has_count_limit = options.node_count > 0;
  bool is_limited = false;
  if (has_count_limit && static_cast<uint64_t>(options.node_count) < order.size()) {
    order.resize(static_cast<size_t>(options.node_count));
    is_limited = true;
  }
  for (uint32_t row : order) {
    graph.nodes.push_back(named[row].node);
    graph.names.push_back(named[row].name);
  }
  if (options.edges == EdgeNeed::kNone) return graph;

  EdgeFilter filter;
  if (options.edges == EdgeNeed::kIntoInlined && !MarkInlined(profile, frames, &filter.callees)) return graph;
  is_rebuilt |= is_limited;
  if (is_rebuilt) filter.keep = FramesOf(graph.nodes, frames.size());
  graph.edges = SumEdges(profile.stacks, frames, weights, walk, filter);
  const size_t dropped = DropLightEdges(&graph.edges, graph.nodes, edge_cutoff, frames.size());
  // With a limit that nothing exceeds, the reference has dropped them before it starts to count.
  graph.dropped_edges = has_count_limit && !is_limited ? 0 : dropped;
  return graph;
}

}  // namespace flametrail
