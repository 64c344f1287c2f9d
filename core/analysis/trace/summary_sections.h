// Parts of summary_json.h.
#ifndef CORE_ANALYSIS_TRACE_SUMMARY_SECTIONS_H_
#define CORE_ANALYSIS_TRACE_SUMMARY_SECTIONS_H_

#include <cstdint>
#include <string_view>

#include "core/base/json_writer.h"
#include "core/model/trace/trace.h"

namespace flametrail {

inline constexpr int kFirstV2Version = 22;
inline constexpr size_t kMaxListed = 1000;

inline int64_t SinceBase(const Trace& trace, TraceTime time) {
  return static_cast<int64_t>(time) - static_cast<int64_t>(trace.base);
}

// Each writes some keys and values of the object that is open.
void WriteRangeSections(const Trace& trace, JsonWriter* json);
void WriteGoroutineSections(const Trace& trace, JsonWriter* json);
void WriteTaskSections(const Trace& trace, JsonWriter* json);
void WriteSampleSections(const Trace& trace, JsonWriter* json);
// Minimum mutator utilization for the usual sets of flags. `absolute`: times as the reader gives them.
void WriteUtilization(const Trace& trace, std::string_view key, bool absolute, JsonWriter* json);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_SUMMARY_SECTIONS_H_
