// Lanes of the timeline, and what a span of a lane can be.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_LANE_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_LANE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

enum class LaneKind : uint8_t {
  kCollector,     // mark phases
  kStopTheWorld,  //
  kProc,          // goroutines that ran on a P; object: ProcIndex
  kThread,        // goroutines that ran on an M; object: ThreadIndex
  kTask,          // user tasks; object: row, as tasks overlap
  kRegion,        // user regions; object: row
  kLog,           // user logs, all of them
  kSample,        // CPU samples, all of them
  kGoroutine,     // its states; object: GoroutineIndex
};
inline constexpr size_t kLaneKinds = 9;

struct Lane {
  LaneKind kind = LaneKind::kGoroutine;
  uint32_t object = 0;
};

// What the page has a colour for. Same order as web/src/protocol/trace.ts.
enum class TimelineState : uint8_t {
  kUndetermined,  // the trace had not told yet
  kRunning,
  kRunnable,
  kSyscall,
  kNetwork,
  kChannel,  // send, receive, select
  kSync,     // mutexes, conditions, wait groups
  kSleep,
  kCollector,  // waits for the garbage collector or as a part of it
  kWaiting,    // for anything else
  kMark,
  kStopTheWorld,
  kTask,
  kRegion,
  kLog,
  kSample,
};
inline constexpr size_t kTimelineStates = 16;

// By Trace::reasons: the state of a goroutine that waits for it. Reasons are the names that Go's reader gives.
std::vector<TimelineState> StatesOfReasons(const Trace& trace);

// `waiting` is StatesOfReasons of the trace. REQUIRES: the span is not kNotExist.
TimelineState StateOf(const Span& span, const std::vector<TimelineState>& waiting);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_LANE_H_
