#include "core/analysis/poisson.h"

#include <gtest/gtest.h>

#include <cmath>

namespace flametrail {
namespace {

// The table of Garwood's 95 % limits as every handbook has it (e.g. Ulm 1990, Am J Epidemiol 131, table 1).
TEST(PoissonTest, GarwoodsTable) {
  struct Row {
    double count, low, high;
  };
  constexpr Row kRows[] = {{0, 0, 3.689},        {1, 0.025, 5.572},    {2, 0.242, 7.225},    {3, 0.619, 8.767},
                           {4, 1.090, 10.242},   {5, 1.623, 11.668},   {6, 2.202, 13.059},   {7, 2.814, 14.423},
                           {8, 3.454, 15.763},   {9, 4.115, 17.085},   {10, 4.795, 18.390},  {15, 8.395, 24.740},
                           {20, 12.217, 30.888}, {30, 20.241, 42.827}, {50, 37.111, 65.919}, {100, 81.364, 121.627}};
  for (const Row& row : kRows) {
    const Interval interval = PoissonInterval(row.count);
    EXPECT_NEAR(interval.low, row.low, 0.0006) << row.count;
    EXPECT_NEAR(interval.high, row.high, 0.0006) << row.count;
  }
}

// With one event the limits have closed forms: 1 - e^-low = 0.025, (1 + high) e^-high = 0.025.
TEST(PoissonTest, ClosedForms) {
  EXPECT_NEAR(PoissonInterval(0).high, -std::log(0.025), 1e-8);
  const Interval one = PoissonInterval(1);
  EXPECT_NEAR(one.low, -std::log(0.975), 1e-9);
  EXPECT_NEAR((1 + one.high) * std::exp(-one.high), 0.025, 1e-9);
}

TEST(PoissonTest, FractionsLieBetweenTheirNeighbours) {
  Interval before = PoissonInterval(0);
  for (double count = 0.01; count < 40; count += 0.37) {
    const Interval interval = PoissonInterval(count);
    EXPECT_GE(interval.low, before.low) << count;
    EXPECT_GT(interval.high, before.high) << count;
    EXPECT_LT(interval.low, count);
    EXPECT_GT(interval.high, count);
    before = interval;
  }
  EXPECT_GE(PoissonInterval(1e-9).low, 0);
}

// Where the iteration hands over to the approximation, both give the same.
TEST(PoissonTest, LargeCounts) {
  const double below = 2e4 - 1e-6;
  const double above = 2e4 + 1e-6;
  for (const double probability : {0.025, 0.975}) {
    const double exact = GammaQuantile(below, probability);
    EXPECT_NEAR(GammaQuantile(above, probability) / exact, 1, 2e-7);
  }
  const Interval million = PoissonInterval(1e12);
  EXPECT_NEAR((million.high - 1e12) / 1.959963984540054e6, 1, 1e-5);
  EXPECT_NEAR((1e12 - million.low) / 1.959963984540054e6, 1, 1e-5);
}

TEST(PoissonTest, QuantilesOfOtherProbabilities) {
  // Shape 1 is the exponential distribution, shape 1/2 half the square of a normal one.
  for (const double p : {0.001, 0.1, 0.5, 0.9, 0.999}) EXPECT_NEAR(GammaQuantile(1, p), -std::log(1 - p), 1e-8);
  EXPECT_NEAR(GammaQuantile(0.5, 0.95), 1.959963984540054 * 1.959963984540054 / 2, 1e-8);
}

}  // namespace
}  // namespace flametrail
