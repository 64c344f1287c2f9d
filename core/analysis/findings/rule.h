// What a rule is: a row of data and one function. The table is in rules.cc.
#ifndef CORE_ANALYSIS_FINDINGS_RULE_H_
#define CORE_ANALYSIS_FINDINGS_RULE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/analysis/findings/finding.h"

namespace flametrail {

enum class RuleUnit : uint8_t { kShare, kCount, kBytes, kSeconds, kPerSecond, kRatio, kMinutes };

class RuleRun;

struct Rule {
  std::string_view id;  // "cpu.gc_share"
  Urgency urgency;      // at the threshold
  double threshold;     // reported from here on
  double raise_at;      // one level more urgent from here on; 0: never
  RuleUnit unit;
  void (*check)(RuleRun*);
  // For rules about functions: names; "*" at the end stands for any rest.
  std::span<const std::string_view> names = {};
};

std::span<const Rule> Rules();
// Null: there is none of this id.
const Rule* FindRule(std::string_view id);

double ThresholdOf(const Rule& rule, const FindingsOptions& options);

// A number in the rule's unit, for people: "36.5%", "1,234", "2.50MB".
std::string FormatRuleValue(RuleUnit unit, double value);

// One rule at work: what it looks at, and where its findings go.
class RuleRun {
 public:
  RuleRun(const Rule& rule, double threshold, std::span<const Subject> subjects, std::vector<Finding>* findings)
      : rule_(rule), threshold_(threshold), subjects_(subjects), findings_(findings) {}

  const Rule& rule() const { return rule_; }
  double threshold() const { return threshold_; }
  std::span<const Subject> subjects() const { return subjects_; }

  struct Evidence {
    size_t subject = 0;
    double value = 0;
    uint64_t samples = 0;
    Certainty confidence = Certainty::kMedium;
    std::vector<std::pair<std::string_view, std::string>> parameters = {};
    FindingLink link = {};
    // Instead of what table and value give.
    std::optional<Urgency> urgency = std::nullopt;
  };
  // Nothing happens below the threshold.
  void Report(Evidence evidence);

 private:
  const Rule& rule_;
  double threshold_;
  std::span<const Subject> subjects_;
  std::vector<Finding>* findings_;
};

// One function a rule; the comment of the table says what each looks for.
void CheckCpuShare(RuleRun* run);
void CheckCpuTooShort(RuleRun* run);
void CheckRegexpCompile(RuleRun* run);
void CheckHeapGrowth(RuleRun* run);
void CheckSmallObjects(RuleRun* run);
void CheckLargeObjects(RuleRun* run);
void CheckSizeClassWaste(RuleRun* run);
void CheckAllocShare(RuleRun* run);
void CheckObjectsOf(RuleRun* run);
void CheckGcCpuFraction(RuleRun* run);
void CheckStackMemory(RuleRun* run);
void CheckIdleMemory(RuleRun* run);
void CheckGcLogPercent(RuleRun* run);
void CheckGcLogRate(RuleRun* run);
void CheckGcLogPause(RuleRun* run);
void CheckGcLogAssist(RuleRun* run);
void CheckRunQueue(RuleRun* run);
void CheckMutexDelay(RuleRun* run);
void CheckMutexPerMinute(RuleRun* run);
void CheckHandOff(RuleRun* run);
void CheckSelectStorm(RuleRun* run);
void CheckThreads(RuleRun* run);
void CheckCrash(RuleRun* run);
void CheckDeadlockCycle(RuleRun* run);
void CheckOrphans(RuleRun* run);
void CheckNeverWoken(RuleRun* run);
void CheckLeaked(RuleRun* run);
void CheckGoroutineCount(RuleRun* run);
void CheckGoroutineGrowth(RuleRun* run);
void CheckAllWait(RuleRun* run);
void CheckLongWait(RuleRun* run);
void CheckConvoy(RuleRun* run);
void CheckFewConsumers(RuleRun* run);
void CheckBlockedSyscalls(RuleRun* run);
void CheckNetworkWait(RuleRun* run);
void CheckHttpConnections(RuleRun* run);
void CheckTracePause(RuleRun* run);
void CheckTraceSchedWait(RuleRun* run);
void CheckTraceAssist(RuleRun* run);
void CheckTraceSyscall(RuleRun* run);
void CheckTraceGcRate(RuleRun* run);
void CheckTraceLongRun(RuleRun* run);
void CheckTraceNeverWoken(RuleRun* run);
void CheckTraceBlockedSync(RuleRun* run);
void CheckTraceNetworkWait(RuleRun* run);
void CheckTraceSlowToStop(RuleRun* run);
void CheckTraceLowUtilization(RuleRun* run);
void CheckTraceIdleProcs(RuleRun* run);
void CheckTracePingPong(RuleRun* run);
void CheckTraceTimerBurst(RuleRun* run);
void CheckTraceHerd(RuleRun* run);
void CheckTraceStuckOnLock(RuleRun* run);
void CheckBaselineDrift(RuleRun* run);
void CheckBenchAllocation(RuleRun* run);
void CheckMoreCollections(RuleRun* run);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_RULE_H_
