#include "core/analysis/findings/finding.h"

#include <algorithm>
#include <tuple>

#include "core/analysis/findings/rule.h"

namespace flametrail {
namespace {

Urgency Raised(Urgency urgency) {
  return urgency == Urgency::kHigh ? urgency : static_cast<Urgency>(static_cast<uint8_t>(urgency) + 1);
}

size_t PlaceInTable(std::string_view id) { return static_cast<size_t>(FindRule(id) - Rules().data()); }

double Excess(const Finding& finding) { return finding.threshold > 0 ? finding.value / finding.threshold : 1; }

}  // namespace

std::string_view UrgencyText(Urgency urgency) {
  constexpr std::string_view kTexts[] = {"info", "low", "medium", "high"};
  return kTexts[static_cast<size_t>(urgency)];
}

std::string_view CertaintyText(Certainty confidence) {
  constexpr std::string_view kTexts[] = {"low", "medium", "high"};
  return kTexts[static_cast<size_t>(confidence)];
}

void RuleRun::Report(Evidence evidence) {
  if (!(evidence.value >= threshold_)) return;
  Finding finding;
  finding.rule = rule_.id;
  finding.urgency = rule_.urgency;
  // Whoever sets a threshold moves the level above along with it.
  const double raise_at = rule_.threshold > 0 ? rule_.raise_at * (threshold_ / rule_.threshold) : rule_.raise_at;
  if (raise_at > 0 && evidence.value >= raise_at) finding.urgency = Raised(finding.urgency);
  if (evidence.urgency) finding.urgency = *evidence.urgency;
  finding.confidence = evidence.confidence;
  finding.subject = evidence.subject;
  finding.value = evidence.value;
  finding.threshold = threshold_;
  finding.samples = evidence.samples;
  finding.parameters = {{"value", FormatRuleValue(rule_.unit, evidence.value)},
                        {"threshold", FormatRuleValue(rule_.unit, threshold_)}};
  for (auto& parameter : evidence.parameters) finding.parameters.push_back(std::move(parameter));
  finding.link = std::move(evidence.link);
  findings_->push_back(std::move(finding));
}

double ThresholdOf(const Rule& rule, const FindingsOptions& options) {
  const auto own = options.thresholds.find(rule.id);
  return own == options.thresholds.end() ? rule.threshold : own->second;
}

std::vector<Finding> FindProblems(std::span<const Subject> subjects, const FindingsOptions& options) {
  std::vector<Finding> findings;
  for (const Rule& rule : Rules()) {
    RuleRun run(rule, ThresholdOf(rule, options), subjects, &findings);
    rule.check(&run);
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::make_tuple(b.urgency, b.confidence, Excess(b), PlaceInTable(a.rule), a.subject) <
           std::make_tuple(a.urgency, a.confidence, Excess(a), PlaceInTable(b.rule), b.subject);
  });
  return findings;
}

}  // namespace flametrail
