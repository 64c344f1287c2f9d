#include "core/session/gc_log_report.h"

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/json_writer.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

template <typename Row, typename Of>
void WriteColumn(std::string_view name, const std::vector<Row>& rows, Of of, JsonWriter* json) {
  json->BeginArray(name);
  for (const Row& row : rows) json->Value(of(row));
  json->EndArray();
}

void WriteCycles(const std::vector<GcCycle>& cycles, JsonWriter* json) {
  const auto column = [&](std::string_view name, auto of) { WriteColumn(name, cycles, of, json); };
  json->BeginObject("cycles");
  column("number", [](const GcCycle& c) { return c.number; });
  column("start_ns", [](const GcCycle& c) { return c.start_ns; });
  column("percent", [](const GcCycle& c) { return c.percent; });
  column("sweep_stop_ns", [](const GcCycle& c) { return c.sweep_stop_ns; });
  column("mark_ns", [](const GcCycle& c) { return c.mark_ns; });
  column("mark_stop_ns", [](const GcCycle& c) { return c.mark_stop_ns; });
  column("assist_cpu_ns", [](const GcCycle& c) { return c.assist_cpu_ns; });
  column("background_cpu_ns", [](const GcCycle& c) { return c.background_cpu_ns; });
  column("idle_cpu_ns", [](const GcCycle& c) { return c.idle_cpu_ns; });
  column("heap_begin_mb", [](const GcCycle& c) { return c.heap_begin_mb; });
  column("heap_end_mb", [](const GcCycle& c) { return c.heap_end_mb; });
  column("live_mb", [](const GcCycle& c) { return c.live_mb; });
  column("goal_mb", [](const GcCycle& c) { return c.goal_mb; });
  column("procs", [](const GcCycle& c) { return c.procs; });
  column("is_forced", [](const GcCycle& c) { return c.is_forced; });
  json->EndObject();
}

void WriteSched(const std::vector<SchedState>& states, JsonWriter* json) {
  const auto column = [&](std::string_view name, auto of) { WriteColumn(name, states, of, json); };
  json->BeginObject("sched");
  column("time_ns", [](const SchedState& s) { return s.time_ns; });
  column("procs", [](const SchedState& s) { return s.procs; });
  column("idle_procs", [](const SchedState& s) { return s.idle_procs; });
  column("threads", [](const SchedState& s) { return s.threads; });
  column("spinning_threads", [](const SchedState& s) { return s.spinning_threads; });
  column("idle_threads", [](const SchedState& s) { return s.idle_threads; });
  column("global_queue", [](const SchedState& s) { return s.global_queue; });
  column("local_queues", [](const SchedState& s) { return s.local_queues; });
  json->EndObject();
}

// Right-aligned, 14 wide: the heads and the rows below them.
void WriteRow(const std::vector<std::string>& cells, TextOut* out) {
  for (const std::string& cell : cells) out->Right(cell, 14);
  *out << "\n";
}

std::string TimeText(int64_t ns) { return ScaledLabel(ns, "nanoseconds", "auto"); }
std::string MegabytesText(uint64_t mb) { return std::to_string(mb) + "MB"; }

void WriteText(const GcLog& log, TextOut* out) {
  if (!log.cycles.empty()) {
    WriteRow({"collection", "start", "pauses", "mark", "assists", "before", "live", "goal", "of CPU"}, out);
  }
  for (const GcCycle& c : log.cycles) {
    WriteRow({std::to_string(c.number), TimeText(c.start_ns), TimeText(c.sweep_stop_ns + c.mark_stop_ns),
              TimeText(c.mark_ns), TimeText(c.assist_cpu_ns), MegabytesText(c.heap_begin_mb), MegabytesText(c.live_mb),
              MegabytesText(c.goal_mb), std::to_string(c.percent) + "%"},
             out);
  }
  if (!log.cycles.empty() && !log.sched.empty()) *out << "\n";
  if (!log.sched.empty()) WriteRow({"time", "runnable", "Ps", "idle Ps", "threads", "idle threads"}, out);
  for (const SchedState& s : log.sched) {
    WriteRow({TimeText(s.time_ns), std::to_string(s.global_queue + s.local_queues), std::to_string(s.procs),
              std::to_string(s.idle_procs), std::to_string(s.threads), std::to_string(s.idle_threads)},
             out);
  }
}

Status NoLog(const Session& session) {
  return Error{Code::kUnsupported, std::nullopt,
               "wants lines of GODEBUG=gctrace=1 or schedtrace, found " + session.summary().format};
}

}  // namespace

Status WriteGcLogJson(const Session& session, const TextSink& sink) {
  const GcLog* log = session.gc_log();
  if (log == nullptr) return NoLog(session);
  JsonWriter json(sink);
  json.BeginObject();
  WriteCycles(log->cycles, &json);
  WriteSched(log->sched, &json);
  json.EndObject();
  json.NewLine();
  return OkStatus();
}

Status WriteGcLog(const Session& session, bool json, const TextSink& sink) {
  if (json) return WriteGcLogJson(session, sink);
  const GcLog* log = session.gc_log();
  if (log == nullptr) return NoLog(session);
  TextOut out(sink);
  WriteText(*log, &out);
  return OkStatus();
}

}  // namespace flametrail
