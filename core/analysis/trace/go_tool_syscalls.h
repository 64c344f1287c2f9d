// Which system calls lost their P, and when, as Go 1.23's Summarizer sees it (internal/trace summary.go, syscallingP
// and syscallingG): for sums that are compared with its own. The trace itself (GoState::kSyscallBlocked) has the truth.
//
// The Summarizer keeps one goroutine for each P, and a goroutine that returns from a call takes away whoever is kept
// for the P that it had when it entered. That may be another one by then, whose loss is not seen any more:
//
//   g1  enters on P0 ....................... returns: nobody is kept for P0
//   g2  ............. enters on P0 ......... P0 goes idle: g2's call is not seen to lose it
//
// A goroutine that was in a call when the trace began is kept for the P that the trace tells it from, be it its own or
// not.
#ifndef CORE_ANALYSIS_TRACE_GO_TOOL_SYSCALLS_H_
#define CORE_ANALYSIS_TRACE_GO_TOOL_SYSCALLS_H_

#include <cstdint>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

struct GoToolSyscall {
  TraceTime start = 0;
  TraceTime end = kNoTime;            // kNoTime: still in it at the trace's end
  TraceTime blocked_since = kNoTime;  // kNoTime: its P was not seen to be lost
};

// Calls of goroutine i: [begin[i], begin[i + 1]), in time order.
struct GoToolSyscalls {
  std::vector<GoToolSyscall> calls;
  std::vector<uint32_t> begin = {0};
};

GoToolSyscalls FindGoToolSyscalls(const Trace& trace);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_GO_TOOL_SYSCALLS_H_
