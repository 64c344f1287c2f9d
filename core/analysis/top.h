// Flat and cumulative values per frame, the page's table. Numbers equal `pprof -top -nodecount=0 -nodefraction=0`.
#ifndef CORE_ANALYSIS_TOP_H_
#define CORE_ANALYSIS_TOP_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/analysis/stack_weights.h"

namespace flametrail {

// Columns by row, in no promised order but a fixed one: flat descending by magnitude, then printable name, as pprof
// sorts. Frames without any weight are absent. Same names and order as web/src/protocol/columns.ts.
struct TopColumns {
  std::vector<uint32_t> frame;
  std::vector<double> flat;
  std::vector<double> cum;
  std::vector<uint8_t> inlining;  // 0, 1, 2 as FlameColumns
};

TopColumns TopTable(const Profile& profile, const FrameTable& frames, const StackWeights& weights);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TOP_H_
