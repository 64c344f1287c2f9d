#ifndef CORE_ANALYSIS_REPORTS_TRACES_H_
#define CORE_ANALYSIS_REPORTS_TRACES_H_

#include "core/analysis/report.h"
#include "core/base/text_out.h"

namespace flametrail {

// `-traces`: every sample with its labels and its stack (google/pprof report.go printTraces). `frames` are those of the
// granularity asked for.
void WriteTraces(const Profile& profile, const FrameTable& frames, const ReportContext& context, size_t sample_type,
                 const ReportOptions& options, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_TRACES_H_
