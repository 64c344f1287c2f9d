#include "core/analysis/label_steps.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/checked.h"

namespace flametrail {
namespace {

constexpr uint32_t kNoValue = 0xFFFFFFFFu;

// The first value that each label set has under the key, as a text.
std::vector<uint32_t> ValueBySet(const Profile& profile, std::string_view key, StringPool* texts) {
  const LabelSetTable& sets = profile.label_sets;
  std::vector<uint32_t> values(sets.size(), kNoValue);
  for (size_t set = 0; set < sets.size(); ++set) {
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1] && values[set] == kNoValue; ++i) {
      const Label& label = sets.labels[i];
      if (profile.Text(label.key) != key) continue;
      values[set] = label.is_number
                        ? texts->Intern(std::to_string(label.number) + std::string(profile.Text(label.unit))).value
                        : label.text.value;
    }
  }
  return values;
}

struct Ranked {
  uint32_t value;
  int64_t weight;
};

// Heaviest first. `values` by label set.
std::vector<Ranked> RankValues(const Profile& profile, const std::vector<uint32_t>& values, size_t sample_type,
                               const StringPool& texts) {
  std::vector<Ranked> all;
  std::vector<uint32_t> distinct(values);
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const uint32_t value : distinct) {
    if (value != kNoValue) all.push_back({value, 0});
  }
  const auto find = [&](uint32_t value) {
    return std::lower_bound(all.begin(), all.end(), value, [](const Ranked& a, uint32_t b) { return a.value < b; });
  };
  for (size_t sample = 0; sample < profile.samples.size(); ++sample) {
    const uint32_t value = values[profile.samples.labels[sample].index()];
    if (value == kNoValue) continue;
    int64_t& weight = find(value)->weight;
    weight = SaturateAdd(weight, Magnitude(profile.samples.values[sample_type][sample]));
  }
  std::sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
    if (a.weight != b.weight) return a.weight > b.weight;
    return texts.View(StringId(a.value)) < texts.View(StringId(b.value));
  });
  return all;
}

}  // namespace

LabelStepColumns StepsByLabel(const Profile& profile, const FrameTable& frames, const StackWeights& weights,
                              size_t sample_type, std::string_view key, StringPool* texts) {
  LabelStepColumns columns;
  const std::vector<uint32_t> values = ValueBySet(profile, key, texts);
  for (const Ranked& ranked : RankValues(profile, values, sample_type, *texts)) {
    if (columns.value.size() == LabelStepColumns::kMaxValues) break;
    columns.value.push_back(ranked.value);
    columns.weight.push_back(static_cast<double>(ranked.weight));
  }
  const auto step_of = [&](uint32_t value) -> size_t {
    if (value == kNoValue) return LabelStepColumns::kNone;
    const auto at = std::find(columns.value.begin(), columns.value.end(), value);
    return at == columns.value.end() ? size_t{LabelStepColumns::kOthers}
                                     : static_cast<size_t>(at - columns.value.begin());
  };

  constexpr size_t kSteps = LabelStepColumns::kNone + 1;
  std::vector<uint32_t> node_of_stack;
  const CallTree tree = BuildCallTree(profile, frames, weights, &node_of_stack);
  std::vector<int64_t> sums(tree.size() * kSteps, 0);
  for (size_t sample = 0; sample < profile.samples.size(); ++sample) {
    const size_t node = node_of_stack[profile.samples.stack[sample].index()];
    int64_t& sum = sums[node * kSteps + step_of(values[profile.samples.labels[sample].index()])];
    sum = SaturateAdd(sum, Magnitude(profile.samples.values[sample_type][sample]));
  }
  std::vector<uint32_t> box_of;
  LayoutFlame(tree, &box_of);
  columns.step.assign(tree.size(), LabelStepColumns::kNone);
  for (size_t node = tree.size(); node-- > 0;) {
    const int64_t* own = &sums[node * kSteps];
    columns.step[box_of[node]] = static_cast<uint8_t>(std::max_element(own, own + kSteps) - own);
    if (node == 0) break;
    int64_t* above = &sums[tree.parent[node].index() * kSteps];
    for (size_t step = 0; step < kSteps; ++step) above[step] = SaturateAdd(above[step], own[step]);
  }
  return columns;
}

}  // namespace flametrail
