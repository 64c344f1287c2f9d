// User tasks and regions by type, with the histogram of their latencies; tasks one by one with their logs.
#ifndef CORE_ANALYSIS_TRACE_LATENCY_GROUPS_H_
#define CORE_ANALYSIS_TRACE_LATENCY_GROUPS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/trace/latency_histogram.h"
#include "core/analysis/trace/scope.h"
#include "core/model/trace/trace.h"

namespace flametrail {

struct LatencyGroup {
  StringId type;
  // Regions: where they begin. Go 1.23 groups by the outermost frame of the start stack, which is the same for most of
  // a program; this is the leaf, as up to 1.22.
  LocationId frame;
  uint64_t count = 0;          // all
  uint64_t complete = 0;       // begin and end seen
  LatencyHistogram histogram;  // tasks: of the complete ones. Regions: of all, cut at the trace's bounds
};

// Of what begins in the window, or began before the trace. Most first, then by type and place.
std::vector<LatencyGroup> GroupTasks(const Trace& trace, const TraceScope& scope);
std::vector<LatencyGroup> GroupRegions(const Trace& trace, const TraceScope& scope);

// Gaps between logs of one task, by category: how long after the task's log before it (or its start) a log came.
std::vector<LatencyGroup> GroupLogs(const Trace& trace, const TraceScope& scope);

struct TaskFilter {
  std::optional<StringId> type;
  std::optional<bool> complete;
  uint64_t least_ns = 0;  // of complete ones only, as soon as one of the two is given
  std::optional<uint64_t> most_ns;
  std::string text;  // in the type, the names of its regions, or the category or message of its logs
};

// By duration, shortest first, those that are not complete by what is seen of them; then by id.
std::vector<TaskIndex> FindTasks(const Trace& trace, const TaskFilter& filter);

// Start or 0, end or the trace's end.
uint64_t TaskDuration(const Trace& trace, const TraceTask& task);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_LATENCY_GROUPS_H_
