// What a person selects in a trace, by the names and numbers that they see.
#ifndef CORE_ANALYSIS_TRACE_SELECTION_H_
#define CORE_ANALYSIS_TRACE_SELECTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/analysis/trace/state_profile.h"
#include "core/base/result.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// All that are given must hold.
struct TraceSelection {
  std::vector<uint32_t> only;         // GoroutineIndexes of the page; empty: all
  std::optional<uint64_t> goroutine;  // Go's number
  std::optional<std::string> name;    // start function
  std::optional<std::string> region;  // type of regions
  std::optional<uint64_t> task;       // id
  std::optional<int64_t> from_ns;     // since the first event that is not a Sync
  std::optional<int64_t> to_ns;
};

// The window alone, of all goroutines.
TraceScope WindowOf(const Trace& trace, const TraceSelection& selection);

// The window and goroutines; of a region type: those that have such a region; of a task: those that work on it, in its
// time. Errors are kInvalid: nothing in the trace is called that.
Result<TraceScope> ScopeOf(const Trace& trace, const TraceSelection& selection);

// Stretches for a profile: lives of goroutines, or regions where a type is given.
Result<Stretches> StretchesOf(const Trace& trace, const TraceSelection& selection);

// One stretch of one goroutine, to ask why it was slow: a task (to its end, from where it ended), the longest region
// of a type, or a goroutine in the window. Several that fit: the longest, then the first.
Result<Stretch> SlowestOf(const Trace& trace, const TraceSelection& selection);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_SELECTION_H_
