#ifndef CORE_ANALYSIS_REPORTS_DOT_H_
#define CORE_ANALYSIS_REPORTS_DOT_H_

#include <string>
#include <vector>

#include "core/analysis/report.h"
#include "core/analysis/visual_graph.h"
#include "core/base/text_out.h"

namespace flametrail {

// `-dot`: the graph for Graphviz (google/pprof dotgraph.go). `labels` become the legend, the main binary's name the
// title.
void WriteDot(const Profile& profile, const FrameTable& frames, const VisualGraph& graph, const ReportContext& context,
              const std::vector<std::string>& labels, TextOut* out);

// "#b23900" for a part of the total in [-1, 1]: green below zero, grey around it, red above.
std::string DotColor(double score, bool is_background);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_DOT_H_
