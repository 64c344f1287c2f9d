// Goroutines that do the same, together.
#ifndef CORE_ANALYSIS_DUMP_GROUPS_H_
#define CORE_ANALYSIS_DUMP_GROUPS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/dump/goroutines.h"

namespace flametrail {

enum class GroupBy : uint8_t {
  kStack,      // same functions and lines (arguments and addresses do not count), state and creator, leaked or not
  kFunctions,  // the same without lines and creator
  kState,      // same state or wait reason, leaked or not
  kWait,       // same minutes of waiting
  kCreator,    // same go statement
};

struct GoroutineGroup {
  uint32_t first_row = 0;  // what all have in common is read from it
  int64_t count = 0;
  uint32_t min_wait_minutes = 0;
  uint32_t max_wait_minutes = 0;
  std::vector<uint32_t> rows;  // in the order of the file
};

// Most goroutines first, then the order of the file. kState, kWait and kCreator of a source without a dump: one group.
std::vector<GoroutineGroup> GroupGoroutines(const GoroutineSource& source, GroupBy by);

// Creation sites as a tree: a node's parent is the site that created the goroutines that created it. Sites whose
// creators are not in the dump are roots.
struct FamilyNode {
  static constexpr uint32_t kNoParent = 0xFFFFFFFFu;

  LocationId site;              // None: main, or the dump names no creator
  uint32_t parent = kNoParent;  // before this one
  uint32_t depth = 0;
  int64_t count = 0;        // goroutines created here
  int64_t descendants = 0;  // and below, these included
};
// Depth first; siblings with most descendants first. Deeper than kMaxFamilyDepth is counted at that depth.
inline constexpr uint32_t kMaxFamilyDepth = 64;
std::vector<FamilyNode> FamilyTree(const GoroutineSource& source);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_DUMP_GROUPS_H_
