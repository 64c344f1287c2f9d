// The steps before a report, for tests that draw their profile: weights, frames and context of one sample type.
#ifndef TESTS_CORE_SUPPORT_PREPARE_H_
#define TESTS_CORE_SUPPORT_PREPARE_H_

#include <string>
#include <string_view>
#include <utility>

#include "core/analysis/report.h"
#include "core/base/text_out.h"
#include "tests/core/support/folded_profile.h"

namespace flametrail::testing {

struct Drawn {
  Profile profile;
  ReportOptions options;
  size_t sample_type = 0;
  FrameTable frames;
  StackWeights weights;
  ReportContext context;
};

inline Drawn Draw(std::string_view folded, const ReportOptions& options = {}, const FoldedOptions& profile = {}) {
  Drawn drawn;
  drawn.profile = FoldedProfile(folded, profile);
  drawn.options = options;
  drawn.sample_type = *SampleTypeIndex(drawn.profile, options.sample_index);
  drawn.frames = BuildFrames(drawn.profile, options.frames, &drawn.profile.strings);
  WeightOptions weight_options;
  weight_options.sample_type = drawn.sample_type;
  weight_options.mean = options.mean;
  drawn.weights = SumByStack(drawn.profile, weight_options);
  drawn.context = MakeReportContext(drawn.profile, drawn.weights, drawn.sample_type, options);
  return drawn;
}

template <typename Write>
std::string Text(Write write) {
  std::string text;
  {
    TextOut out([&](std::string_view part) { text += part; });
    write(&out);
  }
  return text;
}

}  // namespace flametrail::testing

#endif  // TESTS_CORE_SUPPORT_PREPARE_H_
