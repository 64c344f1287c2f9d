#ifndef CORE_ANALYSIS_REPORTS_TREE_H_
#define CORE_ANALYSIS_REPORTS_TREE_H_

#include <string>
#include <vector>

#include "core/analysis/expression.h"
#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

// `-tree`, and with `symbol` `-peek`: each node between its callers and callees (google/pprof report.go printTree).
// `labels` are the lines above. False, and nothing written: no node's name matches `symbol`.
bool WriteTree(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph,
               const ReportContext& context, const std::vector<std::string>& labels, const Expression* symbol,
               TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_TREE_H_
