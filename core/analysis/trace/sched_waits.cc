#include "core/analysis/trace/sched_waits.h"

#include <algorithm>
#include <utility>

#include "core/analysis/trace/busy_time.h"

namespace flametrail {
namespace {

constexpr std::array<std::string_view, kSchedCauses> kCauseNames = {
    "stop the world", "idle P with work queued", "GC worker took the P", "long run without preemption", "all Ps busy"};

// Unions stretches that may overlap.
BusyTime Union(std::vector<std::pair<TraceTime, TraceTime>> stretches) {
  std::sort(stretches.begin(), stretches.end());
  BusyTime busy;
  for (size_t i = 0; i < stretches.size();) {
    const TraceTime start = stretches[i].first;
    TraceTime end = stretches[i].second;
    for (++i; i < stretches.size() && stretches[i].first <= end; ++i) end = std::max(end, stretches[i].second);
    if (end > start) busy.Add(start, end);
  }
  return busy;
}

BusyTime StoppedTime(const Trace& trace) {
  std::vector<std::pair<TraceTime, TraceTime>> stops;
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    if (range.start == kNoTime || !trace.Text(range.name).starts_with("stop-the-world")) continue;
    stops.push_back({range.start, std::min(range.end, trace.end)});
  }
  return Union(std::move(stops));
}

// When at least one of the Ps that GOMAXPROCS allows was idle.
BusyTime IdleTime(const Trace& trace) {
  std::vector<std::pair<TraceTime, int>> changes;
  for (const Proc& proc : trace.procs) {
    bool idle = false;
    for (size_t i = 0; i < proc.spans.size(); ++i) {
      const bool now = static_cast<ProcState>(proc.spans[i].state) == ProcState::kIdle;
      if (now != idle) changes.push_back({proc.spans[i].start, now ? 1 : -1});
      idle = now;
    }
  }
  const auto& counts = trace.metrics[static_cast<size_t>(Metric::kGomaxprocs)];
  // Ps beyond GOMAXPROCS stay idle and can take no work: they are taken off.
  uint64_t allowed = trace.first_gomaxprocs ? trace.first_gomaxprocs->value : trace.procs.size();
  const auto beyond = [&](uint64_t limit) {
    return static_cast<int>(std::count_if(trace.procs.begin(), trace.procs.end(),
                                          [&](const Proc& proc) { return proc.id >= limit && !proc.spans.empty(); }));
  };
  std::vector<std::pair<TraceTime, int>> taken_off;
  int off = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].value == allowed && i > 0) continue;
    allowed = counts[i].value;
    const int now = beyond(allowed);
    if (now != off) taken_off.push_back({i == 0 ? 0 : counts[i].time, off - now});
    off = now;
  }
  changes.insert(changes.end(), taken_off.begin(), taken_off.end());
  std::sort(changes.begin(), changes.end());
  BusyTime idle_time;
  int idle = 0;
  for (size_t i = 0; i < changes.size(); ++i) {
    idle += changes[i].second;
    const TraceTime end = i + 1 < changes.size() ? changes[i + 1].first : trace.end;
    if (idle > 0 && end > changes[i].first) idle_time.Add(changes[i].first, end);
  }
  return idle_time;
}

bool IsGcWorker(const Trace& trace, const Goroutine& g) {
  return trace.Text(g.name).find("gcBgMarkWorker") != std::string_view::npos;
}

// What one P was doing.
struct ProcHistory {
  std::vector<TraceTime> start;           // of each run
  std::vector<GoroutineIndex> goroutine;  // that ran
  BusyTime gc_workers;
  BusyTime long_runs;
};

TraceTime EndOfRun(const Trace& trace, const ProcRun& run) {
  const Goroutine& g = trace.goroutine(run.goroutine);
  uint32_t i = run.span;
  while (i < g.spans.size() &&
         (g.spans[i].go_state() == GoState::kRunning || g.spans[i].go_state() == GoState::kSyscall)) {
    ++i;
  }
  return i < g.spans.size() ? TraceTime{g.spans[i].start} : trace.end;
}

