// What was collected becomes columns of the model.
#ifndef CORE_FORMATS_SPEEDSCOPE_ADD_SAMPLES_H_
#define CORE_FORMATS_SPEEDSCOPE_ADD_SAMPLES_H_

#include <cstdint>
#include <vector>

#include "core/formats/speedscope/collector.h"
#include "core/model/profile.h"

namespace flametrail::speedscope {

// `frames`: locations of the profile by index in shared.frames. The profile with the number `active_index` (if there is
// none such, the first) has the first samples and the default sample type. Fills sample types, samples, stacks, label
// sets and duration; empties the collector's stacks.
void AddSamples(const std::vector<LocationId>& frames, int64_t active_index, Collector* collector, Profile* profile);

}  // namespace flametrail::speedscope

#endif  // CORE_FORMATS_SPEEDSCOPE_ADD_SAMPLES_H_
