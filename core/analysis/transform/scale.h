// Values times factors, and profiles made comparable before they are merged (google/pprof profile.go ScaleN, merge.go,
// measurement.go ScaleProfiles).
#ifndef CORE_ANALYSIS_TRANSFORM_SCALE_H_
#define CORE_ANALYSIS_TRANSFORM_SCALE_H_

#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/model/profile.h"

namespace flametrail {

// Multiplies the values of sample type i by factors[i], rounding half away from zero; a factor of 1 leaves them alone.
// Unless all factors are 1, samples go whose multiplied values are all zero, as in the reference (values with factor 1
// do not save them).
Profile ScaleValues(Profile profile, std::span<const double> factors);

// Makes the sums of `profile` per sample type those of `base` (0 where the profile has none).
Result<Profile> Normalize(Profile profile, const Profile& base);

// Gives every sample the label, in place of others of that key.
Profile SetLabel(Profile profile, std::string_view key, std::string_view value);

// Keeps the sample types that all profiles have, in the order of the first, and brings values and periods to the finest
// unit of each. An Error kInvalid if nothing is common or types or units do not fit.
Status MakeCompatible(std::span<Profile> profiles);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_SCALE_H_
