#include "core/analysis/expression.h"

#include <re2/re2.h>

#include <algorithm>
#include <string>
#include <utility>

namespace flametrail {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

// Where the bracket expression that opens at `at` ends: behind its "]", or at the end of a broken one.
size_t EndOfClass(std::string_view pattern, size_t at) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;  // as the first one it is a member
  while (at < pattern.size() && pattern[at] != ']') {
    const std::string_view rest = pattern.substr(at);
    if (rest.starts_with("[:")) {
      const size_t end = rest.find(":]");
      at += end == std::string_view::npos ? 1 : end + 2;
    } else {
      at += rest[0] == '\\' ? 2 : 1;
    }
  }
  return std::min(at + 1, pattern.size());
}

// Go's syntax in that of RE2: Go knows (?<name>...) beside (?P<name>...), and has no \C, a single byte.
Result<std::string> ToRe2(std::string_view pattern) {
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    const std::string_view rest = pattern.substr(at);
    size_t size = 1;
    if (rest.starts_with("\\C")) {
      return Error{Code::kInvalid, std::nullopt, "invalid escape sequence: \\C"};
    } else if (rest.starts_with("\\Q")) {
      const size_t end = rest.find("\\E");
      size = end == std::string_view::npos ? rest.size() : end + 2;
    } else if (rest[0] == '\\') {
      size = std::min<size_t>(2, rest.size());
    } else if (rest[0] == '[') {
      size = EndOfClass(pattern, at) - at;
    } else if (rest.starts_with("(?<")) {
      out += "(?P";
      at += 2;
      continue;
    }
    out += rest.substr(0, size);
    at += size;
  }
  return out;
}

}  // namespace

Expression::Expression(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Result<Expression> Expression::Compile(std::string_view pattern, bool case_sensitive) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(case_sensitive);
  ASSIGN_OR_RETURN(const std::string syntax, ToRe2(pattern));
  auto compiled = std::make_unique<RE2>(syntax, options);
  if (!compiled->ok()) return Error{Code::kInvalid, std::nullopt, compiled->error()};
  return Expression(std::move(compiled));
}

bool Expression::Matches(std::string_view text) const { return RE2::PartialMatch(Piece(text), *compiled_); }

bool CachedMatch::operator()(StringId text) {
  if (text.index() >= known_.size()) known_.resize(texts_.size(), 0);
  uint8_t& known = known_[text.index()];
  if (known == 0) known = expression_.Matches(texts_.View(text)) ? 2 : 1;
  return known == 2;
}

}  // namespace flametrail
