#include "core/analysis/reports/confident_top.h"

#include <cmath>
#include <string>

#include "core/base/checked.h"

namespace flametrail {
namespace {

std::string Describe(const ConfidenceColumns& columns) {
  const std::string behind = "Intervals: 95%, from " + std::to_string(columns.events) + " ";
  const std::string star = columns.is_comparison ? "; * is a difference beyond chance" : "";
  switch (columns.kind) {
    case SamplingKind::kUnknown:
      return "Intervals: none, the profile does not say how it was sampled";
    case SamplingKind::kComplete:
      return "Intervals: none, every event is in the profile";
    case SamplingKind::kTicks:
      return behind + "samples" + star;
    case SamplingKind::kAllocation:
      return behind + "sampled allocations" + star;
    case SamplingKind::kContention:
      return behind + "recorded contentions" + star;
  }
  return {};
}

std::string Limits(const ReportContext& context, double low, double high) {
  const auto text = [&](double value) { return context.Format(TruncateToInt64(std::round(value))); };
  return text(low) + ".." + text(high);
}

}  // namespace

void WriteConfidentTop(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                       ReportContext context, const ReportOptions& options, size_t sample_type, TextOut* out) {
  constexpr size_t kValueWidth = 10;
  constexpr size_t kLimitsWidth = 21;
  constexpr size_t kCountWidth = 8;
  TrimOptions trim = options.TopTrim();
  trim.edges = EdgeNeed::kNone;
  const TrimmedGraph graph = BuildTrimmedGraph(profile, frames, weights, trim);
  context.SelectUnit(graph.nodes);
  const ConfidenceColumns columns = Confidence(profile, frames, weights, sample_type);
  for (const std::string& label : ReportLabels(profile, context, graph, options)) *out << label << "\n";
  *out << Describe(columns) << "\n"
       << "      flat           95% of flat   events         cum            95% of cum   events\n";
  for (size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    const size_t frame = node.frame.index();
    const auto write = [&](int64_t value, double low, double high, double events, bool is_significant) {
      out->Right(context.Format(value), kValueWidth) << (is_significant ? "*" : " ");
      out->Right(Limits(context, low, high), kLimitsWidth) << " ";
      out->Right(std::to_string(TruncateToInt64(events)), kCountWidth);
    };
    write(node.flat, columns.flat_low[frame], columns.flat_high[frame], columns.flat_events[frame],
          columns.flat_significant[frame] != 0);
    *out << "  ";
    write(node.cum, columns.cum_low[frame], columns.cum_high[frame], columns.cum_events[frame],
          columns.cum_significant[frame] != 0);
    *out << "  " << graph.names[i] << "\n";
  }
}

}  // namespace flametrail
