#include "core/session/findings_report.h"

#include <cmath>
#include <cstdlib>
#include <utility>

#include "core/analysis/findings/rule.h"
#include "core/base/json_writer.h"

namespace flametrail {
namespace {

void WriteFindingJson(const Finding& finding, std::span<const std::string> labels, Language language,
                      JsonWriter* json) {
  const RuleTexts& texts = TextsOf(finding.rule, language);
  json->BeginObject();
  json->Field("rule", finding.rule);
  json->Field("severity", UrgencyText(finding.urgency));
  json->Field("confidence", CertaintyText(finding.confidence));
  json->Field("title", texts.title);
  json->Field("sentence", SentenceOf(finding, language));
  json->Field("advice", texts.advice);
  json->Field("value", finding.value);
  json->Field("threshold", finding.threshold);
  json->Field("samples", finding.samples);
  json->Field("file", labels[finding.subject]);
  json->BeginObject("parameters");
  for (const auto& [name, value] : finding.parameters) json->Field(name, value);
  json->EndObject();
  json->BeginObject("link");
  json->Field("view", finding.link.view);
  json->Field("sample_type", finding.link.sample_type);
  json->Field("focus", finding.link.focus);
  json->EndObject();
  json->EndObject();
}

void PrintFinding(const Finding& finding, std::span<const std::string> labels, Language language, TextOut* out) {
  const RuleTexts& texts = TextsOf(finding.rule, language);
  out->Left(UrgencyText(finding.urgency), 6);
  *out << "  " << texts.title << ": " << SentenceOf(finding, language) << "\n";
  *out << "        " << texts.advice << "\n";
  *out << "        " << finding.rule << " " << finding.parameters[0].second << " >= " << finding.parameters[1].second
       << ", confidence " << CertaintyText(finding.confidence);
  if (finding.samples > 0) *out << " (" << std::to_string(finding.samples) << ")";
  *out << ", " << labels[finding.subject] << "\n";
}

void WriteRuleJson(const Rule& rule, const FindingsReportOptions& options, JsonWriter* json) {
  const RuleTexts& texts = TextsOf(rule.id, options.language);
  const double threshold = ThresholdOf(rule, options.rules);
  json->BeginObject();
  json->Field("rule", rule.id);
  json->Field("severity", UrgencyText(rule.urgency));
  json->Field("threshold", threshold);
  json->Field("threshold_text", FormatRuleValue(rule.unit, threshold));
  json->Field("default", rule.threshold);
  json->Field("title", texts.title);
  json->Field("advice", texts.advice);
  json->EndObject();
}

}  // namespace

std::vector<Finding> FindProblemsOf(std::span<const Session* const> sessions, std::span<const std::string> labels,
                                    const FindingsOptions& options) {
  std::vector<Subject> subjects;
  for (size_t i = 0; i < sessions.size(); ++i) {
    const Session& session = *sessions[i];
    Subject subject;
    subject.label = labels[i];
    subject.trace = session.trace();
    if (subject.trace == nullptr) subject.profile = &session.profile();
    subject.dump = session.dump();
    subject.mem_stats = session.mem_stats();
    subject.gc_log = session.gc_log();
    subject.bench = session.bench();
    subjects.push_back(std::move(subject));
  }
  return FindProblems(subjects, options);
}

void WriteFindingsJson(std::span<const Finding> findings, std::span<const std::string> labels, Language language,
                       const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginArray();
  for (const Finding& finding : findings) WriteFindingJson(finding, labels, language, &json);
  json.EndArray();
  json.NewLine();
}

void WriteFindings(std::span<const Finding> findings, std::span<const std::string> labels,
                   const FindingsReportOptions& options, const TextSink& sink) {
  if (options.json) return WriteFindingsJson(findings, labels, options.language, sink);
  TextOut out(sink);
  if (findings.empty()) out << (options.language == Language::kChinese ? "未发现问题\n" : "nothing found\n");
  for (const Finding& finding : findings) PrintFinding(finding, labels, options.language, &out);
}

void WriteRulesJson(const FindingsReportOptions& options, const TextSink& sink) {
  JsonWriter json(sink);
  json.BeginArray();
  for (const Rule& rule : Rules()) WriteRuleJson(rule, options, &json);
  json.EndArray();
  json.NewLine();
}

void WriteRules(const FindingsReportOptions& options, const TextSink& sink) {
  if (options.json) return WriteRulesJson(options, sink);
  TextOut out(sink);
  for (const Rule& rule : Rules()) {
    out.Left(rule.id, 28);
    out.Left(UrgencyText(rule.urgency), 7);
    out << " >= ";
    out.Left(FormatRuleValue(rule.unit, ThresholdOf(rule, options.rules)), 10);
    out << " " << TextsOf(rule.id, options.language).title << "\n";
  }
}

Result<Urgency> ParseUrgency(std::string_view text) {
  for (const Urgency urgency : {Urgency::kInfo, Urgency::kLow, Urgency::kMedium, Urgency::kHigh}) {
    if (UrgencyText(urgency) == text) return urgency;
  }
  return Error{Code::kInvalid, std::nullopt,
               "a severity is info, low, medium or high, not \"" + std::string(text) + "\""};
}

Result<FindingsOptions> ParseThresholds(std::string_view text) {
  FindingsOptions options;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const size_t equals = part.find('=');
    const std::string rule(part.substr(0, equals));
    const std::string number(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
    char* end = nullptr;
    const double value = std::strtod(number.c_str(), &end);
    const bool is_number = !number.empty() && end == number.c_str() + number.size() && std::isfinite(value);
    if (FindRule(rule) == nullptr || !is_number) {
      return Error{Code::kInvalid, std::nullopt,
                   "a threshold is a rule and a number (cpu.gc_share=0.3), not \"" + std::string(part) + "\""};
    }
    options.thresholds[rule] = value;
  }
  return options;
}

}  // namespace flametrail
