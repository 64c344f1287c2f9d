// Where a goroutine is itself during a span. Span::stack is of whoever executed the event that began it, and nobody
// records a stack when a goroutine starts to run.
#ifndef CORE_ANALYSIS_TRACE_OWN_STACK_H_
#define CORE_ANALYSIS_TRACE_OWN_STACK_H_

#include <cstdint>

#include "core/model/trace/trace.h"

namespace flametrail {

// Waiting, in a system call: where it went in. Runnable: where it stood when it waited, stopped or entered the system
// call before; its start function when it is new. Running: where the run ended, as that is the next place the trace
// tells; its start function when it ended with the goroutine or the trace. kEmpty: not known.
inline StackId OwnStack(const Goroutine& g, uint32_t i) {
  const auto blocked_at = [&](uint32_t from) {
    for (uint32_t k = from; k-- > 0;) {
      const GoState state = g.spans[k].go_state();
      if (state == GoState::kWaiting || state == GoState::kSyscall) return g.spans[k].stack;
      if (state != GoState::kSyscallBlocked) break;
    }
    return g.start_stack;
  };
  const Span& span = g.spans[i];
  switch (span.go_state()) {
    case GoState::kWaiting:
    case GoState::kSyscall:
      return span.stack;
    case GoState::kSyscallBlocked:
      return blocked_at(i);
    case GoState::kRunnable:
      return i > 0 && g.spans[i - 1].go_state() == GoState::kRunning ? span.stack : blocked_at(i);
    case GoState::kRunning:
      if (i + 1 < g.spans.size() && g.spans[i + 1].go_state() != GoState::kNotExist) return g.spans[i + 1].stack;
      return g.start_stack;
    case GoState::kUndetermined:
    case GoState::kNotExist:
      break;
  }
  return StackTable::kEmpty;
}

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_OWN_STACK_H_
