// The frames a profile itself asks to hide (allocator or profiler internals): google/pprof prune.go.
#ifndef CORE_ANALYSIS_TRANSFORM_DROP_FRAMES_H_
#define CORE_ANALYSIS_TRANSFORM_DROP_FRAMES_H_

#include "core/base/result.h"
#include "core/model/profile.h"

namespace flametrail {

// Cuts each stack at the first frame (from the root, behind the first frame that is kept) whose simplified name matches
// profile.drop_frames and not profile.keep_frames; that frame and all below it go, of an inlined one only what it
// was inlined into stays. Samples keep their values. Runs before the profile is frozen. An Error kInvalid names the bad
// expression; the profile is as it was then.
Status DropFrames(Profile* profile);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_DROP_FRAMES_H_
