#include "core/analysis/transform/scale.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/analysis/transform/samples.h"
#include "core/base/checked.h"
#include "core/base/units.h"
#include "core/model/label_sets.h"

namespace flametrail {
namespace {

struct Kind {
  std::string type;
  std::string unit;

  std::string Text() const { return '{' + type + ' ' + unit + '}'; }
};

Kind KindOf(const Profile& profile, const ValueType& type) {
  return {std::string(profile.Text(type.type)), std::string(profile.Text(type.unit))};
}

// Go's conversion of a float64 to int64 on amd64: out of range gives -2^63.
int64_t ToInt64(double value) {
  constexpr double kLimit = 9223372036854775808.0;
  return value >= -kLimit && value < kLimit ? static_cast<int64_t>(value) : std::numeric_limits<int64_t>::min();
}

std::string_view WithoutS(std::string_view text) {
  if (text.ends_with('s')) text.remove_suffix(1);
  return text;
}

// The finest of compatible kinds.
Result<Kind> CommonKind(const char* what, const std::vector<Kind>& kinds) {
  Kind finest = kinds[0];
  for (size_t i = 1; i < kinds.size(); ++i) {
    if (WithoutS(finest.type) != WithoutS(kinds[i].type) || !SameUnitFamily(finest.unit, kinds[i].unit)) {
      return Error{Code::kInvalid, std::nullopt,
                   std::string(what) + ": incompatible types: " + finest.Text() + ' ' + kinds[i].Text()};
    }
    if (Scale(1, kinds[i].unit, finest.unit).value < 1) finest = kinds[i];
  }
  return finest;
}

size_t CountType(const Profile& profile, std::string_view name) {
  return static_cast<size_t>(std::count_if(profile.sample_types.begin(), profile.sample_types.end(),
                                           [&](const ValueType& type) { return profile.Text(type.type) == name; }));
}

// Those listed as often as there are profiles: one that a profile lists twice is not common, even of one profile.
std::vector<std::string> CommonTypes(std::span<const Profile> profiles) {
  std::vector<std::string> common;
  for (const ValueType& wanted : profiles[0].sample_types) {
    const std::string_view name = profiles[0].Text(wanted.type);
    size_t count = 0;
    for (const Profile& profile : profiles) count += CountType(profile, name);
    if (count == profiles.size()) common.emplace_back(name);
  }
  return common;
}

void KeepTypes(const std::vector<std::string>& wanted, Profile* profile) {
  std::vector<size_t> from;
  std::string_view default_type = wanted[0];
  for (const std::string& name : wanted) {
    if (profile->Text(profile->default_sample_type) == name) default_type = name;
    size_t index = 0;
    while (profile->Text(profile->sample_types[index].type) != name) ++index;
    from.push_back(index);
  }
  bool same = from.size() == profile->sample_types.size();
  for (size_t i = 0; i < from.size(); ++i) same = same && from[i] == i;
  if (same) return;
  profile->default_sample_type = profile->strings.Intern(default_type);
  std::vector<ValueType> types;
  std::vector<std::vector<int64_t>> values;
  for (const size_t index : from) {
    types.push_back(profile->sample_types[index]);
    values.push_back(profile->samples.values[index]);
  }
  profile->sample_types = std::move(types);
  profile->samples.values = std::move(values);
}

Status UnifyUnits(std::span<Profile> profiles) {
  std::vector<Kind> kinds;
  for (const Profile& profile : profiles) kinds.push_back(KindOf(profile, profile.period_type));
  ASSIGN_OR_RETURN(const Kind period, CommonKind("period type", kinds));
  std::vector<Kind> finest;
  for (size_t type = 0; type < profiles[0].sample_types.size(); ++type) {
    kinds.clear();
    for (const Profile& profile : profiles) kinds.push_back(KindOf(profile, profile.sample_types[type]));
    ASSIGN_OR_RETURN(Kind common, CommonKind("sample types", kinds));
    finest.push_back(std::move(common));
  }
  for (Profile& profile : profiles) {
    profile.period = ToInt64(Scale(profile.period, profile.Text(profile.period_type.unit), period.unit).value);
    profile.period_type.unit = profile.strings.Intern(period.unit);
    std::vector<double> factors;
    for (size_t type = 0; type < finest.size(); ++type) {
      ValueType& own = profile.sample_types[type];
      factors.push_back(Scale(1, profile.Text(own.unit), finest[type].unit).value);
      own.unit = profile.strings.Intern(finest[type].unit);
    }
    profile = ScaleValues(std::move(profile), factors);
  }
  return OkStatus();
}

}  // namespace

Profile ScaleValues(Profile profile, std::span<const double> factors) {
  if (std::all_of(factors.begin(), factors.end(), [](double f) { return f == 1; })) return profile;
  std::vector<uint8_t> keep(profile.samples.size(), 0);
  for (size_t type = 0; type < factors.size(); ++type) {
    if (factors[type] == 1) continue;
    std::vector<int64_t>& values = profile.samples.values[type];
    for (size_t i = 0; i < values.size(); ++i) {
      values[i] = ToInt64(std::round(static_cast<double>(values[i]) * factors[type]));
      keep[i] |= values[i] != 0;
    }
  }
  KeepSamples(&profile.samples, [&](size_t i) { return keep[i] != 0; });
  return profile;
}

Result<Profile> Normalize(Profile profile, const Profile& base) {
  const size_t types = profile.sample_types.size();
  if (types != base.sample_types.size()) {
    return Error{Code::kInvalid, std::nullopt, "incompatible sample types: the profiles have different ones"};
  }
  std::vector<double> factors;
  for (size_t type = 0; type < types; ++type) {
    int64_t own_sum = 0, base_sum = 0;
    for (const int64_t value : profile.samples.values[type]) own_sum = WrapAdd(own_sum, value);
    for (const int64_t value : base.samples.values[type]) base_sum = WrapAdd(base_sum, value);
    factors.push_back(own_sum == 0 ? 0.0 : static_cast<double>(base_sum) / static_cast<double>(own_sum));
  }
  return ScaleValues(std::move(profile), factors);
}

Profile SetLabel(Profile profile, std::string_view key, std::string_view value) {
  const Label added{profile.strings.Intern(key), false, profile.strings.Intern(value), 0, {}};
  const LabelSetTable& sets = profile.label_sets;
  LabelSetBuilder builder;
  std::vector<LabelSetId> moved(sets.size());
  std::vector<Label> labels;
  for (size_t set = 0; set < sets.size(); ++set) {
    labels.clear();
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      if (sets.labels[i].is_number || sets.labels[i].key != added.key) labels.push_back(sets.labels[i]);
    }
    labels.push_back(added);
    moved[set] = builder.Insert(labels);
  }
  for (LabelSetId& set : profile.samples.labels) set = moved[set.index()];
  profile.label_sets = builder.Take();
  return profile;
}

Status MakeCompatible(std::span<Profile> profiles) {
  const std::vector<std::string> common = CommonTypes(profiles);
  if (common.empty()) {
    return Error{Code::kInvalid, std::nullopt, "profiles have empty common sample type list"};
  }
  for (const std::string& name : common) {
    for (const Profile& profile : profiles) {
      if (CountType(profile, name) > 0) continue;
      return Error{Code::kInvalid, std::nullopt, "\"" + name + "\" sample type is not found in profile"};
    }
  }
  for (Profile& profile : profiles) KeepTypes(common, &profile);
  return profiles.size() < 2 ? OkStatus() : UnifyUnits(profiles);
}

}  // namespace flametrail
