// Numbers written in decimal, kept exact: texts count in seconds with six digits behind the point, the model in whole
// nanoseconds. (Floating from_chars is missing in one of our two libraries, and a double would lose digits anyway.)
#ifndef CORE_BASE_DECIMAL_H_
#define CORE_BASE_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace flametrail {

// +-mantissa * 10^exponent.
struct Decimal {
  uint64_t mantissa = 0;
  int32_t exponent = 0;
  bool minus = false;
  bool inexact = false;  // the text has more digits than the mantissa holds (19)
};

// [+-] digits [. digits] [e|E [+-] digits], the whole text; at least one digit before or behind the point.
std::optional<Decimal> ParseDecimal(std::string_view text);

struct WholeNumber {
  int64_t value = 0;
  bool rounded = false;       // half away from zero
  bool out_of_range = false;  // `value` is the nearest int64
};

// The whole number nearest to decimal * 10^shift.
WholeNumber ToWhole(const Decimal& decimal, int32_t shift);

}  // namespace flametrail

#endif  // CORE_BASE_DECIMAL_H_
