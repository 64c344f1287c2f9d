// Stacks that the profiler cut at its depth limit, joined to known full stacks.
//
// Go's profilers record the innermost 32, 64 or 128 frames (runtime: maxStack, maxCPUProfStack, GODEBUG
// profstackdepth); what is deeper loses its callers and starts the picture at some function in the middle. A cut stack
// whose outermost frames also stand inside a full stack was most likely called as that one was. Pyroscope repairs Go's
// heap profiles on the same idea.
#ifndef CORE_ANALYSIS_TRANSFORM_REPAIR_STACKS_H_
#define CORE_ANALYSIS_TRANSFORM_REPAIR_STACKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/profile.h"

namespace flametrail {

// Fewer locations in common are no evidence. Of corpus stacks cut on purpose at 32 frames a quarter is joined at 12,
// 95 % of them to the callers they had (repair_stacks_test.cc); at 8 it is 93 %, at 16 a sixth and 98 %.
inline constexpr uint32_t kMinOverlap = 12;

struct StackRepair {
  uint32_t limit = 0;             // frames that the profiler recorded at most; 0: no sign of a limit
  uint64_t cut_stacks = 0;        // as deep as that, and begin at no function that a shallower stack begins at
  uint64_t cut_samples = 0;       // with those stacks
  uint64_t joined_stacks = 0;     // of cut_stacks
  uint64_t joined_samples = 0;    // of cut_samples
  uint64_t ambiguous_stacks = 0;  // left alone: more than one caller, or a recursion
  uint32_t least_overlap = 0;     // frames in common, of the stacks that were joined
  uint32_t most_overlap = 0;
  std::vector<int64_t> cut_values;     // by sample type: sum of |value| of cut_samples
  std::vector<int64_t> joined_values;  // the same of joined_samples
};

// Only counts: joined_* and the like stay 0.
StackRepair FindCutStacks(const Profile& profile);

// Joins each cut stack to the full one in which its outermost kMinOverlap locations stand, if they stand in one place
// only and its outermost location is not called again by itself (how often a recursion was entered cannot be told).
// Joined stacks count as known in the next round. Values of samples, and so all totals, stay. Runs before the profile
// is frozen.
Profile RepairStacks(Profile profile, StackRepair* repair);

// "7 of 9 stacks cut at 64 frames (31 of 40 samples, 12.50% of cpu), 12 to 40 frames in common; 1 fits more than one
// caller".
std::string DescribeRepair(const Profile& profile, const StackRepair& repair, size_t sample_type);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRANSFORM_REPAIR_STACKS_H_
