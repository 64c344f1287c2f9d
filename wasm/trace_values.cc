#include "wasm/trace_values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace flametrail {
namespace {

using emscripten::val;

template <typename T>
void SetNumber(const char* name, T value, val* out) {
  out->set(name, static_cast<double>(value));
}

template <typename T>
void SetKnown(const char* name, const std::optional<T>& value, val* out) {
  if (value) SetNumber(name, *value, out);
}

void SetTexts(const char* name, const std::vector<std::string>& texts, val* out) {
  val list = val::array();
  for (const std::string& text : texts) list.call<void>("push", text);
  out->set(name, list);
}

// A lane and an item of it.
val PlaceValue(const Lane& lane, uint32_t item) {
  val place = val::object();
  SetNumber("kind", static_cast<uint8_t>(lane.kind), &place);
  SetNumber("object", lane.object, &place);
  SetNumber("item", item, &place);
  return place;
}

void SetPlace(const char* name, const std::optional<Lane>& lane, uint32_t item, val* out) {
  if (lane) out->set(name, PlaceValue(*lane, item));
}

// null: not given.
template <typename T>
void ReadKnown(const val& from, std::optional<T>* to) {
  if (!from.isNull()) *to = static_cast<T>(from.as<double>());
}

}  // namespace

void SetTraceFacts(const TraceSummary& summary, val* out) {
  SetNumber("version", summary.version, out);
  SetNumber("baseNanos", summary.base_ns, out);
  SetNumber("durationNanos", summary.duration_ns, out);
  out->set("wallStart", summary.wall_start_ns ? std::to_string(*summary.wall_start_ns) : std::string());
  SetNumber("events", summary.events, out);
  SetNumber("generations", summary.generations, out);
  SetNumber("goroutines", summary.goroutines, out);
  SetNumber("procs", summary.procs, out);
  SetNumber("threads", summary.threads, out);
  SetNumber("spans", summary.spans, out);
  SetNumber("stacks", summary.stacks, out);
  SetNumber("tasks", summary.tasks, out);
  SetNumber("regions", summary.regions, out);
  SetNumber("logs", summary.logs, out);
  SetNumber("cpuSamples", summary.cpu_samples, out);
}

void SetSpanFacts(const SpanFacts& facts, val* out) {
  SetNumber("state", static_cast<uint8_t>(facts.state), out);
  SetNumber("start", facts.start, out);
  SetNumber("end", facts.end, out);
  out->set("title", facts.title);
  out->set("reason", facts.reason);
  SetPlace("goroutine", facts.goroutine, facts.goroutine_item, out);
  SetPlace("waker", facts.waker, facts.waker_item, out);
  SetKnown("proc", facts.proc, out);
  SetKnown("thread", facts.thread, out);
  SetPlace("procPlace", facts.proc_lane, facts.proc_item, out);
  SetPlace("threadPlace", facts.thread_lane, facts.thread_item, out);
  val woken = val::array();
  for (const WokenSpan& span : facts.woken) {
    val place = PlaceValue(span.lane, span.item);
    SetNumber("time", span.time, &place);
    woken.call<void>("push", place);
  }
  out->set("woken", woken);
  SetNumber("wokenCount", facts.woken_count, out);
  SetKnown("previous", facts.previous, out);
  SetKnown("next", facts.next, out);
  SetTexts("stack", facts.stack, out);
  SetTexts("wakerStack", facts.waker_stack, out);
}

TraceRequest ReadTraceRequest(const val& from) {
  TraceRequest request;
  const std::string name = from["name"].as<std::string>();
  request.kind = from["profile"].as<bool>() ? TraceReportKind::kProfile : TraceReportKind::kJson;
  (request.kind == TraceReportKind::kProfile ? request.profile : request.analysis) = name;
  TraceSelection& selection = request.options.selection;
  ReadKnown(from["from"], &selection.from_ns);
  ReadKnown(from["to"], &selection.to_ns);
  ReadKnown(from["task"], &selection.task);
  const val only = from["only"];
  const auto count = only["length"].as<uint32_t>();
  for (uint32_t i = 0; i < count; ++i) selection.only.push_back(only[i].as<uint32_t>());
  request.options.keep = from["keep"].as<uint32_t>();
  request.options.keep_steps = request.options.keep;
  const auto flags = from["utilization"].as<uint32_t>();
  request.options.utilization = {(flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0,
                                 (flags & 16) != 0};
  if (from["exact"].as<bool>()) request.options.profile_rules = ProfileRules::kExact;
  return request;
}

}  // namespace flametrail
