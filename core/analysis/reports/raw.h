#ifndef CORE_ANALYSIS_REPORTS_RAW_H_
#define CORE_ANALYSIS_REPORTS_RAW_H_

#include "core/base/text_out.h"
#include "core/base/units.h"
#include "core/model/profile.h"

namespace flametrail {

// `-raw`: all of a profile as text (google/pprof profile.go String).
void WriteRaw(const Profile& profile, const Zone& zone, TextOut* out);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_REPORTS_RAW_H_
