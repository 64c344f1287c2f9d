// Reports of the native command: each question has its own options, so nothing but the page's answers is kept.
#include <string>

#include "core/analysis/top_report.h"
#include "core/session/state.h"

namespace flametrail {
namespace {

std::string TypeNames(const Profile& profile) {
  std::string names;
  for (const ValueType& type : profile.sample_types) {
    if (!names.empty()) names += ' ';
    names += profile.Text(type.type);
  }
  return names;
}

Result<size_t> FindSampleType(const Profile& profile, const std::string& name) {
  if (const auto index = SampleTypeIndex(profile, name)) return *index;
  return Error{Code::kInvalid, std::nullopt,
               "sample_index \"" + name + "\" must be a number below " + std::to_string(profile.sample_types.size()) +
                   " or one of: " + TypeNames(profile)};
}

}  // namespace

Result<TopReport> Session::ReportTop(const ReportOptions& options) {
  Profile& document = state_->profile();
  if (document.sample_types.empty()) return Error{Code::kCorrupt, std::nullopt, "the profile has no sample types"};
  if (options.divide_by == 0) return Error{Code::kInvalid, std::nullopt, "divide_by must not be 0"};
  ASSIGN_OR_RETURN(const size_t sample_type, FindSampleType(document, options.sample_index));
  const FrameTable frames = BuildFrames(document, options.frames, &document.strings);
  WeightOptions weight_options;
  weight_options.sample_type = sample_type;
  weight_options.mean = options.mean;
  const StackWeights weights = SumByStack(document, weight_options);
  return BuildTopReport(document, frames, weights, sample_type, options);
}

}  // namespace flametrail
