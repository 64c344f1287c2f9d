#ifndef CORE_ANALYSIS_REPORTS_CALLGRIND_H_
#define CORE_ANALYSIS_REPORTS_CALLGRIND_H_

#include "core/analysis/report.h"
#include "core/analysis/visual_graph.h"
#include "core/base/text_out.h"

namespace flametrail {

// `-callgrind`: for KCachegrind (google/pprof report.go printCallgrind). Values are whole numbers of the context's
// unit, not divided by divide_by.
void WriteCallgrind(const Profile& profile, const FrameTable& frames, const VisualGraph& graph,
                    const ReportContext& context, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_CALLGRIND_H_
