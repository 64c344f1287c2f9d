#include "core/analysis/transform/samples.h"

namespace flametrail {

void MoveSamples(const std::vector<StackId>& moved, SampleTable* samples) {
  KeepSamples(samples, [&](size_t i) { return !moved[samples->stack[i].index()].is_none(); });
  for (StackId& stack : samples->stack) stack = moved[stack.index()];
}

}  // namespace flametrail