ProcHistory HistoryOf(const Trace& trace, const Proc& proc) {
  ProcHistory history;
  TraceTime free_from = 0;
  for (size_t i = 0; i < proc.runs.size(); ++i) {
    const Goroutine& g = trace.goroutine(proc.runs[i].goroutine);
    if (proc.runs[i].span >= g.spans.size()) continue;
    const TraceTime start = std::max(TraceTime{g.spans[proc.runs[i].span].start}, free_from);
    const TraceTime end = EndOfRun(trace, proc.runs[i]);
    if (end <= start) continue;
    free_from = end;
    history.start.push_back(start);
    history.goroutine.push_back(proc.runs[i].goroutine);
    if (IsGcWorker(trace, g)) {
      history.gc_workers.Add(start, end);
    } else if (end - start > kPreemptQuantumNs) {
      history.long_runs.Add(start, end);
    }
  }
  return history;
}

class Explainer {
 public:
  explicit Explainer(const Trace& trace) : trace_(trace), stopped_(StoppedTime(trace)), idle_(IdleTime(trace)) {
    for (const Proc& proc : trace.procs) procs_.push_back(HistoryOf(trace, proc));
  }

  SchedWait Explain(GoroutineIndex index, uint32_t i, TraceTime end) const {
    const Goroutine& g = trace_.goroutine(index);
    SchedWait wait;
    wait.goroutine = index;
    wait.span = i;
    wait.start = g.spans[i].start;
    wait.ns = end - wait.start;
    if (i + 1 < g.spans.size() && g.spans[i + 1].go_state() == GoState::kRunning &&
        g.spans[i + 1].peer < trace_.placements.size()) {
      wait.proc = trace_.placements[g.spans[i + 1].peer].proc;
    }
    uint64_t left = wait.ns;
    const auto holds = [&](SchedCause cause, uint64_t ns) {
      if (ns * 2 >= left && ns > 0) {
        wait.cause = cause;
        wait.explained_ns = ns;
        return true;
      }
      left -= std::min(left, ns);
      return false;
    };
    if (holds(SchedCause::kStopTheWorld, stopped_.Within(wait.start, end))) return wait;
    if (holds(SchedCause::kIdleProc, idle_.Within(wait.start, end))) return wait;
    if (!wait.proc.is_none()) {
      const ProcHistory& proc = procs_[wait.proc.index()];
      if (holds(SchedCause::kGcWorker, proc.gc_workers.Within(wait.start, end)) ||
          holds(SchedCause::kLongRun, proc.long_runs.Within(wait.start, end))) {
        wait.culprit = OccupantBefore(proc, end);
        return wait;
      }
    }
    wait.explained_ns = left;
    return wait;
  }

 private:
  static GoroutineIndex OccupantBefore(const ProcHistory& proc, TraceTime time) {
    const auto after = std::lower_bound(proc.start.begin(), proc.start.end(), time);
    if (after == proc.start.begin()) return GoroutineIndex::None();
    return proc.goroutine[static_cast<size_t>(after - proc.start.begin()) - 1];
  }

  const Trace& trace_;
  BusyTime stopped_;
  BusyTime idle_;
  std::vector<ProcHistory> procs_;
};

bool IsLonger(const SchedWait& a, const SchedWait& b) { return a.ns != b.ns ? a.ns > b.ns : a.start < b.start; }

}  // namespace

std::string_view SchedCauseName(SchedCause cause) { return kCauseNames[static_cast<size_t>(cause)]; }

SchedWaits ExplainSchedWaits(const Trace& trace, const TraceScope& scope, size_t keep) {
  const Explainer explainer(trace);
  SchedWaits out;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (!scope.Has(i)) continue;
    ForEachSpan(trace, trace.goroutines[i], [&](uint32_t k, const Span& span, TraceTime end) {
      if (span.go_state() != GoState::kRunnable || span.start < scope.from || span.start >= scope.to) return;
      if (end <= span.start) return;
      const SchedWait wait = explainer.Explain(GoroutineIndex(i), k, end);
      const auto cause = static_cast<size_t>(wait.cause);
      ++out.count[cause];
      out.ns[cause] += wait.ns;
      out.longest_ns[cause] = std::max(out.longest_ns[cause], wait.ns);
      if (keep == 0) return;
      // A heap whose top is the shortest of the kept.
      if (out.longest.size() < keep) {
        out.longest.push_back(wait);
        std::push_heap(out.longest.begin(), out.longest.end(), IsLonger);
      } else if (IsLonger(wait, out.longest.front())) {
        std::pop_heap(out.longest.begin(), out.longest.end(), IsLonger);
        out.longest.back() = wait;
        std::push_heap(out.longest.begin(), out.longest.end(), IsLonger);
      }
    });
  }
  std::sort(out.longest.begin(), out.longest.end(), IsLonger);
  return out;
}

}  // namespace flametrail
