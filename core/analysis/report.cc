#include "core/analysis/report.h"

#include "core/base/checked.h"
#include "core/base/paths.h"

namespace flametrail {
namespace {

// 0 where no sample is marked.
template <typename Term>
int64_t SumOfBase(const Profile& profile, size_t sample_type, Term term) {
  const std::vector<uint8_t> is_base = BaseLabelSets(profile);
  if (is_base.empty()) return 0;
  int64_t sum = 0;
  const SampleTable& samples = profile.samples;
  for (size_t s = 0; s < samples.size(); ++s) {
    if (is_base[samples.labels[s].index()]) sum = WrapAdd(sum, term(samples.values[sample_type][s]));
  }
  return sum;
}

int64_t Divided(int64_t total, int64_t divisor) { return divisor == 0 ? total : WrapDivide(total, divisor); }

// google/pprof report.go computeTotal: of |values|; of the base alone where samples are marked as its.
int64_t Total(const Profile& profile, const StackWeights& weights, size_t sample_type, bool mean) {
  const int64_t divisor = weights.divisor_total;
  const int64_t base_total = SumOfBase(profile, sample_type, WrapAbs);
  if (base_total <= 0) return Divided(weights.magnitude_total, divisor);
  const auto as_it_is = [](int64_t value) { return value; };
  return Divided(base_total, mean ? SumOfBase(profile, 0, as_it_is) : 0);
}

// Ratios at or below zero, and 1, leave values alone.
int64_t Scaled(int64_t value, double ratio) {
  if (!(ratio > 0) || ratio == 1) return value;
  return TruncateToInt64(static_cast<double>(value) * ratio);
}

std::string DurationLabel(const Profile& profile, const ReportContext& context) {
  const ScaledValue total = Scale(context.total, context.sample_unit, "nanoseconds");
  std::string ratio;
  if (total.unit == "ns" && total.value != 0) {
    ratio = "(" + Percentage(TruncateToInt64(total.value), profile.duration_nanos) + ")";
  }
  return "Duration: " + ScaledLabel(profile.duration_nanos, "nanoseconds", "auto") +
         ", Total samples = " + context.Format(context.total) + " " + ratio;
}

// "Dropped 3 nodes (cum <= 1ms)". The limit is of the total, not of the sum that the cut was made with: so the
// reference prints it.
std::string DroppedLabel(size_t count, std::string_view what, std::string_view of, double fraction,
                         const ReportContext& context) {
  const int64_t limit = WrapAbs(TruncateToInt64(static_cast<double>(context.total) * fraction));
  std::string label = "Dropped " + std::to_string(count) + " " + std::string(what) + (count > 1 ? "s (" : " (");
  return label.append(of) + " <= " + context.Format(limit) + ")";
}

void AddCuts(const ReportContext& context, const TrimmedGraph& graph, const ReportOptions& options, bool with_edges,
             std::vector<std::string>* labels) {
  const double node_fraction = options.trim ? options.node_fraction : 0;
  const double edge_fraction = options.trim ? options.edge_fraction : 0;
  if (graph.dropped_nodes > 0) {
    labels->push_back(DroppedLabel(graph.dropped_nodes, "node", "cum", node_fraction, context));
  }
  if (with_edges && graph.dropped_edges > 0) {
    labels->push_back(DroppedLabel(graph.dropped_edges, "edge", "freq", edge_fraction, context));
  }
  if (!graph.nodes.empty() && graph.nodes.size() < graph.nodes_before_count_limit) {
    labels->push_back("Showing top " + std::to_string(graph.nodes.size()) + " nodes out of " +
                      std::to_string(graph.nodes_before_count_limit));
  }
}

// At most 80 bytes of each, as the reference cuts them.
void AddActiveFilters(const std::vector<std::string>& filters, std::vector<std::string>* labels) {
  constexpr size_t kMostBytes = 80;
  if (filters.empty()) return;
  labels->push_back("Active filters:");
  for (const std::string& filter : filters) {
    labels->push_back("   " + (filter.size() > kMostBytes ? filter.substr(0, kMostBytes) + "\u2026" : filter));
  }
}

std::string_view TrimSpace(std::string_view text) {
  const size_t from = text.find_first_not_of(' ');
  return from == std::string_view::npos ? std::string_view() : text.substr(from);
}

}  // namespace

TrimOptions ReportOptions::TopTrim() const {
  TrimOptions options;
  options.sort_by_cum = sort_by_cum;
  options.drop_negative = drop_negative;
  if (!trim) return options;
  options.node_count = node_count == -1 ? 0 : node_count;
  options.node_fraction = node_fraction;
  options.edge_fraction = edge_fraction;
  return options;
}

TrimOptions ReportOptions::GraphTrim() const {
  constexpr int64_t kDefaultNodes = 80;
  TrimOptions options = TopTrim();
  if (trim && node_count == -1) options.node_count = kDefaultNodes;
  return options;
}

std::string ReportContext::Format(int64_t value) const {
  return ScaledLabel(Scaled(value, ratio), sample_unit, output_unit);
}

void ReportContext::SelectUnit(const std::vector<GraphNode>& nodes, bool integers) {
  if (output_unit != "minimum" || nodes.empty()) return;
  int64_t smallest = 0;
  for (const GraphNode& node : nodes) {
    int64_t value = WrapAbs(node.FlatValue());
    if (value == 0) value = WrapAbs(node.CumValue());
    if (value > 0 && (smallest == 0 || value < smallest)) smallest = value;
  }
  if (smallest == 0) smallest = total;
  smallest = Scaled(smallest, ratio);
  const int64_t largest = Scaled(total, ratio);
  const auto times_100 = [](int64_t x) { return static_cast<int64_t>(static_cast<uint64_t>(x) * 100); };
  std::string unit = Scale(smallest, sample_unit, "minimum").unit;
  if (unit != Scale(largest, sample_unit, "minimum").unit && times_100(smallest) < largest && !integers) {
    // Far apart: the larger unit may show the smallest value as 0.01.
    unit = Scale(times_100(smallest), sample_unit, "minimum").unit;
  }
  output_unit = unit.empty() ? sample_unit : unit;
}

std::vector<uint8_t> BaseLabelSets(const Profile& profile) {
  const LabelSetTable& sets = profile.label_sets;
  std::vector<uint8_t> is_base;
  for (size_t set = 0; set < sets.size(); ++set) {
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      const Label& label = sets.labels[i];
      if (label.is_number || profile.Text(label.key) != kBaseKey || profile.Text(label.text) != "true") continue;
      is_base.resize(sets.size(), 0);
      is_base[set] = 1;
    }
  }
  return is_base;
}

