#include "core/analysis/trace/latency_groups.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace flametrail {
namespace {

using GroupKey = std::pair<StringId, LocationId>;

std::vector<LatencyGroup> Sorted(const Trace& trace, const std::map<GroupKey, LatencyGroup>& groups) {
  std::vector<LatencyGroup> out;
  out.reserve(groups.size());
  for (const auto& [key, group] : groups) {
    LatencyGroup& row = out.emplace_back(group);
    row.type = key.first;
    row.frame = key.second;
  }
  std::stable_sort(out.begin(), out.end(), [&](const LatencyGroup& a, const LatencyGroup& b) {
    return a.count != b.count ? a.count > b.count : trace.Text(a.type) < trace.Text(b.type);
  });
  return out;
}

bool BeginsIn(const TraceScope& scope, TraceTime start) {
  return (start == kNoTime && scope.from == 0) || (start != kNoTime && start >= scope.from && start < scope.to);
}

bool IsComplete(const TraceTask& task) { return task.start != kNoTime && task.end != kNoTime; }

}  // namespace

std::vector<LatencyGroup> GroupTasks(const Trace& trace, const TraceScope& scope) {
  std::map<GroupKey, LatencyGroup> groups;
  for (size_t i = 0; i < trace.tasks.size(); ++i) {
    const TraceTask& task = trace.tasks[i];
    if (task.id == TraceTask::kBackground || !BeginsIn(scope, task.start)) continue;
    if (!scope.goroutines.empty() && (task.creator.is_none() || !scope.Has(task.creator.index()))) continue;
    LatencyGroup& group = groups[{task.type, LocationId::None()}];
    ++group.count;
    if (!IsComplete(task)) continue;
    ++group.complete;
    group.histogram.Add(task.end - task.start);
  }
  return Sorted(trace, groups);
}

std::vector<LatencyGroup> GroupRegions(const Trace& trace, const TraceScope& scope) {
  std::map<GroupKey, LatencyGroup> groups;
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    const TraceRegion& region = trace.regions[i];
    if (!BeginsIn(scope, region.start)) continue;
    if (!scope.goroutines.empty() && (region.goroutine.is_none() || !scope.Has(region.goroutine.index()))) continue;
    LatencyGroup& group = groups[{region.type, trace.stacks.location[region.start_stack.index()]}];
    ++group.count;
    group.complete += region.start != kNoTime && region.end != kNoTime;
    group.histogram.Add(std::min(region.end, trace.end) - (region.start == kNoTime ? 0 : region.start));
  }
  return Sorted(trace, groups);
}

std::vector<LatencyGroup> GroupLogs(const Trace& trace, const TraceScope& scope) {
  std::map<GroupKey, LatencyGroup> groups;
  std::vector<TraceTime> before(trace.tasks.size(), kNoTime);  // by TaskIndex: its log before, or its start
  for (size_t i = 0; i < before.size(); ++i) before[i] = trace.tasks[i].start;
  for (size_t i = 0; i < trace.logs.size(); ++i) {
    const TraceLog& log = trace.logs[i];
    TraceTime since = kNoTime;
    if (!log.task.is_none()) since = std::exchange(before[log.task.index()], log.time);
    if (!BeginsIn(scope, log.time)) continue;
    if (!scope.goroutines.empty() && (log.goroutine.is_none() || !scope.Has(log.goroutine.index()))) continue;
    LatencyGroup& group = groups[{log.category, LocationId::None()}];
    ++group.count;
    if (since == kNoTime || since > log.time) continue;
    ++group.complete;
    group.histogram.Add(log.time - since);
  }
  return Sorted(trace, groups);
}

uint64_t TaskDuration(const Trace& trace, const TraceTask& task) {
  const TraceTime start = task.start == kNoTime ? 0 : task.start, end = std::min(task.end, trace.end);
  return end > start ? end - start : 0;
}

std::vector<TaskIndex> FindTasks(const Trace& trace, const TaskFilter& filter) {
  const auto has_text = [&](StringId text) { return trace.Text(text).find(filter.text) != std::string_view::npos; };
  std::vector<uint8_t> found(trace.tasks.size(), filter.text.empty());
  if (!filter.text.empty()) {
    for (size_t i = 0; i < trace.tasks.size(); ++i) found[i] = has_text(trace.tasks[i].type);
    for (size_t i = 0; i < trace.regions.size(); ++i) {
      const TraceRegion& region = trace.regions[i];
      if (!region.task.is_none() && has_text(region.type)) found[region.task.index()] = 1;
    }
    for (size_t i = 0; i < trace.logs.size(); ++i) {
      const TraceLog& log = trace.logs[i];
      if (!log.task.is_none() && (has_text(log.category) || has_text(log.message))) found[log.task.index()] = 1;
    }
  }
  const bool by_latency = filter.least_ns > 0 || filter.most_ns.has_value();
  std::vector<TaskIndex> tasks;
  for (size_t i = 0; i < trace.tasks.size(); ++i) {
    const TraceTask& task = trace.tasks[i];
    if (found[i] == 0 || (filter.type && task.type != *filter.type)) continue;
    if (filter.complete && IsComplete(task) != *filter.complete) continue;
    const uint64_t ns = TaskDuration(trace, task);
    if (by_latency && (!IsComplete(task) || ns < filter.least_ns || (filter.most_ns && ns > *filter.most_ns))) continue;
    tasks.push_back(TaskIndex(i));
  }
  std::sort(tasks.begin(), tasks.end(), [&](TaskIndex a, TaskIndex b) {
    const uint64_t ns_a = TaskDuration(trace, trace.tasks[a.index()]);
    const uint64_t ns_b = TaskDuration(trace, trace.tasks[b.index()]);
    if (ns_a != ns_b) return ns_a < ns_b;
    return trace.tasks[a.index()].id < trace.tasks[b.index()].id;
  });
  return tasks;
}

}  // namespace flametrail
