// The statistics of benchstat (golang.org/x/perf benchmath with go-moremath): medians with order-statistic intervals
// and the Mann-Whitney U test, to the same digits.
#ifndef CORE_ANALYSIS_BENCH_STATISTICS_H_
#define CORE_ANALYSIS_BENCH_STATISTICS_H_

#include <optional>
#include <span>
#include <vector>

namespace flametrail {

struct MedianInterval {
  double median = 0;
  double low = 0;   // -infinity: too few values for the confidence
  double high = 0;  // +infinity likewise
};

// REQUIRES: `sorted` ascends and is not empty; 0 <= confidence < 1. Up to 30 values the binomial distribution is
// summed, above its normal approximation is taken.
MedianInterval MedianWithInterval(std::span<const double> sorted, double confidence);
// How many values an interval needs at this confidence; nothing: more than 50.
std::optional<int> ValuesForInterval(double confidence);

// Two-sided p-value that both come from one distribution. Exact up to 50 values a side (25 with ties), else the normal
// approximation with tie and continuity correction. Nothing: all values are equal, or one side has none.
std::optional<double> MannWhitney(std::span<const double> sorted_a, std::span<const double> sorted_b);
// How many values a side needs for p <= alpha at the best; nothing: more than 9.
std::optional<int> ValuesForSignificance(double alpha);

// Nothing: no values, or one of them is not above 0.
std::optional<double> GeometricMean(std::span<const double> values);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_BENCH_STATISTICS_H_
