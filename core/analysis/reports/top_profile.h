#ifndef CORE_ANALYSIS_REPORTS_TOP_PROFILE_H_
#define CORE_ANALYSIS_REPORTS_TOP_PROFILE_H_

#include "core/analysis/report.h"

namespace flametrail {

// `-topproto`: the rows of a top report as a profile, one sample of one location each, with the values cum and flat
// (google/pprof report.go printTopProto). It shares the texts of `profile`.
Profile TopAsProfile(const Profile& profile, const FrameTable& frames, const TrimmedGraph& graph,
                     const ReportContext& context);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_TOP_PROFILE_H_
