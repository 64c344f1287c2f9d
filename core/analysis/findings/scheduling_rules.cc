// Rules over execution traces: what the scheduler and the collector leave to the program.
#include <algorithm>
#include <array>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/trace_facts.h"
#include "core/analysis/trace/mutator_utilization.h"
#include "core/analysis/trace/own_stack.h"
#include "core/analysis/trace/sched_waits.h"

namespace flametrail {
namespace {

// The run of a goroutine on the P that holds at `time`; null: it ran none then.
const ProcRun* RunAt(const Trace& trace, const Proc& proc, TraceTime time) {
  const auto starts_at = [&](size_t i) {
    return TraceTime{trace.goroutine(proc.runs[i].goroutine).spans[proc.runs[i].span].start};
  };
  size_t low = 0, high = proc.runs.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    (starts_at(middle) <= time ? low : high) = starts_at(middle) <= time ? middle + 1 : middle;
  }
  return low == 0 ? nullptr : &proc.runs[low - 1];
}

struct Stop {
  uint64_t nanos = 0;  // from the request until the last goroutine had stopped
  std::string who;
  std::string at;  // function in which it stopped
};

// The goroutine that ran longest after `range` began, of those that did stop before it was over.
Stop SlowestToStop(const Trace& trace, const TraceRange& range) {
  Stop slowest;
  for (const Proc& proc : trace.procs) {
    const ProcRun* run = RunAt(trace, proc, range.start);
    if (run == nullptr || run->goroutine == range.goroutine) continue;
    const Goroutine& goroutine = trace.goroutine(run->goroutine);
    const uint32_t i = goroutine.spans.IndexAt(range.start);
    if (i >= goroutine.spans.size() || goroutine.spans[i].go_state() != GoState::kRunning) continue;
    const TraceTime end = trace.SpanEnd(goroutine, i);
    if (end > range.end || end - range.start <= slowest.nanos) continue;
    slowest = {end - range.start, NameOf(trace, goroutine), std::string(LeafFunction(trace, OwnStack(goroutine, i)))};
  }
  return slowest;
}

}  // namespace

void CheckTraceSlowToStop(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    Stop worst;
    uint64_t stops = 0;
    for (size_t r = 0; r < trace.ranges.size(); ++r) {
      const TraceRange& range = trace.ranges[r];
      if (range.start == kNoTime || range.end == kNoTime || range.active) continue;
      if (!trace.Text(range.name).starts_with("stop-the-world")) continue;
      ++stops;
      Stop stop = SlowestToStop(trace, range);
      if (stop.nanos > worst.nanos) worst = std::move(stop);
    }
    if (worst.nanos == 0) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(worst.nanos) / 1e9;
    evidence.samples = stops;
    evidence.confidence = Certainty::kMedium;
    evidence.parameters = {{"where", worst.who}, {"at", worst.at.empty() ? "?" : worst.at}};
    evidence.link = {"timeline", "", ""};
    run->Report(std::move(evidence));
  });
}

// The share that the collector took of the worst 10 ms.
void CheckTraceLowUtilization(RuleRun* run) {
  constexpr uint64_t kWindow = 10'000'000;
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    // A trace of a few windows has a worst one by chance.
    if (DurationOf(trace) < 10.0 * kWindow) return;
    const auto series = MutatorUtilization(trace, {}, UtilizationRules::kExact);
    if (series.empty()) return;
    const auto worst = WorstWindows(series, kWindow, 1);
    if (worst.empty()) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = 1 - worst[0].utilization;
    evidence.confidence = Certainty::kHigh;
    evidence.parameters = {
        {"time", TimeText(static_cast<double>(worst[0].start - std::min(worst[0].start, trace.base)))},
        {"mean", FormatRuleValue(RuleUnit::kShare, 1 - MeanUtilization(series[0]))}};
    evidence.link = {"mmu", "", ""};
    run->Report(std::move(evidence));
  });
}

// Share of the time in which a goroutine waited for a millisecond or more while a P was idle. Shorter waits are the
// price of waking a thread.
void CheckTraceIdleProcs(RuleRun* run) {
  constexpr uint64_t kLongWait = 1'000'000;
  constexpr size_t kMostWaits = 100'000;
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    SchedWaits waits = ExplainSchedWaits(trace, {}, kMostWaits);
    std::erase_if(waits.longest,
                  [&](const SchedWait& wait) { return wait.cause != SchedCause::kIdleProc || wait.ns < kLongWait; });
    if (waits.longest.empty()) return;
    const SchedWait longest = waits.longest.front();
    const uint64_t count = waits.longest.size();
    std::sort(waits.longest.begin(), waits.longest.end(),
              [](const SchedWait& a, const SchedWait& b) { return a.start < b.start; });
    // Many may wait at once.
    double nanos = 0;
    TraceTime until = 0;
    for (const SchedWait& wait : waits.longest) {
      const TraceTime end = wait.start + wait.ns, start = std::max(wait.start, until);
      if (end > start) nanos += static_cast<double>(end - start);
      until = std::max(until, end);
    }
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = nanos / DurationOf(trace);
    evidence.samples = count;
    evidence.confidence = CertaintyFrom(static_cast<double>(count));
    evidence.parameters = {{"time", TimeText(nanos)},
                           {"longest", TimeText(static_cast<double>(longest.ns))},
                           {"count", FormatRuleValue(RuleUnit::kCount, static_cast<double>(count))},
                           {"where", NameOf(trace, trace.goroutine(longest.goroutine))}};
    evidence.link = {"timeline", "", ""};
    run->Report(std::move(evidence));
  });
}

}  // namespace flametrail
