#ifndef CORE_ANALYSIS_FINDINGS_MESSAGE_TEXTS_H_
#define CORE_ANALYSIS_FINDINGS_MESSAGE_TEXTS_H_

#include <span>
#include <string_view>

#include "core/analysis/findings/messages.h"

namespace flametrail {

struct RuleMessages {
  std::string_view rule;
  RuleTexts texts;
};

std::span<const RuleMessages> EnglishMessages();
std::span<const RuleMessages> ChineseMessages();

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FINDINGS_MESSAGE_TEXTS_H_
