// On-CPU and off-CPU flame graphs of any selection: all time of goroutines, by where they were.
#ifndef CORE_ANALYSIS_TRACE_STATE_FLAME_H_
#define CORE_ANALYSIS_TRACE_STATE_FLAME_H_

#include <cstdint>

#include "core/analysis/trace/scope.h"
#include "core/model/profile.h"
#include "core/model/trace/trace.h"

namespace flametrail {

struct StateFlameOptions {
  bool running = false;
  bool runnable = true;
  bool syscall = true;
  bool waiting = true;
  // A root frame above each stack: "[running]", "[runnable]", "[syscall]", "[syscall, P taken]", "[waiting: REASON]".
  bool state_frames = true;
};

// Sample types spans/count and time/nanoseconds; labels "state" and "reason" on each sample, so that the tag filters
// split it further. Stacks are the goroutine's own (OwnStack): a run counts where it ended. The sum of the samples is
// the time of the scope's goroutines in these states in its window, whole spans or parts.
Profile StateFlame(const Trace& trace, const TraceScope& scope, const StateFlameOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_STATE_FLAME_H_
