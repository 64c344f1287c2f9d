// Who calls a function and whom it calls, step by step outward: the page's Peek. The first step's numbers are those of
// `pprof -peek`: edges of the whole call graph, a stack counting once in each.
#ifndef CORE_ANALYSIS_PEEK_H_
#define CORE_ANALYSIS_PEEK_H_

#include <cstdint>
#include <vector>

#include "core/analysis/call_tree.h"

namespace flametrail {

// One row for each neighbour of the path, by |weight| descending, then name, then id. Same names and order as
// web/src/protocol/columns.ts.
struct PeekColumns {
  std::vector<uint32_t> frame;
  std::vector<double> weight;     // of stacks that go along the path and on to the neighbour
  std::vector<uint8_t> inlining;  // 0 called, 1 partly inlined, 2 always
  std::vector<uint8_t> has_more;  // 1: the neighbour has neighbours of its own on that side
  double self = 0;                // of the path's inner end: own values of stacks that end there
  double total = 0;
};

enum class PeekSide : uint8_t { kCallers, kCallees };

// `path` begins with the function and goes outward: callers of callers, or callees of callees; not empty.
PeekColumns Peek(const Profile& profile, const FrameTable& frames, const CallTree& tree,
                 const std::vector<FrameId>& path, PeekSide side);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_PEEK_H_
