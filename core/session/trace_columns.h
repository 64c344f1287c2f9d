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

// Rows: mark phases, by start (core/analysis/trace/gc_table.h).
struct GcRows {
  std::vector<double> start;
  std::vector<double> end;
  std::vector<double> pause;
  std::vector<double> longest_pause;
  std::vector<double> assist;
  std::vector<double> dedicated;
  std::vector<double> fractional;
  std::vector<double> idle;
  std::vector<double> heap_start;  // bytes
  std::vector<double> heap_end;
  std::vector<double> goal;
};

// Rows: types of tasks, or regions by type and place; most first (core/analysis/trace/latency_groups.h).
struct LatencyRows {
  std::vector<uint32_t> name;   // StringId of the type
  std::vector<uint32_t> place;  // regions: StringId of the function that begins them; else none
  std::vector<double> count;
  std::vector<double> complete;
  std::vector<double> sum;  // of what the histogram counts: complete tasks, all regions
  std::vector<double> longest;
};

// Rows: windows, shortest first (core/analysis/trace/mutator_utilization.h): stop-the-world, background workers and
// mark assist count, all Ps as one series, exact. No row: the trace does not say how many Ps there are.
struct MmuRows {
  std::vector<double> window;
  std::vector<double> minimum;      // 0 to 1
  std::vector<double> worst_start;  // of the first window that has it
};

}  // namespace flametrail

#endif  // CORE_SESSION_TRACE_COLUMNS_H_
