// The tables of one generation: Go's ids are dense in practice, but nothing forces a file to it.
#ifndef CORE_FORMATS_GOTRACE_V2_ID_TABLE_H_
#define CORE_FORMATS_GOTRACE_V2_ID_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/id_map.h"

namespace flametrail::gotrace {

// A vector for ids up to about twice the number of entries, a hash map for the others.
class IdTable {
 public:
  static constexpr uint32_t kNone = IdMap::kNone;

  uint32_t Find(uint64_t id) const {
    if (id < dense_.size() && dense_[static_cast<size_t>(id)] != kNone) return dense_[static_cast<size_t>(id)];
    return sparse_.size() == 0 ? kNone : sparse_.Find(id);
  }
  void Set(uint64_t id, uint32_t value) {
    ++count_;
    if (id >= kSpare + 2 * count_) {
      sparse_.Set(id, value);
      return;
    }
    if (id >= dense_.size()) dense_.resize(std::max<size_t>(static_cast<size_t>(id) + 1, 2 * count_), kNone);
    dense_[static_cast<size_t>(id)] = value;
  }
  // REQUIRES: Find(id) is not kNone.
  void Replace(uint64_t id, uint32_t value) {
    if (id < dense_.size() && dense_[static_cast<size_t>(id)] != kNone) {
      dense_[static_cast<size_t>(id)] = value;
    } else {
      sparse_.Set(id, value);
    }
  }

 private:
  static constexpr uint64_t kSpare = 1024;

  std::vector<uint32_t> dense_;
  IdMap sparse_;
  size_t count_ = 0;
};

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_ID_TABLE_H_
