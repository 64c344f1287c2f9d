// Rules over execution traces: who wakes whom, how often, and what comes of it.
#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/trace_facts.h"
#include "core/analysis/trace/scope.h"

namespace flametrail {
namespace {

// What counts as "at once".
constexpr uint64_t kMoment = 1'000'000;

std::vector<uint8_t> ReasonsAmong(const Trace& trace, std::span<const std::string_view> wanted) {
  std::vector<uint8_t> is_wanted(trace.reasons.size());
  for (size_t r = 0; r < is_wanted.size(); ++r) {
    is_wanted[r] = std::find(wanted.begin(), wanted.end(), trace.Text(trace.reasons[r])) != wanted.end();
  }
  return is_wanted;
}

// Calls visit(goroutine, i): span i is the Runnable one behind a wait for one of the reasons.
template <typename Visit>
void ForEachWake(const Trace& trace, std::span<const std::string_view> reasons, Visit visit) {
  const std::vector<uint8_t> wanted = ReasonsAmong(trace, reasons);
  for (size_t g = 0; g < trace.goroutines.size(); ++g) {
    if (IsSystemGoroutine(trace.Text(trace.goroutines[g].name))) continue;
    GoState before = GoState::kUndetermined;
    uint32_t reason = 0;
    ForEachSpan(trace, trace.goroutines[g], [&](uint32_t i, const Span& span, TraceTime) {
      const bool wakes = span.go_state() == GoState::kRunnable && before == GoState::kWaiting;
      if (wakes && reason < wanted.size() && wanted[reason] != 0) visit(GoroutineIndex(static_cast<uint32_t>(g)), i);
      before = span.go_state();
      reason = span.reason;
    });
  }
}

bool HasWaker(const Span& span) { return span.peer != GoroutineIndex::kNoneValue; }

// A sleeping goroutine, or one that a channel of package time woke: nobody's deed.
bool IsTimerWake(const Span& wait, const Span& wake, const Trace& trace) {
  return trace.Text(trace.reasons[wait.reason]) == "sleep" || !HasWaker(wake);
}

// The most times that lie within one moment, and how many moments apart from each other have at least `enough`.
struct Burst {
  size_t most = 0;
  TraceTime start = 0;
  uint64_t moments = 0;
};

Burst FindBurst(const std::vector<TraceTime>& ascending, size_t enough) {
  Burst burst;
  size_t first = 0;
  TraceTime counted_until = 0;
  for (size_t i = 0; i < ascending.size(); ++i) {
    while (ascending[i] - ascending[first] > kMoment) ++first;
    const size_t now = i - first + 1;
    if (now > burst.most) burst = {now, ascending[first], burst.moments};
    if (now < enough || ascending[first] < counted_until) continue;
    ++burst.moments;
    counted_until = ascending[i] + 1;
  }
  return burst;
}

// Woken, found nothing to do and waits again in the same place: span i is Runnable.
bool WokeInVain(const Trace& trace, const Goroutine& goroutine, uint32_t i) {
  constexpr uint64_t kShortRun = 100'000;
  if (i == 0 || i + 2 >= goroutine.spans.size()) return false;
  const Span run = goroutine.spans[i + 1], next = goroutine.spans[i + 2];
  return run.go_state() == GoState::kRunning && next.go_state() == GoState::kWaiting &&
         next.stack == goroutine.spans[i - 1].stack && trace.SpanEnd(goroutine, i + 1) - run.start <= kShortRun;
}

struct Herd {
  size_t woken = 0;
  size_t in_vain = 0;
  GoroutineIndex waker;
  StackId stack;  // of the waker
};

struct HerdWake {
  uint32_t waker;
  uint32_t stack;
  TraceTime time;
  bool in_vain;

  auto operator<=>(const HerdWake&) const = default;
};

Herd LargestHerd(std::vector<HerdWake> wakes) {
  std::sort(wakes.begin(), wakes.end());
  Herd herd;
  size_t first = 0, in_vain = 0;
  for (size_t i = 0; i < wakes.size(); ++i) {
    in_vain += wakes[i].in_vain;
    while (wakes[first].waker != wakes[i].waker || wakes[first].stack != wakes[i].stack ||
           wakes[i].time - wakes[first].time > kMoment) {
      in_vain -= wakes[first++].in_vain;
    }
    // Most of a herd goes back.
    if (in_vain * 5 < (i - first + 1) * 4 || in_vain <= herd.in_vain) continue;
    herd = {i - first + 1, in_vain, GoroutineIndex(wakes[i].waker), StackId(wakes[i].stack)};
  }
  return herd;
}

}  // namespace

// Two goroutines that wake each other by turns: how often a second.
void CheckTracePingPong(RuleRun* run) {
  constexpr std::array<std::string_view, 4> kReasons = {"chan receive", "chan send", "select", "sync"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    std::unordered_map<uint64_t, std::array<uint64_t, 2>> pairs;  // wakes in both directions
    ForEachWake(trace, kReasons, [&](GoroutineIndex wakee, uint32_t i) {
      const Span& wake = trace.goroutine(wakee).spans[i];
      if (!HasWaker(wake)) return;
      const uint64_t low = std::min(wake.peer, wakee.value), high = std::max(wake.peer, wakee.value);
      ++pairs[low << 32 | high][wake.peer == low ? 0 : 1];
    });
    uint64_t best = 0, turns = 0;
    for (const auto& [pair, counts] : pairs) {
      const uint64_t both = std::min(counts[0], counts[1]);
      if (both > turns || (both == turns && pair < best)) std::tie(best, turns) = std::tie(pair, both);
    }
    if (turns < 1000) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(turns) / DurationOf(trace) * 1e9;
    evidence.samples = turns;
    evidence.confidence = Certainty::kHigh;
    evidence.parameters = {{"one", NameOf(trace, trace.goroutines[best >> 32])},
                           {"other", NameOf(trace, trace.goroutines[best & 0xFFFFFFFFu])},
                           {"count", FormatRuleValue(RuleUnit::kCount, static_cast<double>(turns))}};
    evidence.link = {"timeline", "", ""};
    run->Report(std::move(evidence));
  });
}

