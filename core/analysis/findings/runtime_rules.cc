// Rules over what the runtime logs of itself: GODEBUG=gctrace=1 and schedtrace.
#include <algorithm>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

template <typename Check>
void ForEachCycles(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const GcLog* log = run->subjects()[i].gc_log;
    if (log != nullptr && !log->cycles.empty()) check(i, log->cycles);
  }
}

RuleRun::Evidence OfCycles(size_t subject, double value, size_t cycles) {
  RuleRun::Evidence evidence;
  evidence.subject = subject;
  evidence.value = value;
  evidence.samples = cycles;
  evidence.confidence = CertaintyFrom(static_cast<double>(cycles));
  evidence.parameters = {{"collections", std::to_string(cycles)}};
  evidence.link = {"gc", "", ""};
  return evidence;
}

}  // namespace

void CheckGcLogPercent(RuleRun* run) {
  ForEachCycles(run, [&](size_t subject, const std::vector<GcCycle>& cycles) {
    run->Report(OfCycles(subject, cycles.back().percent / 100.0, cycles.size()));
  });
}

void CheckGcLogRate(RuleRun* run) {
  ForEachCycles(run, [&](size_t subject, const std::vector<GcCycle>& cycles) {
    const double seconds = static_cast<double>(cycles.back().start_ns - cycles.front().start_ns) / 1e9;
    if (cycles.size() < 10 || seconds <= 0) return;
    RuleRun::Evidence evidence = OfCycles(subject, static_cast<double>(cycles.size() - 1) / seconds, cycles.size());
    evidence.parameters.emplace_back("heap", std::to_string(cycles.back().goal_mb) + "MB");
    run->Report(std::move(evidence));
  });
}

void CheckGcLogPause(RuleRun* run) {
  ForEachCycles(run, [&](size_t subject, const std::vector<GcCycle>& cycles) {
    int64_t longest = 0;
    uint64_t number = 0;
    for (const GcCycle& cycle : cycles) {
      const int64_t pause = std::max(cycle.sweep_stop_ns, cycle.mark_stop_ns);
      if (pause <= longest) continue;
      longest = pause;
      number = cycle.number;
    }
    RuleRun::Evidence evidence = OfCycles(subject, static_cast<double>(longest) / 1e9, cycles.size());
    evidence.parameters.emplace_back("cycle", std::to_string(number));
    run->Report(std::move(evidence));
  });
}

void CheckGcLogAssist(RuleRun* run) {
  ForEachCycles(run, [&](size_t subject, const std::vector<GcCycle>& cycles) {
    double assist = 0;
    double all = 0;
    for (const GcCycle& cycle : cycles) {
      assist += static_cast<double>(cycle.assist_cpu_ns);
      all += static_cast<double>(cycle.assist_cpu_ns) + static_cast<double>(cycle.background_cpu_ns) +
             static_cast<double>(cycle.idle_cpu_ns);
    }
    if (all > 0) run->Report(OfCycles(subject, assist / all, cycles.size()));
  });
}

void CheckRunQueue(RuleRun* run) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const GcLog* log = run->subjects()[i].gc_log;
    if (log == nullptr || log->sched.empty()) continue;
    double queued = 0;
    double procs = 0;
    for (const SchedState& state : log->sched) {
      queued += static_cast<double>(state.global_queue) + static_cast<double>(state.local_queues);
      procs += state.procs;
    }
    if (procs <= 0) continue;
    RuleRun::Evidence evidence;
    evidence.subject = i;
    evidence.value = queued / procs;
    evidence.samples = log->sched.size();
    evidence.confidence = CertaintyFrom(static_cast<double>(log->sched.size()) * 3);
    evidence.link = {"info", "", ""};
    run->Report(std::move(evidence));
  }
}

}  // namespace flametrail
