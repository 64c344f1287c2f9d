#include "core/analysis/findings/messages.h"

#include <algorithm>
#include <span>

#include "core/analysis/findings/message_texts.h"
#include "core/base/check.h"

namespace flametrail {

const RuleTexts& TextsOf(std::string_view rule, Language language) {
  const std::span<const RuleMessages> rows = language == Language::kChinese ? ChineseMessages() : EnglishMessages();
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const RuleMessages& row) { return row.rule == rule; });
  CHECK(at != rows.end());
  return at->texts;
}

std::string SentenceOf(const Finding& finding, Language language) {
  const std::string_view sentence = TextsOf(finding.rule, language).sentence;
  std::string text;
  for (size_t at = 0; at < sentence.size();) {
    const size_t close = sentence[at] == '{' ? sentence.find('}', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      text += sentence[at++];
      continue;
    }
    const std::string_view name = sentence.substr(at + 1, close - at - 1);
    const auto parameter = std::find_if(finding.parameters.begin(), finding.parameters.end(),
                                        [&](const auto& p) { return p.first == name; });
    text +=
        parameter != finding.parameters.end() ? parameter->second : std::string(sentence.substr(at, close - at + 1));
    at = close + 1;
  }
  return text;
}

}  // namespace flametrail
