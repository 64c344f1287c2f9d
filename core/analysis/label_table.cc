#include "core/analysis/label_table.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

#include "core/analysis/transform/filter_tags.h"
#include "core/base/checked.h"
#include "core/base/units.h"

namespace flametrail {
namespace {

struct Row {
  StringId key;
  StringId value;
  bool is_number = false;
  int64_t number = 0;
  StringId unit = StringPool::kEmpty;
  int64_t weight = 0;
  uint64_t samples = 0;
};

struct SetSum {
  int64_t weight = 0;
  uint64_t samples = 0;
};

std::vector<SetSum> SumBySet(const Profile& profile, size_t sample_type) {
  std::vector<SetSum> sums(profile.label_sets.size());
  const std::vector<int64_t>& values = profile.samples.values[sample_type];
  for (size_t i = 0; i < values.size(); ++i) {
    SetSum& sum = sums[profile.samples.labels[i].index()];
    sum.weight = WrapAdd(sum.weight, values[i]);
    ++sum.samples;
  }
  return sums;
}

}  // namespace

LabelColumns LabelsOf(const Profile& profile, size_t sample_type, StringPool* texts) {
  const std::vector<SetSum> sums = SumBySet(profile, sample_type);
  const auto units = NumberLabelUnits(profile);
  std::map<std::tuple<StringId, bool, StringId, int64_t>, Row> by_value;
  for (size_t set = 0; set < sums.size(); ++set) {
    if (sums[set].samples == 0) continue;
    for (uint32_t i = profile.label_sets.begin[set]; i < profile.label_sets.begin[set + 1]; ++i) {
      const Label& label = profile.label_sets.labels[i];
      const StringId text = label.is_number ? StringPool::kEmpty : label.text;
      Row& row = by_value[{label.key, label.is_number, text, label.is_number ? label.number : 0}];
      row.key = label.key;
      row.value = text;
      row.is_number = label.is_number;
      row.number = label.number;
      row.weight = WrapAdd(row.weight, sums[set].weight);
      row.samples += sums[set].samples;
    }
  }
  std::vector<Row> rows;
  for (auto& [value, row] : by_value) {
    if (row.is_number) {
      const std::string& unit = units.at(row.key);
      row.unit = texts->Intern(unit);
      row.value = texts->Intern(ScaledLabel(row.number, unit, "minimum"));
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    if (const int order = texts->View(a.key).compare(texts->View(b.key)); order != 0) return order < 0;
    const int64_t left = WrapAbs(a.weight), right = WrapAbs(b.weight);
    if (left != right) return left > right;
    if (const int order = texts->View(a.value).compare(texts->View(b.value)); order != 0) return order < 0;
    return std::tuple(a.is_number, a.number) < std::tuple(b.is_number, b.number);
  });
  LabelColumns columns;
  for (const Row& row : rows) {
    columns.key.push_back(row.key.value);
    columns.value.push_back(row.value.value);
    columns.is_number.push_back(row.is_number);
    columns.number.push_back(static_cast<double>(row.number));
    columns.unit.push_back(row.unit.value);
    columns.weight.push_back(static_cast<double>(row.weight));
    columns.samples.push_back(static_cast<double>(row.samples));
  }
  return columns;
}

}  // namespace flametrail
