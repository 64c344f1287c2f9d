#include "core/analysis/trace/trace_diff.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/state_flame.h"
#include "core/analysis/trace/state_totals.h"

namespace flametrail {
namespace {

uint64_t Change(const Pair& pair) { return pair[1] > pair[0] ? pair[1] - pair[0] : pair[0] - pair[1]; }

uint64_t Change(const FunctionDiff& row) {
  return Change(row.exec_ns) + Change(row.sched_ns) + Change(row.block_ns) + Change(row.syscall_ns) + Change(row.gc_ns);
}

void AddFunctions(const Trace& trace, size_t side, std::map<std::string, FunctionDiff, std::less<>>* functions) {
  const GoroutineStatsColumns stats = GoroutineStats(trace, TraceScope(), StatsRules::kExact);
  for (size_t row = 0; row < stats.size(); ++row) {
    const std::string_view name = trace.Text(trace.goroutine(stats.goroutine[row]).name);
    auto at = functions->find(name);
    if (at == functions->end()) at = functions->emplace(std::string(name), FunctionDiff()).first;
    FunctionDiff& diff = at->second;
    ++diff.goroutines[side];
    diff.exec_ns[side] += stats.exec[row];
    diff.sched_ns[side] += stats.sched[row];
    diff.syscall_ns[side] += stats.syscall[row] + stats.syscall_block[row];
    for (uint32_t i = stats.block_begin[row]; i < stats.block_begin[row + 1]; ++i) {
      diff.block_ns[side] += stats.block_ns[i];
    }
    for (uint32_t i = stats.range_begin[row]; i < stats.range_begin[row + 1]; ++i) {
      if (!trace.Text(stats.range_name[i]).starts_with("stop-the-world")) diff.gc_ns[side] += stats.range_ns[i];
    }
  }
  const WakeupColumns wakeups = CountWakeups(trace, TraceScope());
  for (size_t i = 0; i < wakeups.size(); ++i) {
    const auto at = functions->find(trace.Text(wakeups.woken[i]));
    if (at != functions->end()) at->second.wakeups[side] += wakeups.count[i];
  }
}

void AddTotals(const Trace& trace, size_t side, TraceDiff* diff) {
  diff->duration_ns[side] = trace.end - trace.base;
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    const std::string_view name = trace.Text(range.name);
    diff->gc_cycles[side] += range.scope == RangeScope::kGlobal;
    if (range.start == kNoTime || !name.starts_with("stop-the-world") || name.find("GC") == std::string_view::npos) {
      continue;
    }
    diff->gc_pause_ns[side] += std::min(range.end, trace.end) - range.start;
  }
}

using StackKey = std::vector<std::string>;  // state, then functions, leaf first

void AddStacks(const Trace& trace, size_t side, std::map<StackKey, std::pair<Pair, Pair>>* stacks) {
  const Profile profile = StateFlame(trace, TraceScope(), {true, true, true, true, true});
  std::vector<LocationId> locations;
  for (size_t i = 0; i < profile.samples.size(); ++i) {
    profile.stacks.Expand(profile.samples.stack[i], &locations);
    StackKey key;
    for (const LocationId location : locations) {
      const uint32_t line = profile.locations.line_begin[location.index()];
      const FunctionId function = profile.locations.line_function[line];
      key.emplace_back(profile.Text(profile.functions.name[function.index()]));
    }
    std::rotate(key.begin(), key.end() - 1, key.end());  // the state's frame is the root
    auto& [count, ns] = (*stacks)[std::move(key)];
    count[side] += static_cast<uint64_t>(profile.samples.values[0][i]);
    ns[side] += static_cast<uint64_t>(profile.samples.values[1][i]);
  }
}

std::string WithoutBrackets(const std::string& note) { return note.substr(1, note.size() - 2); }

}  // namespace

TraceDiff DiffTraces(const Trace& before, const Trace& after, size_t keep) {
  TraceDiff diff;
  std::map<std::string, FunctionDiff, std::less<>> functions;
  std::map<StackKey, std::pair<Pair, Pair>> stacks;
  for (const size_t side : {size_t{0}, size_t{1}}) {
    const Trace& trace = side == 0 ? before : after;
    AddTotals(trace, side, &diff);
    AddFunctions(trace, side, &functions);
    AddStacks(trace, side, &stacks);
  }
  for (auto& [name, row] : functions) {
    row.name = name;
    for (const size_t side : {size_t{0}, size_t{1}}) diff.sched_ns[side] += row.sched_ns[side];
    diff.functions.push_back(std::move(row));
  }
  std::stable_sort(diff.functions.begin(), diff.functions.end(),
                   [](const FunctionDiff& a, const FunctionDiff& b) { return Change(a) > Change(b); });
  for (const auto& [key, values] : stacks) {
    diff.stacks.push_back({WithoutBrackets(key[0]), {key.begin() + 1, key.end()}, values.first, values.second});
  }
  std::stable_sort(diff.stacks.begin(), diff.stacks.end(),
                   [](const StackDiff& a, const StackDiff& b) { return Change(a.ns) > Change(b.ns); });
  if (diff.stacks.size() > keep) diff.stacks.resize(keep);
  return diff;
}

}  // namespace flametrail
