#include "core/analysis/trace/gc_table.h"

#include <algorithm>
#include <string_view>

namespace flametrail {
namespace {

// Index of the last sample at or before `time`; size(): none.
size_t LastAt(const Chunked<MetricSample>& samples, TraceTime time) {
  size_t low = 0, high = samples.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (samples[middle].time <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? samples.size() : low - 1;
}

uint64_t ValueAt(const Chunked<MetricSample>& samples, TraceTime time) {
  const size_t at = LastAt(samples, time);
  return at < samples.size() ? samples[at].value : 0;
}

class Table {
 public:
  explicit Table(const Trace& trace) : trace_(trace) {}

  GcColumns Take() {
    for (size_t i = 0; i < trace_.ranges.size(); ++i) {
      const TraceRange& range = trace_.ranges[i];
      if (range.scope == RangeScope::kGlobal) AddCycle(range);
    }
    if (out_.size() == 0) return std::move(out_);
    for (size_t i = 0; i < trace_.ranges.size(); ++i) {
      const TraceRange& range = trace_.ranges[i];
      if (range.start == kNoTime || range.scope != RangeScope::kGoroutine) continue;
      const std::string_view name = trace_.Text(range.name);
      if (name == "GC mark assist") AddAssist(range);
      if (name.starts_with("stop-the-world") && name.find("GC") != std::string_view::npos) AddPause(range);
    }
    for (size_t i = 0; i < trace_.labels.size(); ++i) AddWorker(trace_.labels[i]);
    return std::move(out_);
  }

 private:
  void AddCycle(const TraceRange& range) {
    const auto& heap = trace_.metrics[static_cast<size_t>(Metric::kHeapObjects)];
    const auto& goal = trace_.metrics[static_cast<size_t>(Metric::kHeapGoal)];
    // The goal is told behind the end of the phase, within the mark termination, or before it.
    if (out_.size() > 0) out_.goal_bytes.back() = ValueAt(goal, range.start == kNoTime ? 0 : range.start);
    const TraceTime first = range.start == kNoTime ? 0 : range.start;
    const TraceTime last = std::min(range.end, trace_.end);
    starts_.push_back(first);
    ends_.push_back(last);
    out_.start.push_back(range.active ? kNoTime : range.start);
    out_.end.push_back(range.end);
    out_.heap_start_bytes.push_back(ValueAt(heap, first));
    out_.heap_end_bytes.push_back(ValueAt(heap, last));
    out_.goal_bytes.push_back(ValueAt(goal, trace_.end));
    for (auto* column : {&out_.pause_ns, &out_.longest_pause_ns, &out_.assist_ns, &out_.dedicated_ns,
                         &out_.fractional_ns, &out_.idle_ns}) {
      column->push_back(0);
    }
  }

  // The first cycle that ends at or after `time`; size(): none.
  size_t CycleAt(TraceTime time) const {
    return static_cast<size_t>(std::lower_bound(ends_.begin(), ends_.end(), time) - ends_.begin());
  }

  void AddAssist(const TraceRange& range) {
    const TraceTime end = std::min(range.end, trace_.end);
    for (size_t i = CycleAt(range.start); i < out_.size() && starts_[i] < end; ++i) {
      const TraceTime from = std::max(range.start, starts_[i]), to = std::min(end, ends_[i]);
      if (to > from) out_.assist_ns[i] += to - from;
    }
  }

  void AddPause(const TraceRange& range) {
    const size_t i = CycleAt(range.start);
    if (i >= out_.size()) return;
    const uint64_t ns = std::min(range.end, trace_.end) - range.start;
    out_.pause_ns[i] += ns;
    out_.longest_pause_ns[i] = std::max(out_.longest_pause_ns[i], ns);
  }

  void AddWorker(const TraceLabel& label) {
    if (label.goroutine.is_none()) return;
    const Goroutine& g = trace_.goroutine(label.goroutine);
    const uint32_t span = g.spans.empty() ? 0 : g.spans.IndexAt(label.time);
    const size_t cycle = CycleAt(label.time);
    if (span >= g.spans.size() || cycle >= out_.size() || starts_[cycle] > label.time) return;
    const std::string_view mode = trace_.Text(label.text);
    auto* const column = mode == "GC (dedicated)"    ? &out_.dedicated_ns
                         : mode == "GC (fractional)" ? &out_.fractional_ns
                         : mode == "GC (idle)"       ? &out_.idle_ns
                                                     : nullptr;
    if (column != nullptr) (*column)[cycle] += trace_.SpanEnd(g, span) - g.spans[span].start;
  }

  const Trace& trace_;
  GcColumns out_;
  std::vector<TraceTime> starts_;  // by row; of a phase that began before the trace: 0
  std::vector<TraceTime> ends_;
};

}  // namespace

GcColumns GcTable(const Trace& trace) { return Table(trace).Take(); }

}  // namespace flametrail
