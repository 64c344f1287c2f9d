#include "core/analysis/trace/state_profile.h"

#include <algorithm>
#include <array>

namespace flametrail {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"net", "sync", "syscall", "sched"};

bool Counts(TraceProfileKind kind, std::string_view reason) {
  if (kind == TraceProfileKind::kNetwork) return reason == "network";
  return reason.find("chan") != std::string_view::npos || reason.find("sync") != std::string_view::npos ||
         reason.find("select") != std::string_view::npos;
}

// Which spans belong to a kind, by state and reason.
class SpanChoice {
 public:
  SpanChoice(const Trace& trace, TraceProfileKind kind) : kind_(kind), reasons_(trace.reasons.size(), 0) {
    for (size_t i = 0; i < reasons_.size(); ++i) reasons_[i] = Counts(kind, trace.Text(trace.reasons[i]));
  }
  bool Has(const Span& span) const {
    switch (kind_) {
      case TraceProfileKind::kSyscall:
        return IsSyscall(span.go_state());
      case TraceProfileKind::kSched:
        return span.go_state() == GoState::kRunnable;
      default:
        return span.go_state() == GoState::kWaiting && reasons_[span.reason] != 0;
    }
  }

 private:
  const TraceProfileKind kind_;
  std::vector<uint8_t> reasons_;
};

// Walks the stays of one goroutine in a state beside its stretches.
class Overlaps {
 public:
  Overlaps(const Stretch* begin, const Stretch* end) : at_(begin), end_(end) {}

  // Of [start, end), which begin later from call to call.
  uint64_t With(TraceTime start, TraceTime end) {
    while (at_ != end_ && at_->end <= start) ++at_;
    uint64_t ns = 0;
    for (const Stretch* one = at_; one != end_ && one->start < end; ++one) {
      ns += std::min(one->end, end) - std::max(one->start, start);
      if (one->end >= end) break;
      at_ = one;
    }
    return ns;
  }

 private:
  const Stretch* at_;
  const Stretch* const end_;
};

}  // namespace

std::optional<TraceProfileKind> TraceProfileKindNamed(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<TraceProfileKind>(i);
  }
  return std::nullopt;
}

Stretches Lifetimes(const Trace& trace, const TraceScope& scope) {
  std::vector<uint8_t> is_forever(trace.reasons.size(), 0);
  for (size_t i = 0; i < is_forever.size(); ++i) is_forever[i] = trace.Text(trace.reasons[i]) == kForever;
  Stretches lifetimes;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    const SpanTrack& spans = trace.goroutines[i].spans;
    if (!scope.Has(i) || spans.empty()) continue;
    // Goroutines that never ran count from the beginning.
    TraceTime start = 0;
    for (uint32_t k = 0; k < spans.size(); ++k) {
      if (spans[k].go_state() != GoState::kRunning) continue;
      start = spans[k].start;
      break;
    }
    const Span& last = spans.back();
    const bool ended =
        last.go_state() == GoState::kNotExist || (last.go_state() == GoState::kWaiting && is_forever[last.reason] != 0);
    start = std::max(start, scope.from);
    const TraceTime end = std::min(ended ? TraceTime{last.start} : trace.end, scope.to);
    if (start < end) lifetimes.push_back({static_cast<uint32_t>(i), start, end});
  }
  return lifetimes;
}

Stretches RegionStretches(const Trace& trace, const TraceScope& scope, const RegionFilter& filter) {
  Stretches all;
  for (size_t i = 0; i < trace.regions.size(); ++i) {
    const TraceRegion& region = trace.regions[i];
    if (region.type != filter.type || region.goroutine.is_none() || !scope.Has(region.goroutine.index())) continue;
    if (filter.start_stack && region.start_stack != *filter.start_stack) continue;
    const TraceTime start = std::max(region.start == kNoTime ? 0 : region.start, scope.from);
    const TraceTime end = std::min({region.end, trace.end, scope.to});
    if (start < end) all.push_back({region.goroutine.value, start, end});
  }
  std::sort(all.begin(), all.end(), [](const Stretch& a, const Stretch& b) {
    if (a.goroutine != b.goroutine) return a.goroutine < b.goroutine;
    return a.start != b.start ? a.start < b.start : a.end < b.end;
  });
  Stretches merged;
  for (const Stretch& one : all) {
    if (!merged.empty() && merged.back().goroutine == one.goroutine && one.start <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, one.end);
    } else {
      merged.push_back(one);
    }
  }
  return merged;
}

StackSums::StackSums(const Trace& trace) : trace_(trace), count_(trace.stacks.size(), 0), ns_(trace.stacks.size(), 0) {}

Profile StackSums::Take(std::string_view count_type, std::string_view time_type) {
  Profile profile;
  profile.strings = trace_.strings;
  profile.sample_types = {{profile.strings.Intern(count_type), profile.strings.Intern("count")},
                          {profile.strings.Intern(time_type), profile.strings.Intern("nanoseconds")}};
  profile.period_type = {profile.strings.Intern("trace"), profile.strings.Intern("count")};
  profile.period = 1;
  profile.functions = trace_.functions;
  profile.locations = trace_.locations;
  profile.stacks = trace_.stacks;
  profile.samples.values.resize(2);
  for (size_t stack = 0; stack < count_.size(); ++stack) {
    if (count_[stack] == 0) continue;
    profile.samples.stack.push_back(StackId(stack));
    profile.samples.labels.push_back(LabelSetTable::kEmpty);
    profile.samples.values[0].push_back(static_cast<int64_t>(count_[stack]));
    profile.samples.values[1].push_back(static_cast<int64_t>(ns_[stack]));
  }
  return profile;
}

Profile StateProfile(const Trace& trace, TraceProfileKind kind, const Stretches& stretches, ProfileRules rules) {
  StackSums sums(trace);
  const SpanChoice choice(trace, kind);
  for (size_t at = 0; at < stretches.size();) {
    const uint32_t goroutine = stretches[at].goroutine;
    size_t end = at;
    while (end < stretches.size() && stretches[end].goroutine == goroutine) ++end;
    Overlaps overlaps(&stretches[at], stretches.data() + end);
    const Goroutine& g = trace.goroutines[goroutine];
    TraceTime since = kNoTime;
    StackId stack;
    ForEachSpan(trace, g, [&](uint32_t, const Span& span, TraceTime) {
      // That the P was taken is no event of the goroutine.
      const GoState state = span.go_state();
      if (state == GoState::kSyscallBlocked || state == GoState::kUndetermined) return;
      if (rules == ProfileRules::kGoTool && span.stack == StackTable::kEmpty) return;
      const bool has = choice.Has(span);
      if (has && since == kNoTime) {
        since = span.start;
        stack = span.stack;
      } else if (!has && since != kNoTime) {
        if (const uint64_t ns = overlaps.With(since, span.start); ns > 0) sums.Add(stack, ns);
        since = kNoTime;
      }
    });
    at = end;
  }
  return sums.Take("contentions", "delay");
}

}  // namespace flametrail
