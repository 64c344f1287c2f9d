#include "core/analysis/top_report.h"

#include <utility>

#include "core/analysis/top.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

std::string_view InlineText(Inlining inlining) {
  switch (inlining) {
    case Inlining::kNone:
      return "";
    case Inlining::kSome:
      return " (partial-inline)";
    case Inlining::kAll:
      return " (inline)";
  }
  return "";
}

}  // namespace

std::vector<Inlining> InliningOf(const TrimmedGraph& graph, size_t frame_count) {
  enum : uint8_t { kInlined = 1, kCalled = 2 };
  std::vector<uint8_t> ways(frame_count, 0);
  for (const GraphEdge& edge : graph.edges) ways[edge.callee.index()] |= edge.is_inlined ? kInlined : kCalled;
  std::vector<Inlining> inlining;
  inlining.reserve(graph.nodes.size());
  for (const GraphNode& node : graph.nodes) {
    const uint8_t way = ways[node.frame.index()];
    inlining.push_back((way & kInlined) == 0  ? Inlining::kNone
                       : (way & kCalled) != 0 ? Inlining::kSome
                                              : Inlining::kAll);
  }
  return inlining;
}

TopReport BuildTopReport(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                         ReportContext context, const ReportOptions& options) {
  TrimOptions trim = options.TopTrim();
  trim.edges = EdgeNeed::kIntoInlined;
  const TrimmedGraph graph = BuildTrimmedGraph(profile, frames, weights, trim);
  TopReport report;
  report.context = std::move(context);
  report.context.SelectUnit(graph.nodes);
  report.labels = ReportLabels(profile, report.context, graph, options);
  const std::vector<Inlining> inlining = InliningOf(graph, frames.size());
  report.rows.reserve(graph.nodes.size());
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    report.rows.push_back({node.FlatValue(), node.CumValue(), std::string(graph.names[i]), inlining[i]});
  }
  return report;
}

void WriteTop(const TopReport& report, TextOut* out) {
  const ReportContext& context = report.context;
  for (const std::string& label : report.labels) *out << label << "\n";
  *out << "      flat  flat%   sum%        cum   cum%\n";
  int64_t sum = 0;
  for (const TopRow& row : report.rows) {
    sum = WrapAdd(sum, row.flat);
    out->Right(context.Format(row.flat), 10) << " " << context.Percent(row.flat) << " " << context.Percent(sum) << " ";
    out->Right(context.Format(row.cum), 10)
        << " " << context.Percent(row.cum) << "  " << row.name << InlineText(row.inlining) << "\n";
  }
}

TopColumns TopTable(const Profile& profile, const FrameTable& frames, const StackWeights& weights) {
  TrimOptions trim;
  trim.edges = EdgeNeed::kIntoInlined;
  const TrimmedGraph graph = BuildTrimmedGraph(profile, frames, weights, trim);
  const std::vector<Inlining> inlining = InliningOf(graph, frames.size());
  TopColumns top;
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    top.frame.push_back(graph.nodes[i].frame.value);
    top.flat.push_back(static_cast<double>(graph.nodes[i].flat));
    top.cum.push_back(static_cast<double>(graph.nodes[i].cum));
    top.inlining.push_back(static_cast<uint8_t>(inlining[i]));
  }
  return top;
}

}  // namespace flametrail
