#include "core/analysis/poisson.h"

#include <algorithm>
#include <cmath>

#include "core/base/go_math.h"

namespace flametrail {
namespace {

// Normal quantile of 97.5 %.
constexpr double kNormal975 = 1.959963984540054;
constexpr double kTail = 0.025;
constexpr int kMaxTerms = 2000;
constexpr int kMaxSteps = 60;
constexpr double kPrecision = 1e-10;
// Of tiny shapes nearly all of the distribution is below.
constexpr double kSmallest = 1e-290;
// From here on the Wilson-Hilferty cube is closer than 1e-7 (poisson_test.cc), and the series below would be long.
constexpr double kLargeShape = 2e4;

// ln of the gamma function by Stirling's series (Abramowitz & Stegun 6.1.41) behind a shift to arguments above 10. The
// libraries' own lgamma differ in the last bits between native and wasm32.
double LogGamma(double x) {
  double shift = 0;
  for (; x < 10; x += 1) shift += GoLog(x);
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
  return (x - 0.5) * GoLog(x) - x + 0.91893853320467274178 + series - shift;
}

// The regularised lower incomplete gamma function: its series (A&S 6.5.29) below the mean, one minus the continued
// fraction (A&S 6.5.31, by Lentz's method) above it.
double LowerGamma(double shape, double x) {
  const double scale = GoExp(shape * GoLog(x) - x - LogGamma(shape));
  if (x < shape + 1) {
    double term = 1 / shape;
    double sum = term;
    for (int i = 1; i < kMaxTerms && term > sum * 1e-16; ++i) {
      term *= x / (shape + i);
      sum += term;
    }
    return scale * sum;
  }
  constexpr double kTiny = 1e-300;
  double b = x + 1 - shape;
  double c = 1 / kTiny;
  double d = 1 / b;
  double fraction = d;
  for (int i = 1; i < kMaxTerms; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (std::fabs(d) < kTiny ? kTiny : d);
    c = b + a / c;
    if (std::fabs(c) < kTiny) c = kTiny;
    const double step = c * d;
    fraction *= step;
    if (std::fabs(step - 1) < 1e-16) break;
  }
  return 1 - scale * fraction;
}

// Exact where it is asked for; otherwise only the start of an iteration.
double NormalQuantile(double probability) {
  if (probability == 1 - kTail) return kNormal975;
  if (probability == kTail) return -kNormal975;
  // A&S 26.2.23, error below 4.5e-4.
  const double tail = std::min(probability, 1 - probability);
  const double t = std::sqrt(-2 * GoLog(tail));
  const double z =
      t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return probability < 0.5 ? -z : z;
}

// Wilson & Hilferty 1931: the cube root of a gamma variable is nearly normal.
double CubeStart(double shape, double probability) {
  const double ninth = 1 / (9 * shape);
  const double root = 1 - ninth + NormalQuantile(probability) * std::sqrt(ninth);
  return root > 0 ? shape * root * root * root : 0;
}

}  // namespace

double GammaQuantile(double shape, double probability) {
  double x = CubeStart(shape, probability);
  if (shape >= kLargeShape) return x;
  const double log_gamma = LogGamma(shape);
  // Near zero the distribution is x^shape / (shape * Gamma(shape)).
  if (x <= 0 || shape < 1) x = GoExp((GoLog(probability * shape) + log_gamma) / shape);
  if (x < kSmallest) return 0;
  // Bisection keeps Newton's steps inside.
  double low = 0;
  double high = std::max(4 * x, shape + 40 * std::sqrt(shape) + 40);
  for (int i = 0; i < kMaxSteps; ++i) {
    const double excess = LowerGamma(shape, x) - probability;
    (excess > 0 ? high : low) = x;
    const double density = GoExp((shape - 1) * GoLog(x) - x - log_gamma);
    double next = x - excess / density;
    if (!(next > low && next < high)) next = (low + high) / 2;
    const bool is_close = std::fabs(next - x) <= kPrecision * next;
    x = next;
    if (is_close) break;
  }
  return x;
}

Interval PoissonInterval(double count) {
  return {count > 0 ? GammaQuantile(count, kTail) : 0, GammaQuantile(count + 1, 1 - kTail)};
}

}  // namespace flametrail
