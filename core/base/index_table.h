// A hash table of indexes into columns that its user owns: keys are never stored twice.
#ifndef CORE_BASE_INDEX_TABLE_H_
#define CORE_BASE_INDEX_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace flametrail {

// Open addressing with linear steps; at most half full. The user hashes, compares and hands back the hash of an index
// when the table grows, which is where it keeps the hashes if they are dear.
class IndexTable {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  IndexTable() : slots_(kInitialSlots, kNone) {}

  // The index for which `is_equal(index)` holds, or kNone. Only indexes whose hash leads here are asked.
  template <typename IsEqual>
  uint32_t Find(uint64_t hash, IsEqual is_equal) const {
    const size_t mask = slots_.size() - 1;
    for (size_t slot = static_cast<size_t>(hash) & mask; slots_[slot] != kNone; slot = (slot + 1) & mask) {
      if (is_equal(slots_[slot])) return slots_[slot];
    }
    return kNone;
  }

  // REQUIRES: Find gave kNone for it.
  template <typename HashOf>
  void Insert(uint64_t hash, uint32_t index, HashOf hash_of) {
    if ((count_ + 1) * 2 > slots_.size()) Grow(hash_of);
    Place(hash, index);
    ++count_;
  }

 private:
  static constexpr size_t kInitialSlots = 64;

  void Place(uint64_t hash, uint32_t index) {
    const size_t mask = slots_.size() - 1;
    size_t slot = static_cast<size_t>(hash) & mask;
    while (slots_[slot] != kNone) slot = (slot + 1) & mask;
    slots_[slot] = index;
  }

  template <typename HashOf>
  void Grow(HashOf hash_of) {
    std::vector<uint32_t> old(slots_.size() * 2, kNone);
    old.swap(slots_);
    for (const uint32_t index : old) {
      if (index != kNone) Place(hash_of(index), index);
    }
  }

  std::vector<uint32_t> slots_;  // a power of two
  size_t count_ = 0;
};

}  // namespace flametrail

#endif  // CORE_BASE_INDEX_TABLE_H_
