// What `go tool trace` tells of each goroutine (specs/go-trace-analysis.md "Definitions"; source of meaning: Go 1.23
// internal/trace Summarizer).
#ifndef CORE_ANALYSIS_TRACE_GOROUTINE_STATS_H_
#define CORE_ANALYSIS_TRACE_GOROUTINE_STATS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/trace/scope.h"
#include "core/model/trace/trace.h"

namespace flametrail {

enum class StatsRules : uint8_t {
  kExact,
  // As Go 1.23 computes them. Three defects: a system call that is still blocked at the end adds its blocked part to
  // the scheduler wait and all of it to the system call; some losses of a P are missed (go_tool_syscalls.h); a sweep
  // that did not end on the goroutine it began on counts until the goroutine's end unless a later one does.
  kGoTool,
};

// Rows: goroutines of the scope that are there in its window, by index. Times in ns, sums of the window.
struct GoroutineStatsColumns {
  std::vector<GoroutineIndex> goroutine;
  std::vector<TraceTime> start;  // first time running; kNoTime: never
  std::vector<TraceTime> end;    // exit, or waiting forever; kNoTime: still there
  std::vector<uint64_t> total;   // from its first appearance to its end
  std::vector<uint64_t> exec;    // Running
  std::vector<uint64_t> sched;   // Runnable
  std::vector<uint64_t> syscall;
  std::vector<uint64_t> syscall_block;  // in a system call after its P was taken away
  std::vector<uint64_t> unknown;        // what of `total` the others leave over
  // Waiting, by the reason of the transition into it: entries [block_begin[row], block_begin[row + 1]).
  std::vector<uint32_t> block_begin = {0};
  std::vector<uint16_t> block_reason;  // Trace::reasons
  std::vector<uint64_t> block_ns;
  // Special ranges (mark assist, sweep, stop-the-world by it), likewise. They overlap the states.
  std::vector<uint32_t> range_begin = {0};
  std::vector<StringId> range_name;
  std::vector<uint64_t> range_ns;

  size_t size() const { return goroutine.size(); }
};

GoroutineStatsColumns GoroutineStats(const Trace& trace, const TraceScope& scope, StatsRules rules);

// Rows: start functions, most execution time first, then by name.
struct GoroutineGroupColumns {
  std::vector<StringId> name;  // empty: no stack was seen of them
  std::vector<uint64_t> count;
  std::vector<uint64_t> total;
  std::vector<uint64_t> exec;
  std::vector<uint64_t> sched;
  std::vector<uint64_t> block;
  std::vector<uint64_t> syscall;
  std::vector<uint64_t> syscall_block;
  std::vector<uint64_t> unknown;

  size_t size() const { return name.size(); }
};

GoroutineGroupColumns GroupByStartFunction(const Trace& trace, const GoroutineStatsColumns& stats);

// Goroutines with this start function, as TraceScope::goroutines.
std::vector<uint8_t> GoroutinesNamed(const Trace& trace, std::string_view name);

// What wakes `goroutine`, and what wakes those: the closure of `depth` steps back along "x unblocked y"
// (`go tool trace`'s focused view takes 2). As TraceScope::goroutines; the goroutine itself belongs to it.
std::vector<uint8_t> RelatedGoroutines(const Trace& trace, GoroutineIndex goroutine, uint32_t depth);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_GOROUTINE_STATS_H_
