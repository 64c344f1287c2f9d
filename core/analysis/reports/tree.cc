#include "core/analysis/reports/tree.h"

#include "core/analysis/reports/edge_lists.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

constexpr std::string_view kSeparator = "----------------------------------------------------------+-------------\n";
constexpr std::string_view kLegend = "      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t \n";

class TreeWriter {
 public:
  TreeWriter(const EdgeLists& edges, const ReportContext& context, TextOut* out)
      : edges_(edges), context_(context), out_(*out) {}

  void Node(const GraphNode& node) {
    out_ << kSeparator;
    const int64_t cum = node.CumValue();
    for (const uint32_t edge : edges_.Into(node.frame)) Edge(edges_.edge(edge), edges_.edge(edge).caller, cum);
    flat_sum_ = WrapAdd(flat_sum_, node.FlatValue());
    out_.Right(context_.Format(node.FlatValue()), 10)
        << " " << context_.Percent(node.FlatValue()) << " " << context_.Percent(flat_sum_) << " ";
    out_.Right(context_.Format(cum), 10) << " " << context_.Percent(cum) << "                | "
                                         << edges_.Name(node.frame) << "\n";
    for (const uint32_t edge : edges_.OutOf(node.frame)) Edge(edges_.edge(edge), edges_.edge(edge).callee, cum);
  }

 private:
  // An edge's weight is a sum also where the nodes show means, as in the reference.
  void Edge(const GraphEdge& edge, FrameId other_end, int64_t cum) {
    out_.Right(context_.Format(edge.weight), 50) << " " << Percentage(edge.weight, cum) << " |   "
                                                 << edges_.Name(other_end) << (edge.is_inlined ? " (inline)\n" : "\n");
  }

  const EdgeLists& edges_;
  const ReportContext& context_;
  TextOut& out_;
  int64_t flat_sum_ = 0;
};

}  // namespace

bool WriteTree(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph,
               const ReportContext& context, const std::vector<std::string>& labels, const Expression* symbol,
               TextOut* out) {
  const EdgeLists edges(profile, frames, graph);
  std::vector<const GraphNode*> shown;
  for (const GraphNode& node : graph.nodes) {
    if (symbol == nullptr || symbol->Matches(edges.Name(node.frame))) shown.push_back(&node);
  }
  if (symbol != nullptr && shown.empty()) return false;
  for (const std::string& label : labels) *out << label << "\n";
  *out << kSeparator << kLegend;
  TreeWriter writer(edges, context, out);
  for (const GraphNode* node : shown) writer.Node(*node);
  if (!graph.nodes.empty()) *out << kSeparator;
  return true;
}

}  // namespace flametrail
