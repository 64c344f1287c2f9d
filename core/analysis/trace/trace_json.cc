#include "core/analysis/trace/trace_json.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "core/analysis/trace/contention.h"
#include "core/analysis/trace/critical_path.h"
#include "core/analysis/trace/footprint.h"
#include "core/analysis/trace/gc_table.h"
#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/json_parts.h"
#include "core/analysis/trace/latency_groups.h"
#include "core/analysis/trace/sched_waits.h"
#include "core/analysis/trace/state_totals.h"
#include "core/analysis/trace/summary_sections.h"
#include "core/analysis/trace/trace_diff.h"

namespace flametrail {
namespace {

Status WriteGoroutines(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  const GoroutineStatsColumns stats = GoroutineStats(trace, scope, StatsRules::kExact);
  json->BeginArray("goroutines");
  for (size_t row = 0; row < stats.size(); ++row) {
    const Goroutine& g = trace.goroutine(stats.goroutine[row]);
    json->BeginObject();
    json->Field("id", g.id);
    json->Field("name", trace.Text(g.name));
    json->Field("total_ns", stats.total[row]);
    json->Field("exec_ns", stats.exec[row]);
    json->Field("sched_ns", stats.sched[row]);
    json->Field("syscall_ns", stats.syscall[row]);
    json->Field("syscall_block_ns", stats.syscall_block[row]);
    json->Field("unknown_ns", stats.unknown[row]);
    json->BeginObject("block_ns");
    for (uint32_t i = stats.block_begin[row]; i < stats.block_begin[row + 1]; ++i) {
      json->Field(trace.Text(trace.reasons[stats.block_reason[i]]), stats.block_ns[i]);
    }
    json->EndObject();
    json->BeginObject("ranges_ns");
    for (uint32_t i = stats.range_begin[row]; i < stats.range_begin[row + 1]; ++i) {
      json->Field(trace.Text(stats.range_name[i]), stats.range_ns[i]);
    }
    json->EndObject();
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteFunctions(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  const GoroutineGroupColumns groups = GroupByStartFunction(trace, GoroutineStats(trace, scope, StatsRules::kExact));
  json->BeginArray("functions");
  for (size_t row = 0; row < groups.size(); ++row) {
    json->BeginObject();
    json->Field("name", trace.Text(groups.name[row]));
    json->Field("count", groups.count[row]);
    json->Field("total_ns", groups.total[row]);
    json->Field("exec_ns", groups.exec[row]);
    json->Field("sched_ns", groups.sched[row]);
    json->Field("block_ns", groups.block[row]);
    json->Field("syscall_ns", groups.syscall[row]);
    json->Field("syscall_block_ns", groups.syscall_block[row]);
    json->Field("unknown_ns", groups.unknown[row]);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteRelated(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  constexpr uint32_t kDepth = 2;
  ASSIGN_OR_RETURN(const Stretch start, SlowestOf(trace, options.selection));
  const std::vector<uint8_t> related = RelatedGoroutines(trace, GoroutineIndex(start.goroutine), kDepth);
  json->Field("goroutine", trace.goroutines[start.goroutine].id);
  json->BeginArray("related");
  for (size_t i = 0; i < related.size(); ++i) {
    if (related[i] == 0) continue;
    json->BeginObject();
    json->Field("id", trace.goroutines[i].id);
    json->Field("name", trace.Text(trace.goroutines[i].name));
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteGc(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  const TraceScope window = WindowOf(trace, options.selection);
  const GcColumns cycles = GcTable(trace);
  json->BeginArray("cycles");
  for (size_t row = 0; row < cycles.size(); ++row) {
    const TraceTime start = cycles.start[row] == kNoTime ? 0 : cycles.start[row];
    if (start >= window.to || cycles.end[row] <= window.from) continue;
    json->BeginObject();
    WriteTime(trace, "start", cycles.start[row], json);
    WriteTime(trace, "end", cycles.end[row], json);
    json->Field("pause_ns", cycles.pause_ns[row]);
    json->Field("longest_pause_ns", cycles.longest_pause_ns[row]);
    json->Field("assist_ns", cycles.assist_ns[row]);
    json->Field("dedicated_ns", cycles.dedicated_ns[row]);
    json->Field("fractional_ns", cycles.fractional_ns[row]);
    json->Field("idle_ns", cycles.idle_ns[row]);
    json->Field("heap_start_bytes", cycles.heap_start_bytes[row]);
    json->Field("heap_end_bytes", cycles.heap_end_bytes[row]);
    json->Field("goal_bytes", cycles.goal_bytes[row]);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

void WriteGroups(const Trace& trace, const std::vector<LatencyGroup>& groups, JsonWriter* json) {
  json->BeginArray("groups");
  for (const LatencyGroup& group : groups) {
    json->BeginObject();
    json->Field("type", trace.Text(group.type));
    if (!group.frame.is_none()) json->Field("frame", FrameText(trace, group.frame));
    json->Field("count", group.count);
    json->Field("complete", group.complete);
    json->Field("sum_ns", group.histogram.sum_ns());
    json->Field("max_ns", group.histogram.max_ns());
    json->BeginArray("histogram");
    for (size_t i = 0; i < group.histogram.counts().size(); ++i) {
      json->BeginObject();
      json->Field("from_ns", LatencyHistogram::LowerEdge(group.histogram.first_bucket() + static_cast<uint32_t>(i)));
      json->Field("count", group.histogram.counts()[i]);
      json->EndObject();
    }
    json->EndArray();
    json->EndObject();
  }
  json->EndArray();
}

template <std::vector<LatencyGroup> (*kGroup)(const Trace&, const TraceScope&)>
Status WriteLatencies(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  WriteGroups(trace, kGroup(trace, scope), json);
  return OkStatus();
}

Status WriteSchedWaits(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  const SchedWaits waits = ExplainSchedWaits(trace, scope, options.keep);
  json->BeginArray("causes");
  for (size_t i = 0; i < kSchedCauses; ++i) {
    json->BeginObject();
    json->Field("cause", SchedCauseName(static_cast<SchedCause>(i)));
    json->Field("count", waits.count[i]);
    json->Field("ns", waits.ns[i]);
    json->Field("longest_ns", waits.longest_ns[i]);
    json->EndObject();
  }
  json->EndArray();
  json->BeginArray("longest");
  for (const SchedWait& wait : waits.longest) {
    json->BeginObject();
    WriteGoroutineName(trace, "goroutine", wait.goroutine, json);
    WriteTime(trace, "start", wait.start, json);
    json->Field("ns", wait.ns);
    json->Field("cause", SchedCauseName(wait.cause));
    json->Field("explained_ns", wait.explained_ns);
    if (!wait.proc.is_none()) json->Field("proc", trace.procs[wait.proc.index()].id);
    if (!wait.culprit.is_none()) WriteGoroutineName(trace, "culprit", wait.culprit, json);
    WriteStack(trace, "made_runnable_at", trace.goroutine(wait.goroutine).spans[wait.span].stack, json);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteContention(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  const ContentionColumns rows = MapContention(trace, scope, false);
  json->Field("pairs_count", uint64_t{rows.size()});
  json->BeginArray("pairs");
  for (size_t i = 0; i < std::min(rows.size(), options.keep); ++i) {
    json->BeginObject();
    json->Field("reason", trace.Text(trace.reasons[rows.reason[i]]));
    json->Field("count", rows.count[i]);
    json->Field("delay_ns", rows.delay_ns[i]);
    json->Field("longest_ns", rows.longest_ns[i]);
    WriteGoroutineName(trace, "longest_of", rows.longest_of[i], json);
    WriteTime(trace, "longest_start", rows.longest_start[i], json);
    json->Field("waiters", rows.waiters[i]);
    json->Field("wakers", rows.wakers[i]);
    json->Field("convoy", rows.is_convoy[i] != 0);
    json->Field("single_consumer", rows.is_single_consumer[i] != 0);
    WriteStack(trace, "waiter", rows.waiter[i], json);
    WriteStack(trace, "unblocker", rows.unblocker[i], json);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

// The duration from which on a step is among the `keep` longest.
uint64_t LeastKept(const CriticalPath& path, size_t keep) {
  if (path.steps.size() <= keep) return 0;
  std::vector<uint64_t> ns;
  for (const PathStep& step : path.steps) ns.push_back(step.end - step.start);
  std::nth_element(ns.begin(), ns.begin() + static_cast<ptrdiff_t>(keep), ns.end(), std::greater<>());
  return ns[keep] + 1;
}

Status WritePath(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const Stretch slow, SlowestOf(trace, options.selection));
  const CriticalPath path = FindCriticalPath(trace, GoroutineIndex(slow.goroutine), slow.start, slow.end);
  WriteGoroutineName(trace, "goroutine", GoroutineIndex(slow.goroutine), json);
  WriteTime(trace, "start", slow.start, json);
  WriteTime(trace, "end", slow.end, json);
  json->BeginObject("ns");
  for (size_t kind = 0; kind < kPathKinds; ++kind) {
    if (path.ns[kind] > 0) json->Field(PathKindName(static_cast<PathKind>(kind)), path.ns[kind]);
  }
  json->EndObject();
  json->Field("steps_count", uint64_t{path.steps.size()});
  json->BeginArray("steps");
  const uint64_t least = LeastKept(path, options.keep_steps);
  for (const PathStep& step : path.steps) {
    if (step.end - step.start < least) continue;
    json->BeginObject();
    WriteTime(trace, "start", step.start, json);
    json->Field("ns", step.end - step.start);
    json->Field("kind", PathKindName(step.kind));
    json->Field("depth", step.depth);
    json->Field("link", PathLinkName(step.link));
    WriteGoroutineName(trace, "goroutine", step.goroutine, json);
    if (step.reason != 0) json->Field("reason", trace.Text(trace.reasons[step.reason]));
    WriteStack(trace, "stack", step.stack, json);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteTaskList(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  const std::vector<TaskIndex> tasks = FindTasks(trace, {});
  const size_t first = tasks.size() > options.keep ? tasks.size() - options.keep : 0;  // the longest
  json->Field("tasks_count", uint64_t{tasks.size()});
  json->BeginArray("tasks");
  for (size_t i = first; i < tasks.size(); ++i) {
    const TraceTask& task = trace.tasks[tasks[i].index()];
    json->BeginObject();
    json->Field("id", task.id);
    json->Field("type", trace.Text(task.type));
    if (!task.parent.is_none()) json->Field("parent", trace.tasks[task.parent.index()].id);
    WriteTime(trace, "start", task.start, json);
    WriteTime(trace, "end", task.end, json);
    json->Field("ns", TaskDuration(trace, task));
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

// How long goroutines were in each state, waiting by its reason.
Status WriteStates(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  ASSIGN_OR_RETURN(const TraceScope scope, ScopeOf(trace, options.selection));
  const StateTotals totals = SumStates(trace, scope);
  json->Field("running_ns", totals.ns[static_cast<size_t>(GoState::kRunning)]);
  json->Field("runnable_ns", totals.ns[static_cast<size_t>(GoState::kRunnable)]);
  json->Field("syscall_ns", totals.ns[static_cast<size_t>(GoState::kSyscall)]);
  json->Field("syscall_block_ns", totals.ns[static_cast<size_t>(GoState::kSyscallBlocked)]);
  json->BeginObject("waiting_ns");
  for (size_t i = 0; i < totals.waiting_ns.size(); ++i) {
    if (totals.waiting_ns[i] > 0) json->Field(trace.Text(trace.reasons[i]), totals.waiting_ns[i]);
  }
  json->EndObject();
  return OkStatus();
}

// Where in the decompressed file the generations are.
Status WriteGenerations(const Trace& trace, const TraceJsonOptions&, JsonWriter* json) {
  json->BeginArray("generations");
  for (const Generation& generation : trace.generations) {
    json->BeginObject();
    json->Field("number", generation.number);
    json->Field("offset", generation.offset);
    json->Field("bytes", generation.bytes);
    WriteTime(trace, "start", generation.start, json);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteEventTypes(const Trace& trace, const TraceJsonOptions&, JsonWriter* json) {
  json->BeginArray("types");
  for (const WireCount& type : FootprintRows(trace)) {
    json->BeginObject();
    json->Field("name", type.name);
    json->Field("count", type.count);
    json->Field("bytes", type.bytes);
    json->EndObject();
  }
  json->EndArray();
  return OkStatus();
}

Status WriteMmu(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  WriteUtilizationCurve(trace, options, json);
  return OkStatus();
}

struct Analysis {
  std::string_view name;
  Status (*write)(const Trace&, const TraceJsonOptions&, JsonWriter*);
};
constexpr std::array<Analysis, 15> kAnalyses = {{
    {"goroutines", WriteGoroutines},
    {"functions", WriteFunctions},
    {"related", WriteRelated},
    {"gc", WriteGc},
    {"tasks", WriteTaskList},
    {"task-latency", WriteLatencies<GroupTasks>},
    {"region-latency", WriteLatencies<GroupRegions>},
    {"log-latency", WriteLatencies<GroupLogs>},
    {"sched", WriteSchedWaits},
    {"contention", WriteContention},
    {"path", WritePath},
    {"mmu", WriteMmu},
    {"states", WriteStates},
    {"generations", WriteGenerations},
    {"footprint", WriteEventTypes},
}};

}  // namespace

std::string TraceJsonNames() {
  std::string names;
  for (const Analysis& analysis : kAnalyses) names += (names.empty() ? "" : ", ") + std::string(analysis.name);
  return names;
}

Status WriteTraceJson(const Trace& trace, std::string_view name, const TraceJsonOptions& options,
                      const TextSink& sink) {
  for (const Analysis& analysis : kAnalyses) {
    if (analysis.name != name) continue;
    // What fails does so before anything is written.
    std::string text;
    {
      JsonWriter json([&](std::string_view part) { text += part; });
      json.BeginObject();
      RETURN_IF_ERROR(analysis.write(trace, options, &json));
      json.EndObject();
      json.NewLine();
    }
    sink(text);
    return OkStatus();
  }
  return Error{Code::kInvalid, std::nullopt,
               "-json: there is no analysis \"" + std::string(name) + "\", only " + TraceJsonNames() + " and diff"};
}

void WriteTraceDiff(const Trace& before, const Trace& after, const TraceJsonOptions& options, const TextSink& sink) {
  const TraceDiff diff = DiffTraces(before, after, options.keep);
  JsonWriter json(sink);
  json.BeginObject();
  WritePair("duration_ns", diff.duration_ns, &json);
  WritePair("gc_cycles", diff.gc_cycles, &json);
  WritePair("gc_pause_ns", diff.gc_pause_ns, &json);
  WritePair("sched_ns", diff.sched_ns, &json);
  json.BeginArray("functions");
  for (const FunctionDiff& row : diff.functions) {
    json.BeginObject();
    json.Field("name", row.name);
    WritePair("goroutines", row.goroutines, &json);
    WritePair("exec_ns", row.exec_ns, &json);
    WritePair("sched_ns", row.sched_ns, &json);
    WritePair("block_ns", row.block_ns, &json);
    WritePair("syscall_ns", row.syscall_ns, &json);
    WritePair("gc_ns", row.gc_ns, &json);
    WritePair("wakeups", row.wakeups, &json);
    json.EndObject();
  }
  json.EndArray();
  json.BeginArray("stacks");
  for (const StackDiff& row : diff.stacks) {
    json.BeginObject();
    json.Field("state", row.state);
    WritePair("count", row.count, &json);
    WritePair("ns", row.ns, &json);
    json.BeginArray("frames");
    for (const std::string& frame : row.frames) json.Text(frame);
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.NewLine();
}

}  // namespace flametrail
