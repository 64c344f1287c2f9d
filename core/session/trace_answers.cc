// The page's questions about an execution trace.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/trace/gc_table.h"
#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/latency_groups.h"
#include "core/analysis/trace/mutator_utilization.h"
#include "core/session/session.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

double Time(TraceTime time) { return time == kNoTime ? -1 : static_cast<double>(time); }

std::vector<double> Numbers(const std::vector<uint64_t>& values) { return {values.begin(), values.end()}; }

// Sums of entries by row: [begin[row], begin[row + 1]).
std::vector<double> SumsByRow(const std::vector<uint32_t>& begin, const std::vector<uint64_t>& values) {
  std::vector<double> sums;
  for (size_t row = 0; row + 1 < begin.size(); ++row) {
    sums.push_back(static_cast<double>(
        std::accumulate(values.begin() + begin[row], values.begin() + begin[row + 1], uint64_t{0})));
  }
  return sums;
}

// The function of a place, which has one line.
uint32_t FunctionOf(const Trace& trace, LocationId place) {
  if (place.is_none()) return StringId().value;
  const FunctionId function = trace.locations.line_function[trace.locations.line_begin[place.index()]];
  return function.is_none() ? StringId().value : trace.functions.name[function.index()].value;
}

LatencyRows RowsOf(const Trace& trace, const std::vector<LatencyGroup>& groups) {
  LatencyRows rows;
  for (const LatencyGroup& group : groups) {
    rows.name.push_back(group.type.value);
    rows.place.push_back(FunctionOf(trace, group.frame));
    rows.count.push_back(static_cast<double>(group.count));
    rows.complete.push_back(static_cast<double>(group.complete));
    rows.sum.push_back(static_cast<double>(group.histogram.sum_ns()));
    rows.longest.push_back(static_cast<double>(group.histogram.max_ns()));
  }
  return rows;
}

}  // namespace

Error NotATrace() { return {Code::kInvalid, std::nullopt, "this file is a profile, not an execution trace"}; }

Result<Timeline*> Session::State::NeedTimeline() {
  const Trace* const trace =
      document ? std::get_if<Trace>(&document->body) : (reader ? reader->partial_trace() : nullptr);
  if (trace == nullptr) return NotATrace();
  if (!timeline) timeline = std::make_unique<Timeline>(*trace);
  return timeline.get();
}

Result<LaneColumns> Session::Lanes() {
  ASSIGN_OR_RETURN(Timeline* const timeline, state_->NeedTimeline());
  return timeline->Lanes();
}

Result<StripColumns> Session::Strip() {
  RETURN_IF_ERROR(state_->NeedTimeline());
  return CountStrip(*trace());
}

Result<SliceColumns> Session::Slices(std::span<const Lane> lanes, const SliceQuery& query) {
  ASSIGN_OR_RETURN(Timeline* const timeline, state_->NeedTimeline());
  return timeline->Slices(lanes, query);
}

Result<SpanFacts> Session::Describe(const Lane& lane, uint32_t item) {
  ASSIGN_OR_RETURN(Timeline* const timeline, state_->NeedTimeline());
  std::optional<SpanFacts> facts = timeline->Describe(lane, item);
  if (!facts) return Error{Code::kInvalid, std::nullopt, "the trace has no such span"};
  return std::move(*facts);
}

Result<GoroutineRows> Session::Goroutines() const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  const GoroutineStatsColumns stats = GoroutineStats(*as_trace, TraceScope(), StatsRules::kExact);
  GoroutineRows rows;
  for (size_t i = 0; i < stats.size(); ++i) {
    const Goroutine& g = as_trace->goroutine(stats.goroutine[i]);
    rows.goroutine.push_back(stats.goroutine[i].value);
    rows.number.push_back(static_cast<double>(g.id));
    rows.name.push_back(g.name.value);
    rows.start.push_back(Time(stats.start[i]));
    rows.end.push_back(Time(stats.end[i]));
    rows.syscall.push_back(static_cast<double>(stats.syscall[i] + stats.syscall_block[i]));
  }
  rows.total = Numbers(stats.total);
  rows.exec = Numbers(stats.exec);
  rows.sched = Numbers(stats.sched);
  rows.block = SumsByRow(stats.block_begin, stats.block_ns);
  rows.ranges = SumsByRow(stats.range_begin, stats.range_ns);
  return rows;
}

Result<GcRows> Session::Collections() const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  const GcColumns table = GcTable(*as_trace);
  GcRows rows;
  std::transform(table.start.begin(), table.start.end(), std::back_inserter(rows.start), Time);
  std::transform(table.end.begin(), table.end.end(), std::back_inserter(rows.end), Time);
  rows.pause = Numbers(table.pause_ns);
  rows.longest_pause = Numbers(table.longest_pause_ns);
  rows.assist = Numbers(table.assist_ns);
  rows.dedicated = Numbers(table.dedicated_ns);
  rows.fractional = Numbers(table.fractional_ns);
  rows.idle = Numbers(table.idle_ns);
  rows.heap_start = Numbers(table.heap_start_bytes);
  rows.heap_end = Numbers(table.heap_end_bytes);
  rows.goal = Numbers(table.goal_bytes);
  return rows;
}

Result<LatencyRows> Session::Tasks() const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  return RowsOf(*as_trace, GroupTasks(*as_trace, TraceScope()));
}

Result<LatencyRows> Session::Regions() const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  return RowsOf(*as_trace, GroupRegions(*as_trace, TraceScope()));
}

Result<MmuRows> Session::Utilization() const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  const std::vector<UtilizationSeries> series =
      MutatorUtilization(*as_trace, UtilizationFlags(), UtilizationRules::kExact);
  MmuRows rows;
  for (const uint64_t window : PlotWindows(series)) {
    const std::vector<WorstWindow> worst = WorstWindows(series, window, 1);
    rows.window.push_back(static_cast<double>(window));
    rows.minimum.push_back(MinimumUtilization(series, window));
    rows.worst_start.push_back(worst.empty() ? -1 : static_cast<double>(worst[0].start));
  }
  return rows;
}

}  // namespace flametrail
