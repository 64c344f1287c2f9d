#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/trace/goroutine_stats.h"
#include "core/analysis/trace/state_totals.h"
#include "core/analysis/trace/summary_sections.h"

namespace flametrail {
namespace {

constexpr size_t kMaxGoroutines = 500;
constexpr size_t kMaxNames = 200;
constexpr size_t kMaxWakeups = 60;

std::string_view EndState(const Goroutine& g) {
  if (g.spans.empty()) return "Undetermined";
  switch (g.spans.back().go_state()) {
    case GoState::kNotExist:
      return "NotExist";
    case GoState::kRunnable:
      return "Runnable";
    case GoState::kRunning:
      return "Running";
    case GoState::kSyscall:
    case GoState::kSyscallBlocked:
      return "Syscall";
    case GoState::kWaiting:
      return "Waiting";
    case GoState::kUndetermined:
      break;
  }
  return "Undetermined";
}

// "main.main:54" of the stack's leaf.
std::string LeafPlace(const Trace& trace, StackId stack) {
  const LocationId location = trace.stacks.location[stack.index()];
  const uint32_t line = trace.locations.line_begin[location.index()];
  const FunctionId function = trace.locations.line_function[line];
  return std::string(trace.Text(trace.functions.name[function.index()])) + ":" +
         std::to_string(trace.locations.line_number[line]);
}

void WriteSum(std::string_view key, uint64_t ns, JsonWriter* json) {
  if (ns > 0) json->Field(key, ns);
}

void WriteGoroutine(const Trace& trace, const GoroutineStatsColumns& stats, uint32_t row, JsonWriter* json) {
  const Goroutine& g = trace.goroutine(stats.goroutine[row]);
  json->BeginObject();
  json->Field("id", g.id);
  json->Field("name", trace.Text(g.name));
  if (g.creation_seen) {
    json->Key("parent");
    if (g.parent.is_none()) {
      json->Signed(-1);
    } else {
      json->Unsigned(trace.goroutine(g.parent).id);
    }
  }
  if (g.creation_seen && g.creator_stack != StackTable::kEmpty) {
    json->Field("created_by", LeafPlace(trace, g.creator_stack));
  }
  json->Field("create", SinceBase(trace, g.appeared));
  if (stats.start[row] != kNoTime) json->Field("start", SinceBase(trace, stats.start[row]));
  if (stats.end[row] != kNoTime) json->Field("end", SinceBase(trace, stats.end[row]));
  json->Field("total", stats.total[row]);
  json->Field("exec", stats.exec[row]);
  WriteSum("sched", stats.sched[row], json);
  WriteSum("syscall", stats.syscall[row], json);
  WriteSum("syscall_block", stats.syscall_block[row], json);
  WriteSum("unknown", stats.unknown[row], json);
  if (stats.block_begin[row] < stats.block_begin[row + 1]) {
    json->BeginObject("block");
    for (uint32_t i = stats.block_begin[row]; i < stats.block_begin[row + 1]; ++i) {
      json->Field(trace.Text(trace.reasons[stats.block_reason[i]]), stats.block_ns[i]);
    }
    json->EndObject();
  }
  if (stats.range_begin[row] < stats.range_begin[row + 1]) {
    json->BeginObject("ranges");
    for (uint32_t i = stats.range_begin[row]; i < stats.range_begin[row + 1]; ++i) {
      json->Field(trace.Text(stats.range_name[i]), stats.range_ns[i]);
    }
    json->EndObject();
  }
  json->Field("n", g.transitions);
  const std::string_view end_state = EndState(g);
  json->Field("end_state", end_state);
  if (end_state == "Waiting") json->Field("end_reason", trace.Text(trace.reasons[g.spans.back().reason]));
  json->EndObject();
}

void WriteList(const Trace& trace, const GoroutineStatsColumns& stats, JsonWriter* json) {
  std::vector<uint32_t> order(stats.size());
  std::iota(order.begin(), order.end(), 0u);
  const size_t listed = std::min(order.size(), kMaxGoroutines);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed), order.end(),
                    [&](uint32_t a, uint32_t b) {
                      if (stats.exec[a] != stats.exec[b]) return stats.exec[a] > stats.exec[b];
                      const uint64_t id_a = trace.goroutine(stats.goroutine[a]).id;
                      const uint64_t id_b = trace.goroutine(stats.goroutine[b]).id;
                      return id_a != id_b ? id_a < id_b : a < b;
                    });
  order.resize(listed);
  json->BeginArray("goroutines");
  for (const uint32_t row : order) WriteGoroutine(trace, stats, row, json);
  json->EndArray();
  uint64_t created = 0, ended = 0;
  for (size_t row = 0; row < stats.size(); ++row) {
    created += trace.goroutine(stats.goroutine[row]).creation_seen;
    ended += stats.end[row] != kNoTime;
  }
  json->Field("goroutines_listed", uint64_t{listed});
  json->Field("goroutines_count", uint64_t{stats.size()});
  json->Field("goroutines_created", created);
  json->Field("goroutines_ended", ended);
}

