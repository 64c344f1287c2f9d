// One row for each garbage collection: what it took, paused and found.
#ifndef CORE_ANALYSIS_TRACE_GC_TABLE_H_
#define CORE_ANALYSIS_TRACE_GC_TABLE_H_

#include <cstdint>
#include <vector>

#include "core/model/trace/trace.h"

namespace flametrail {

// Rows: concurrent mark phases, by start. Times in ns. A pause belongs to the phase that it overlaps or that begins
// next after it (sweep termination comes before the mark phase).
struct GcColumns {
  std::vector<TraceTime> start;    // kNoTime: began before the trace
  std::vector<TraceTime> end;      // kNoTime: was going on at the trace's end
  std::vector<uint64_t> pause_ns;  // stop-the-world for the collector
  std::vector<uint64_t> longest_pause_ns;
  std::vector<uint64_t> assist_ns;     // mark assist of all goroutines meanwhile, waiting included
  std::vector<uint64_t> dedicated_ns;  // background workers' time running, by mode
  std::vector<uint64_t> fractional_ns;
  std::vector<uint64_t> idle_ns;
  std::vector<uint64_t> heap_start_bytes;  // live heap at the start; 0: not known
  std::vector<uint64_t> heap_end_bytes;
  std::vector<uint64_t> goal_bytes;  // goal that was set at the end

  size_t size() const { return start.size(); }
};

GcColumns GcTable(const Trace& trace);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_GC_TABLE_H_
