#include "core/base/decimal.h"

#include <algorithm>

namespace flametrail {
namespace {

constexpr int kMaxDigits = 19;                 // any so many digits fit uint64
constexpr int32_t kMaxExponent = 1'000'000;    // of the text; beyond it the value is 0 or out of range anyway
constexpr int32_t kClampedExponent = 100'000;  // what such an exponent becomes

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes a sign off the text; true for a minus.
bool TakeSign(std::string_view* text) {
  if (text->empty() || (text->front() != '-' && text->front() != '+')) return false;
  const bool minus = text->front() == '-';
  text->remove_prefix(1);
  return minus;
}

struct Digits {
  uint64_t value = 0;
  int count = 0;         // of significant ones in `value`
  int64_t exponent = 0;  // texts are shorter than 2^63
  bool any = false;
  bool inexact = false;
};

void TakeDigits(std::string_view* text, bool fraction, Digits* digits) {
  for (; !text->empty() && IsDigit(text->front()); text->remove_prefix(1)) {
    const auto digit = static_cast<uint64_t>(text->front() - '0');
    digits->any = true;
    if (digits->count < kMaxDigits) {
      digits->value = digits->value * 10 + digit;
      digits->count += digits->value != 0;
      digits->exponent -= fraction;
    } else {
      digits->inexact |= digit != 0;
      digits->exponent += !fraction;
    }
  }
}

// The text behind "e"; null if it is no number.
std::optional<int64_t> Exponent(std::string_view text) {
  const bool minus = TakeSign(&text);
  if (text.empty()) return std::nullopt;
  int64_t value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    value = std::min<int64_t>(value * 10 + (c - '0'), kMaxExponent);
  }
  return minus ? -value : value;
}

constexpr uint64_t kPowersOfTen[] = {1ull,
                                     10ull,
                                     100ull,
                                     1000ull,
                                     10000ull,
                                     100000ull,
                                     1000000ull,
                                     10000000ull,
                                     100000000ull,
                                     1000000000ull,
                                     10000000000ull,
                                     100000000000ull,
                                     1000000000000ull,
                                     10000000000000ull,
                                     100000000000000ull,
                                     1000000000000000ull,
                                     10000000000000000ull,
                                     100000000000000000ull,
                                     1000000000000000000ull,
                                     10000000000000000000ull};

WholeNumber OutOfRange(bool minus) { return {minus ? INT64_MIN : INT64_MAX, false, true}; }

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  const bool minus = TakeSign(&text);
  Digits digits;
  TakeDigits(&text, false, &digits);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    TakeDigits(&text, true, &digits);
  }
  if (!digits.any) return std::nullopt;
  if (!text.empty()) {
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    const std::optional<int64_t> exponent = Exponent(text.substr(1));
    if (!exponent) return std::nullopt;
    digits.exponent += *exponent;
  }
  const int64_t exponent = std::clamp<int64_t>(digits.exponent, -kClampedExponent, kClampedExponent);
  return Decimal{digits.value, static_cast<int32_t>(exponent), minus, digits.inexact};
}

WholeNumber ToWhole(const Decimal& decimal, int32_t shift) {
  const bool minus = decimal.minus;
  const uint64_t magnitude = decimal.mantissa;
  const int64_t exponent = int64_t{decimal.exponent} + shift;
  WholeNumber whole;
  whole.rounded = decimal.inexact;
  uint64_t value = 0;
  if (magnitude == 0 || exponent < -kMaxDigits) {  // below 0.1
    whole.rounded |= magnitude != 0;
  } else if (exponent > kMaxDigits) {
    return OutOfRange(minus);
  } else if (exponent >= 0) {
    if (__builtin_mul_overflow(magnitude, kPowersOfTen[exponent], &value)) return OutOfRange(minus);
  } else {
    const uint64_t divisor = kPowersOfTen[-exponent];
    const uint64_t rest = magnitude % divisor;
    value = magnitude / divisor + (rest >= divisor - rest);
    whole.rounded |= rest != 0;
  }
  if (value > static_cast<uint64_t>(INT64_MAX) + minus) return OutOfRange(minus);
  whole.value = static_cast<int64_t>(minus ? uint64_t{0} - value : value);
  return whole;
}

}  // namespace flametrail
