#include "core/analysis/trace/goroutine_stats.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/analysis/trace/go_tool_syscalls.h"

namespace flametrail {
namespace {

struct RangeTime {
  uint32_t goroutine;
  StringId name;
  uint64_t ns;
};

bool SameOwner(const RangeTime& a, const RangeTime& b) { return a.goroutine == b.goroutine && a.name == b.name; }

// One goroutine's sums.
class SpanSums {
 public:
  SpanSums(const Trace& trace, const TraceScope& scope, StatsRules rules)
      : trace_(trace), scope_(scope), rules_(rules), block_(trace.reasons.size()) {
    for (size_t r = 0; r < trace.reasons.size(); ++r) forever_.push_back(trace.Text(trace.reasons[r]) == kForever);
    if (rules == StatsRules::kGoTool) go_tool_calls_ = FindGoToolSyscalls(trace);
  }

  void AddRow(GoroutineIndex index, GoroutineStatsColumns* out) {
    const Goroutine& g = trace_.goroutine(index);
    exec_ = sched_ = syscall_ = syscall_block_ = 0;
    start_ = end_ = kNoTime;
    reasons_.clear();
    ForEachSpan(trace_, g, [&](uint32_t, const Span& span, TraceTime end) { Add(span, end); });
    if (rules_ == StatsRules::kGoTool) SplitAsGoTool(index);
    const TraceTime last = end_ == kNoTime ? trace_.end : end_;
    const uint64_t total = scope_.Overlap(g.appeared, last);
    if (total == 0 && (g.appeared >= scope_.to || last < scope_.from)) return;
    Store(index, total, out);
  }

 private:
  void Add(const Span& span, TraceTime end) {
    if (end_ != kNoTime) return;
    const uint64_t ns = scope_.Overlap(span.start, end);
    switch (span.go_state()) {
      case GoState::kRunning:
        if (start_ == kNoTime) start_ = span.start;
        exec_ += ns;
        break;
      case GoState::kRunnable:
        sched_ += ns;
        break;
      case GoState::kSyscall:
        syscall_ += ns;
        break;
      case GoState::kSyscallBlocked:
        syscall_block_ += ns;
        break;
      case GoState::kWaiting:
        if (forever_[span.reason]) {
          end_ = span.start;
        } else {
          if (block_[span.reason] == 0 && ns > 0) reasons_.push_back(span.reason);
          block_[span.reason] += ns;
        }
        break;
      case GoState::kNotExist:
        end_ = span.start;
        break;
      case GoState::kUndetermined:
        break;
    }
  }

  void SplitAsGoTool(GoroutineIndex index) {
    syscall_ = syscall_block_ = 0;
    for (uint32_t i = go_tool_calls_.begin[index.index()]; i < go_tool_calls_.begin[index.index() + 1]; ++i) {
      const GoToolSyscall& call = go_tool_calls_.calls[i];
      if (call.end == kNoTime) {
        syscall_ += scope_.Overlap(call.start, trace_.end);
        if (call.blocked_since != kNoTime) sched_ += scope_.Overlap(call.blocked_since, trace_.end);
        continue;
      }
      const TraceTime kept_until = std::min(call.blocked_since, call.end);
      syscall_ += scope_.Overlap(call.start, kept_until);
      syscall_block_ += scope_.Overlap(kept_until, call.end);
    }
  }

  void Store(GoroutineIndex index, uint64_t total, GoroutineStatsColumns* out) {
    out->goroutine.push_back(index);
    out->start.push_back(start_);
    out->end.push_back(end_);
    out->total.push_back(total);
    out->exec.push_back(exec_);
    out->sched.push_back(sched_);
    out->syscall.push_back(syscall_);
    out->syscall_block.push_back(syscall_block_);
    uint64_t known = exec_ + sched_ + syscall_ + syscall_block_;
    for (const uint16_t reason : reasons_) {
      known += block_[reason];
      out->block_reason.push_back(reason);
      out->block_ns.push_back(block_[reason]);
      block_[reason] = 0;
    }
    out->block_begin.push_back(static_cast<uint32_t>(out->block_ns.size()));
    out->unknown.push_back(total > known ? total - known : 0);
  }

