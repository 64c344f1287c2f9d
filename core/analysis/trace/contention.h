// Who waits where for whom: each pair of the stack of a wait and the stack that ended it.
#ifndef CORE_ANALYSIS_TRACE_CONTENTION_H_
#define CORE_ANALYSIS_TRACE_CONTENTION_H_

#include <cstdint>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Rows: pairs of stacks, most delay first, then by the stacks.
struct ContentionColumns {
  std::vector<StackId> waiter;     // where it waited
  std::vector<StackId> unblocker;  // from where it was woken
  std::vector<uint16_t> reason;    // Trace::reasons
  std::vector<uint64_t> count;
  std::vector<uint64_t> delay_ns;
  std::vector<uint64_t> longest_ns;
  std::vector<GoroutineIndex> longest_of;  // who waited longest; of equal waits the first
  std::vector<TraceTime> longest_start;
  std::vector<uint32_t> waiters;  // goroutines
  std::vector<uint32_t> wakers;   // goroutines
  // A convoy: of at least 8 wake-ups, half or more come from a goroutine that had itself just waited at the same place,
  // so the lock goes from hand to hand and nobody gets ahead.
  std::vector<uint8_t> is_convoy;
  // Several goroutines wait at this place, and one goroutine wakes all of them, wherever from.
  std::vector<uint8_t> is_single_consumer;

  size_t size() const { return count.size(); }
};

inline constexpr uint64_t kLeastConvoy = 8;

// Waits that ended in the window because a goroutine ended them, for reasons with "chan", "sync" or "select" in them,
// or all.
ContentionColumns MapContention(const Trace& trace, const TraceScope& scope, bool all_reasons);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_CONTENTION_H_
