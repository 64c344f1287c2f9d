// Which frames are not a person's own code: what "only my code" squashes into its caller.
#ifndef CORE_ANALYSIS_OWN_CODE_H_
#define CORE_ANALYSIS_OWN_CODE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/analysis/frame_columns.h"
#include "core/base/string_pool.h"

namespace flametrail {

struct SquashRules {
  bool standard = false;                   // Go's standard library
  bool runtime = false;                    // package runtime and internal/runtime
  bool dependencies = false;               // files in a vendor folder or in a module with a version ("…@v1.2.3/…")
  std::vector<std::string> packages = {};  // import paths; each with all below it

  bool operator==(const SquashRules&) const = default;
  bool IsEmpty() const { return *this == SquashRules(); }
};

// By FrameId: 1 where a rule says so.
std::vector<uint8_t> SquashedFrames(const FrameColumns& frames, const StringPool& texts, const SquashRules& rules);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_OWN_CODE_H_
