// Sums over all goroutines: time by state, goroutines by state at instants, who wakes whom.
#ifndef CORE_ANALYSIS_TRACE_STATE_TOTALS_H_
#define CORE_ANALYSIS_TRACE_STATE_TOTALS_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/model/trace/trace.h"

namespace flametrail {

struct StateTotals {
  std::array<uint64_t, kGoStates> ns = {};  // by GoState
  std::array<bool, kGoStates> seen = {};    // some goroutine was in it in the window, if for no time
  std::vector<uint64_t> waiting_ns;         // by reason
  std::vector<uint8_t> waiting_seen;
};

// Nothing is counted before a goroutine's first event.
StateTotals SumStates(const Trace& trace, const TraceScope& scope);

struct StateCounts {
  uint64_t runnable = 0;
  uint64_t running = 0;
  uint64_t syscall = 0;
  uint64_t waiting = 0;
};

// Goroutines in each state at each of `times` (ascending), after all events at or before it.
std::vector<StateCounts> CountStatesAt(const Trace& trace, std::span<const TraceTime> times);

// Transitions out of Waiting that a goroutine made, by start functions; most first, then by the names.
struct WakeupColumns {
  std::vector<StringId> waker;
  std::vector<StringId> woken;
  std::vector<uint64_t> count;
  std::vector<uint64_t> waited_ns;  // what the woken had waited

  size_t size() const { return count.size(); }
};

WakeupColumns CountWakeups(const Trace& trace, const TraceScope& scope);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_STATE_TOTALS_H_
