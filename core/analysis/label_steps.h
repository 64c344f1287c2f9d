// Which value of a label each box of a call tree is mostly of: what "colour by label" shows.
#ifndef CORE_ANALYSIS_LABEL_STEPS_H_
#define CORE_ANALYSIS_LABEL_STEPS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/analysis/call_tree.h"
#include "core/analysis/flame_layout.h"

namespace flametrail {

// Same names and order as web/src/protocol/columns.ts.
struct LabelStepColumns {
  static constexpr uint8_t kMaxValues = 11;  // what a person can tell apart by colour
  static constexpr uint8_t kOthers = 11;
  static constexpr uint8_t kNone = 12;  // samples without the label

  std::vector<uint8_t> step;    // by box: index into `value`, kOthers or kNone: whichever weighs most
  std::vector<uint32_t> value;  // StringId, by weight descending, then text
  std::vector<double> weight;   // of `value`, sum of |value|
};

// Of the plain flame graph of the samples, as LayoutFlame(BuildCallTree(…)) has its boxes. Numbers are written with
// their unit.
LabelStepColumns StepsByLabel(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                              size_t sample_type, std::string_view key, StringPool* texts);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_LABEL_STEPS_H_
