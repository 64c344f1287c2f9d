// From 64-bit numbers of a file to indexes of ours.
#ifndef CORE_BASE_ID_MAP_H_
#define CORE_BASE_ID_MAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/hash.h"

namespace flametrail {

// Numbers up to about twice the count of entries are looked up in a vector, as most files count from a small number.
// The others are hashed: open addressing with linear steps; keys stand beside values, one cache miss a look-up. Nothing
// is ever taken out.
class IdMap {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  uint32_t Find(uint64_t key) const {
    if (key < dense_.size() && dense_[static_cast<size_t>(key)] != kNone) return dense_[static_cast<size_t>(key)];
    return slots_.empty() ? kNone : FindHashed(key);
  }
  // Puts or replaces. `value` is not kNone.
  void Set(uint64_t key, uint32_t value) {
    if (!slots_.empty() && FindHashed(key) != kNone) {
      Place(key).value = value;
      return;
    }
    if (key < kSpare + 2 * (dense_count_ + hashed_count_)) {
      if (key >= dense_.size()) {
        dense_.resize(std::max(static_cast<size_t>(key) + 1, dense_.size() + dense_.size() / 2), kNone);
      }
      uint32_t& place = dense_[static_cast<size_t>(key)];
      dense_count_ += place == kNone;
      place = value;
      return;
    }
    if ((hashed_count_ + 1) * 2 > slots_.size()) Grow();
    Place(key) = {key, value};
    ++hashed_count_;
  }
  size_t size() const { return dense_count_ + hashed_count_; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
  };
  static constexpr size_t kInitialSlots = 64;

  static constexpr uint64_t kSpare = 1024;

  uint32_t FindHashed(uint64_t key) const {
    const size_t mask = slots_.size() - 1;
    for (size_t slot = static_cast<size_t>(Mix64(key)) & mask;; slot = (slot + 1) & mask) {
      if (slots_[slot].value == kNone || slots_[slot].key == key) return slots_[slot].value;
    }
  }

  Slot& Place(uint64_t key) {
    const size_t mask = slots_.size() - 1;
    size_t slot = static_cast<size_t>(Mix64(key)) & mask;
    while (slots_[slot].value != kNone && slots_[slot].key != key) slot = (slot + 1) & mask;
    return slots_[slot];
  }

  void Grow() {
    std::vector<Slot> old(slots_.empty() ? kInitialSlots : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.value != kNone) Place(slot.key) = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two, at most half full
  size_t hashed_count_ = 0;
  std::vector<uint32_t> dense_;
  size_t dense_count_ = 0;
};

}  // namespace flametrail

#endif  // CORE_BASE_ID_MAP_H_
