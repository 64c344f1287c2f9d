#include "core/analysis/trace/selection.h"

#include <algorithm>

#include "core/analysis/trace/goroutine_stats.h"

namespace flametrail {
namespace {

Error Unknown(const std::string& what) { return Error{Code::kInvalid, std::nullopt, "the trace has no " + what}; }

TraceTime Absolute(const Trace& trace, int64_t since_base) {
  const int64_t time = static_cast<int64_t>(trace.base) +
                       std::clamp<int64_t>(since_base, -int64_t{kMaxTraceTime}, int64_t{kMaxTraceTime});
  return time < 0 ? 0 : static_cast<TraceTime>(time);
}

std::optional<TaskIndex> FindTask(const Trace& trace, uint64_t id) {
  for (size_t i = 0; i < trace.tasks.size(); ++i) {
    if (trace.tasks[i].id == id) return TaskIndex(i);
  }
  return std::nullopt;
}

// Keeps of `chosen` (empty: all) those that are in `also`.
void Restrict(std::vector<uint8_t> also, std::vector<uint8_t>* chosen) {
  if (chosen->empty()) {
    *chosen = std::move(also);
    return;
  }
  for (size_t i = 0; i < also.size(); ++i) (*chosen)[i] &= also[i];
}

bool IsAny(const std::vector<uint8_t>& chosen) { return std::find(chosen.begin(), chosen.end(), 1) != chosen.end(); }

std::vector<uint8_t> GoroutinesOfTask(const Trace& trace, TaskIndex task) {
  std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
  const auto choose = [&](GoroutineIndex g) {
    if (!g.is_none()) chosen[g.index()] = 1;
  };
  choose(trace.tasks[task.index()].creator);
  choose(trace.tasks[task.index()].ender);
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    if (trace.regions[i].task == task) choose(trace.regions[i].goroutine);
  }
  for (size_t i = 0; i < trace.logs.size(); ++i) {
    if (trace.logs[i].task == task) choose(trace.logs[i].goroutine);
  }
  return chosen;
}

}  // namespace

TraceScope WindowOf(const Trace& trace, const TraceSelection& selection) {
  TraceScope scope;
  if (selection.from_ns) scope.from = Absolute(trace, *selection.from_ns);
  if (selection.to_ns) scope.to = Absolute(trace, *selection.to_ns);
  return scope;
}

Result<TraceScope> ScopeOf(const Trace& trace, const TraceSelection& selection) {
  TraceScope scope = WindowOf(trace, selection);
  if (!selection.only.empty()) {
    std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
    for (const uint32_t g : selection.only) {
      if (g < chosen.size()) chosen[g] = 1;
    }
    if (!IsAny(chosen)) return Unknown("such goroutines");
    Restrict(std::move(chosen), &scope.goroutines);
  }
  if (selection.goroutine) {
    std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
    for (size_t i = 0; i < chosen.size(); ++i) chosen[i] = trace.goroutines[i].id == *selection.goroutine;
    if (!IsAny(chosen)) return Unknown("goroutine " + std::to_string(*selection.goroutine));
    Restrict(std::move(chosen), &scope.goroutines);
  }
  if (selection.name) {
    std::vector<uint8_t> chosen = GoroutinesNamed(trace, *selection.name);
    if (!IsAny(chosen)) return Unknown("goroutine with the start function \"" + *selection.name + "\"");
    Restrict(std::move(chosen), &scope.goroutines);
  }
  if (selection.region) {
    std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
    for (size_t i = 0; i < trace.regions.size(); ++i) {
      const TraceRegion& region = trace.regions[i];
      if (!region.goroutine.is_none() && trace.Text(region.type) == *selection.region) {
        chosen[region.goroutine.index()] = 1;
      }
    }
    if (!IsAny(chosen)) return Unknown("region of the type \"" + *selection.region + "\"");
    Restrict(std::move(chosen), &scope.goroutines);
  }
  if (selection.task) {
    const std::optional<TaskIndex> task = FindTask(trace, *selection.task);
    if (!task) return Unknown("task " + std::to_string(*selection.task));
    Restrict(GoroutinesOfTask(trace, *task), &scope.goroutines);
    const TraceTask& row = trace.tasks[task->index()];
    if (row.start != kNoTime) scope.from = std::max(scope.from, row.start);
    scope.to = std::min(scope.to, row.end);
  }
  return scope;
}

Result<Stretches> StretchesOf(const Trace& trace, const TraceSelection& selection) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, selection));
  if (!selection.region) return Lifetimes(trace, scope);
  StringPool strings = trace.strings;  // shares the texts
  return RegionStretches(trace, scope, {strings.Intern(*selection.region), std::nullopt});
}

Result<Stretch> SlowestOf(const Trace& trace, const TraceSelection& selection) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, selection));
  std::optional<Stretch> slowest;
  const auto offer = [&](GoroutineIndex g, TraceTime start, TraceTime end) {
    start = std::max(start, scope.from);
    end = std::min({end, scope.to, trace.end});
    if (g.is_none() || !scope.Has(g.index()) || end <= start) return;
    if (!slowest || end - start > slowest->end - slowest->start) slowest = Stretch{g.value, start, end};
  };
  if (selection.region) {
    for (size_t i = 0; i < trace.regions.size(); ++i) {
      const TraceRegion& region = trace.regions[i];
      if (trace.Text(region.type) != *selection.region || (selection.task && region.task.is_none())) continue;
      if (selection.task && trace.tasks[region.task.index()].id != *selection.task) continue;
      offer(region.goroutine, region.start == kNoTime ? 0 : region.start, region.end);
    }
  } else if (selection.task) {
    const TraceTask& task = trace.tasks[FindTask(trace, *selection.task)->index()];
    offer(task.ender.is_none() ? task.creator : task.ender, task.start == kNoTime ? 0 : task.start, task.end);
  } else {
    for (size_t i = 0; i < trace.goroutines.size(); ++i) {
      const Goroutine& g = trace.goroutines[i];
      if (!scope.Has(i) || g.spans.empty()) continue;
      const bool ended = g.spans.back().go_state() == GoState::kNotExist;
      const bool is_told = g.spans[0].go_state() != GoState::kUndetermined || g.spans.size() == 1;
      offer(GoroutineIndex(i), g.spans[is_told ? 0 : 1].start, ended ? TraceTime{g.spans.back().start} : trace.end);
    }
  }
  if (!slowest) return Error{Code::kInvalid, std::nullopt, "nothing of the trace is in the selection"};
  return *slowest;
}

}  // namespace flametrail
