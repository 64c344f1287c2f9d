#ifndef CORE_FORMATS_GC_TRACE_GC_LINE_H_
#define CORE_FORMATS_GC_TRACE_GC_LINE_H_

#include <optional>
#include <string_view>

#include "core/model/gc_log.h"

namespace flametrail::gc_trace {

enum class Read : uint8_t { kOther, kRead, kBroken };

// A line of GODEBUG=gctrace=1, wherever in the text line it begins. kBroken: it begins like one and goes on otherwise.
Read ParseCycle(std::string_view line, GcCycle* cycle);
// The same for GODEBUG=schedtrace.
Read ParseSched(std::string_view line, SchedState* state);

}  // namespace flametrail::gc_trace

#endif  // CORE_FORMATS_GC_TRACE_GC_LINE_H_
