// The values of one sample type, added up per stack: after this, no analysis walks samples.
#ifndef CORE_ANALYSIS_STACK_WEIGHTS_H_
#define CORE_ANALYSIS_STACK_WEIGHTS_H_

#include <cstdint>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

// Columns by StackId. Sums wrap as Go's int64 does.
struct StackWeights {
  std::vector<int64_t> self;     // sum of the values of samples with exactly this stack
  std::vector<int64_t> divisor;  // sum of their first values; empty unless a mean is asked for
  // Sum of |value|, at most 2^63 - 1; empty when no value is negative and no sum overflows (then it equals self).
  std::vector<int64_t> magnitude;
  std::vector<uint8_t> present;  // 1: some sample with a non-zero value (or divisor) has this stack or one below it
  int64_t total = 0;             // sum of all values
  int64_t divisor_total = 0;     // sum of divisor
  int64_t magnitude_total = 0;   // sum of all |value|: pprof's percentages are of this (report.go computeTotal)

  int64_t Width(StackId stack) const { return magnitude.empty() ? self[stack.index()] : magnitude[stack.index()]; }
};

struct WeightOptions {
  size_t sample_type = 0;
  bool mean = false;  // fill `divisor`
};

StackWeights SumByStack(const Profile& profile, const WeightOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_STACK_WEIGHTS_H_
