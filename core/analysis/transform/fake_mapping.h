#ifndef CORE_ANALYSIS_TRANSFORM_FAKE_MAPPING_H_
#define CORE_ANALYSIS_TRANSFORM_FAKE_MAPPING_H_

#include "core/model/profile.h"

namespace flametrail {

// Gives a profile without mappings one of which nothing is known, as google/pprof fetch.go locateBinaries does: reports
// that print mappings show it, and merging takes it for the same one in every profile.
Profile AddFakeMapping(Profile profile);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_FAKE_MAPPING_H_
