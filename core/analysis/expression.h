// Regular expressions that a person types: RE2, Go's own syntax and no blow-up.
#ifndef CORE_ANALYSIS_EXPRESSION_H_
#define CORE_ANALYSIS_EXPRESSION_H_

#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/string_pool.h"

namespace re2 {
class RE2;
}

namespace flametrail {

class Expression {
 public:
  // An Error kInvalid has RE2's text. The syntax is that of Go's regexp: (?<name>...) is a group too, \C is none.
  static Result<Expression> Compile(std::string_view pattern, bool case_sensitive = true);
  Expression(Expression&&) noexcept;
  Expression& operator=(Expression&&) noexcept;
  ~Expression();

  // Unanchored.
  bool Matches(std::string_view text) const;

 private:
  explicit Expression(std::unique_ptr<re2::RE2> compiled);
  std::unique_ptr<re2::RE2> compiled_;
};

// Answers by interned text, each asked once: a profile names the same files and functions many times.
class CachedMatch {
 public:
  CachedMatch(const Expression& expression, const StringPool& texts) : expression_(expression), texts_(texts) {}

  bool operator()(StringId text);

 private:
  const Expression& expression_;
  const StringPool& texts_;
  std::vector<uint8_t> known_;  // by text: 0 not asked, 1 no, 2 yes
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_EXPRESSION_H_