int64_t BaseTotal(const Profile& profile, size_t sample_type) { return SumOfBase(profile, sample_type, WrapAbs); }

ReportContext MakeReportContext(const Profile& profile, const StackWeights& weights, size_t sample_type,
                                const ReportOptions& options) {
  const ValueType& type = profile.sample_types[sample_type];
  ReportContext context;
  context.sample_type = (options.mean ? "mean_" : "") + std::string(profile.Text(type.type));
  context.sample_unit = profile.Text(type.unit);
  context.output_unit = options.unit;
  context.total = Total(profile, weights, sample_type, options.mean);
  context.ratio = 1 / options.divide_by;
  return context;
}

std::vector<std::string> ProfileLabels(const Profile& profile, const ReportContext& context, const Zone& zone) {
  std::vector<std::string> labels;
  if (!profile.mappings.empty()) {
    const Mapping& binary = profile.mappings.front();
    if (binary.file != StringPool::kEmpty) {
      labels.push_back("File: " + std::string(PathBase(profile.Text(binary.file))));
    }
    if (binary.build_id != StringPool::kEmpty) {
      labels.push_back("Build ID: " + std::string(profile.Text(binary.build_id)));
    }
  }
  for (StringId comment : profile.comments) {
    if (!profile.Text(comment).starts_with('#')) labels.emplace_back(profile.Text(comment));
  }
  if (!context.sample_type.empty()) labels.push_back("Type: " + context.sample_type);
  if (profile.time_nanos != 0) labels.push_back("Time: " + FormatTime(profile.time_nanos, zone));
  if (profile.duration_nanos != 0) labels.push_back(DurationLabel(profile, context));
  return labels;
}

std::vector<std::string> ReportLabels(const Profile& profile, const ReportContext& context, const TrimmedGraph& graph,
                                      const ReportOptions& options, bool is_legend) {
  std::vector<std::string> labels;
  if (is_legend || !options.compact_labels) labels = ProfileLabels(profile, context, options.zone);
  int64_t shown = 0;
  for (const GraphNode& node : graph.nodes) shown = WrapAdd(shown, node.FlatValue());
  AddActiveFilters(options.active_filters, &labels);
  labels.push_back("Showing nodes accounting for " + context.Format(shown) + ", " +
                   std::string(TrimSpace(context.Percent(shown))) + " of " + context.Format(context.total) + " total");
  if (context.total != 0) AddCuts(context, graph, options, is_legend, &labels);
  if (is_legend) labels.push_back("\nSee https://git.io/JfYMW for how to read the graph");
  return labels;
}

}  // namespace flametrail
