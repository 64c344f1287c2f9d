// How much of a profile a filter matches: counted on the stack tree and on label sets, so that a live count costs one
// pass over locations and stacks, however many samples there are.
#ifndef CORE_ANALYSIS_FILTER_COUNTS_H_
#define CORE_ANALYSIS_FILTER_COUNTS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/stack_weights.h"
#include "core/model/profile.h"

namespace flametrail {

struct MatchCount {
  uint64_t samples = 0;
  int64_t value = 0;  // wraps as Go's int64 does
};

// By StackId.
std::vector<uint32_t> SamplesByStack(const Profile& profile);

// Samples with a matching location on their stack. `matches` is by LocationId, `samples` is SamplesByStack's.
MatchCount CountByLocation(const StackTable& stacks, const std::vector<uint8_t>& matches,
                           const std::vector<uint32_t>& samples, const StackWeights& weights);

// Samples whose label set matches. `matches` is by LabelSetId.
MatchCount CountByLabels(const Profile& profile, const std::vector<uint8_t>& matches, size_t sample_type);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_FILTER_COUNTS_H_
