#include "core/analysis/trend.h"

#include <algorithm>
#include <cmath>

#include "core/base/check.h"

namespace flametrail {
namespace {

// Of the largest value: less movement than this is none.
constexpr double kStableShare = 0.1;
// Of the way up and down together: a way that leads so far is one direction.
constexpr double kOneWayShare = 0.6;
// Of the rise: what the second half must still bring, or it was a warm-up.
constexpr double kLateShare = 0.2;

struct Line {
  double slope = 0;
  double fit = 1;
};

Line FitLine(std::span<const double> at, std::span<const double> values) {
  const double count = static_cast<double>(at.size());
  double mean_at = 0;
  double mean_value = 0;
  for (size_t i = 0; i < at.size(); ++i) {
    mean_at += at[i] / count;
    mean_value += values[i] / count;
  }
  double across = 0;
  double both = 0;
  double along = 0;
  for (size_t i = 0; i < at.size(); ++i) {
    across += (at[i] - mean_at) * (at[i] - mean_at);
    both += (at[i] - mean_at) * (values[i] - mean_value);
    along += (values[i] - mean_value) * (values[i] - mean_value);
  }
  if (!(across > 0)) return {};
  return {both / across, along > 0 ? std::min(1.0, both * both / (across * along)) : 1};
}

TrendClass Classify(std::span<const double> values, double noise) {
  double way = 0;
  double largest = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    largest = std::max(largest, std::abs(values[i]));
    if (i > 0) way += std::abs(values[i] - values[i - 1]);
  }
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double range = *high - *low;
  if (range <= noise || range <= kStableShare * largest) return TrendClass::kStable;
  const double net = values.back() - values.front();
  if (std::abs(net) < kOneWayShare * way) return TrendClass::kSawtooth;
  if (net < 0) return TrendClass::kFalling;
  const double late = values.back() - values[values.size() / 2];
  return late < kLateShare * net ? TrendClass::kWarmUp : TrendClass::kLeak;
}

}  // namespace

Trend FitTrend(std::span<const double> at, std::span<const double> values, double noise) {
  CHECK(at.size() == values.size());
  if (values.size() < 3 || !(at.back() > at.front())) return {};
  const Line line = FitLine(at, values);
  return {line.slope, line.fit, Classify(values, noise)};
}

}  // namespace flametrail