  const Trace& trace_;
  const TraceScope& scope_;
  const StatsRules rules_;
  GoToolSyscalls go_tool_calls_;
  std::vector<uint64_t> block_;    // by reason; zero between goroutines
  std::vector<uint8_t> forever_;   // by reason
  std::vector<uint16_t> reasons_;  // with time in block_
  uint64_t exec_ = 0, sched_ = 0, syscall_ = 0, syscall_block_ = 0;
  TraceTime start_ = kNoTime, end_ = kNoTime;
};

// Special ranges by goroutine and name, summed, in that order. `ends` by GoroutineIndex: where its stay ends.
std::vector<RangeTime> SumRanges(const Trace& trace, const TraceScope& scope, StatsRules rules,
                                 const std::vector<TraceTime>& ends) {
  std::vector<RangeTime> times;
  std::vector<std::tuple<uint32_t, StringId, size_t>> sweeps;  // goroutine, name, row of Trace::ranges
  for (size_t i = 0; i < trace.ranges.size(); ++i) {
    const TraceRange& range = trace.ranges[i];
    if (range.start == kNoTime || range.scope == RangeScope::kGlobal) continue;
    const bool is_sweep = range.scope == RangeScope::kProc;
    const uint32_t g = is_sweep ? range.goroutine.value : range.scope_index;
    if (g >= trace.goroutines.size() || !scope.Has(g)) continue;
    if (is_sweep) sweeps.push_back({g, range.name, i});
    if (is_sweep && (range.end == kNoTime || range.end_goroutine != range.goroutine)) continue;
    times.push_back({g, range.name, scope.Overlap(range.start, std::min(range.end, ends[g]))});
  }
  if (rules == StatsRules::kGoTool) {
    std::sort(sweeps.begin(), sweeps.end());
    for (size_t i = 0; i < sweeps.size(); ++i) {
      const auto [g, name, row] = sweeps[i];
      if (i + 1 < sweeps.size() && std::get<0>(sweeps[i + 1]) == g && std::get<1>(sweeps[i + 1]) == name) continue;
      const TraceRange& range = trace.ranges[row];
      if (range.end != kNoTime && range.end_goroutine == range.goroutine) continue;
      times.push_back({g, name, scope.Overlap(range.start, ends[g])});
    }
  }
  std::stable_sort(times.begin(), times.end(), [&](const RangeTime& a, const RangeTime& b) {
    return a.goroutine != b.goroutine ? a.goroutine < b.goroutine : trace.Text(a.name) < trace.Text(b.name);
  });
  size_t kept = 0;
  for (size_t i = 0; i < times.size(); ++i) {
    if (kept > 0 && SameOwner(times[kept - 1], times[i])) {
      times[kept - 1].ns += times[i].ns;
    } else {
      times[kept++] = times[i];
    }
  }
  times.resize(kept);
  return times;
}

}  // namespace

GoroutineStatsColumns GoroutineStats(const Trace& trace, const TraceScope& scope, StatsRules rules) {
  GoroutineStatsColumns out;
  SpanSums sums(trace, scope, rules);
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (scope.Has(i)) sums.AddRow(GoroutineIndex(i), &out);
  }
  std::vector<TraceTime> ends(trace.goroutines.size(), trace.end);
  for (size_t row = 0; row < out.size(); ++row) ends[out.goroutine[row].index()] = std::min(out.end[row], trace.end);
  const std::vector<RangeTime> times = SumRanges(trace, scope, rules, ends);
  size_t at = 0;
  for (size_t row = 0; row < out.size(); ++row) {
    const uint32_t g = out.goroutine[row].value;
    while (at < times.size() && times[at].goroutine < g) ++at;
    for (; at < times.size() && times[at].goroutine == g; ++at) {
      if (times[at].ns == 0) continue;
      out.range_name.push_back(times[at].name);
      out.range_ns.push_back(times[at].ns);
    }
    out.range_begin.push_back(static_cast<uint32_t>(out.range_ns.size()));
  }
  return out;
}

GoroutineGroupColumns GroupByStartFunction(const Trace& trace, const GoroutineStatsColumns& stats) {
  GoroutineGroupColumns sums;
  std::vector<uint32_t> group_of(trace.strings.size(), 0);  // by StringId; 0: none yet
  for (size_t row = 0; row < stats.size(); ++row) {
    const StringId name = trace.goroutine(stats.goroutine[row]).name;
    uint32_t& group = group_of[name.index()];
    if (group == 0) {
      sums.name.push_back(name);
      group = static_cast<uint32_t>(sums.name.size());
      for (auto* column : {&sums.count, &sums.total, &sums.exec, &sums.sched, &sums.block, &sums.syscall,
                           &sums.syscall_block, &sums.unknown}) {
        column->push_back(0);
      }
    }
    const size_t to = group - 1;
    ++sums.count[to];
    sums.total[to] += stats.total[row];
    sums.exec[to] += stats.exec[row];
    sums.sched[to] += stats.sched[row];
    sums.syscall[to] += stats.syscall[row];
    sums.syscall_block[to] += stats.syscall_block[row];
    sums.unknown[to] += stats.unknown[row];
    for (uint32_t i = stats.block_begin[row]; i < stats.block_begin[row + 1]; ++i) sums.block[to] += stats.block_ns[i];
  }
  std::vector<uint32_t> order(sums.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return sums.exec[a] != sums.exec[b] ? sums.exec[a] > sums.exec[b]
                                        : trace.Text(sums.name[a]) < trace.Text(sums.name[b]);
  });
  GoroutineGroupColumns out;
  for (const uint32_t from : order) {
    out.name.push_back(sums.name[from]);
    out.count.push_back(sums.count[from]);
    out.total.push_back(sums.total[from]);
    out.exec.push_back(sums.exec[from]);
    out.sched.push_back(sums.sched[from]);
    out.block.push_back(sums.block[from]);
    out.syscall.push_back(sums.syscall[from]);
    out.syscall_block.push_back(sums.syscall_block[from]);
    out.unknown.push_back(sums.unknown[from]);
  }
  return out;
}

std::vector<uint8_t> GoroutinesNamed(const Trace& trace, std::string_view name) {
  std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
  for (size_t i = 0; i < chosen.size(); ++i) chosen[i] = trace.Text(trace.goroutines[i].name) == name;
  return chosen;
}

std::vector<uint8_t> RelatedGoroutines(const Trace& trace, GoroutineIndex goroutine, uint32_t depth) {
  std::vector<uint8_t> chosen(trace.goroutines.size(), 0);
  std::vector<GoroutineIndex> edge = {goroutine};
  chosen[goroutine.index()] = 1;
  for (uint32_t step = 0; step < depth; ++step) {
    std::vector<GoroutineIndex> wakers;
    for (const GoroutineIndex woken : edge) {
      const SpanTrack& spans = trace.goroutine(woken).spans;
      for (uint32_t i = 1; i < spans.size(); ++i) {
        const Span& span = spans[i];
        if (span.go_state() != GoState::kRunnable || spans[i - 1].go_state() != GoState::kWaiting) continue;
        if (span.peer >= chosen.size() || chosen[span.peer] != 0) continue;
        chosen[span.peer] = 1;
        wakers.push_back(GoroutineIndex(span.peer));
      }
    }
    edge = std::move(wakers);
  }
  return chosen;
}

}  // namespace flametrail
