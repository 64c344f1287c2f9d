// Many profiles as one (google/pprof merge.go): equal stacks with equal labels become one sample.
#ifndef CORE_ANALYSIS_TRANSFORM_MERGE_H_
#define CORE_ANALYSIS_TRANSFORM_MERGE_H_

#include <span>

#include "core/base/result.h"
#include "core/model/profile.h"

namespace flametrail {

// What makes two of a kind the same: mapping (size rounded up to 4 KiB, offset, build id or else file), location
// (address from its mapping's start, mapping, folding, functions and lines), function (start line, both names, file),
// sample (locations, labels). Ids count from 1 by first use; samples whose values are all zero go; the first profile
// gives period type and drop/keep frames. Profiles must have the same sample and period types (MakeCompatible) or get
// an Error kInvalid. The result has texts of its own.
Result<Profile> MergeProfiles(std::span<const Profile> profiles);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_MERGE_H_
