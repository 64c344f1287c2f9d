#include "tests/core/support/trace_text.h"

namespace flametrail::testing {
namespace {

constexpr const char* kGoStateNames[] = {"Undetermined", "NotExist",       "Runnable", "Running",
                                         "Syscall",      "SyscallBlocked", "Waiting"};
constexpr const char* kProcStateNames[] = {"Undetermined", "NotExist", "Running", "Idle"};

std::string GoName(const Trace& trace, GoroutineIndex g) {
  return g.is_none() ? "-" : "g" + std::to_string(trace.goroutine(g).id);
}

std::string ShowTime(TraceTime time) { return time == kNoTime ? "" : std::to_string(time); }

std::string Interval(TraceTime start, TraceTime end) { return ShowTime(start) + ".." + ShowTime(end); }

std::string ShowPlacement(const Trace& trace, PlacementId id) {
  if (id.is_none()) return "";
  const Placement& place = trace.placements[id.index()];
  const std::string proc = place.proc.is_none() ? "-" : std::to_string(trace.procs[place.proc.index()].id);
  const std::string thread = place.thread.is_none() ? "-" : std::to_string(trace.threads[place.thread.index()].id);
  return " @P" + proc + "/M" + thread;
}

// "main.main>main.work", root first.
std::string ShowStack(const Trace& trace, StackId stack) {
  std::vector<LocationId> frames;
  trace.stacks.Expand(stack, &frames);
  std::string text;
  for (size_t i = frames.size(); i-- > 0;) {
    const FunctionId function = trace.locations.line_function[frames[i].index()];
    text += std::string(trace.Text(trace.functions.name[function.index()])) + (i > 0 ? ">" : "");
  }
  return text.empty() ? "" : " [" + text + "]";
}

std::string ShowSpan(const Trace& trace, const Span& span) {
  std::string text = kGoStateNames[span.state];
  if (span.reason != 0) text += "(" + std::string(trace.Text(trace.reasons[span.reason])) + ")";
  text += " " + std::to_string(span.start);
  if (span.go_state() == GoState::kRunnable) {
    const GoroutineIndex waker(span.peer);
    if (!waker.is_none()) text += " <-" + GoName(trace, waker);
  } else {
    text += ShowPlacement(trace, PlacementId(span.peer));
  }
  return text + ShowStack(trace, span.stack);
}

std::string ScopeName(const Trace& trace, const TraceRange& range) {
  switch (range.scope) {
    case RangeScope::kGlobal:
      return "global";
    case RangeScope::kGoroutine:
      return GoName(trace, GoroutineIndex(range.scope_index));
    case RangeScope::kProc:
      return "P" + std::to_string(trace.procs[range.scope_index].id);
  }
  return "";
}

std::string TaskName(const Trace& trace, TaskIndex task) {
  return task.is_none() ? "-" : "task " + std::to_string(trace.tasks[task.index()].id);
}

std::string Quoted(const Trace& trace, StringId text) { return "\"" + std::string(trace.Text(text)) + "\""; }

void ShowTasks(const Trace& trace, std::string* text) {
  for (size_t i = 0; i < trace.tasks.size(); ++i) {
    const TraceTask& task = trace.tasks[i];
    *text += "task " + std::to_string(task.id) + " " + Quoted(trace, task.type) + " " + Interval(task.start, task.end) +
             " parent " + TaskName(trace, task.parent) + " by " + GoName(trace, task.creator) + "\n";
  }
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    const TraceRegion& region = trace.regions[i];
    constexpr const char* kEnds[] = {"open", "ended", "exit"};
    *text += "region " + Quoted(trace, region.type) + " " + Interval(region.start, region.end) + " " +
             GoName(trace, region.goroutine) + " " + TaskName(trace, region.task) + " " +
             kEnds[static_cast<size_t>(region.end_kind)] + "\n";
  }
  for (size_t i = 0; i < trace.logs.size(); ++i) {
    const TraceLog& log = trace.logs[i];
    *text += "log " + std::to_string(log.time) + " " + GoName(trace, log.goroutine) + " " + TaskName(trace, log.task) +
             " " + Quoted(trace, log.category) + " " + Quoted(trace, log.message) + "\n";
  }
}

}  // namespace

std::string ShowGoroutines(const Trace& trace) {
  std::string text;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    const Goroutine& g = trace.goroutines[i];
    text += "g" + std::to_string(g.id) + (g.creation_seen ? "! <" + GoName(trace, g.parent) : "") + " " +
            std::string(trace.Text(g.name)) + " from " + std::to_string(g.appeared) + ":";
    for (uint32_t s = 0; s < g.spans.size(); ++s) text += (s == 0 ? " " : ", ") + ShowSpan(trace, g.spans[s]);
    text += '\n';
  }
  return text;
}

std::string ShowProcs(const Trace& trace) {
  std::string text;
  for (const Proc& proc : trace.procs) {
    text += "P" + std::to_string(proc.id) + ":";
    for (size_t i = 0; i < proc.spans.size(); ++i) {
      const ProcSpan& span = proc.spans[i];
      text += std::string(i == 0 ? " " : ", ") + kProcStateNames[span.state] + " " + std::to_string(span.start);
      if (!span.thread.is_none()) text += " M" + std::to_string(trace.threads[span.thread.index()].id);
    }
    text += ";";
    for (size_t i = 0; i < proc.runs.size(); ++i) {
      const ProcRun& run = proc.runs[i];
      const Goroutine& g = trace.goroutine(run.goroutine);
      text += " " + GoName(trace, run.goroutine) + "@" + std::to_string(g.spans[run.span].start);
    }
    text += '\n';
  }
  return text;
}

std::string ShowAnnotations(const Trace& trace) {
  std::string text;
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    text += "range " + Quoted(trace, range.name) + " " + Interval(range.start, range.end) + " " +
            ScopeName(trace, range) + (range.active ? " active" : "") + " by " + GoName(trace, range.goroutine) + "\n";
  }
  for (size_t i = 0; i < trace.sweeps.size(); ++i) {
    const SweepResult& sweep = trace.sweeps[i];
    text += "sweep of range " + std::to_string(sweep.range) + " " + std::to_string(sweep.swept_bytes) + " " +
            std::to_string(sweep.reclaimed_bytes) + "\n";
  }
  ShowTasks(trace, &text);
  for (size_t i = 0; i < trace.labels.size(); ++i) {
    text += "label " + std::to_string(trace.labels[i].time) + " " + GoName(trace, trace.labels[i].goroutine) + " " +
            Quoted(trace, trace.labels[i].text) + "\n";
  }
  for (size_t i = 0; i < trace.cpu_samples.size(); ++i) {
    const CpuSample& sample = trace.cpu_samples[i];
    text += "sample " + std::to_string(sample.time) + " " + GoName(trace, sample.goroutine) +
            ShowPlacement(trace, sample.placement) + ShowStack(trace, sample.stack) + "\n";
  }
  constexpr const char* kMetricNames[] = {"gomaxprocs", "heap", "goal"};
  for (size_t m = 0; m < kMetrics; ++m) {
    for (size_t i = 0; i < trace.metrics[m].size(); ++i) {
      text += std::string(kMetricNames[m]) + " " + std::to_string(trace.metrics[m][i].time) + " " +
              std::to_string(trace.metrics[m][i].value) + "\n";
    }
  }
  for (const TraceSync& sync : trace.syncs) {
    text += "sync " + std::to_string(sync.time) + (sync.clock ? " with a clock" : "") + "\n";
  }
  return text;
}

}  // namespace flametrail::testing
