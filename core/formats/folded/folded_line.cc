#include "core/formats/folded/folded_line.h"

namespace flametrail::folded {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view TrimRight(std::string_view text) {
  const size_t last = text.find_last_not_of(kBlanks);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

std::optional<Line> ParseLine(std::string_view text) {
  text = TrimRight(text);
  const size_t blank = text.find_last_of(kBlanks);
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view word = text.substr(blank + 1);
  const std::optional<Decimal> count = ParseDecimal(word);
  if (!count) return std::nullopt;
  return Line{TrimRight(text.substr(0, blank)), *count, word};
}

bool IsBlankLine(std::string_view text) { return TrimRight(text).empty(); }

bool IsComment(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return false;
  text.remove_prefix(first);
  return text.starts_with('#') || text.starts_with("//");
}

bool IsInlined(std::string_view frame) { return frame.ends_with("_[i]"); }

}  // namespace flametrail::folded
