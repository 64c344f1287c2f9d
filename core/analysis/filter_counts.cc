#include "core/analysis/filter_counts.h"

#include "core/base/checked.h"

namespace flametrail {

std::vector<uint32_t> SamplesByStack(const Profile& profile) {
  std::vector<uint32_t> samples(profile.stacks.size(), 0);
  for (const StackId stack : profile.samples.stack) ++samples[stack.index()];
  return samples;
}

MatchCount CountByLocation(const StackTable& stacks, const std::vector<uint8_t>& matches,
                           const std::vector<uint32_t>& samples, const StackWeights& weights) {
  MatchCount count;
  std::vector<uint8_t> state(stacks.size(), 0);
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    state[stack] = state[stacks.parent[stack].index()] | matches[stacks.location[stack].index()];
    if (!state[stack]) continue;
    count.samples += samples[stack];
    count.value = WrapAdd(count.value, weights.self[stack]);
  }
  return count;
}

MatchCount CountByLabels(const Profile& profile, const std::vector<uint8_t>& matches, size_t sample_type) {
  MatchCount count;
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  for (size_t sample = 0; sample < profile.samples.size(); ++sample) {
    if (!matches[profile.samples.labels[sample].index()]) continue;
    ++count.samples;
    count.value = WrapAdd(count.value, values[sample]);
  }
  return count;
}

}  // namespace flametrail
