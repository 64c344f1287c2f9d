// What the page's tables of a trace hold. Same names and order as web/src/protocol/trace.ts; times in ns since the
// document's start, -1 where a time is not known.
#ifndef CORE_SESSION_TRACE_COLUMNS_H_
#define CORE_SESSION_TRACE_COLUMNS_H_

#include <cstdint>
#include <vector>

namespace flametrail {

// Rows: goroutines, in order of their first appearance (core/analysis/trace/goroutine_stats.h, exact).
struct GoroutineRows {
  std::vector<uint32_t> goroutine;  // GoroutineIndex
  std::vector<double> number;       // Go's
  std::vector<uint32_t> name;       // StringId of the start function
  std::vector<double> start;
  std::vector<double> end;
  std::vector<double> total;
  std::vector<double> exec;
  std::vector<double> sched;
  std::vector<double> syscall;  // with and without its P
  std::vector<double> block;
  std::vector<double> ranges;  // mark assist, sweep, stop-the-world by it
};

enum class MarkKind : uint8_t { kTask, kRegion, kLog };

// Rows: user tasks, regions or logs that begin in the window, or began before the trace; in order of their first event.
struct MarkRows {
  std::vector<uint32_t> index;      // row of Trace::tasks, regions, logs
  std::vector<uint32_t> name;       // StringId of the type, of a log of its category
  std::vector<uint32_t> text;       // StringId: of a log its message, of a region the function it begins in; else none
  std::vector<uint32_t> goroutine;  // GoroutineIndex: of a task its creator; none: not known
  std::vector<double> task;         // Go's id; -1: none
  std::vector<double> start;
  std::vector<double> end;  // of a log its start
};

}  // namespace flametrail

#endif  // CORE_SESSION_TRACE_COLUMNS_H_
