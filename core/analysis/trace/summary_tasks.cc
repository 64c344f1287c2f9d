#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/trace/summary_sections.h"

namespace flametrail {
namespace {

constexpr size_t kMaxLeaves = 30;
constexpr size_t kMaxSampled = 20;

struct TypeSums {
  uint64_t count = 0;
  uint64_t complete = 0;
  uint64_t ns = 0;

  void Add(TraceTime start, TraceTime end, bool is_ended = true) {
    ++count;
    if (start == kNoTime || end == kNoTime || !is_ended) return;
    ++complete;
    ns += end - start;
  }
};

void WriteTypes(std::string_view key, const std::map<std::string_view, TypeSums>& types, JsonWriter* json) {
  json->BeginObject(key);
  for (const auto& [type, sums] : types) {
    json->BeginObject(type);
    json->Field("count", sums.count);
    json->Field("complete", sums.complete);
    json->Field("dur_ns", sums.ns);
    json->EndObject();
  }
  json->EndObject();
}

struct TaskUse {
  uint64_t goroutines = 0;
  uint64_t regions = 0;
  uint64_t logs = 0;
};

std::vector<TaskUse> UseOfTasks(const Trace& trace) {
  std::vector<TaskUse> uses(trace.tasks.size());
  std::vector<std::pair<uint32_t, uint32_t>> seen;  // task, goroutine
  const auto see = [&](TaskIndex task, GoroutineIndex g) {
    if (!g.is_none()) seen.push_back({task.value, g.value});
  };
  for (size_t i = 0; i < trace.tasks.size(); ++i) {
    see(TaskIndex(i), trace.tasks[i].creator);
    see(TaskIndex(i), trace.tasks[i].ender);
  }
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    if (trace.regions[i].task.is_none()) continue;
    ++uses[trace.regions[i].task.index()].regions;
    see(trace.regions[i].task, trace.regions[i].goroutine);
  }
  for (size_t i = 0; i < trace.logs.size(); ++i) {
    if (trace.logs[i].task.is_none()) continue;
    ++uses[trace.logs[i].task.index()].logs;
    see(trace.logs[i].task, trace.logs[i].goroutine);
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const auto& [task, goroutine] : seen) ++uses[task].goroutines;
  return uses;
}

void WriteTasks(const Trace& trace, JsonWriter* json) {
  const std::vector<TaskUse> uses = UseOfTasks(trace);
  std::vector<uint32_t> order(trace.tasks.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return trace.tasks[a].id != trace.tasks[b].id ? trace.tasks[a].id < trace.tasks[b].id : a < b;
  });
  std::map<std::string_view, TypeSums> types;
  json->BeginArray("tasks");
  for (size_t i = 0; i < order.size(); ++i) {
    const TraceTask& task = trace.tasks[order[i]];
    types[trace.Text(task.type)].Add(task.start, task.end);
    if (i >= kMaxListed) continue;
    json->BeginObject();
    json->Field("id", task.id);
    json->Field("type", trace.Text(task.type));
    if (!task.parent.is_none()) json->Field("parent", trace.tasks[task.parent.index()].id);
    if (task.start != kNoTime) {
      json->Field("start", SinceBase(trace, task.start));
      if (!task.creator.is_none()) json->Field("g", trace.goroutine(task.creator).id);
    }
    if (task.end != kNoTime) json->Field("end", SinceBase(trace, task.end));
    json->Field("goroutines", uses[order[i]].goroutines);
    json->Field("regions", uses[order[i]].regions);
    json->Field("logs", uses[order[i]].logs);
    json->EndObject();
  }
  json->EndArray();
  json->Field("tasks_count", uint64_t{trace.tasks.size()});
  WriteTypes("task_types", types, json);
}

void WriteRegion(const Trace& trace, const TraceRegion& region, JsonWriter* json) {
  json->BeginObject();
  json->Field("type", trace.Text(region.type));
  if (!region.goroutine.is_none()) json->Field("g", trace.goroutine(region.goroutine).id);
  if (!region.task.is_none()) json->Field("task", trace.tasks[region.task.index()].id);
  if (region.start != kNoTime) json->Field("start", SinceBase(trace, region.start));
  if (region.end != kNoTime) json->Field("end", SinceBase(trace, region.end));
  if (region.end_kind == RegionEnd::kRegionEnd) json->Field("end_kind", "RegionEnd");
  if (region.end_kind == RegionEnd::kGoroutineExit) json->Field("end_kind", "StateTransition");
  json->EndObject();
}

