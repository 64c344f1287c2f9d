#include "core/analysis/sample_rows.h"

#include <algorithm>
#include <string>

#include "core/base/checked.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

void AddStack(const Profile& profile, const FrameTable& frames, StackId stack, SampleColumns* columns) {
  uint32_t depth = 0;
  for (; !stack.is_none() && stack != StackTable::kEmpty; stack = profile.stacks.parent[stack.index()]) {
    for (const FrameId frame : frames.FramesOf(profile.stacks.location[stack.index()])) {
      if (depth++ < kMaxRowFrames) columns->frame.push_back(frame.value);
    }
  }
  columns->depth.push_back(depth);
  columns->frame_begin.push_back(static_cast<uint32_t>(columns->frame.size()));
}

// "key:value", numbers in their unit.
std::string LabelText(const Profile& profile, const Label& label) {
  std::string text(profile.Text(label.key));
  text += ':';
  if (!label.is_number) return text.append(profile.Text(label.text));
  const std::string_view unit = label.unit.is_none() ? std::string_view() : profile.Text(label.unit);
  return text += unit.empty() ? std::to_string(label.number) : ScaledLabel(label.number, unit, "auto");
}

}  // namespace

void SortByValue(const Profile& profile, size_t sample_type, bool ascending, std::vector<uint32_t>* samples) {
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  std::stable_sort(samples->begin(), samples->end(), [&](uint32_t a, uint32_t b) {
    const int64_t left = Magnitude(values[a]);
    const int64_t right = Magnitude(values[b]);
    return ascending ? left < right : left > right;
  });
}

std::vector<uint8_t> MatchLabelSets(const Profile& profile, const Expression& expression) {
  const LabelSetTable& sets = profile.label_sets;
  std::vector<uint8_t> match(sets.size(), 0);
  for (size_t set = 0; set < sets.size(); ++set) {
    for (uint32_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
      match[set] |= expression.Matches(LabelText(profile, sets.labels[i]));
    }
  }
  return match;
}

std::vector<uint32_t> MatchingSamples(const Profile& profile, const FrameTable& frames,
                                      const std::vector<uint8_t>& match, const std::vector<uint8_t>& labels) {
  const StackTable& stacks = profile.stacks;
  std::vector<uint8_t> location_match(profile.locations.size(), match.empty());
  for (uint32_t location = 0; !match.empty() && location < location_match.size(); ++location) {
    for (const FrameId frame : frames.FramesOf(LocationId(location))) location_match[location] |= match[frame.index()];
  }
  std::vector<uint8_t> stack_match(stacks.size(), match.empty());
  for (size_t stack = 1; stack < stacks.size(); ++stack) {
    stack_match[stack] = stack_match[stacks.parent[stack].index()] | location_match[stacks.location[stack].index()];
  }
  std::vector<uint32_t> samples;
  for (uint32_t i = 0; i < profile.samples.size(); ++i) {
    const bool has_label = !labels.empty() && labels[profile.samples.labels[i].index()];
    if (stack_match[profile.samples.stack[i].index()] || has_label) samples.push_back(i);
  }
  return samples;
}

SampleColumns SampleRows(const Profile& profile, const FrameTable& frames, const std::vector<uint32_t>& samples,
                         size_t from, size_t count, StringPool* texts) {
  SampleColumns columns;
  columns.matched = static_cast<double>(samples.size());
  columns.frame_begin = {0};
  columns.label_begin = {0};
  from = std::min(from, samples.size());
  count = std::min({count, kMaxSampleRows, samples.size() - from});
  for (size_t row = from; row < from + count; ++row) {
    const uint32_t sample = samples[row];
    columns.sample.push_back(sample);
    for (const auto& values : profile.samples.values) columns.value.push_back(static_cast<double>(values[sample]));
    AddStack(profile, frames, profile.samples.stack[sample], &columns);
    const size_t set = profile.samples.labels[sample].index();
    for (uint32_t i = profile.label_sets.begin[set]; i < profile.label_sets.begin[set + 1]; ++i) {
      columns.label.push_back(texts->Intern(LabelText(profile, profile.label_sets.labels[i])).value);
    }
    columns.label_begin.push_back(static_cast<uint32_t>(columns.label.size()));
  }
  return columns;
}

}  // namespace flametrail
