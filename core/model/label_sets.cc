#include "core/model/label_sets.h"

#include <algorithm>

#include "core/base/hash.h"

namespace flametrail {
namespace {

constexpr uint32_t kFree = 0xFFFFFFFFu;
constexpr size_t kInitialSlots = 64;

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

// Set 0, the empty one, needs no slot: Insert answers it without a look-up.
LabelSetBuilder::LabelSetBuilder() : hashes_(1, 0), slots_(kInitialSlots, kFree) {}

std::span<const Label> LabelSetBuilder::At(uint32_t set) const {
  return {table_.labels.data() + table_.begin[set], table_.begin[set + 1] - table_.begin[set]};
}

LabelSetId LabelSetBuilder::Insert(std::span<const Label> labels) {
  if (labels.empty()) return LabelSetTable::kEmpty;
  const uint64_t hash = HashLabels(labels);
  const size_t mask = slots_.size() - 1;
  size_t slot = static_cast<size_t>(hash) & mask;
  for (; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    const uint32_t set = slots_[slot];
    const std::span<const Label> known = At(set);
    if (hashes_[set] == hash && std::equal(known.begin(), known.end(), labels.begin(), labels.end())) {
      return LabelSetId(set);
    }
  }
  const auto set = static_cast<uint32_t>(table_.size());
  slots_[slot] = set;
  hashes_.push_back(hash);
  table_.labels.insert(table_.labels.end(), labels.begin(), labels.end());
  table_.begin.push_back(static_cast<uint32_t>(table_.labels.size()));
  if (hashes_.size() * 2 > slots_.size()) Grow();
  return LabelSetId(set);
}

void LabelSetBuilder::Grow() {
  slots_.assign(slots_.size() * 2, kFree);
  const size_t mask = slots_.size() - 1;
  for (uint32_t set = 1; set < hashes_.size(); ++set) {
    size_t slot = static_cast<size_t>(hashes_[set]) & mask;
    while (slots_[slot] != kFree) slot = (slot + 1) & mask;
    slots_[slot] = set;
  }
}

LabelSetTable LabelSetBuilder::Take() {
  LabelSetTable table = std::move(table_);
  *this = LabelSetBuilder();
  return table;
}

}  // namespace flametrail
