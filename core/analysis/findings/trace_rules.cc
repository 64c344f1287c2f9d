// Rules over execution traces: one pass over the spans for what most of them ask.
#include <algorithm>
#include <array>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/trace_facts.h"

namespace flametrail {
namespace {

// The runtime's helpers wait for ever on purpose.
bool IsSystem(const Trace& trace, const Goroutine& goroutine) {
  const std::string_view name = trace.Text(goroutine.name);
  return name.starts_with("runtime.") && name != "runtime.main";
}

// Time in the spans that are wanted, and who has most of it.
struct SpanSum {
  double nanos = 0;
  uint64_t spans = 0;
  double longest = 0;
  std::string where;  // the goroutine with the most
  double where_nanos = 0;
};

template <typename Wanted>
SpanSum SumSpans(const Trace& trace, bool with_system, Wanted wanted) {
  SpanSum sum;
  for (size_t g = 0; g < trace.goroutines.size(); ++g) {
    const Goroutine& goroutine = trace.goroutines[g];
    if (!with_system && IsSystem(trace, goroutine)) continue;
    double own = 0;
    for (uint32_t i = 0; i < goroutine.spans.size(); ++i) {
      const Span span = goroutine.spans[i];
      if (!wanted(span)) continue;
      const TraceTime end = trace.SpanEnd(goroutine, i);
      const double nanos = end > span.start ? static_cast<double>(end - span.start) : 0;
      own += nanos;
      ++sum.spans;
      sum.longest = std::max(sum.longest, nanos);
    }
    sum.nanos += own;
    if (own <= sum.where_nanos) continue;
    sum.where_nanos = own;
    sum.where = NameOf(trace, goroutine);
  }
  return sum;
}

RuleRun::Evidence EvidenceOf(size_t subject, double value, const SpanSum& sum, std::string view) {
  RuleRun::Evidence evidence;
  evidence.subject = subject;
  evidence.value = value;
  evidence.samples = sum.spans;
  evidence.confidence = CertaintyFrom(static_cast<double>(sum.spans));
  evidence.parameters = {{"time", TimeText(sum.nanos)},
                         {"longest", TimeText(sum.longest)},
                         {"count", FormatRuleValue(RuleUnit::kCount, static_cast<double>(sum.spans))},
                         {"where", sum.where}};
  evidence.link = {std::move(view), "", ""};
  return evidence;
}

SpanSum InState(const Trace& trace, GoState state) {
  return SumSpans(trace, true, [&](const Span& span) { return span.go_state() == state; });
}

// Waiting for a reason that has one of the words in it.
SpanSum WaitingFor(const Trace& trace, std::span<const std::string_view> words) {
  std::vector<uint8_t> wanted(trace.reasons.size());
  for (size_t r = 0; r < wanted.size(); ++r) {
    const std::string_view reason = trace.Text(trace.reasons[r]);
    wanted[r] = std::find(words.begin(), words.end(), reason) != words.end();
  }
  return SumSpans(trace, false, [&](const Span& span) {
    return span.go_state() == GoState::kWaiting && span.reason < wanted.size() && wanted[span.reason] != 0;
  });
}

template <typename Wanted>
SpanSum SumRanges(const Trace& trace, Wanted wanted) {
  SpanSum sum;
  for (size_t r = 0; r < trace.ranges.size(); ++r) {
    const TraceRange& range = trace.ranges[r];
    if (range.start == kNoTime || !wanted(trace.Text(range.name))) continue;
    const TraceTime end = range.end == kNoTime ? trace.end : range.end;
    const double nanos = end > range.start ? static_cast<double>(end - range.start) : 0;
    sum.nanos += nanos;
    ++sum.spans;
    if (nanos <= sum.longest) continue;
    sum.longest = nanos;
    sum.where = std::string(trace.Text(range.name));
  }
  return sum;
}

}  // namespace

void CheckTracePause(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    // Stopping for the trace itself is no pause of the program.
    const SpanSum sum = SumRanges(trace, [](std::string_view name) {
      return name.starts_with("stop-the-world") && name.find("trace") == std::string_view::npos;
    });
    run->Report(EvidenceOf(subject, sum.longest / 1e9, sum, "gc"));
  });
}

