#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/trace/mutator_utilization.h"
#include "core/analysis/trace/summary_sections.h"

namespace flametrail {
namespace {

struct RangeSums {
  uint64_t begins = 0;
  uint64_t ends = 0;
  uint64_t active = 0;
  uint64_t ns = 0;
};

std::string OpenRangeName(const Trace& trace, const TraceRange& range) {
  std::string name(trace.Text(range.name));
  switch (range.scope) {
    case RangeScope::kGlobal:
      return name + "/None";
    case RangeScope::kGoroutine:
      return name + "/Goroutine/" + std::to_string(trace.goroutines[range.scope_index].id);
    case RangeScope::kProc:
      return name + "/Proc/" + std::to_string(trace.procs[range.scope_index].id);
  }
  return name;
}

void WriteTimeOrNull(const Trace& trace, std::string_view key, TraceTime time, JsonWriter* json) {
  json->Key(key);
  if (time == kNoTime) {
    json->Null();
  } else {
    json->Signed(SinceBase(trace, time));
  }
}

// Ranges that `is_wanted`, with key and complete count.
template <typename IsWanted>
void WriteRanges(const Trace& trace, std::string_view key, IsWanted is_wanted, JsonWriter* json) {
  uint64_t count = 0;
  json->BeginArray(key);
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    if (!is_wanted(range)) continue;
    if (++count > kMaxListed) continue;
    json->BeginObject();
    json->Field("name", trace.Text(range.name));
    WriteTimeOrNull(trace, "start", range.active ? kNoTime : range.start, json);
    WriteTimeOrNull(trace, "end", range.end, json);
    if (range.scope == RangeScope::kGoroutine) json->Field("g", trace.goroutines[range.scope_index].id);
    json->EndObject();
  }
  json->EndArray();
  json->Field(std::string(key) + "_count", count);
}

}  // namespace

void WriteRangeSections(const Trace& trace, JsonWriter* json) {
  std::map<std::string_view, RangeSums> sums;
  std::vector<std::string> open;
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    const bool begun = !range.active && range.start != kNoTime;
    RangeSums& sum = sums[trace.Text(range.name)];
    sum.begins += begun;
    sum.active += range.active_events;
    if (range.end != kNoTime) {
      ++sum.ends;
      if (begun) sum.ns += range.end - range.start;
    } else if (begun) {
      open.push_back(OpenRangeName(trace, range));
    }
  }
  json->BeginObject("range_totals");
  for (const auto& [name, sum] : sums) {
    json->BeginObject(name);
    json->Field("begin", sum.begins);
    json->Field("end", sum.ends);
    json->Field("active", sum.active);
    json->Field("dur_ns", sum.ns);
    json->EndObject();
  }
  json->EndObject();
  std::sort(open.begin(), open.end());
  json->BeginArray("ranges_open_at_end");
  for (const std::string& name : open) json->Text(name);
  json->EndArray();

  std::map<std::string, uint64_t> attributes;
  for (size_t i = 0; i < trace.sweeps.size(); ++i) {
    const std::string name(trace.Text(trace.ranges[trace.sweeps[i].range].name));
    attributes[name + ": bytes swept"] += trace.sweeps[i].swept_bytes;
    attributes[name + ": bytes reclaimed"] += trace.sweeps[i].reclaimed_bytes;
  }
  json->BeginObject("range_attribute_sums");
  for (const auto& [name, sum] : attributes) json->Field(name, sum);
  json->EndObject();

  WriteRanges(
      trace, "gc_cycles", [](const TraceRange& range) { return range.scope == RangeScope::kGlobal; }, json);
  WriteRanges(
      trace, "stw", [&](const TraceRange& range) { return trace.Text(range.name).starts_with("stop-the-world"); },
      json);
}

void WriteUtilization(const Trace& trace, std::string_view key, bool absolute, JsonWriter* json) {
  struct Case {
    std::string_view name;
    UtilizationFlags flags;
  };
  constexpr std::array<Case, 4> kCases = {{{"stw", {true, false, false, false, false}},
                                           {"stw|background|assist", {true, true, true, false, false}},
                                           {"stw|background|assist|sweep", {true, true, true, true, false}},
                                           {"perProc|stw|background|assist", {true, true, true, false, true}}}};
  constexpr std::array<std::pair<std::string_view, uint64_t>, 6> kWindows = {
      {{"1us", 1000}, {"10us", 10000}, {"100us", 100000}, {"1ms", 1000000}, {"10ms", 10000000}, {"100ms", 100000000}}};
  bool is_open = false;
  for (const Case& one : kCases) {
    const std::vector<UtilizationSeries> series = MutatorUtilization(trace, one.flags, UtilizationRules::kReference);
    if (series.empty()) break;
    if (!is_open) json->BeginObject(key);
    is_open = true;
    json->BeginObject(one.name);
    json->Field("series", uint64_t{series.size()});
    uint64_t points = 0;
    for (const UtilizationSeries& each : series) points += each.size();
    json->Field("points", points);
    if (!one.flags.per_proc) {
      const int64_t shift = absolute ? trace.origin : -static_cast<int64_t>(trace.base);
      json->Field("from", static_cast<int64_t>(series[0].front().time) + shift);
      json->Field("to", static_cast<int64_t>(series[0].back().time) + shift);
      json->Field("mean", MeanUtilization(series[0]));
    }
    for (const auto& [name, window] : kWindows) json->Field(name, MinimumUtilization(series, window));
    json->EndObject();
  }
  if (is_open) json->EndObject();
}

}  // namespace flametrail
