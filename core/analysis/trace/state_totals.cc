#include "core/analysis/trace/state_totals.h"

#include <algorithm>
#include <numeric>

#include "core/base/hash.h"
#include "core/base/index_table.h"

namespace flametrail {
namespace {

uint64_t* CountOf(StateCounts* counts, GoState state) {
  switch (state) {
    case GoState::kRunnable:
      return &counts->runnable;
    case GoState::kRunning:
      return &counts->running;
    case GoState::kSyscall:
    case GoState::kSyscallBlocked:
      return &counts->syscall;
    case GoState::kWaiting:
      return &counts->waiting;
    case GoState::kUndetermined:
    case GoState::kNotExist:
      break;
  }
  return nullptr;
}

uint64_t HashPair(StringId a, StringId b) { return HashCombine(a.value, b.value); }

}  // namespace

StateTotals SumStates(const Trace& trace, const TraceScope& scope) {
  StateTotals totals;
  totals.waiting_ns.resize(trace.reasons.size());
  totals.waiting_seen.resize(trace.reasons.size());
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (!scope.Has(i)) continue;
    ForEachSpan(trace, trace.goroutines[i], [&](uint32_t, const Span& span, TraceTime end) {
      if (span.start > scope.to || end < scope.from) return;
      const uint64_t ns = scope.Overlap(span.start, end);
      totals.ns[span.state] += ns;
      totals.seen[span.state] = true;
      if (span.go_state() != GoState::kWaiting) return;
      totals.waiting_ns[span.reason] += ns;
      totals.waiting_seen[span.reason] = 1;
    });
  }
  return totals;
}

std::vector<StateCounts> CountStatesAt(const Trace& trace, std::span<const TraceTime> times) {
  std::vector<StateCounts> counts(times.size());
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    const SpanTrack& spans = trace.goroutines[i].spans;
    for (size_t at = 0; at < times.size(); ++at) {
      const uint32_t span = spans.empty() ? 0 : spans.IndexAt(times[at]);
      if (span >= spans.size()) continue;
      if (uint64_t* count = CountOf(&counts[at], spans[span].go_state())) ++*count;
    }
  }
  return counts;
}

WakeupColumns CountWakeups(const Trace& trace, const TraceScope& scope) {
  WakeupColumns found;
  IndexTable rows;
  const auto hash_of = [&](uint32_t row) { return HashPair(found.waker[row], found.woken[row]); };
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (!scope.Has(i)) continue;
    const Goroutine& g = trace.goroutines[i];
    TraceTime waits_since = kNoTime;
    ForEachSpan(trace, g, [&](uint32_t, const Span& span, TraceTime) {
      const bool was_waiting = waits_since != kNoTime;
      const TraceTime since = waits_since;
      waits_since = span.go_state() == GoState::kWaiting ? TraceTime{span.start} : kNoTime;
      if (!was_waiting || span.go_state() != GoState::kRunnable || span.peer >= trace.goroutines.size()) return;
      if (span.start < scope.from || span.start > scope.to) return;
      const StringId waker = trace.goroutines[span.peer].name;
      const uint64_t hash = HashPair(waker, g.name);
      uint32_t row = rows.Find(hash, [&](uint32_t r) { return found.waker[r] == waker && found.woken[r] == g.name; });
      if (row == IndexTable::kNone) {
        row = static_cast<uint32_t>(found.size());
        found.waker.push_back(waker);
        found.woken.push_back(g.name);
        found.count.push_back(0);
        found.waited_ns.push_back(0);
        rows.Insert(hash, row, hash_of);
      }
      ++found.count[row];
      found.waited_ns[row] += span.start - since;
    });
  }
  std::vector<uint32_t> order(found.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (found.count[a] != found.count[b]) return found.count[a] > found.count[b];
    if (found.waker[a] != found.waker[b]) return trace.Text(found.waker[a]) < trace.Text(found.waker[b]);
    return trace.Text(found.woken[a]) < trace.Text(found.woken[b]);
  });
  WakeupColumns out;
  for (const uint32_t row : order) {
    out.waker.push_back(found.waker[row]);
    out.woken.push_back(found.woken[row]);
    out.count.push_back(found.count[row]);
    out.waited_ns.push_back(found.waited_ns[row]);
  }
  return out;
}

}  // namespace flametrail
