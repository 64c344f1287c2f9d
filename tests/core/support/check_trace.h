// What must hold for every Trace, whatever the file was. Header only: fuzz targets are one file each.
#ifndef TESTS_CORE_SUPPORT_CHECK_TRACE_H_
#define TESTS_CORE_SUPPORT_CHECK_TRACE_H_

#include <string>

#include "core/model/trace/trace.h"

namespace flametrail::testing {

namespace internal {

inline std::string CheckGoroutine(const Trace& trace, const Goroutine& g) {
  TraceTime last = 0;
  for (uint32_t i = 0; i < g.spans.size(); ++i) {
    const Span span = g.spans[i];
    if (i > 0 && span.start <= last) return "spans do not begin one after the other";
    if (span.start > trace.end) return "a span begins behind the end";
    if (span.stack.index() >= trace.stacks.size()) return "a span's stack";
    if (span.reason >= trace.reasons.size()) return "a span's reason";
    const bool by_goroutine = span.go_state() == GoState::kRunnable;
    const size_t peers = by_goroutine ? trace.goroutines.size() : trace.placements.size();
    if (span.peer != PlacementId::kNoneValue && span.peer >= peers) return "a span's peer";
    last = span.start;
  }
  if (!g.parent.is_none() && g.parent.index() >= trace.goroutines.size()) return "a goroutine's parent";
  return g.start_stack.index() < trace.stacks.size() && g.name.index() < trace.strings.size() ? "" : "a goroutine";
}

inline std::string CheckProc(const Trace& trace, const Proc& proc) {
  TraceTime last = 0;
  for (size_t i = 0; i < proc.spans.size(); ++i) {
    if (i > 0 && proc.spans[i].start <= last) return "spans of a processor do not begin one after the other";
    last = proc.spans[i].start;
  }
  for (size_t i = 0; i < proc.runs.size(); ++i) {
    const ProcRun& run = proc.runs[i];
    if (run.goroutine.index() >= trace.goroutines.size()) return "a run's goroutine";
    if (run.span >= trace.goroutines[run.goroutine.index()].spans.size()) return "a run's span";
  }
  return "";
}

inline std::string CheckAnnotations(const Trace& trace) {
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    if (range.start != kNoTime && range.end != kNoTime && range.end < range.start)
      return "a range ends before it begins";
    if (range.stack.index() >= trace.stacks.size()) return "a range's stack";
  }
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    const TraceRegion& region = trace.regions[i];
    if (region.start != kNoTime && region.end != kNoTime && region.end < region.start) return "a region's end";
    if (!region.task.is_none() && region.task.index() >= trace.tasks.size()) return "a region's task";
  }
  for (size_t i = 0; i < trace.sweeps.size(); ++i) {
    if (trace.sweeps[i].range >= trace.ranges.size()) return "a sweep's range";
  }
  for (size_t i = 0; i < trace.cpu_samples.size(); ++i) {
    if (trace.cpu_samples[i].stack.index() >= trace.stacks.size()) return "a sample's stack";
  }
  return "";
}

}  // namespace internal

// Empty, or what does not hold.
inline std::string CheckTrace(const Trace& trace) {
  for (size_t g = 0; g < trace.goroutines.size(); ++g) {
    if (std::string fault = internal::CheckGoroutine(trace, trace.goroutines[g]); !fault.empty()) return fault;
  }
  for (const Proc& proc : trace.procs) {
    if (std::string fault = internal::CheckProc(trace, proc); !fault.empty()) return fault;
  }
  for (size_t i = 1; i < trace.stacks.size(); ++i) {
    if (trace.stacks.parent[i].index() >= i) return "a stack's parent";
    if (trace.stacks.location[i].index() >= trace.locations.size()) return "a stack's location";
  }
  for (const FunctionId function : trace.locations.line_function) {
    if (function.index() >= trace.functions.size()) return "a function";
  }
  return internal::CheckAnnotations(trace);
}

// Counts and faults in one line: two readings are the same if this is (and nearly only then).
inline std::string ShowCounts(const Trace& trace) {
  std::string text = std::to_string(trace.origin) + ".." + std::to_string(trace.end) + " kinds";
  for (const uint64_t count : trace.events_by_kind) text += " " + std::to_string(count);
  text += " transitions";
  for (const auto& row : trace.go_transitions) {
    for (const uint64_t count : row) text += " " + std::to_string(count);
  }
  uint64_t spans = 0;
  uint64_t sum = 0;
  for (size_t g = 0; g < trace.goroutines.size(); ++g) {
    spans += trace.goroutines[g].spans.size();
    for (uint32_t i = 0; i < trace.goroutines[g].spans.size(); ++i) sum = sum * 31 + trace.goroutines[g].spans[i].start;
  }
  return text + " spans " + std::to_string(spans) + "/" + std::to_string(sum) + " stacks " +
         std::to_string(trace.stacks.size()) + " ranges " + std::to_string(trace.ranges.size());
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_CHECK_TRACE_H_
