// Profiles of a trace: where goroutines spend time in a state, as profiles of our own model, so that every profile view
// and report works on them (specs/go-trace-analysis.md "Profiles"; source of meaning: Go 1.23 cmd/trace pprof.go).
#ifndef CORE_ANALYSIS_TRACE_STATE_PROFILE_H_
#define CORE_ANALYSIS_TRACE_STATE_PROFILE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

enum class TraceProfileKind : uint8_t {
  kNetwork,  // waiting for "network"
  kSync,     // waiting for something with "chan", "sync" or "select" in its name
  kSyscall,  // in system calls
  kSched,    // runnable: wants a P
};

// "net", "sync", "syscall", "sched": the names of `go tool trace -pprof=`.
std::optional<TraceProfileKind> TraceProfileKindNamed(std::string_view name);

// Stretches of time of one goroutine, in time order, without overlap.
struct Stretch {
  uint32_t goroutine;
  TraceTime start;
  TraceTime end;
};

// By goroutine, then time.
using Stretches = std::vector<Stretch>;

// From the first time running to the end of each goroutine of the scope: what `go tool trace` counts.
Stretches Lifetimes(const Trace& trace, const TraceScope& scope);

struct RegionFilter {
  StringId type;
  std::optional<StackId> start_stack;  // regions that began exactly there
};

// The union of matching regions, by goroutine.
Stretches RegionStretches(const Trace& trace, const TraceScope& scope, const RegionFilter& filter);

enum class ProfileRules : uint8_t {
  kExact,
  // As Go 1.22 and 1.23 compute it, which is what profiles are compared with. Their defect (golang/go#68542): events
  // without a stack are passed over, so that a stay begins only with an event that has one, and lasts until the next
  // one that has: starts to run have none, nor have wake-ups by the poller or a timer.
  kGoTool,
};

// Sample types contentions/count and delay/nanoseconds. A stay in the state counts with what of it lies in `stretches`,
// if that is more than nothing; stays that are open at the trace's end do not count. The stack is of the event that
// began it (sched: of the creator or waker). Texts are shared with the trace; samples are in the order of stacks.
Profile StateProfile(const Trace& trace, TraceProfileKind kind, const Stretches& stretches, ProfileRules rules);

// Adds up values by stack; the frame tables of a trace under samples of one's own. For all profiles of this folder.
class StackSums {
 public:
  explicit StackSums(const Trace& trace);

  void Add(StackId stack, uint64_t ns) {
    ++count_[stack.index()];
    ns_[stack.index()] += ns;
  }
  // `count_type` like "contentions", `time_type` like "delay".
  Profile Take(std::string_view count_type, std::string_view time_type);

 private:
  const Trace& trace_;
  std::vector<uint64_t> count_;  // by StackId
  std::vector<uint64_t> ns_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_STATE_PROFILE_H_
