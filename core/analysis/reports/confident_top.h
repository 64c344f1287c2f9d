// The top report with intervals: what `go tool pprof` does not tell.
#ifndef CORE_ANALYSIS_REPORTS_CONFIDENT_TOP_H_
#define CORE_ANALYSIS_REPORTS_CONFIDENT_TOP_H_

#include "core/analysis/confidence.h"
#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

// Rows, their order and the lines above them are those of `-top`; each value has its 95 % interval and the number of
// events behind it. In a comparison a "*" marks values whose interval leaves zero out.
void WriteConfidentTop(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                       ReportContext context, const ReportOptions& options, size_t sample_type, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_CONFIDENT_TOP_H_
