// A person's search: which frames match, and how much of the profile is in them.
#ifndef CORE_ANALYSIS_SEARCH_H_
#define CORE_ANALYSIS_SEARCH_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/base/result.h"

namespace flametrail {

// Same names and order as web/src/protocol/columns.ts.
struct SearchColumns {
  std::vector<uint8_t> match;  // by FrameId: 1 where the printable name or the file matches
  double matched_total = 0;    // sum over the topmost matching boxes: recursion counts once
  double matched_self = 0;
  uint32_t frame_count = 0;
  uint32_t box_count = 0;
};

// RE2 syntax, unanchored. A bad expression is an Error kInvalid with RE2's text.
Result<SearchColumns> Search(const Profile& profile, const FrameTable& frames, const CallTree& tree,
                             std::string_view pattern, bool case_sensitive);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SEARCH_H_
