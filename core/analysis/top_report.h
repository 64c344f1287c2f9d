// The text report of `go tool pprof -top`: flat and cumulative values of the heaviest frames.
#ifndef CORE_ANALYSIS_TOP_REPORT_H_
#define CORE_ANALYSIS_TOP_REPORT_H_

#include <string>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

struct TopRow {
  int64_t flat = 0;  // as shown: means where a mean is asked for; not yet divided by divide_by
  int64_t cum = 0;
  std::string name;
  Inlining inlining = Inlining::kNone;
};

struct TopReport {
  ReportContext context;
  std::vector<std::string> labels;  // the lines above the rows
  std::vector<TopRow> rows;
};

// `context`: totals as the report shows them; its unit is chosen here.
TopReport BuildTopReport(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                         ReportContext context, const ReportOptions& options);

// The report as text.
void WriteTop(const TopReport& report, TextOut* out);

// Of each of graph.nodes: into how much of its callers it is inlined, by the edges that are left.
std::vector<Inlining> InliningOf(const TrimmedGraph& graph, size_t frame_count);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TOP_REPORT_H_
