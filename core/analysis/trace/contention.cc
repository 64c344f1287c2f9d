#include "core/analysis/trace/contention.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace flametrail {
namespace {

struct Wait {
  StackId waiter;
  StackId unblocker;
  uint32_t goroutine;
  uint32_t waker;
  TraceTime start;
  TraceTime end;
  uint16_t reason;
  bool handed_on;  // the waker had just waited at the same place
};

bool IsBlocking(std::string_view reason) {
  return reason.find("chan") != std::string_view::npos || reason.find("sync") != std::string_view::npos ||
         reason.find("select") != std::string_view::npos;
}

std::vector<uint8_t> ChosenReasons(const Trace& trace, bool all_reasons) {
  std::vector<uint8_t> chosen;
  for (const StringId reason : trace.reasons) chosen.push_back(all_reasons || IsBlocking(trace.Text(reason)));
  return chosen;
}

// Where the goroutine waited last before `time`; kEmpty: nowhere.
StackId LastWait(const Goroutine& g, TraceTime time) {
  if (g.spans.empty()) return StackTable::kEmpty;
  uint32_t i = g.spans.IndexAt(time);
  if (i >= g.spans.size()) return StackTable::kEmpty;
  // It runs now; before that it was runnable, and before that it waited.
  for (uint32_t steps = 0; steps < 3 && i > 0; ++steps) {
    if (g.spans[--i].go_state() == GoState::kWaiting) return g.spans[i].stack;
  }
  return StackTable::kEmpty;
}

std::vector<Wait> CollectWaits(const Trace& trace, const TraceScope& scope, bool all_reasons) {
  const std::vector<uint8_t> chosen = ChosenReasons(trace, all_reasons);
  std::vector<Wait> waits;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    if (!scope.Has(i)) continue;
    const SpanTrack& spans = trace.goroutines[i].spans;
    for (uint32_t k = 1; k < spans.size(); ++k) {
      const Span& woken = spans[k];
      if (woken.go_state() != GoState::kRunnable || woken.peer >= trace.goroutines.size()) continue;
      const Span& wait = spans[k - 1];
      if (wait.go_state() != GoState::kWaiting || chosen[wait.reason] == 0) continue;
      if (woken.start < scope.from || woken.start > scope.to) continue;
      const bool handed_on =
          wait.stack != StackTable::kEmpty && LastWait(trace.goroutines[woken.peer], woken.start) == wait.stack;
      waits.push_back({wait.stack, woken.stack, static_cast<uint32_t>(i), woken.peer, wait.start, woken.start,
                       static_cast<uint16_t>(wait.reason), handed_on});
    }
  }
  return waits;
}

uint32_t CountDistinct(std::vector<uint32_t>* values) {
  std::sort(values->begin(), values->end());
  return static_cast<uint32_t>(std::unique(values->begin(), values->end()) - values->begin());
}

// One row of waits[begin, end).
void AddRow(const std::vector<Wait>& waits, size_t begin, size_t end, bool single_consumer, ContentionColumns* out) {
  uint64_t delay = 0, longest = 0, handed_on = 0;
  size_t longest_at = begin;
  std::vector<uint32_t> waiters, wakers;
  for (size_t i = begin; i < end; ++i) {
    const uint64_t ns = waits[i].end - waits[i].start;
    delay += ns;
    if (ns > longest) longest_at = i;
    longest = std::max(longest, ns);
    handed_on += waits[i].handed_on;
    waiters.push_back(waits[i].goroutine);
    wakers.push_back(waits[i].waker);
  }
  out->waiter.push_back(waits[begin].waiter);
  out->unblocker.push_back(waits[begin].unblocker);
  out->reason.push_back(waits[begin].reason);
  out->count.push_back(end - begin);
  out->delay_ns.push_back(delay);
  out->longest_ns.push_back(longest);
  out->longest_of.push_back(GoroutineIndex(waits[longest_at].goroutine));
  out->longest_start.push_back(waits[longest_at].start);
  out->waiters.push_back(CountDistinct(&waiters));
  out->wakers.push_back(CountDistinct(&wakers));
  out->is_convoy.push_back(end - begin >= kLeastConvoy && handed_on * 2 >= end - begin);
  out->is_single_consumer.push_back(single_consumer);
}

// Whether one goroutine wakes all of several that wait in waits[begin, end).
bool HasSingleConsumer(const std::vector<Wait>& waits, size_t begin, size_t end) {
  bool several = false;
  for (size_t i = begin; i < end; ++i) {
    if (waits[i].waker != waits[begin].waker) return false;
    several |= waits[i].goroutine != waits[begin].goroutine;
  }
  return several;
}

template <typename T>
void Reorder(const std::vector<uint32_t>& order, std::vector<T>* column) {
  std::vector<T> sorted;
  sorted.reserve(column->size());
  for (const uint32_t row : order) sorted.push_back((*column)[row]);
  *column = std::move(sorted);
}

}  // namespace

ContentionColumns MapContention(const Trace& trace, const TraceScope& scope, bool all_reasons) {
  std::vector<Wait> waits = CollectWaits(trace, scope, all_reasons);
  std::sort(waits.begin(), waits.end(), [](const Wait& a, const Wait& b) {
    return std::tie(a.waiter, a.reason, a.unblocker, a.end) < std::tie(b.waiter, b.reason, b.unblocker, b.end);
  });
  ContentionColumns out;
  for (size_t place = 0; place < waits.size();) {
    size_t place_end = place;
    while (place_end < waits.size() && waits[place_end].waiter == waits[place].waiter) ++place_end;
    const bool single = HasSingleConsumer(waits, place, place_end);
    for (size_t at = place; at < place_end;) {
      size_t end = at;
      while (end < place_end && waits[end].unblocker == waits[at].unblocker && waits[end].reason == waits[at].reason) {
        ++end;
      }
      AddRow(waits, at, end, single, &out);
      at = end;
    }
    place = place_end;
  }
  std::vector<uint32_t> order(out.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    if (out.delay_ns[a] != out.delay_ns[b]) return out.delay_ns[a] > out.delay_ns[b];
    return std::tie(out.waiter[a], out.unblocker[a], out.reason[a]) <
           std::tie(out.waiter[b], out.unblocker[b], out.reason[b]);
  });
  Reorder(order, &out.waiter);
  Reorder(order, &out.unblocker);
  Reorder(order, &out.reason);
  Reorder(order, &out.count);
  Reorder(order, &out.delay_ns);
  Reorder(order, &out.longest_ns);
  Reorder(order, &out.longest_of);
  Reorder(order, &out.longest_start);
  Reorder(order, &out.waiters);
  Reorder(order, &out.wakers);
  Reorder(order, &out.is_convoy);
  Reorder(order, &out.is_single_consumer);
  return out;
}

}  // namespace flametrail
