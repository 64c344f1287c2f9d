#include "core/base/go_math.h"

#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>

namespace flametrail {
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
constexpr double kLn2 = 0.693147180559945309417232121458176568;
constexpr double kLog2E = 1.4426950408889634073599246810018920;
// ln 2 in two parts, so that a product with a small integer loses nothing.
constexpr double kLn2High = 0.69314718055966295651160180568695068359375;
constexpr double kLn2Low = 0.28235290563031577122588448175013436025525412068e-12;
constexpr double kOverflow = 7.09782712893384e+02;
constexpr int kMinExponent = -1075;  // below it even the smallest subnormal number is too large
constexpr int kHalvings = 4;

constexpr double kHalfSqrt2 = 7.07106781186547524401e-01;
// The same for the logarithm, which cuts elsewhere.
constexpr double kLogLn2High = 6.93147180369123816490e-01;
constexpr double kLogLn2Low = 1.90821492927058770002e-10;
// Of ln((1 + s) / (1 - s)) / s - 2 in s², fitted on [0, 0.1716²].
constexpr double kOddTerms[] = {1.479819860511658591e-01, 1.818357216161805012e-01, 2.857142874366239149e-01,
                                6.666666666666735130e-01};
constexpr double kEvenTerms[] = {1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01};

template <size_t kCount>
double Polynomial(const double (&terms)[kCount], double x) {
  double sum = terms[0];
  for (size_t i = 1; i < kCount; ++i) sum = sum * x + terms[i];
  return sum;
}

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

// FreeBSD's method (e_log.c): x = 2^k (1 + f) with 1 + f near 1, s = f / (2 + f).
double GoLog(double x) {
  if (std::isnan(x) || x == HUGE_VAL) return x;
  if (x < 0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0) return -HUGE_VAL;
  int exponent = 0;
  double fraction = std::frexp(x, &exponent);
  if (fraction <= kHalfSqrt2) {
    fraction *= 2;
    --exponent;
  }
  const double f = fraction - 1;
  const double k = exponent;
  const double s = f / (2 + f);
  const double s2 = s * s;
  const double s4 = s2 * s2;
  const double rest = s2 * Polynomial(kOddTerms, s4) + s4 * Polynomial(kEvenTerms, s4);
  const double half_square = 0.5 * f * f;
  return k * kLogLn2High - ((half_square - (s * (half_square + rest) + k * kLogLn2Low)) - f);
}

double GoLog2(double x) {
  int exponent = 0;
  const double fraction = std::frexp(x, &exponent);
  if (fraction == 0.5) return exponent - 1;
  return GoLog(fraction) * (1 / kLn2) + exponent;
}

double GoRoot(double x, double y) { return x == 1 ? 1 : y == 0.5 ? std::sqrt(x) : GoExp(y * GoLog(x)); }

}  // namespace flametrail
