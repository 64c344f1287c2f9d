#include "core/formats/pprof_legacy/unsample.h"

#include <cmath>
#include <iterator>

#include "core/base/checked.h"

namespace flametrail::legacy {
namespace {

// 1/8!, 1/7!, ... 1/0!
constexpr double kTaylor[] = {2.4801587301587301587e-5,
                              1.9841269841269841270e-4,
                              1.3888888888888888889e-3,
                              8.3333333333333333333e-3,
                              4.1666666666666666667e-2,
                              1.6666666666666666667e-1,
                              0.5,
                              1.0};
constexpr double kLog2E = 1.4426950408889634073599246810018920;
// ln 2 in two parts, so that a product with a small integer loses nothing.
constexpr double kLn2High = 0.69314718055966295651160180568695068359375;
constexpr double kLn2Low = 0.28235290563031577122588448175013436025525412068e-12;
constexpr double kOverflow = 7.09782712893384e+02;
constexpr int kMinExponent = -1022;
constexpr int kHalvings = 4;

}  // namespace

// N. Shibata's method: x = n ln 2 + 16 r; e^r - 1 by its series, four times squared, then scaled by 2^n.
double GoExp(double x) {
  if (std::isnan(x) || x > kOverflow) return std::isnan(x) ? x : HUGE_VAL;
  // Far below: the exponent would not fit its integer.
  if (x < -2 * kOverflow) return 0;
  const double n = std::nearbyint(x * kLog2E);
  double r = std::fma(-n, kLn2High, x);
  r = std::fma(-n, kLn2Low, r) * 0.0625;
  double sum = kTaylor[0];
  for (size_t i = 1; i < std::size(kTaylor); ++i) sum = std::fma(sum, r, kTaylor[i]);
  double grown = r * sum;
  // (e^r - 1)(e^r - 1 + 2) = e^2r - 1
  for (int i = 1; i < kHalvings; ++i) grown *= grown + 2.0;
  const double result = std::fma(grown, grown + 2.0, 1.0);
  return n < kMinExponent ? 0 : std::ldexp(result, static_cast<int>(n));
}

HeapValue UnsampleHeap(HeapValue sampled, int64_t rate) {
  if (sampled.count == 0 || sampled.size == 0) return {};
  if (rate <= 1) return sampled;
  const auto count = static_cast<double>(sampled.count);
  const auto size = static_cast<double>(sampled.size);
  const double scale = 1 / (1 - GoExp(-(size / count) / static_cast<double>(rate)));
  return {TruncateToInt64(count * scale), TruncateToInt64(size * scale)};
}

}  // namespace flametrail::legacy
