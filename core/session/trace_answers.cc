// The page's questions about an execution trace.
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/selection.h"
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

bool IsMarked(const TraceScope& scope, TraceTime start, GoroutineIndex g) {
  if (start == kNoTime ? scope.from > 0 : start < scope.from || start >= scope.to) return false;
  return scope.goroutines.empty() || (!g.is_none() && scope.Has(g.index()));
}

class MarkLister {
 public:
  MarkLister(const Trace& trace, TraceScope scope) : trace_(trace), scope_(std::move(scope)) {}

  MarkRows Take(MarkKind kind) {
    switch (kind) {
      case MarkKind::kTask:
        for (size_t i = 0; i < trace_.tasks.size(); ++i) {
          const TraceTask& task = trace_.tasks[i];
          if (task.id == TraceTask::kBackground) continue;
          Add(i, task.type, StringId(), task.creator, TaskIndex(i), task.start, task.end);
        }
        break;
      case MarkKind::kRegion:
        for (size_t i = 0; i < trace_.regions.size(); ++i) {
          const TraceRegion& region = trace_.regions[i];
          const StringId function(FunctionOf(trace_, trace_.stacks.location[region.start_stack.index()]));
          Add(i, region.type, function, region.goroutine, region.task, region.start, region.end);
        }
        break;
      case MarkKind::kLog:
        for (size_t i = 0; i < trace_.logs.size(); ++i) {
          const TraceLog& log = trace_.logs[i];
          Add(i, log.category, log.message, log.goroutine, log.task, log.time, log.time);
        }
        break;
    }
    return std::move(rows_);
  }

 private:
  void Add(size_t index, StringId name, StringId text, GoroutineIndex g, TaskIndex task, TraceTime start,
           TraceTime end) {
    if (!IsMarked(scope_, start, g)) return;
    const bool has_task = !task.is_none() && trace_.tasks[task.index()].id != TraceTask::kBackground;
    rows_.index.push_back(static_cast<uint32_t>(index));
    rows_.name.push_back(name.value);
    rows_.text.push_back(text.value);
    rows_.goroutine.push_back(g.value);
    rows_.task.push_back(has_task ? static_cast<double>(trace_.tasks[task.index()].id) : -1);
    rows_.start.push_back(Time(start));
    rows_.end.push_back(Time(end));
  }

  const Trace& trace_;
  const TraceScope scope_;
  MarkRows rows_;
};

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

Result<GoroutineRows> Session::Goroutines(const TraceSelection& selection) const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(*as_trace, selection));
  const GoroutineStatsColumns stats = GoroutineStats(*as_trace, scope, StatsRules::kExact);
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

Result<MarkRows> Session::Marks(MarkKind kind, const TraceSelection& selection) const {
  const Trace* const as_trace = trace();
  if (as_trace == nullptr) return NotATrace();
  ASSIGN_OR_RETURN(TraceScope scope, ScopeOf(*as_trace, selection));
  return MarkLister(*as_trace, std::move(scope)).Take(kind);
}

}  // namespace flametrail
