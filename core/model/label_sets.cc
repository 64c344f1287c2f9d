#include "core/model/label_sets.h"

#include <algorithm>

#include "core/base/hash.h"

namespace flametrail {
namespace {

uint64_t HashLabels(std::span<const Label> labels) {
  uint64_t h = labels.size();
  for (const Label& label : labels) {
    h = HashCombine(h, (uint64_t{label.key.value} << 32) | label.text.value);
    h = HashCombine(h, static_cast<uint64_t>(label.number));
    h = HashCombine(h, (uint64_t{label.unit.value} << 1) | uint64_t{label.is_number});
  }
  return h;
}

}  // namespace

// Set 0, the empty one, is not in the index: Insert answers it without a look-up.
LabelSetBuilder::LabelSetBuilder() : hashes_(1, 0) {}

std::span<const Label> LabelSetBuilder::At(uint32_t set) const {
  return {table_.labels.data() + table_.begin[set], table_.begin[set + 1] - table_.begin[set]};
}

LabelSetId LabelSetBuilder::Insert(std::span<const Label> labels) {
  if (labels.empty()) return LabelSetTable::kEmpty;
  const uint64_t hash = HashLabels(labels);
  const auto is_equal = [&](uint32_t set) {
    const std::span<const Label> known = At(set);
    return hashes_[set] == hash && std::equal(known.begin(), known.end(), labels.begin(), labels.end());
  };
  if (const uint32_t known = index_.Find(hash, is_equal); known != IndexTable::kNone) return LabelSetId(known);
  const auto set = static_cast<uint32_t>(table_.size());
  hashes_.push_back(hash);
  table_.labels.insert(table_.labels.end(), labels.begin(), labels.end());
  table_.begin.push_back(static_cast<uint32_t>(table_.labels.size()));
  index_.Insert(hash, set, [&](uint32_t i) { return hashes_[i]; });
  return LabelSetId(set);
}

LabelSetTable LabelSetBuilder::Take() {
  LabelSetTable table = std::move(table_);
  *this = LabelSetBuilder();
  return table;
}

}  // namespace flametrail
