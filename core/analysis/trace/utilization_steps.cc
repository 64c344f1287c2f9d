#include "core/analysis/trace/utilization_steps.h"

#include <algorithm>
#include <string_view>

#include "core/analysis/trace/scope.h"

namespace flametrail {
namespace {

constexpr int kFirstV2 = 22;

class Steps {
 public:
  Steps(const Trace& trace, const UtilizationFlags& flags, UtilizationRules rules)
      : trace_(trace), flags_(flags), rules_(trace.version < kFirstV2 ? UtilizationRules::kExact : rules) {
    const auto& counts = trace.metrics[static_cast<size_t>(Metric::kGomaxprocs)];
    if (rules_ != UtilizationRules::kExact && !counts.empty()) counted_from_ = counts[0].time;
  }

  std::vector<UtilizationStep> Take() {
    AddProcCounts();
    for (size_t i = 0; i < trace_.ranges.size(); ++i) AddRange(trace_.ranges[i]);
    if (flags_.background) AddWorkers();
    std::stable_sort(steps_.begin(), steps_.end(),
                     [](const UtilizationStep& a, const UtilizationStep& b) { return a.time < b.time; });
    return std::move(steps_);
  }

 private:
  void AddProcCounts() {
    if (const auto& first = trace_.first_gomaxprocs) {
      steps_.push_back({first->time, StepKind::kProcCount, 0, first->value});
    }
    const auto& samples = trace_.metrics[static_cast<size_t>(Metric::kGomaxprocs)];
    for (size_t i = 0; i < samples.size(); ++i) {
      steps_.push_back({samples[i].time, StepKind::kProcCount, 0, samples[i].value});
    }
  }

  void AddRange(const TraceRange& range) {
    if (range.start == kNoTime) return;
    const std::string_view name = trace_.Text(range.name);
    if (name.starts_with("stop-the-world")) {
      const bool counts = trace_.version < kFirstV2 || name.find("GC") != std::string_view::npos;
      if (flags_.stw && counts) AddPair(StepKind::kStopTheWorld, 0, Begin(range), range.end);
    } else if (name == "GC incremental sweep") {
      if (!flags_.sweep || range.scope != RangeScope::kProc || range.scope_index >= trace_.procs.size()) return;
      AddPair(StepKind::kProc, trace_.procs[range.scope_index].id, Begin(range), range.end);
    } else if (name == "GC mark assist") {
      if (flags_.assist && range.scope_index < trace_.goroutines.size()) AddAssist(range);
    }
  }

  // Where a range begins to count.
  TraceTime Begin(const TraceRange& range) const {
    return range.active && rules_ != UtilizationRules::kExact ? 0 : range.start;
  }

  void AddAssist(const TraceRange& range) {
    const Goroutine& g = trace_.goroutines[range.scope_index];
    if (Begin(range) >= counted_from_) return AddRuns(g, range.start, range.end);
    if (range.end == kNoTime || range.end < counted_from_) return;
    if (const ProcIndex proc = ProcAt(g, range.end); !proc.is_none()) AddStep(range.end, -1, proc);
  }

  // A background worker says its mode right behind each start.
  void AddWorkers() {
    std::vector<uint8_t> known(rules_ == UtilizationRules::kGo123 ? trace_.goroutines.size() : 0, 0);
    for (size_t i = 0; i < trace_.labels.size(); ++i) {
      const TraceLabel& label = trace_.labels[i];
      const std::string_view text = trace_.Text(label.text);
      if (!text.starts_with("GC ") || text == "GC (idle)" || label.goroutine.is_none()) continue;
      if (label.time < counted_from_ || (flags_.per_proc && text == "GC (dedicated)")) continue;
      const Goroutine& g = trace_.goroutine(label.goroutine);
      if (rules_ != UtilizationRules::kGo123) {
        AddRuns(g, label.time, EndOfRun(g, label.time));
        continue;
      }
      // Once for the label, which is never taken back, and for ever after for each run.
      if (const ProcIndex proc = ProcAt(g, label.time); !proc.is_none()) AddStep(label.time, 1, proc);
      if (known[label.goroutine.index()]++ != 0) continue;
      const TraceTime stop = EndOfRun(g, label.time);
      if (stop == kNoTime) continue;
      if (const ProcIndex proc = ProcAt(g, label.time); !proc.is_none()) AddStep(stop, -1, proc);
      AddRuns(g, stop, kNoTime);
    }
  }

  ProcIndex ProcOf(const Span& span) const {
    const GoState state = span.go_state();
    if (state != GoState::kRunning && state != GoState::kSyscall) return ProcIndex::None();
    return span.peer < trace_.placements.size() ? trace_.placements[span.peer].proc : ProcIndex::None();
  }

  ProcIndex ProcAt(const Goroutine& g, TraceTime time) const {
    const uint32_t i = g.spans.empty() ? 0 : g.spans.IndexAt(time);
    return i < g.spans.size() ? ProcOf(g.spans[i]) : ProcIndex::None();
  }

