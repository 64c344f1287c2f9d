// Arithmetic on numbers from files: Go's wrapping int64, without C++'s undefined overflow.
#ifndef CORE_BASE_CHECKED_H_
#define CORE_BASE_CHECKED_H_

#include <cstdint>

namespace flametrail {

constexpr int64_t WrapAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}

constexpr int64_t WrapNegate(int64_t a) { return static_cast<int64_t>(uint64_t{0} - static_cast<uint64_t>(a)); }

// -2^63 stays -2^63, as Go's `if v < 0 { v = -v }` leaves it.
constexpr int64_t WrapAbs(int64_t a) { return a < 0 ? WrapNegate(a) : a; }

// |a|, at most 2^63 - 1.
constexpr int64_t Magnitude(int64_t a) { return a == INT64_MIN ? INT64_MAX : WrapAbs(a); }

// a + b, at most 2^63 - 1. REQUIRES: neither is negative.
constexpr int64_t SaturateAdd(int64_t a, int64_t b) { return a > INT64_MAX - b ? INT64_MAX : a + b; }

// Go's a * b.
constexpr int64_t WrapMultiply(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}

// Truncates toward zero; -2^63 / -1 stays -2^63. REQUIRES: b != 0.
constexpr int64_t WrapDivide(int64_t a, int64_t b) { return b == -1 ? WrapNegate(a) : a / b; }

// Go's int64(x) on amd64: truncates toward zero; what does not fit, and NaN, is -2^63.
constexpr int64_t TruncateToInt64(double x) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  return x >= -kLimit && x < kLimit ? static_cast<int64_t>(x) : INT64_MIN;
}

}  // namespace flametrail

#endif  // CORE_BASE_CHECKED_H_
