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

}  // namespace

void SetTraceFacts(const TraceSummary& summary, val* out) {
  SetNumber("version", summary.version, out);
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

}  // namespace flametrail
