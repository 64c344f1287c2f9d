// Which part of a trace a question is about.
#ifndef CORE_ANALYSIS_TRACE_SCOPE_H_
#define CORE_ANALYSIS_TRACE_SCOPE_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

// A window of time and a set of goroutines. The default is everything.
struct TraceScope {
  TraceTime from = 0;
  TraceTime to = kNoTime;           // where the window ends; kNoTime: the trace's end
  std::vector<uint8_t> goroutines;  // by GoroutineIndex, 1: belongs to it. Empty: all do

  bool Has(size_t goroutine) const { return goroutines.empty() || goroutines[goroutine] != 0; }
  TraceTime End(const Trace& trace) const { return std::min(to, trace.end); }
  // Of [start, end): what lies in the window.
  uint64_t Overlap(TraceTime start, TraceTime end) const {
    const TraceTime first = std::max(start, from), last = std::min(end, to);
    return last > first ? last - first : 0;
  }
};

// Calls visit(index, span, end) for the spans of `g` in time order; `end` is where the span ends.
template <typename Visit>
void ForEachSpan(const Trace& trace, const Goroutine& g, Visit visit) {
  const uint32_t count = g.spans.size();
  if (count == 0) return;
  const Span* span = &g.spans[0];
  for (uint32_t i = 0; i < count; ++i) {
    const Span* const next = i + 1 < count ? &g.spans[i + 1] : nullptr;
    visit(i, *span, next != nullptr ? TraceTime{next->start} : trace.end);
    span = next;
  }
}

// The reader's name for waiting without end: `go tool trace` takes it for the goroutine's death.
inline constexpr std::string_view kForever = "forever";

// Whether a state is one of those that the reference calls executing: it is on a thread.
constexpr bool IsSyscall(GoState state) { return state == GoState::kSyscall || state == GoState::kSyscallBlocked; }

// The start function of a system goroutine: none, or the runtime's except runtime.main.
constexpr bool IsSystemGoroutine(std::string_view name) {
  return name.empty() || (name.starts_with("runtime.") && name != "runtime.main");
}

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_SCOPE_H_