void WriteTotals(const Trace& trace, const GoroutineStatsColumns& stats, JsonWriter* json) {
  const auto sum = [](const std::vector<uint64_t>& column) {
    return std::accumulate(column.begin(), column.end(), uint64_t{0});
  };
  std::map<std::string_view, uint64_t> block, ranges;
  for (size_t i = 0; i < stats.block_ns.size(); ++i) {
    block[trace.Text(trace.reasons[stats.block_reason[i]])] += stats.block_ns[i];
  }
  for (size_t i = 0; i < stats.range_ns.size(); ++i) ranges[trace.Text(stats.range_name[i])] += stats.range_ns[i];
  json->BeginObject("goroutine_totals");
  json->Field("total", sum(stats.total));
  json->Field("exec", sum(stats.exec));
  json->Field("sched", sum(stats.sched));
  json->Field("syscall", sum(stats.syscall));
  json->Field("syscall_block", sum(stats.syscall_block));
  json->Field("unknown", sum(stats.unknown));
  json->BeginObject("block");
  for (const auto& [reason, ns] : block) json->Field(reason, ns);
  json->EndObject();
  json->BeginObject("ranges");
  for (const auto& [name, ns] : ranges) json->Field(name, ns);
  json->EndObject();
  json->EndObject();
}

void WriteNames(const Trace& trace, const GoroutineStatsColumns& stats, JsonWriter* json) {
  const GoroutineGroupColumns groups = GroupByStartFunction(trace, stats);
  json->BeginArray("goroutine_names");
  for (size_t i = 0; i < std::min(groups.size(), kMaxNames); ++i) {
    json->BeginObject();
    json->Field("name", trace.Text(groups.name[i]));
    json->Field("count", groups.count[i]);
    json->Field("exec", groups.exec[i]);
    json->Field("sched", groups.sched[i]);
    json->EndObject();
  }
  json->EndArray();
  json->Field("goroutine_names_count", uint64_t{groups.size()});
}

// The reference knows goroutines by their numbers: the last one with a number counts.
TraceScope LastOfEachNumber(const Trace& trace) {
  std::vector<std::pair<uint64_t, uint32_t>> rows;
  for (uint32_t i = 0; i < trace.goroutines.size(); ++i) rows.push_back({trace.goroutines[i].id, i});
  std::sort(rows.begin(), rows.end());
  TraceScope scope;
  for (size_t i = 0; i + 1 < rows.size(); ++i) {
    if (rows[i].first != rows[i + 1].first) continue;
    if (scope.goroutines.empty()) scope.goroutines.assign(rows.size(), 1);
    scope.goroutines[rows[i].second] = 0;
  }
  return scope;
}

}  // namespace

void WriteGoroutineSections(const Trace& trace, JsonWriter* json) {
  const GoroutineStatsColumns stats = GoroutineStats(trace, LastOfEachNumber(trace), StatsRules::kGoTool);
  WriteList(trace, stats, json);
  WriteTotals(trace, stats, json);
  WriteNames(trace, stats, json);
  const WakeupColumns wakeups = CountWakeups(trace, TraceScope());
  json->BeginArray("wakeups");
  for (size_t i = 0; i < std::min(wakeups.size(), kMaxWakeups); ++i) {
    json->BeginObject();
    json->Field("name", std::string(trace.Text(wakeups.waker[i])) + " => " + std::string(trace.Text(wakeups.woken[i])));
    json->Field("n", wakeups.count[i]);
    json->EndObject();
  }
  json->EndArray();
  json->Field("wakeups_count", std::accumulate(wakeups.count.begin(), wakeups.count.end(), uint64_t{0}));
}

}  // namespace flametrail