// How many are ready and not running, on average and for each P: a queue of one or two is the price of full use.
void CheckTraceSchedWait(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum runnable = InState(trace, GoState::kRunnable);
    const SpanSum running = InState(trace, GoState::kRunning);
    const auto& gomaxprocs = trace.metrics[static_cast<size_t>(Metric::kGomaxprocs)];
    const double procs = gomaxprocs.empty() ? static_cast<double>(std::max<size_t>(1, trace.procs.size()))
                                            : static_cast<double>(std::max<uint64_t>(1, gomaxprocs.back().value));
    RuleRun::Evidence evidence = EvidenceOf(subject, runnable.nanos / DurationOf(trace) / procs, runnable, "timeline");
    const double switches = static_cast<double>(running.spans) / DurationOf(trace) * 1e9;
    evidence.parameters.emplace_back("switches", FormatRuleValue(RuleUnit::kCount, switches));
    run->Report(std::move(evidence));
  });
}

void CheckTraceAssist(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum sum = SumRanges(trace, [](std::string_view name) { return name == "GC mark assist"; });
    run->Report(EvidenceOf(subject, sum.nanos / DurationOf(trace), sum, "gc"));
  });
}

void CheckTraceSyscall(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    // os/signal's loop sits in one for the program's life.
    SpanSum sum = SumSpans(trace, false, [&](const Span& span) {
      return span.go_state() == GoState::kSyscall || span.go_state() == GoState::kSyscallBlocked;
    });
    run->Report(EvidenceOf(subject, sum.nanos / DurationOf(trace), sum, "blocking"));
  });
}

void CheckTraceGcRate(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum sum = SumRanges(trace, [](std::string_view name) { return name == "GC concurrent mark phase"; });
    if (sum.spans < 5) return;
    RuleRun::Evidence evidence =
        EvidenceOf(subject, static_cast<double>(sum.spans) / DurationOf(trace) * 1e9, sum, "gc");
    run->Report(std::move(evidence));
  });
}

void CheckTraceLongRun(RuleRun* run) {
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum running =
        SumSpans(trace, false, [](const Span& span) { return span.go_state() == GoState::kRunning; });
    run->Report(EvidenceOf(subject, running.longest / 1e9, running, "goroutines"));
  });
}

// Waits for another goroutine since before the middle of the trace.
void CheckTraceNeverWoken(RuleRun* run) {
  constexpr std::array<std::string_view, 5> kReasons = {"chan receive", "chan send", "select", "sync", "forever"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    uint64_t count = 0;
    std::string where;
    for (size_t g = 0; g < trace.goroutines.size(); ++g) {
      const Goroutine& goroutine = trace.goroutines[g];
      if (goroutine.spans.empty() || IsSystem(trace, goroutine) || trace.Text(goroutine.name) == "runtime.main")
        continue;
      const Span last = goroutine.spans.back();
      if (last.go_state() != GoState::kWaiting || last.reason >= trace.reasons.size()) continue;
      const std::string_view reason = trace.Text(trace.reasons[last.reason]);
      const bool waits = std::find(kReasons.begin(), kReasons.end(), reason) != kReasons.end();
      if (!waits || static_cast<double>(trace.end - last.start) < DurationOf(trace) / 2) continue;
      if (count++ == 0) where = NameOf(trace, goroutine);
    }
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = static_cast<double>(count);
    evidence.samples = count;
    evidence.confidence = Certainty::kLow;
    evidence.parameters = {{"where", where}, {"time", TimeText(DurationOf(trace) / 2)}};
    evidence.link = {"goroutines", "", ""};
    run->Report(std::move(evidence));
  });
}

void CheckTraceBlockedSync(RuleRun* run) {
  constexpr std::array<std::string_view, 1> kReasons = {"sync"};
  constexpr uint64_t kFewestWaits = 100;
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum sum = WaitingFor(trace, kReasons);
    if (sum.spans >= kFewestWaits) run->Report(EvidenceOf(subject, sum.nanos / DurationOf(trace), sum, "blocking"));
  });
}

void CheckTraceNetworkWait(RuleRun* run) {
  constexpr std::array<std::string_view, 1> kReasons = {"network"};
  ForEachTrace(run, [&](size_t subject, const Trace& trace) {
    const SpanSum sum = WaitingFor(trace, kReasons);
    run->Report(EvidenceOf(subject, sum.nanos / DurationOf(trace), sum, "blocking"));
  });
}

}  // namespace flametrail
