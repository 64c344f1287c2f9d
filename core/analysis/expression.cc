#include "core/analysis/expression.h"

#include <re2/re2.h>

#include <utility>

namespace flametrail {
namespace {

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Expression::Expression(std::unique_ptr<re2::RE2> compiled) : compiled_(std::move(compiled)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Result<Expression> Expression::Compile(std::string_view pattern, bool case_sensitive) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(case_sensitive);
  auto compiled = std::make_unique<RE2>(Piece(pattern), options);
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
