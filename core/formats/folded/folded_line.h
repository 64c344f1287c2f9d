// One line of folded stacks.
#ifndef CORE_FORMATS_FOLDED_FOLDED_LINE_H_
#define CORE_FORMATS_FOLDED_FOLDED_LINE_H_

#include <optional>
#include <string_view>

#include "core/base/decimal.h"

namespace flametrail::folded {

struct Line {
  std::string_view stack;  // "main;run;read"; may be empty
  Decimal count;           // the last number
  std::string_view count_text;
};

// Null if the last word is no number. Blanks around the stack's end are not part of it.
std::optional<Line> ParseLine(std::string_view text);

bool IsBlankLine(std::string_view text);
// "# made by ..." or "// ...", behind blanks.
bool IsComment(std::string_view text);

// "name_[i]": inlined into its caller.
bool IsInlined(std::string_view frame);

}  // namespace flametrail::folded

#endif  // CORE_FORMATS_FOLDED_FOLDED_LINE_H_
