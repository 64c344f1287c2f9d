#include "core/analysis/trace/timeline/lane_rows.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <string_view>
#include <utility>

namespace flametrail {
namespace {

bool Before(const LaneInterval& a, const LaneInterval& b) {
  if (a.start != b.start) return a.start < b.start;
  if (a.end != b.end) return a.end > b.end;
  return a.object < b.object;
}

// Known ends only: what began before the trace begins with it, what is open lasts to its end.
LaneInterval Interval(const Trace& trace, TraceTime start, TraceTime end, uint32_t object) {
  const TraceTime from = start == kNoTime ? 0 : std::min(start, trace.end);
  const TraceTime to = end == kNoTime ? trace.end : std::min(end, trace.end);
  return {from, std::max(from, to), object, 0};
}

LaneRows OneRow(std::vector<LaneInterval> intervals) {
  std::sort(intervals.begin(), intervals.end(), Before);
  std::vector<LaneInterval> row;
  for (LaneInterval next : intervals) {
    if (!row.empty()) {
      if (next.end <= row.back().end) continue;
      next.start = std::max(next.start, row.back().end);
    }
    row.push_back(next);
  }
  LaneRows rows;
  if (!row.empty()) rows.push_back(std::move(row));
  return rows;
}

LaneRows Pack(std::vector<LaneInterval> intervals) {
  std::sort(intervals.begin(), intervals.end(), Before);
  LaneRows rows;
  std::set<size_t> free;
  using Busy = std::pair<TraceTime, size_t>;
  std::priority_queue<Busy, std::vector<Busy>, std::greater<Busy>> busy;
  for (const LaneInterval& interval : intervals) {
    while (!busy.empty() && busy.top().first <= interval.start) {
      free.insert(busy.top().second);
      busy.pop();
    }
    if (free.empty()) {
      free.insert(rows.size());
      rows.emplace_back();
    }
    const size_t row = *free.begin();
    free.erase(free.begin());
    rows[row].push_back(interval);
    busy.push({interval.end, row});
  }
  return rows;
}

template <typename Moments>
LaneRows MomentRow(const Moments& moments) {
  LaneRows rows(moments.size() > 0 ? 1 : 0);
  for (uint32_t i = 0; i < moments.size(); ++i) rows[0].push_back({moments[i].time, moments[i].time + 1, i, 0});
  return rows;
}

template <typename Belongs>
LaneRows RangeRow(const Trace& trace, Belongs belongs) {
  std::vector<LaneInterval> found;
  for (uint32_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    if (belongs(range)) found.push_back(Interval(trace, range.start, range.end, i));
  }
  return OneRow(std::move(found));
}

void AddRun(const Trace& trace, const ProcRun& run, LaneRows* rows) {
  const Goroutine& g = trace.goroutine(run.goroutine);
  const PlacementId placement(g.spans[run.span].peer);
  if (placement.index() >= trace.placements.size()) return;
  const ThreadIndex thread = trace.placements[placement.index()].thread;
  if (thread.index() >= rows->size()) return;
  uint32_t last = run.span;
  while (last < g.spans.size()) {
    const GoState state = g.spans[last].go_state();
    if (state != GoState::kRunning && state != GoState::kSyscall && state != GoState::kSyscallBlocked) break;
    // Without its P it stays on its thread until the call is over.
    const bool ends = state == GoState::kSyscallBlocked;
    ++last;
    if (ends) break;
  }
  const TraceTime end = last < g.spans.size() ? TraceTime{g.spans[last].start} : trace.end;
  (*rows)[thread.index()].push_back({g.spans[run.span].start, end, run.goroutine.value, run.span});
}

}  // namespace

LaneRows CollectorRows(const Trace& trace) {
  return RangeRow(trace, [](const TraceRange& range) { return range.scope == RangeScope::kGlobal; });
}

LaneRows StopTheWorldRows(const Trace& trace) {
  return RangeRow(trace, [&](const TraceRange& range) {
    return range.scope == RangeScope::kGoroutine && trace.Text(range.name).starts_with("stop-the-world");
  });
}

LaneRows ThreadRows(const Trace& trace) {
  LaneRows rows(trace.threads.size());
  for (const Proc& proc : trace.procs) {
    for (size_t i = 0; i < proc.runs.size(); ++i) AddRun(trace, proc.runs[i], &rows);
  }
  for (std::vector<LaneInterval>& row : rows) {
    std::sort(row.begin(), row.end(), Before);
    // Only a trace with faults lets two goroutines be on one thread: the later one is right.
    for (size_t i = 0; i + 1 < row.size(); ++i) row[i].end = std::min(row[i].end, row[i + 1].start);
  }
  return rows;
}

LaneRows TaskRows(const Trace& trace) {
  std::vector<LaneInterval> found;
  for (uint32_t i = 0; i < trace.tasks.size(); ++i) {
    const TraceTask& task = trace.tasks[i];
    if (task.start == kNoTime && task.end == kNoTime) continue;
    found.push_back(Interval(trace, task.start, task.end, i));
  }
  return Pack(std::move(found));
}

LaneRows LogRows(const Trace& trace) { return MomentRow(trace.logs); }

LaneRows SampleRows(const Trace& trace) { return MomentRow(trace.cpu_samples); }

LaneRows RegionRows(const Trace& trace) {
  std::vector<LaneInterval> found;
  for (uint32_t i = 0; i < trace.regions.size(); ++i) {
    found.push_back(Interval(trace, trace.regions[i].start, trace.regions[i].end, i));
  }
  return Pack(std::move(found));
}

}  // namespace flametrail
