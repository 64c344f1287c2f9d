// What every report of the native command shares: its options, the total that percentages are of, the unit of its
// values, the lines above its rows (google/pprof internal/report). Texts are equal byte for byte.
#ifndef CORE_ANALYSIS_REPORT_H_
#define CORE_ANALYSIS_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/graph.h"
#include "core/analysis/stack_weights.h"
#include "core/base/result.h"
#include "core/base/units.h"

namespace flametrail {

// The flags of `go tool pprof` by their own names, with its defaults.
struct ReportOptions {
  std::string sample_index;
  bool mean = false;
  double divide_by = 1;
  std::string unit = "minimum";
  bool sort_by_cum = false;
  bool trim = true;  // false: node_count, node_fraction and edge_fraction are 0
  int64_t node_count = -1;
  double node_fraction = 0.005;
  double edge_fraction = 0.001;
  bool drop_negative = false;
  bool call_tree = false;  // of dot and callgrind: a node for each way to a frame
  bool compact_labels = false;
  FrameOptions frames;
  Zone zone;                                // of the profile's time
  std::vector<std::string> active_filters;  // "focus=main", shown above the rows

  // What a top report cuts: no limit on rows unless one is asked for.
  TrimOptions TopTrim() const;
  // What a tree, a graph and the like cut: 80 nodes unless another number is asked for.
  TrimOptions GraphTrim() const;
};

struct ReportContext {
  std::string sample_type;  // "cpu", "mean_delay"
  std::string sample_unit;
  std::string output_unit;  // "minimum" until SelectUnit has seen the rows
  int64_t total = 0;        // percentages are of this
  double ratio = 1;         // shown values are multiplied by this, percentages are not

  std::string Format(int64_t value) const;
  std::string Percent(int64_t value) const { return Percentage(value, total); }
  // Turns the unit "minimum" into the one in which the smallest of `nodes` can still be read.
  // `integers`: the format knows no decimals, so nothing may be shown as 0.01 (callgrind).
  void SelectUnit(const std::vector<GraphNode>& nodes, bool integers = false);
};

// Sum of |values| of the samples that a saved comparison marks as its base: percentages are of it then. 0: none is
// marked.
int64_t BaseTotal(const Profile& profile, size_t sample_type);

// By LabelSetId: 1 for those of that base. Empty: none is marked.
std::vector<uint8_t> BaseLabelSets(const Profile& profile);

// `sample_type` is what SampleTypeIndex(options.sample_index) gave.
ReportContext MakeReportContext(const Profile& profile, const StackWeights& weights, size_t sample_type,
                                const ReportOptions& options);

// "File: ...", "Type: cpu", "Duration: ...": what is known of the profile.
std::vector<std::string> ProfileLabels(const Profile& profile, const ReportContext& context, const Zone& zone);

// Samples of the base of a saved comparison (`pprof -diff_base -proto`) say so in this label.
inline constexpr std::string_view kBaseKey = "pprof::base";

// ProfileLabels unless compact, then what the rows show of the whole. `is_legend`: never compact, with the edges that
// were dropped and a word on how to read a graph.
std::vector<std::string> ReportLabels(const Profile& profile, const ReportContext& context, const TrimmedGraph& graph,
                                      const ReportOptions& options, bool is_legend = false);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORT_H_
