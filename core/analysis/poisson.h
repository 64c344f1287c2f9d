// Intervals of counts: how far the true mean may be from what a sampler happened to count.
#ifndef CORE_ANALYSIS_POISSON_H_
#define CORE_ANALYSIS_POISSON_H_

namespace flametrail {

struct Interval {
  double low = 0;
  double high = 0;
};

// The value below which a gamma variable of this shape (> 0) and scale 1 stays with `probability` (0 to 1, both
// excluded). Relative error below 1e-7.
double GammaQuantile(double shape, double probability);

// The exact 95 % interval of a Poisson mean after `count` events (Garwood 1936, Biometrika 28): half the chi-square
// quantiles of 2 * count and 2 * count + 2 degrees of freedom. `count` need not be whole: an effective number of events
// is taken the same way. REQUIRES: count >= 0.
Interval PoissonInterval(double count);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_POISSON_H_
