// Two dumps of one program, one after the other.
#ifndef CORE_ANALYSIS_DUMP_COMPARE_H_
#define CORE_ANALYSIS_DUMP_COMPARE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/dump/goroutines.h"

namespace flametrail {

// Goroutines with one stack and state, before and after. Matched by text: ids of two files have nothing in common.
struct GroupChange {
  uint32_t before_row = UINT32_MAX;  // of a goroutine of the group; UINT32_MAX: there is none
  uint32_t after_row = UINT32_MAX;
  int64_t before = 0;
  int64_t after = 0;
  // Of goroutines with the same id, creator, state and stack in both: they have not moved, or have come back. 0 where
  // one of the two is a profile, which tells no ids.
  int64_t stuck = 0;
};

struct DumpComparison {
  int64_t before = 0;  // all goroutines
  int64_t after = 0;
  int64_t gone = 0;                  // ids of the first that the second does not have
  int64_t fresh = 0;                 // and the other way round
  int64_t stuck = 0;                 // sum over groups
  bool has_ids = false;              // gone, fresh and stuck are known
  std::vector<GroupChange> changes;  // largest growth first, then most goroutines, then the text
};

DumpComparison CompareDumps(const GoroutineSource& before, const GoroutineSource& after);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_DUMP_COMPARE_H_
