#include "core/analysis/stack_weights.h"

#include <limits>

#include "core/base/checked.h"

namespace flametrail {
namespace {

// Marks every stack above a marked one. Parents have smaller ids.
void MarkCallers(const StackTable& stacks, std::vector<uint8_t>* present) {
  for (size_t i = stacks.size(); i-- > 1;) {
    if ((*present)[i]) (*present)[stacks.parent[i].index()] = 1;
  }
}

// True when no value is negative and even the sum of all does not overflow.
bool SumsAreMagnitudes(const std::vector<int64_t>& values) {
  int64_t sum = 0;
  for (const int64_t value : values) {
    if (value < 0) return false;
    sum = SaturateAdd(sum, value);
  }
  return sum < std::numeric_limits<int64_t>::max();
}

}  // namespace

StackWeights SumByStack(const Profile& profile, const WeightOptions& options) {
  StackWeights weights;
  const size_t stacks = profile.stacks.size();
  weights.self.assign(stacks, 0);
  weights.present.assign(stacks, 0);
  if (options.mean) weights.divisor.assign(stacks, 0);
  if (options.sample_type >= profile.samples.values.size()) return weights;

  const std::vector<int64_t>& values = profile.samples.values[options.sample_type];
  const std::vector<int64_t>& divisors = profile.samples.values[0];
  const bool has_magnitude = !SumsAreMagnitudes(values);
  if (has_magnitude) weights.magnitude.assign(stacks, 0);
  for (size_t sample = 0; sample < values.size(); ++sample) {
    const size_t stack = profile.samples.stack[sample].index();
    const int64_t value = values[sample];
    weights.self[stack] = WrapAdd(weights.self[stack], value);
    weights.total = WrapAdd(weights.total, value);
    weights.magnitude_total = WrapAdd(weights.magnitude_total, WrapAbs(value));
    if (has_magnitude) weights.magnitude[stack] = SaturateAdd(weights.magnitude[stack], Magnitude(value));
    if (value != 0) weights.present[stack] = 1;
    if (options.mean) {
      weights.divisor[stack] = WrapAdd(weights.divisor[stack], divisors[sample]);
      weights.divisor_total = WrapAdd(weights.divisor_total, divisors[sample]);
      if (divisors[sample] != 0) weights.present[stack] = 1;
    }
  }
  MarkCallers(profile.stacks, &weights.present);
  return weights;
}

}  // namespace flametrail