  // When the goroutine leaves the P that it is on at `time`.
  TraceTime EndOfRun(const Goroutine& g, TraceTime time) const {
    uint32_t i = g.spans.empty() ? 0 : g.spans.IndexAt(time);
    if (i >= g.spans.size()) return kNoTime;
    const ProcIndex proc = ProcOf(g.spans[i]);
    if (proc.is_none()) return time;
    for (++i; i < g.spans.size(); ++i) {
      if (ProcOf(g.spans[i]) != proc) return g.spans[i].start;
    }
    return kNoTime;
  }

  // The P is taken while the goroutine is on it between `from` and `to`.
  void AddRuns(const Goroutine& g, TraceTime from, TraceTime to) {
    if (g.spans.empty()) return;
    uint32_t i = g.spans.IndexAt(from);
    if (i >= g.spans.size()) i = 0;
    const bool exact = rules_ == UtilizationRules::kExact;
    ProcIndex proc;
    for (; i < g.spans.size(); ++i) {
      const Span& span = g.spans[i];
      if (span.start >= to) break;
      const ProcIndex now = ProcOf(span);
      if (now == proc) continue;
      if (!proc.is_none()) AddStep(span.start, -1, proc);
      // What was there already when the trace began was there since its first Sync.
      const bool is_first = i == 0 || (i == 1 && g.spans[0].go_state() == GoState::kUndetermined);
      const TraceTime since = std::max(from, is_first && exact ? g.appeared : TraceTime{span.start});
      if (!now.is_none()) AddStep(since, 1, now);
      proc = now;
    }
    if (!proc.is_none() && to != kNoTime) AddStep(to, -1, proc);
  }

  void AddStep(TraceTime time, int8_t delta, ProcIndex proc) {
    steps_.push_back({time, StepKind::kProc, delta, trace_.procs[proc.index()].id});
  }

  void AddPair(StepKind kind, uint64_t value, TraceTime start, TraceTime end) {
    if (end <= start) return;
    if (start >= counted_from_) steps_.push_back({start, kind, 1, value});
    if (end != kNoTime && end >= counted_from_) steps_.push_back({end, kind, -1, value});
  }

  const Trace& trace_;
  const UtilizationFlags& flags_;
  const UtilizationRules rules_;
  TraceTime counted_from_ = 0;  // by the reference's rules: the first GOMAXPROCS
  std::vector<UtilizationStep> steps_;
};

// Behind each end of something that shares its time with the step before it: the first start or stop of a goroutine at
// another time.
void AddLooks(const Trace& trace, TraceTime same_time, std::vector<UtilizationStep>* steps) {
  struct Loss {
    TraceTime time;
    TraceTime looked_at = kNoTime;
  };
  std::vector<Loss> losses;
  for (size_t i = 1; i < steps->size(); ++i) {
    const UtilizationStep& step = (*steps)[i];
    if (step.delta < 0 && step.time - (*steps)[i - 1].time < same_time) losses.push_back({step.time});
  }
  if (losses.empty()) return;
  const auto look = [&](TraceTime time) {
    const auto behind = std::upper_bound(losses.begin(), losses.end(), time,
                                         [&](TraceTime t, const Loss& loss) { return t < loss.time + same_time; });
    if (behind != losses.begin()) (behind - 1)->looked_at = std::min((behind - 1)->looked_at, time);
  };
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    GoState before = GoState::kUndetermined;
    ForEachSpan(trace, trace.goroutines[i], [&](uint32_t, const Span& span, TraceTime) {
      const GoState now = span.go_state();
      const bool starts = now == GoState::kRunning && !IsSyscall(before);
      const bool stops = before == GoState::kRunning && !IsSyscall(now);
      if (starts || stops) look(span.start);
      before = now;
    });
  }
  for (const Loss& loss : losses) {
    if (loss.looked_at != kNoTime) steps->push_back({loss.looked_at, StepKind::kLook, 0, 0});
  }
  std::stable_sort(steps->begin(), steps->end(),
                   [](const UtilizationStep& a, const UtilizationStep& b) { return a.time < b.time; });
}

}  // namespace

TraceTime SameTime(const Trace& trace, UtilizationRules rules) {
  if (rules == UtilizationRules::kExact || trace.version >= kFirstV2 || trace.generations.empty()) return 1;
  const double ticks_per_second = trace.generations[0].ticks_per_second;
  // Half a tick of the clock.
  return ticks_per_second >= 1 ? std::max<TraceTime>(static_cast<TraceTime>(0.5e9 / ticks_per_second), 1) : 1;
}

std::vector<UtilizationStep> UtilizationSteps(const Trace& trace, const UtilizationFlags& flags,
                                              UtilizationRules rules) {
  std::vector<UtilizationStep> steps = Steps(trace, flags, rules).Take();
  if (const TraceTime same_time = SameTime(trace, rules); same_time > 1) AddLooks(trace, same_time, &steps);
  return steps;
}

}  // namespace flametrail
