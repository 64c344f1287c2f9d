#include "core/session/summarize.h"

#include <string>
#include <string_view>

#include "core/analysis/report.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

std::string BaseName(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1));
}

SampleTypeSummary SummarizeType(const Profile& profile, size_t index) {
  SampleTypeSummary summary;
  summary.type = profile.Text(profile.sample_types[index].type);
  summary.unit = profile.Text(profile.sample_types[index].unit);
  for (const int64_t value : profile.samples.values[index]) {
    summary.total = WrapAdd(summary.total, value);
    summary.magnitude_total = WrapAdd(summary.magnitude_total, WrapAbs(value));
    summary.nonzero_samples += value != 0;
  }
  if (const int64_t base = BaseTotal(profile, index); base > 0) summary.magnitude_total = base;
  return summary;
}

// What a person wants first: pprof's default; where all of it is zero, the last type that is not.
size_t SuggestType(const ProfileSummary& summary) {
  const auto& types = summary.sample_types;
  if (summary.default_type < types.size() && types[summary.default_type].nonzero_samples > 0) {
    return summary.default_type;
  }
  for (size_t i = types.size(); i-- > 0;) {
    if (types[i].nonzero_samples > 0) return i;
  }
  return summary.default_type;
}

}  // namespace

ProfileSummary Summarize(const Document& document, const FileBytes& bytes) {
  const Profile& profile = std::get<Profile>(document.body);
  ProfileSummary summary;
  summary.format = document.format;
  if (!profile.mappings.empty()) {
    summary.binary = BaseName(profile.Text(profile.mappings[0].file));
    summary.build_id = profile.Text(profile.mappings[0].build_id);
  }
  for (const StringId comment : profile.comments) summary.comments.emplace_back(profile.Text(comment));
  summary.doc_url = profile.Text(profile.doc_url);
  summary.time_nanos = profile.time_nanos;
  summary.duration_nanos = profile.duration_nanos;
  summary.period_type = profile.Text(profile.period_type.type);
  summary.period_unit = profile.Text(profile.period_type.unit);
  summary.period = profile.period;
  summary.bytes_in = bytes.in;
  summary.bytes_out = bytes.out;
  summary.samples = profile.samples.size();
  summary.locations = profile.locations.size();
  summary.functions = profile.functions.size();
  summary.mappings = profile.mappings.size();
  summary.stacks = profile.stacks.size() - 1;
  for (size_t i = 0; i < profile.sample_types.size(); ++i) summary.sample_types.push_back(SummarizeType(profile, i));
  summary.default_type = SampleTypeIndex(profile, "").value_or(0);
  summary.suggested_type = SuggestType(summary);
  summary.diagnostics = document.diagnostics.list();
  summary.fault = document.fault;
  return summary;
}

}  // namespace flametrail
