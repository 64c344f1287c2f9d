#include "core/analysis/bench/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace flametrail {
namespace {

using Values = std::vector<double>;

// The definition, for small samples: U of every way to split the pooled values.
double BruteForceP(const Values& a, const Values& b) {
  Values pool = a;
  pool.insert(pool.end(), b.begin(), b.end());
  const auto u_of = [&](uint32_t chosen) {
    double u = 0;
    for (size_t i = 0; i < pool.size(); ++i) {
      for (size_t j = 0; j < pool.size(); ++j) {
        if ((chosen >> i & 1) == 0 || (chosen >> j & 1) == 1) continue;
        u += pool[i] > pool[j] ? 1 : pool[i] == pool[j] ? 0.5 : 0;
      }
    }
    return u;
  };
  const double pairs = static_cast<double>(a.size() * b.size());
  const double first = u_of((uint32_t{1} << a.size()) - 1);
  const double least = std::min(first, pairs - first);
  if (least == pairs - least) return 1;
  double ways = 0;
  double below = 0;
  for (uint32_t chosen = 0; chosen < uint32_t{1} << pool.size(); ++chosen) {
    if (static_cast<size_t>(__builtin_popcount(chosen)) != a.size()) continue;
    ++ways;
    below += u_of(chosen) <= least;
  }
  return 2 * below / ways;
}

TEST(MannWhitney, IsExactForSmallSamplesWithAndWithoutTies) {
  const std::pair<Values, Values> kCases[] = {
      {{1, 2, 3}, {4, 5, 6}},          {{1, 3, 5, 7}, {2, 4, 6}},          {{1, 1, 2, 5}, {1, 3, 3, 5, 6}},
      {{2, 2, 2, 2}, {2, 2, 2, 2, 3}}, {{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}}, {{5}, {1, 2, 3, 4}},
  };
  for (const auto& [a, b] : kCases) EXPECT_NEAR(*MannWhitney(a, b), BruteForceP(a, b), 1e-12);
}

TEST(MannWhitney, LargeSamplesTakeTheNormalApproximation) {
  Values a;
  Values b;
  for (int i = 0; i < 60; ++i) {
    a.push_back(i);
    b.push_back(i + 12.5);
  }
  // U = 60 * 60 / 2 less what the shift takes: 1128 of 3600, sigma = sqrt(3600 * 121 / 12).
  EXPECT_NEAR(*MannWhitney(a, b), std::erfc(671.5 / std::sqrt(3600.0 * 121 / 12) / std::sqrt(2.0)), 1e-12);
}

TEST(MannWhitney, HasNoAnswerWhereAllIsEqualOrNothingIsThere) {
  EXPECT_FALSE(MannWhitney(Values{1, 1}, Values{1, 1, 1}));
  EXPECT_FALSE(MannWhitney(Values{}, Values{1}));
}

TEST(MedianInterval, OrderStatisticsOfTheBinomial) {
  const Values six = {1, 2, 3, 4, 5, 6};
  const MedianInterval interval = MedianWithInterval(six, 0.95);
  EXPECT_EQ(interval.median, 3.5);
  EXPECT_EQ(interval.low, 1);
  EXPECT_EQ(interval.high, 6);
  EXPECT_TRUE(std::isinf(MedianWithInterval(Values{1, 2, 3}, 0.95).low));
  EXPECT_EQ(ValuesForInterval(0.95), 6);
  EXPECT_EQ(ValuesForSignificance(0.05), 4);
  EXPECT_EQ(ValuesForSignificance(0.01), 5);
}

TEST(GeometricMean, NeedsValuesAboveZero) {
  EXPECT_NEAR(*GeometricMean(Values{1, 100}), 10, 1e-12);
  EXPECT_FALSE(GeometricMean(Values{0, 1}));
  EXPECT_FALSE(GeometricMean(Values{}));
}

}  // namespace
}  // namespace flametrail
