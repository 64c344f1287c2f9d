#include "core/analysis/confidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>

#include "core/analysis/reports/confident_top.h"
#include "tests/core/support/prepare.h"

namespace flametrail {
namespace {

using testing::Draw;
using testing::Drawn;

FoldedOptions Cpu() {
  FoldedOptions options;
  options.types = {{"samples", "count"}, {"cpu", "nanoseconds"}};
  return options;
}

ReportOptions OfCpu() {
  ReportOptions options;
  options.sample_index = "cpu";
  return options;
}

std::string Report(std::string_view folded, const FoldedOptions& folded_options = Cpu(), int64_t period = 0,
                   const ReportOptions& options = OfCpu()) {
  Drawn drawn = Draw(folded, options, folded_options);
  drawn.profile.period = period;
  return testing::Text([&](TextOut* out) {
    WriteConfidentTop(drawn.profile, drawn.frames, drawn.weights, drawn.context, drawn.options, drawn.sample_type, out);
  });
}

Estimate Counts(double count) { return {count, static_cast<int64_t>(count), 0, count, count > 0 ? 1.0 : 0}; }

bool IsSignificant(double before, double after) {
  const Interval interval = DifferenceInterval(Counts(before), Counts(after));
  return interval.low > 0 || interval.high < 0;
}

TEST(ConfidenceTest, EqualWeightsGiveGarwood) {
  const Interval ten = EstimateInterval({10e7, 10, 0, 10e14, 1e7});
  EXPECT_NEAR(ten.low, 4.795e7, 1e4);
  EXPECT_NEAR(ten.high, 18.390e7, 1e4);
  const Interval negative = EstimateInterval({-10e7, 10, 0, 10e14, 1e7});
  EXPECT_EQ(negative.low, -ten.high);
  EXPECT_EQ(negative.high, -ten.low);
}

TEST(ConfidenceTest, WhatIsCertainIsNotSpread) {
  const Interval sure = EstimateInterval({1e8, 1, 1e8, 0});
  EXPECT_EQ(sure.low, 1e8);
  EXPECT_EQ(sure.high, 1e8);
  // Five of ten times the rate: that another was missed is less likely than one in forty.
  const double missed = std::exp(-10.0);
  const double size = 5242880;
  const double value = 5 * size / (1 - missed);
  const Interval nearly =
      EstimateInterval({value, 5, value * (1 - missed), value * value / 5 * missed, value / 5 * missed});
  EXPECT_NEAR(nearly.low, 5 * size, 1);
  EXPECT_NEAR(nearly.high, value, 1);
  // 100 MB seen for certain and one small object that stands for 512 kB.
  const Interval both = EstimateInterval({1e8 + 524288, 2, 1e8, 524288.0 * 524288.0, 524288});
  EXPECT_NEAR(both.low, 1e8 + 0.0253178 * 524288, 1);
  EXPECT_NEAR(both.high, 1e8 + 5.5716434 * 524288, 1);
}

// Poisson counts drawn with a fixed generator: the interval holds the true mean in at least 95 of 100 cases (neither
// Garwood's nor Fay & Feuer's falls below).
TEST(ConfidenceTest, HoldsTheTrueMeanAsOftenAsItSays) {
  uint64_t state = 7;
  const auto uniform = [&] {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (static_cast<double>(state >> 11) + 0.5) / 9007199254740992.0;
  };
  const auto poisson = [&](double mean) {
    int count = 0;
    for (double product = uniform(); product > std::exp(-mean); product *= uniform()) ++count;
    return count;
  };
  constexpr int kDraws = 4000;
  for (const double mean : {2.0, 5.0, 20.0, 80.0}) {
    int held = 0;
    int held_unequal = 0;
    for (int i = 0; i < kDraws; ++i) {
      const double count = poisson(mean);
      const Interval interval = PoissonInterval(count);
      held += interval.low <= mean && mean <= interval.high;
      const double light = poisson(mean);
      const double heavy = poisson(mean);
      const Estimate mixed = {light + 4 * heavy, static_cast<int64_t>(light + heavy), 0, light + 16 * heavy, 4};
      const Interval wide = mixed.events == 0 ? Interval{0, 1e9} : EstimateInterval(mixed);
      held_unequal += wide.low <= 5 * mean && 5 * mean <= wide.high;
    }
    EXPECT_GE(held, kDraws * 945 / 1000) << mean;
    EXPECT_GE(held_unequal, kDraws * 945 / 1000) << mean;
  }
}

// The exact two-sided binomial test of two counts at 5 % (counts that are together n are drawn like n coins).
TEST(ConfidenceTest, DifferencesDecideLikeTheBinomialTestToOneEvent) {
  struct Row {
    double fewer, least_significant;
  };
  constexpr Row kRows[] = {{0, 6}, {1, 8}, {2, 10}, {3, 12}, {5, 15}, {10, 23}};
  for (const Row& row : kRows) {
    EXPECT_TRUE(IsSignificant(row.fewer, row.least_significant)) << row.fewer;
    EXPECT_TRUE(IsSignificant(row.least_significant, row.fewer)) << row.fewer;
    EXPECT_FALSE(IsSignificant(row.fewer, row.least_significant - 2)) << row.fewer;
  }
  EXPECT_FALSE(IsSignificant(100, 100));
  EXPECT_TRUE(IsSignificant(1e6, 1.003e6));
  EXPECT_FALSE(IsSignificant(1e6, 1.002e6));
}

TEST(ConfidenceTest, SamplesBehindAFrameCountOnceHoweverOftenItRecurs) {
  EXPECT_EQ(Report("main;run;run;run 10 100000000\nmain 1 10000000\n"),
            "Type: cpu\n"
            "Showing nodes accounting for 110ms, 100% of 110ms total\n"
            "Intervals: 95%, from 11 samples\n"
            "      flat           95% of flat   events         cum            95% of cum   events\n"
            "     100ms     47.95ms..183.90ms       10       100ms     47.95ms..183.90ms       10  run\n"
            "      10ms       0.25ms..55.72ms        1       110ms     54.91ms..196.82ms       11  main\n");
}

TEST(ConfidenceTest, AComparisonMarksWhatIsBeyondChance) {
  EXPECT_EQ(Report("main;same 10 100000000\nmain;same -11 -110000000 pprof::base=true\n"
                   "main;gone -6 -60000000 pprof::base=true\nmain;more 30 300000000\nmain;more -8 -80000000 "
                   "pprof::base=true\n"),
            "Type: cpu\n"
            "Showing nodes accounting for 150ms, 60.00% of 250ms total\n"
            "Intervals: 95%, from 65 samples; * is a difference beyond chance\n"
            "      flat           95% of flat   events         cum            95% of cum   events\n"
            "     220ms*    95.30ms..356.09ms       38       220ms*    95.30ms..356.09ms       38  more\n"
            "     -60ms*   -130.59ms..-7.05ms        6       -60ms*   -130.59ms..-7.05ms        6  gone\n"
            "     -10ms    -111.23ms..90.37ms       21       -10ms    -111.23ms..90.37ms       21  same\n"
            "         0                  0..0        0       150ms    -14.99ms..319.46ms       65  main\n");
}

TEST(ConfidenceTest, AHeapCountsItsSampledAllocations) {
  FoldedOptions heap;
  heap.types = {{"inuse_objects", "count"}, {"inuse_space", "bytes"}};
  ReportOptions options;
  options.sample_index = "inuse_space";
  options.unit = "kB";
  options.trim = false;
  EXPECT_EQ(Report("a 512 524544 bytes:=1024\nb 1 104857600 bytes:=104857600\n", heap, 524288, options),
            "Type: inuse_space\n"
            "Showing nodes accounting for 102912.25kB, 100% of 102912.25kB total\n"
            "Intervals: 95%, from 2 sampled allocations\n"
            "      flat           95% of flat   events         cum            95% of cum   events\n"
            "  102400kB    102400kB..102400kB        1    102400kB    102400kB..102400kB        1  b\n"
            "  512.25kB    13.86kB..2850.56kB        1    512.25kB    13.86kB..2850.56kB        1  a\n");
}

TEST(ConfidenceTest, WhatIsNotSampledHasNoInterval) {
  FoldedOptions all;
  all.types = {{"goroutine", "count"}};
  EXPECT_EQ(Report("main;wait 3\n", all, 0, {}),
            "Type: goroutine\n"
            "Showing nodes accounting for 3, 100% of 3 total\n"
            "Intervals: none, every event is in the profile\n"
            "      flat           95% of flat   events         cum            95% of cum   events\n"
            "         3                  3..3        0           3                  3..3        0  wait\n"
            "         0                  0..0        0           3                  3..3        0  main\n");
}

}  // namespace
}  // namespace flametrail
