#include "core/analysis/trace/json_parts.h"

#include <algorithm>
#include <vector>

#include "core/analysis/trace/mutator_utilization.h"
#include "core/analysis/trace/summary_sections.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr std::array<double, 3> kQuantiles = {0.001, 0.01, 0.05};
constexpr std::array<std::string_view, 3> kQuantileNames = {"p0.1", "p1", "p5"};
constexpr size_t kWorstWindows = 10;
constexpr std::array<uint64_t, 3> kListedWindows = {1000000, 10000000, 100000000};

uint64_t LongestSeries(const std::vector<UtilizationSeries>& series) {
  uint64_t longest = 0;
  for (const UtilizationSeries& one : series) {
    if (!one.empty()) longest = std::max<uint64_t>(longest, one.back().time - one.front().time);
  }
  return longest;
}

std::vector<UtilizationSeries> SelectedSeries(const Trace& trace, const TraceJsonOptions& options) {
  std::vector<UtilizationSeries> series = MutatorUtilization(trace, options.utilization, options.rules);
  if (!options.selection.from_ns && !options.selection.to_ns) return series;
  const TraceScope window = WindowOf(trace, options.selection);
  return CutSeries(series, window.from, window.to);
}

}  // namespace

std::string FrameText(const Trace& trace, LocationId location) {
  const uint32_t line = trace.locations.line_begin[location.index()];
  const size_t function = trace.locations.line_function[line].index();
  return std::string(trace.Text(trace.functions.name[function])) + " " +
         std::string(trace.Text(trace.functions.file[function])) + ":" +
         std::to_string(trace.locations.line_number[line]);
}

void WriteStack(const Trace& trace, std::string_view key, StackId stack, JsonWriter* json) {
  json->BeginArray(key);
  for (; stack != StackTable::kEmpty; stack = trace.stacks.parent[stack.index()]) {
    json->Text(FrameText(trace, trace.stacks.location[stack.index()]));
  }
  json->EndArray();
}

void WriteTime(const Trace& trace, std::string_view key, TraceTime time, JsonWriter* json) {
  json->Key(key);
  if (time == kNoTime) {
    json->Null();
  } else {
    json->Signed(SinceBase(trace, time));
  }
}

void WriteGoroutineName(const Trace& trace, std::string_view key, GoroutineIndex g, JsonWriter* json) {
  json->BeginObject(key);
  json->Field("id", trace.goroutine(g).id);
  json->Field("name", trace.Text(trace.goroutine(g).name));
  json->EndObject();
}

void WritePair(std::string_view key, const std::array<uint64_t, 2>& pair, JsonWriter* json) {
  json->BeginArray(key);
  json->Unsigned(pair[0]);
  json->Unsigned(pair[1]);
  json->EndArray();
}

void WriteUtilizationCurve(const Trace& trace, const TraceJsonOptions& options, JsonWriter* json) {
  const std::vector<UtilizationSeries> series = SelectedSeries(trace, options);
  json->Field("series", uint64_t{series.size()});
  json->BeginArray("windows");
  for (const uint64_t window : series.empty() ? std::vector<uint64_t>() : PlotWindows(series)) {
    json->BeginObject();
    json->Field("window_ns", window);
    json->Field("min", MinimumUtilization(series, window));
    const std::vector<double> quantiles = UtilizationQuantiles(series, window, kQuantiles);
    for (size_t i = 0; i < quantiles.size(); ++i) json->Field(kQuantileNames[i], quantiles[i]);
    json->EndObject();
  }
  json->EndArray();
  json->BeginArray("worst");
  for (const uint64_t window : kListedWindows) {
    if (window > LongestSeries(series)) continue;
    for (const WorstWindow& worst : WorstWindows(series, window, kWorstWindows)) {
      json->BeginObject();
      json->Field("window_ns", window);
      if (options.utilization.per_proc) json->Field("series", worst.series);
      WriteTime(trace, "start", worst.start, json);
      json->Field("utilization", worst.utilization);
      json->EndObject();
    }
  }
  json->EndArray();
}

void WriteUtilizationText(const Trace& trace, const TraceJsonOptions& options, const TextSink& sink) {
  const std::vector<UtilizationSeries> series = SelectedSeries(trace, options);
  TextOut out(sink);
  if (series.empty()) {
    out << "The trace does not say how many processors there were.\n";
    return;
  }
  const auto percent = [](double value) { return FormatFixed(value * 100, 2) + "%"; };
  out.Right("window", 12).Right("minimum", 10).Right("p0.1", 10).Right("p1", 10).Right("p5", 10) << "\n";
  const uint64_t longest = LongestSeries(series);
  for (uint64_t window = 1000; window <= longest && window <= 1000000000; window *= 10) {
    out.Right(FormatDuration(static_cast<int64_t>(window)), 12).Right(percent(MinimumUtilization(series, window)), 10);
    for (const double value : UtilizationQuantiles(series, window, kQuantiles)) out.Right(percent(value), 10);
    out << "\n";
  }
  for (const uint64_t window : kListedWindows) {
    if (window > longest) continue;
    out << "\nworst windows of " << FormatDuration(static_cast<int64_t>(window)) << "\n";
    for (const WorstWindow& worst : WorstWindows(series, window, kWorstWindows)) {
      out.Right(FormatDuration(SinceBase(trace, worst.start)), 16).Right(percent(worst.utilization), 10) << "\n";
    }
  }
}

}  // namespace flametrail