// Timers that go off together: how many within a millisecond.
void CheckTraceTimerBurst(RuleRun* run) {
  constexpr std::array<std::string_view, 3> kReasons = {"sleep", "chan receive", "select"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    std::vector<TraceTime> times;
    ForEachWake(trace, kReasons, [&](GoroutineIndex wakee, uint32_t i) {
      const SpanTrack& spans = trace.goroutine(wakee).spans;
      if (IsTimerWake(spans[i - 1], spans[i], trace)) times.push_back(spans[i].start);
    });
    std::sort(times.begin(), times.end());
    const Burst burst = FindBurst(times, static_cast<size_t>(std::max(1.0, run->threshold())));
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(burst.most);
    evidence.samples = burst.moments;
    evidence.confidence = burst.moments > 1 ? Certainty::kHigh : Certainty::kMedium;
    evidence.parameters = {{"bursts", FormatRuleValue(RuleUnit::kCount, static_cast<double>(burst.moments))},
                           {"time", TimeText(static_cast<double>(burst.start - std::min(burst.start, trace.base)))}};
    evidence.link = {"timeline", "", ""};
    run->Report(std::move(evidence));
  });
}

// Many woken by one deed (Broadcast, the end of a write lock) of whom most find nothing to do.
void CheckTraceHerd(RuleRun* run) {
  constexpr std::array<std::string_view, 1> kReasons = {"sync"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    std::vector<HerdWake> wakes;
    ForEachWake(trace, kReasons, [&](GoroutineIndex wakee, uint32_t i) {
      const Goroutine& goroutine = trace.goroutine(wakee);
      const Span& wake = goroutine.spans[i];
      if (!HasWaker(wake)) return;
      wakes.push_back({wake.peer, wake.stack.value, wake.start, WokeInVain(trace, goroutine, i)});
    });
    const Herd herd = LargestHerd(std::move(wakes));
    if (herd.woken == 0) return;
    const std::string_view at = LeafFunction(trace, herd.stack);
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(herd.woken);
    evidence.samples = herd.woken;
    evidence.confidence = Certainty::kHigh;
    evidence.parameters = {{"in_vain", FormatRuleValue(RuleUnit::kCount, static_cast<double>(herd.in_vain))},
                           {"where", NameOf(trace, trace.goroutine(herd.waker))},
                           {"at", at.empty() ? "?" : std::string(at)}};
    evidence.link = {"timeline", "", ""};
    run->Report(std::move(evidence));
  });
}

// Waits for a lock since before the middle of the trace. Nobody holds one that long on purpose.
void CheckTraceStuckOnLock(RuleRun* run) {
  // Not WaitGroup and Cond: those may wait for ever.
  constexpr std::array<std::string_view, 6> kLocks = {"sync.(*Mutex).",
                                                      "sync.(*RWMutex).",
                                                      "internal/sync.(*Mutex).",
                                                      "sync.runtime_SemacquireMutex",
                                                      "sync.runtime_SemacquireRWMutex",
                                                      "internal/sync.runtime_SemacquireMutex"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    uint64_t count = 0;
    std::string where;
    for (size_t g = 0; g < trace.goroutines.size(); ++g) {
      const Goroutine& goroutine = trace.goroutines[g];
      if (goroutine.spans.empty() || IsSystemGoroutine(trace.Text(goroutine.name))) continue;
      const Span& last = goroutine.spans.back();
      if (last.go_state() != GoState::kWaiting || trace.Text(trace.reasons[last.reason]) != "sync") continue;
      if (static_cast<double>(trace.end - last.start) < DurationOf(trace) / 2) continue;
      const std::string_view at = LeafFunction(trace, last.stack);
      const auto is_at = [&](std::string_view lock) { return at.starts_with(lock); };
      if (std::none_of(kLocks.begin(), kLocks.end(), is_at)) continue;
      if (++count == 1) where = NameOf(trace, goroutine);
    }
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(count);
    evidence.samples = count;
    evidence.parameters = {{"where", where}, {"time", TimeText(DurationOf(trace) / 2)}};
    evidence.link = {"goroutines", "", ""};
    run->Report(std::move(evidence));
  });
}

}  // namespace flametrail
