#include "core/analysis/trace/summary_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/trace/state_totals.h"
#include "core/analysis/trace/summary_sections.h"
#include "core/base/json_writer.h"

namespace flametrail {
namespace {

constexpr size_t kInstants = 20;
constexpr std::array<std::string_view, kEventKinds> kEventKindNames = {
    "Sync",      "Metric",  "Label",       "StackSample", "RangeBegin", "RangeActive",     "RangeEnd",
    "TaskBegin", "TaskEnd", "RegionBegin", "RegionEnd",   "Log",        "StateTransition", "Experimental"};
constexpr std::array<std::string_view, kGoStates> kGoStateNames = {"Undetermined", "NotExist", "Runnable", "Running",
                                                                   "Syscall",      "Syscall",  "Waiting"};
constexpr std::array<std::string_view, kProcStates> kProcStateNames = {"Undetermined", "NotExist", "Running", "Idle"};
constexpr std::array<std::string_view, kMetrics> kMetricNames = {
    "/sched/gomaxprocs:threads", "/memory/classes/heap/objects:bytes", "/gc/heap/goal:bytes"};

void WriteHead(const Trace& trace, const SummaryFile& file, JsonWriter* json) {
  json->Field("file", file.file);
  json->Field("size", file.bytes);
  json->Field("header", trace.header);
  json->Field("result", file.error ? "error" : "ok");
  if (file.error) json->Field("error", *file.error);
  json->Field("first_ns", trace.origin);
  json->Field("base_ns", trace.origin + static_cast<int64_t>(trace.base));
  json->Field("last_ns", trace.origin + static_cast<int64_t>(trace.end));
  json->Field("duration_ns", trace.end - trace.base);
  uint64_t total = 0;
  json->BeginObject("events_by_kind");
  for (size_t kind = 0; kind < kEventKinds; ++kind) {
    total += trace.events_by_kind[kind];
    if (trace.events_by_kind[kind] > 0) json->Field(kEventKindNames[kind], trace.events_by_kind[kind]);
  }
  json->EndObject();
  json->Field("events_total", total);
  json->Field("experimental_events", trace.events_by_kind[static_cast<size_t>(EventKind::kExperimental)]);
  json->BeginObject("experimental_by_name");
  for (const WireCount& row : trace.experimental) json->Field(row.name, row.count);
  json->EndObject();
}

void WriteSyncs(const Trace& trace, JsonWriter* json) {
  json->BeginArray("syncs");
  for (const TraceSync& sync : trace.syncs) {
    json->BeginObject();
    json->Field("t", SinceBase(trace, sync.time));
    if (sync.experimental_batches > 0) json->Field("experimental_batches", sync.experimental_batches);
    if (sync.clock) {
      json->BeginObject("clock");
      json->Field("trace", trace.origin + static_cast<int64_t>(sync.clock->time));
      json->Field("mono", sync.clock->monotonic_ns);
      json->Field("wall_unix_ns", sync.clock->wall_seconds * 1000000000 + int64_t{sync.clock->wall_nanos});
      json->EndObject();
    }
    json->EndObject();
  }
  json->EndArray();
}

template <size_t kStates>
void WriteTransitions(std::string_view key, const std::array<std::array<uint64_t, kStates>, kStates>& counts,
                      const std::array<std::string_view, kStates>& names, JsonWriter* json) {
  json->BeginObject(key);
  for (size_t from = 0; from < kStates; ++from) {
    for (size_t to = 0; to < kStates; ++to) {
      if (counts[from][to] == 0) continue;
      json->Field(std::string(names[from]) + "->" + std::string(names[to]), counts[from][to]);
    }
  }
  json->EndObject();
}

void WriteMetrics(const Trace& trace, JsonWriter* json) {
  const auto& procs = trace.metrics[static_cast<size_t>(Metric::kGomaxprocs)];
  json->BeginArray("gomaxprocs");
  for (size_t i = 0; i < procs.size(); ++i) {
    json->BeginArray();
    json->Signed(SinceBase(trace, procs[i].time));
    json->Unsigned(procs[i].value);
    json->EndArray();
  }
  json->EndArray();
  json->BeginObject("metrics");
  for (size_t metric = 0; metric < kMetrics; ++metric) {
    const Chunked<MetricSample>& samples = trace.metrics[metric];
    if (samples.empty()) continue;
    uint64_t least = samples[0].value;
    MetricSample most = {trace.base, 0};  // the first one that is above all before it
    for (size_t i = 0; i < samples.size(); ++i) {
      least = std::min(least, samples[i].value);
      if (samples[i].value > most.value) most = samples[i];
    }
    json->BeginObject(kMetricNames[metric]);
    json->Field("count", uint64_t{samples.size()});
    json->Field("first_t", SinceBase(trace, samples[0].time));
    json->Field("first", samples[0].value);
    json->Field("last_t", SinceBase(trace, samples.back().time));
    json->Field("last", samples.back().value);
    json->Field("min", least);
    json->Field("max", most.value);
    json->Field("max_t", SinceBase(trace, most.time));
    json->EndObject();
  }
  json->EndObject();
}

void WriteProcs(const Trace& trace, JsonWriter* json) {
  std::vector<std::pair<uint64_t, uint64_t>> rows;  // id, running
  for (const Proc& proc : trace.procs) {
    uint64_t running = 0;
    for (size_t i = 0; i < proc.spans.size(); ++i) {
      if (static_cast<ProcState>(proc.spans[i].state) != ProcState::kRunning) continue;
      running += (i + 1 < proc.spans.size() ? TraceTime{proc.spans[i + 1].start} : trace.end) - proc.spans[i].start;
    }
    rows.push_back({proc.id, running});
  }
  std::sort(rows.begin(), rows.end());
  json->BeginArray("procs");
  for (const auto& [id, running] : rows) {
    json->BeginObject();
    json->Field("id", id);
    json->Field("running", running);
    json->EndObject();
  }
  json->EndArray();
  std::vector<uint64_t> threads;
  for (const Thread& thread : trace.threads) threads.push_back(thread.id);
  std::sort(threads.begin(), threads.end());
  json->BeginArray("threads");
  for (const uint64_t id : threads) json->Unsigned(id);
  json->EndArray();
}

void WriteStates(const Trace& trace, JsonWriter* json) {
  const StateTotals totals = SumStates(trace, TraceScope());
  const auto ns = [&](GoState state) { return totals.ns[static_cast<size_t>(state)]; };
  json->BeginObject("state_totals_ns");
  for (const GoState state : {GoState::kRunnable, GoState::kRunning, GoState::kSyscall}) {
    if (!totals.seen[static_cast<size_t>(state)] && state != GoState::kSyscall) continue;
    const bool blocked = totals.seen[static_cast<size_t>(GoState::kSyscallBlocked)];
    if (state == GoState::kSyscall && !totals.seen[static_cast<size_t>(state)] && !blocked) continue;
    json->Field(kGoStateNames[static_cast<size_t>(state)],
                ns(state) + (state == GoState::kSyscall ? ns(GoState::kSyscallBlocked) : 0));
  }
  std::map<std::string_view, uint64_t> waiting;
  for (size_t reason = 0; reason < totals.waiting_ns.size(); ++reason) {
    if (totals.waiting_seen[reason] != 0) waiting[trace.Text(trace.reasons[reason])] += totals.waiting_ns[reason];
  }
  for (const auto& [reason, sum] : waiting) json->Field("Waiting:" + std::string(reason), sum);
  json->EndObject();

  std::vector<TraceTime> times;
  for (size_t i = 0; i <= kInstants; ++i) times.push_back(trace.base + (trace.end - trace.base) * i / kInstants);
  const std::vector<StateCounts> counts = CountStatesAt(trace, times);
  json->BeginArray("state_counts_at");
  for (size_t i = 0; i < times.size(); ++i) {
    json->BeginObject();
    json->Field("t", SinceBase(trace, times[i]));
    json->Field("runnable", counts[i].runnable);
    json->Field("running", counts[i].running);
    json->Field("syscall", counts[i].syscall);
    json->Field("waiting", counts[i].waiting);
    json->EndObject();
  }
  json->EndArray();
}

void WriteWire(const Trace& trace, JsonWriter* json) {
  json->BeginObject("wire");
  uint64_t total = 0;
  json->BeginObject("wire_events_by_type");
  for (const WireCount& row : trace.wire) {
    total += row.count;
    if (row.count > 0) json->Field(row.name, row.count);
  }
  json->EndObject();
  json->Field("wire_events_total", total);
  json->BeginObject("batches_by_generation");
  for (const Generation& generation : trace.generations) {
    json->Field(std::to_string(generation.number), generation.batches);
  }
  json->EndObject();
  json->Field("batch_ms", trace.batch_threads);
  json->Field("data_bytes", trace.data_bytes);
  json->Field("max_stack_depth", trace.max_stack_depth);
  json->Field("stack_frames", trace.stack_frames);
  json->EndObject();
}

}  // namespace

void WriteTraceSummary(const Trace& trace, const SummaryFile& file, const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginObject();
  WriteHead(trace, file, &json);
  WriteSyncs(trace, &json);
  WriteTransitions("goroutine_transitions", trace.go_transitions, kGoStateNames, &json);
  WriteTransitions("proc_transitions", trace.proc_transitions, kProcStateNames, &json);
  WriteMetrics(trace, &json);
  WriteProcs(trace, &json);
  WriteRangeSections(trace, &json);
  WriteStates(trace, &json);
  WriteGoroutineSections(trace, &json);
  WriteTaskSections(trace, &json);
  WriteSampleSections(trace, &json);
  if (!file.error) WriteUtilization(trace, "mmu", /*absolute=*/false, &json);
  if (trace.version >= kFirstV2Version) {
    WriteWire(trace, &json);
  } else {
    json.BeginObject("v1_native");
    WriteUtilization(trace, "mmu", /*absolute=*/true, &json);
    uint64_t total = 0;
    json.BeginObject("events_by_type");
    for (const WireCount& row : trace.wire) {
      total += row.count;
      if (row.count > 0) json.Field(row.name, row.count);
    }
    json.EndObject();
    json.Field("events_total", total);
    json.EndObject();
  }
  json.EndObject();
  json.NewLine();
}

void WriteFailedSummary(const SummaryFile& file, std::string_view header, const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginObject();
  json.Field("file", file.file);
  json.Field("size", file.bytes);
  json.Field("header", header);
  json.Field("result", "error");
  json.Field("error", file.error.value_or(""));
  json.EndObject();
  json.NewLine();
}

}  // namespace flametrail
