// Findings in words. All texts of a language stand in one table, so that a translator opens one file.
#ifndef CORE_ANALYSIS_FINDINGS_MESSAGES_H_
#define CORE_ANALYSIS_FINDINGS_MESSAGES_H_

#include <string>
#include <string_view>

#include "core/analysis/findings/finding.h"

namespace flametrail {

enum class Language : uint8_t { kEnglish, kChinese };

struct RuleTexts {
  std::string_view title;     // "The collector takes much CPU time"
  std::string_view sentence;  // with {names} of the finding's parameters
  std::string_view advice;    // what to do about it
};

// REQUIRES: `rule` is an id of the table (FindRule).
const RuleTexts& TextsOf(std::string_view rule, Language language);

// The sentence with its parameters; a name that the finding lacks stays as it is.
std::string SentenceOf(const Finding& finding, Language language);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_MESSAGES_H_
