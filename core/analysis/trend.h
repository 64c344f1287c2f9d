// How a value moves over snapshots.
#ifndef CORE_ANALYSIS_TREND_H_
#define CORE_ANALYSIS_TREND_H_

#include <cstdint>
#include <span>

namespace flametrail {

enum class TrendClass : uint8_t {
  kStable,    // moves little against its size
  kLeak,      // rises, and still does at the end
  kWarmUp,    // rose at first, then stays
  kSawtooth,  // rises and falls again
  kFalling,
};

struct Trend {
  double slope = 0;  // of the least-squares line, value per unit of `at`
  double fit = 0;    // R², 0..1: how much of the movement the line explains; 1 for a constant
  TrendClass kind = TrendClass::kStable;
};

// `noise`: movements up to this are none (a share of the whole profile, as sampling has it). Fewer than three points,
// or all at the same `at`, are kStable without slope. REQUIRES: as many places as values, places ascending.
Trend FitTrend(std::span<const double> at, std::span<const double> values, double noise);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TREND_H_
