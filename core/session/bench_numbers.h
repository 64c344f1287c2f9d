// Numbers as benchstat prints them (golang.org/x/perf benchunit).
#ifndef CORE_SESSION_BENCH_NUMBERS_H_
#define CORE_SESSION_BENCH_NUMBERS_H_

#include <span>
#include <string>
#include <string_view>

#include "core/analysis/bench/bench_tables.h"

namespace flametrail {

struct NumberScale {
  int digits = 3;
  double factor = 1;
  std::string_view prefix;

  std::string Format(double value) const;
};

// At least three significant digits for the smallest value that is not 0. Units of bytes take binary prefixes.
NumberScale CommonScale(std::span<const double> values, std::string_view unit);

// "13%", "∞", "?": the interval relative to the center.
std::string RangeText(const BenchCell& cell);
// "-83.23%", "~", "?".
std::string DeltaText(const BenchCell& cell);
// "p=0.002 n=6", "p=0.004 n=6+5".
std::string ComparisonText(const BenchCell& cell);
// "+1.00%"
std::string SignedPercent(double ratio_less_one);

}  // namespace flametrail

#endif  // CORE_SESSION_BENCH_NUMBERS_H_
