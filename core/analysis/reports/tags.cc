#include "core/analysis/reports/tags.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/reports/tab_table.h"
#include "core/analysis/transform/filter_tags.h"
#include "core/base/checked.h"

namespace flametrail {
namespace {

// Weight by label set: a set is looked at once, however many samples have it.
std::vector<int64_t> SumBySet(const Profile& profile, size_t sample_type) {
  std::vector<int64_t> sums(profile.label_sets.size(), 0);
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  for (size_t i = 0; i < values.size(); ++i) {
    int64_t& sum = sums[profile.samples.labels[i].index()];
    sum = WrapAdd(sum, values[i]);
  }
  return sums;
}

using Values = std::map<std::string, int64_t>;

std::map<std::string, Values> SumByValue(const Profile& profile, const ReportContext& context, size_t sample_type) {
  const std::vector<int64_t> sums = SumBySet(profile, sample_type);
  const std::map<StringId, std::string> units = NumberLabelUnits(profile);
  std::vector<uint8_t> used(sums.size(), 0);
  for (const LabelSetId set : profile.samples.labels) used[set.index()] = 1;
  std::map<std::string, Values> tags;
  for (size_t set = 0; set < sums.size(); ++set) {
    if (!used[set]) continue;
    for (uint32_t i = profile.label_sets.begin[set]; i < profile.label_sets.begin[set + 1]; ++i) {
      const Label& label = profile.label_sets.labels[i];
      const std::string value = label.is_number ? ScaledLabel(label.number, units.at(label.key), context.output_unit)
                                                : std::string(profile.Text(label.text));
      int64_t& sum = tags[std::string(profile.Text(label.key))][value];
      sum = WrapAdd(sum, sums[set]);
    }
  }
  return tags;
}

}  // namespace

void WriteTags(const Profile& profile, const ReportContext& context, size_t sample_type, TextOut* out) {
  TabTable table(out);
  const auto scaled = [&](int64_t value) {
    const ScaledValue shown = Scale(value, context.sample_unit, context.output_unit);
    return FormatFixed(shown.value, 1) + shown.unit;
  };
  for (const auto& [key, values] : SumByValue(profile, context, sample_type)) {
    std::vector<std::pair<std::string, int64_t>> rows(values.begin(), values.end());
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return static_cast<uint64_t>(WrapAbs(a.second)) > static_cast<uint64_t>(WrapAbs(b.second));
    });
    int64_t total = 0;
    for (const auto& row : rows) total = WrapAdd(total, row.second);
    table.Write(key);
    table.Write(":\t Total " + scaled(total) + "\n");
    for (const auto& [name, value] : rows) {
      table.Write(" \t" + scaled(value));
      if (total > 0) table.Write(" (" + Percentage(value, total) + ")");
      table.Write(":\t ");
      table.Write(name);
      table.Write("\n");
    }
    table.Write("\n");
  }
}

void WriteComments(const Profile& profile, TextOut* out) {
  for (const StringId comment : profile.comments) *out << profile.Text(comment) << "\n";
}

}  // namespace flametrail
