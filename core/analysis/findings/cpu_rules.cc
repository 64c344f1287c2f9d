#include <array>

#include "core/analysis/findings/profile_facts.h"
#include "core/analysis/findings/rule.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

// Below so many samples of its own, a share says nothing.
constexpr double kFewestSamples = 20;

template <typename Check>
void ForEachCpuProfile(RuleRun* run, Check check) {
  for (size_t i = 0; i < run->subjects().size(); ++i) {
    const Profile* profile = run->subjects()[i].profile;
    if (profile == nullptr) continue;
    const auto type = TypeNamed(*profile, "cpu");
    if (type) check(i, *profile, *type);
  }
}

void ReportShare(RuleRun* run, size_t subject, const Profile& profile, size_t type, const Matching& matching) {
  const double total = TotalOf(profile, type);
  if (total <= 0 || matching.count < kFewestSamples) return;
  RuleRun::Evidence evidence;
  evidence.subject = subject;
  evidence.value = matching.value / total;
  evidence.samples = static_cast<uint64_t>(matching.count);
  evidence.confidence = CertaintyFrom(matching.count);
  evidence.parameters = {{"time", ScaledLabel(static_cast<int64_t>(matching.value), "nanoseconds", "auto")},
                         {"function", matching.function},
                         {"where", matching.where.empty() ? matching.function : matching.where}};
  evidence.link = {"flame", "cpu", FocusOf(run->rule().names)};
  run->Report(std::move(evidence));
}

}  // namespace

void CheckCpuShare(RuleRun* run) {
  ForEachCpuProfile(run, [&](size_t subject, const Profile& profile, size_t type) {
    ReportShare(run, subject, profile, type, SumMatching(profile, type, run->rule().names));
  });
}

void CheckRegexpCompile(RuleRun* run) {
  // Package variables are compiled once, when the program starts.
  constexpr std::array<std::string_view, 4> kOnce = {"runtime.doInit*", "main.init*", "runtime.main.init*",
                                                     "sync.(*Once)*"};
  ForEachCpuProfile(run, [&](size_t subject, const Profile& profile, size_t type) {
    ReportShare(run, subject, profile, type, SumMatching(profile, type, run->rule().names, false, kOnce));
  });
}

// The value is how many times too few there are: the threshold's unit is samples.
void CheckCpuTooShort(RuleRun* run) {
  ForEachCpuProfile(run, [&](size_t subject, const Profile& profile, size_t) {
    const uint64_t samples = SampleCount(profile);
    if (static_cast<double>(samples) >= run->threshold()) return;
    RuleRun::Evidence evidence;
    evidence.subject = subject;
    evidence.value = run->threshold();
    evidence.samples = samples;
    evidence.confidence = Certainty::kHigh;
    evidence.parameters = {{"samples", std::to_string(samples)}};
    evidence.link = {"info", "", ""};
    run->Report(std::move(evidence));
  });
}

}  // namespace flametrail
