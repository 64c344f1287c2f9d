#include "core/analysis/trend.h"

#include <gtest/gtest.h>

#include <vector>

namespace flametrail {
namespace {

Trend Fit(const std::vector<double>& values, double noise = 0) {
  std::vector<double> at;
  for (size_t i = 0; i < values.size(); ++i) at.push_back(static_cast<double>(i) * 10);
  return FitTrend(at, values, noise);
}

TEST(TrendTest, ALineHasItsSlopeAndFitsWholly) {
  const Trend trend = Fit({5, 25, 45, 65});
  EXPECT_DOUBLE_EQ(trend.slope, 2);
  EXPECT_DOUBLE_EQ(trend.fit, 1);
  EXPECT_EQ(trend.kind, TrendClass::kLeak);
}

TEST(TrendTest, ClassesAsAPersonWouldNameThem) {
  EXPECT_EQ(Fit({0, 9, 22, 31, 38, 52}).kind, TrendClass::kLeak);
  EXPECT_EQ(Fit({10, 18, 15, 27, 35, 41}).kind, TrendClass::kLeak);
  EXPECT_EQ(Fit({0, 30, 48, 50, 50, 51}).kind, TrendClass::kWarmUp);
  EXPECT_EQ(Fit({10, 40, 12, 41, 11, 42}).kind, TrendClass::kSawtooth);
  EXPECT_EQ(Fit({100, 101, 99, 102, 100, 101}).kind, TrendClass::kStable);
  EXPECT_EQ(Fit({50, 40, 31, 20, 11, 2}).kind, TrendClass::kFalling);
}

TEST(TrendTest, MovementBelowTheNoiseIsNone) {
  EXPECT_EQ(Fit({0, 1, 2, 3}, 5).kind, TrendClass::kStable);
  EXPECT_EQ(Fit({0, 1, 2, 30}, 5).kind, TrendClass::kLeak);
}

TEST(TrendTest, TooFewPointsSayNothing) {
  EXPECT_EQ(Fit({1, 100}).kind, TrendClass::kStable);
  EXPECT_EQ(FitTrend(std::vector<double>{4, 4, 4}, std::vector<double>{1, 2, 3}, 0).slope, 0);
}

TEST(TrendTest, FitIsTheShareThatTheLineExplains) {
  EXPECT_DOUBLE_EQ(Fit({0, 2, 0, 2}).fit, 0.2);
  EXPECT_DOUBLE_EQ(Fit({7, 7, 7}).fit, 1);
}

}  // namespace
}  // namespace flametrail
