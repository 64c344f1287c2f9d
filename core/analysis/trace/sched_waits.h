// Why goroutines that could run did not: each runnable wait gets the one reason that explains most of it.
#ifndef CORE_ANALYSIS_TRACE_SCHED_WAITS_H_
#define CORE_ANALYSIS_TRACE_SCHED_WAITS_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Asked in this order; the first that holds for half of what the ones before left over is the cause.
enum class SchedCause : uint8_t {
  kStopTheWorld,  // the world was stopped
  kIdleProc,      // a P was idle: work was queued and nobody took it
  kGcWorker,      // the P that ran it at last was taken by a GC worker
  kLongRun,       // ... or by one goroutine that ran for longer than the preemption quantum without a break
  kAllProcsBusy,  // other goroutines had all Ps
};
inline constexpr size_t kSchedCauses = 5;
std::string_view SchedCauseName(SchedCause cause);

// Go asks a goroutine to yield after 10 ms (runtime/proc.go forcePreemptNS). A run that is longer was not asked, or did
// not follow.
inline constexpr uint64_t kPreemptQuantumNs = 10000000;

struct SchedWait {
  GoroutineIndex goroutine;
  uint32_t span = 0;  // its Runnable span
  TraceTime start = 0;
  uint64_t ns = 0;
  SchedCause cause = SchedCause::kAllProcsBusy;
  uint64_t explained_ns = 0;  // what of `ns` the cause covers
  ProcIndex proc;             // that ran it at last; None: the wait was still going on at the trace's end
  GoroutineIndex culprit;     // kGcWorker, kLongRun: who had that P just before; else None
};

struct SchedWaits {
  std::array<uint64_t, kSchedCauses> count = {};
  std::array<uint64_t, kSchedCauses> ns = {};
  std::array<uint64_t, kSchedCauses> longest_ns = {};
  std::vector<SchedWait> longest;  // longest first, then by start
};

// Waits of the scope's goroutines that begin in its window; at most `keep` of them are told one by one.
SchedWaits ExplainSchedWaits(const Trace& trace, const TraceScope& scope, size_t keep);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_SCHED_WAITS_H_
