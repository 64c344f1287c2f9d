// Values by line of one source file: the page's Source view. Numbers equal `pprof -list`, function by function.
#ifndef CORE_ANALYSIS_SOURCE_LINES_H_
#define CORE_ANALYSIS_SOURCE_LINES_H_

#include <cstdint>
#include <vector>

#include "core/analysis/stack_weights.h"
#include "core/model/profile.h"

namespace flametrail {

// One row for each function and line that has some weight, by function name, then line. Same names and order as
// web/src/protocol/columns.ts.
struct SourceColumns {
  std::vector<uint32_t> name;  // StringId of the function
  std::vector<double> start;   // line where the function begins; 0: not known
  std::vector<double> line;    // 0: not known
  std::vector<double> flat;
  std::vector<double> cum;
};

// `file` as functions name it (FrameColumns::file). `no_inlines` as in FrameOptions. `texts` is the profile's own pool.
SourceColumns LinesOfFile(const Profile& profile, const StackWeights& weights, StringId file, bool no_inlines,
                          StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_SOURCE_LINES_H_