// Those that began before the trace first, then by start.
void WriteRegions(const Trace& trace, JsonWriter* json) {
  std::map<std::string_view, TypeSums> types;
  uint64_t listed = 0;
  json->BeginArray("regions");
  for (const bool began_before : {true, false}) {
    for (size_t i = 0; i < trace.regions.size(); ++i) {
      const TraceRegion& region = trace.regions[i];
      if ((region.start == kNoTime) != began_before) continue;
      types[trace.Text(region.type)].Add(region.start, region.end, region.end_kind == RegionEnd::kRegionEnd);
      if (listed++ < kMaxListed) WriteRegion(trace, region, json);
    }
  }
  json->EndArray();
  json->Field("regions_count", listed);
  WriteTypes("region_types", types, json);
}

void WriteLogs(const Trace& trace, JsonWriter* json) {
  json->BeginArray("logs");
  for (size_t i = 0; i < std::min(trace.logs.size(), kMaxListed); ++i) {
    const TraceLog& log = trace.logs[i];
    json->BeginObject();
    json->Field("t", SinceBase(trace, log.time));
    if (!log.goroutine.is_none()) json->Field("g", trace.goroutine(log.goroutine).id);
    if (!log.task.is_none()) json->Field("task", trace.tasks[log.task.index()].id);
    json->Field("cat", trace.Text(log.category));
    json->Field("msg", trace.Text(log.message));
    json->EndObject();
  }
  json->EndArray();
  json->Field("logs_count", uint64_t{trace.logs.size()});
}

// {"KEY": ..., "n": ...} rows, most first, then by key.
template <typename Key, typename WriteKey>
void WriteCounts(std::string_view name, const std::map<Key, uint64_t>& counts, size_t limit, WriteKey write_key,
                 JsonWriter* json) {
  std::vector<std::pair<Key, uint64_t>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  json->BeginArray(name);
  for (size_t i = 0; i < std::min(rows.size(), limit); ++i) {
    json->BeginObject();
    write_key(rows[i].first);
    json->Field("n", rows[i].second);
    json->EndObject();
  }
  json->EndArray();
}

std::string_view LeafFunction(const Trace& trace, StackId stack) {
  if (stack == StackTable::kEmpty) return {};
  const LocationId location = trace.stacks.location[stack.index()];
  const uint32_t line = trace.locations.line_begin[location.index()];
  return trace.Text(trace.functions.name[trace.locations.line_function[line].index()]);
}

}  // namespace

void WriteTaskSections(const Trace& trace, JsonWriter* json) {
  WriteTasks(trace, json);
  WriteRegions(trace, json);
  WriteLogs(trace, json);
}

void WriteSampleSections(const Trace& trace, JsonWriter* json) {
  std::map<std::string_view, uint64_t> labels;
  for (size_t i = 0; i < trace.labels.size(); ++i) ++labels[trace.Text(trace.labels[i].text)];
  json->BeginObject("labels");
  for (const auto& [text, count] : labels) json->Field(text, count);
  json->EndObject();
  std::map<int64_t, uint64_t> goroutines;
  std::map<std::string_view, uint64_t> leaves;
  for (size_t i = 0; i < trace.cpu_samples.size(); ++i) {
    const CpuSample& sample = trace.cpu_samples[i];
    ++goroutines[sample.goroutine.is_none() ? -1 : static_cast<int64_t>(trace.goroutine(sample.goroutine).id)];
    ++leaves[LeafFunction(trace, sample.stack)];
  }
  json->BeginObject("cpu_samples");
  json->Field("count", uint64_t{trace.cpu_samples.size()});
  WriteCounts(
      "by_goroutine", goroutines, kMaxSampled, [&](int64_t id) { json->Field("g", id); }, json);
  WriteCounts(
      "by_leaf_function", leaves, kMaxLeaves, [&](std::string_view name) { json->Field("name", name); }, json);
  json->EndObject();
}

}  // namespace flametrail
