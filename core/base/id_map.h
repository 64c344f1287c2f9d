// From 64-bit numbers of a file to indexes of ours.
#ifndef CORE_BASE_ID_MAP_H_
#define CORE_BASE_ID_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/hash.h"

namespace flametrail {

// Open addressing with linear steps; keys stand beside values: one cache miss a look-up. Nothing is ever taken out.
class IdMap {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  uint32_t Find(uint64_t key) const {
    if (slots_.empty()) return kNone;
    const size_t mask = slots_.size() - 1;
    for (size_t slot = static_cast<size_t>(Mix64(key)) & mask;; slot = (slot + 1) & mask) {
      if (slots_[slot].value == kNone || slots_[slot].key == key) return slots_[slot].value;
    }
  }
  // Puts or replaces. `value` is not kNone.
  void Set(uint64_t key, uint32_t value) {
    if ((count_ + 1) * 2 > slots_.size()) Grow();
    Slot& slot = Place(key);
    count_ += slot.value == kNone;
    slot = {key, value};
  }
  size_t size() const { return count_; }
  void Clear() {
    slots_.clear();
    count_ = 0;
  }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
  };
  static constexpr size_t kInitialSlots = 64;

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
  size_t count_ = 0;
};

}  // namespace flametrail

#endif  // CORE_BASE_ID_MAP_H_
