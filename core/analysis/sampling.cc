#include "core/analysis/sampling.h"

#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/checked.h"

namespace flametrail {
namespace {

// Fewer counts may have a common divisor by chance.
constexpr size_t kMinCountsForStep = 8;
// Of a count in [events - probability, events]: far above rounding errors, far below a probability worth telling.
constexpr double kSlack = 1e-6;

std::optional<size_t> FindType(const Profile& profile, std::string_view type) {
  for (size_t i = 0; i < profile.sample_types.size(); ++i) {
    if (profile.Text(profile.sample_types[i].type) == type) return i;
  }
  return std::nullopt;
}

std::string_view TypeText(const Profile& profile, size_t index) {
  return profile.Text(profile.sample_types[index].type);
}

// "alloc_space" and "alloc_objects" belong together, so do "space" and "objects".
std::optional<SamplingModel> AllocationModel(const Profile& profile, size_t sample_type) {
  const std::string_view type = TypeText(profile, sample_type);
  for (const std::string_view prefix : {"", "alloc_", "inuse_"}) {
    const auto objects = FindType(profile, std::string(prefix) + "objects");
    const auto space = FindType(profile, std::string(prefix) + "space");
    if (!objects || !space) continue;
    if (type != TypeText(profile, *objects) && type != TypeText(profile, *space)) continue;
    SamplingModel model;
    model.rate = profile.period;
    model.kind = model.rate > 1 ? SamplingKind::kAllocation : SamplingKind::kComplete;
    model.value_type = sample_type;
    model.count_type = *objects;
    model.size_type = *space;
    return model;
  }
  return std::nullopt;
}

int64_t CommonStep(const std::vector<int64_t>& counts) {
  int64_t step = 0;
  size_t nonzero = 0;
  for (const int64_t count : counts) {
    nonzero += count != 0;
    step = std::gcd(step, Magnitude(count));
  }
  return nonzero >= kMinCountsForStep && step > 0 ? step : 1;
}

// Go and gperftools write the size of one object of a site in the label "bytes".
int64_t SizeLabel(const Profile& profile, size_t sample) {
  const size_t set = profile.samples.labels[sample].index();
  for (uint32_t i = profile.label_sets.begin[set]; i < profile.label_sets.begin[set + 1]; ++i) {
    const Label& label = profile.label_sets.labels[i];
    if (label.is_number && label.number > 0 && profile.Text(label.key) == "bytes") return label.number;
  }
  return 0;
}

// The scaled count and size of a site give back what was drawn: size / (object size / probability) is exact to a
// fraction of an event. Where only the count is left (its size is 0), it lies in (events - 1, events].
RawSample RecoverAllocation(const Profile& profile, const SamplingModel& model, size_t sample) {
  const int64_t objects = profile.samples.values[model.count_type][sample];
  const int64_t space = profile.samples.values[model.size_type][sample];
  const int64_t value = profile.samples.values[model.value_type][sample];
  if (value == 0) return {};
  double size = static_cast<double>(SizeLabel(profile, sample));
  if (size == 0 && objects != 0) size = std::fabs(static_cast<double>(space) / static_cast<double>(objects));
  if (!(size > 0)) return {value < 0 ? -1 : 1, 0};
  const double probability = -std::expm1(-size / static_cast<double>(model.rate));
  const double sign = value < 0 ? -1 : 1;
  double events = std::round(std::fabs(static_cast<double>(space)) * probability / size);
  if (space == 0) events = std::ceil(std::fabs(static_cast<double>(objects)) * probability - kSlack);
  return {TruncateToInt64(sign * std::fmax(events, 1)), probability};
}

}  // namespace

SamplingModel FindSamplingModel(const Profile& profile, size_t sample_type) {
  SamplingModel model;
  model.value_type = sample_type;
  if (const auto allocation = AllocationModel(profile, sample_type)) return *allocation;
  const std::string_view first = TypeText(profile, 0);
  const std::string_view unit = profile.Text(profile.sample_types[0].unit);
  if (first == "samples" && unit == "count") {
    model.kind = SamplingKind::kTicks;
  } else if (first == "contentions" && unit == "count") {
    model.kind = SamplingKind::kContention;
    model.count_step = CommonStep(profile.samples.values[0]);
  } else if (profile.sample_types.size() == 1 &&
             (first == "goroutine" || first == "threadcreate" || first == "thread")) {
    model.kind = SamplingKind::kComplete;
  }
  return model;
}

RawSample RecoverRawSample(const Profile& profile, const SamplingModel& model, size_t sample) {
  if (model.kind == SamplingKind::kAllocation) return RecoverAllocation(profile, model, sample);
  if (profile.samples.values[model.value_type][sample] == 0) return {};
  const int64_t count = WrapDivide(profile.samples.values[model.count_type][sample], model.count_step);
  const bool is_negative = profile.samples.values[model.value_type][sample] < 0;
  return {count != 0 ? count : is_negative ? -1 : 1, 0};
}

}  // namespace flametrail
