#include <algorithm>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

constexpr double kFewestContentions = 100;

template <typename Check>
void ForEachContention(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Profile* profile = run->subjects()[i].profile;
    if (profile == nullptr) continue;
    const auto delay = TypeNamed(*profile, "delay");
    if (delay && TypeNamed(*profile, "contentions")) check(i, *profile, *delay);
  }
}

RuleRun::Evidence EvidenceOf(RuleRun* run, size_t subject, const Matching& matching) {
  RuleRun::Evidence evidence;
  evidence.subject = subject;
  evidence.samples = static_cast<uint64_t>(matching.count);
  evidence.confidence = CertaintyFrom(matching.count);
  evidence.parameters = {{"delay", ScaledLabel(static_cast<int64_t>(matching.value), "nanoseconds", "auto")},
                         {"contentions", FormatRuleValue(RuleUnit::kCount, matching.count)},
                         {"where", matching.where.empty() ? matching.function : matching.where}};
  evidence.link = {"flame", "delay", FocusOf(run->rule().names)};
  return evidence;
}

}  // namespace

// Profiles of Go's servers cover the process' life and do not tell how long that is.
void CheckMutexDelay(RuleRun* run) {
  ForEachContention(run, [&](size_t subject, const Profile& profile, size_t delay) {
    const Matching matching = SumMatching(profile, delay, run->rule().names);
    if (profile.duration_nanos > 0 || matching.count < kFewestContentions) return;
    RuleRun::Evidence evidence = EvidenceOf(run, subject, matching);
    evidence.value = matching.value / 1e9;
    run->Report(std::move(evidence));
  });
}

void CheckMutexPerMinute(RuleRun* run) {
  ForEachContention(run, [&](size_t subject, const Profile& profile, size_t delay) {
    const Matching matching = SumMatching(profile, delay, run->rule().names);
    if (profile.duration_nanos <= 0 || matching.count < kFewestContentions) return;
    RuleRun::Evidence evidence = EvidenceOf(run, subject, matching);
    evidence.value = matching.value / static_cast<double>(profile.duration_nanos) * 60;
    run->Report(std::move(evidence));
  });
}

// Many short waits on one place: each value wakes a goroutine.
void CheckHandOff(RuleRun* run) {
  constexpr double kShortNanos = 100e3;
  ForEachContention(run, [&](size_t subject, const Profile& profile, size_t delay) {
    const Matching matching = SumMatching(profile, delay, run->rule().names);
    if (matching.count <= 0 || matching.value / matching.count > kShortNanos) return;
    RuleRun::Evidence evidence = EvidenceOf(run, subject, matching);
    evidence.value = matching.count;
    run->Report(std::move(evidence));
  });
}

void CheckSelectStorm(RuleRun* run) {
  ForEachContention(run, [&](size_t subject, const Profile& profile, size_t delay) {
    const Matching matching = SumMatching(profile, delay, run->rule().names);
    RuleRun::Evidence evidence = EvidenceOf(run, subject, matching);
    evidence.value = matching.count;
    run->Report(std::move(evidence));
  });
}

void CheckThreads(RuleRun* run) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Profile* profile = run->subjects()[i].profile;
    const auto type = profile == nullptr ? std::nullopt : TypeNamed(*profile, "threadcreate");
    if (!type) continue;
    RuleRun::Evidence evidence;
    evidence.subject = i;
    evidence.value = TotalOf(*profile, *type);
    evidence.samples = static_cast<uint64_t>(evidence.value);
    evidence.confidence = Certainty::kHigh;
    evidence.link = {"flame", "threadcreate", ""};
    run->Report(std::move(evidence));
  }
}

}  // namespace flametrail
