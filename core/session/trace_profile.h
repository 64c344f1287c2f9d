#ifndef CORE_SESSION_TRACE_PROFILE_H_
#define CORE_SESSION_TRACE_PROFILE_H_

#include <string>

#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/state_profile.h"
#include "core/base/result.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// TraceRequest::profile of what is selected. Errors are kInvalid: there is no such profile, nothing is selected.
Result<Profile> MakeTraceProfile(const Trace& trace, const std::string& name, const TraceSelection& selection,
                                 ProfileRules rules);

}  // namespace flametrail

#endif  // CORE_SESSION_TRACE_PROFILE_H_
