// Ids of a file (any 64-bit number) to dense indexes, in order of first sight.
#ifndef CORE_FORMATS_PPROF_ID_MAP_H_
#define CORE_FORMATS_PPROF_ID_MAP_H_

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace flametrail::pprof {

class IdMap {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFFu;

  // The index of `id`; a new one gets the next index.
  uint32_t FindOrAdd(uint64_t id) {
    uint32_t* slot = Slot(id);
    if (*slot == kNone) {
      *slot = static_cast<uint32_t>(ids_.size());
      ids_.push_back(id);
    }
    return *slot;
  }

  uint32_t Find(uint64_t id) const {
    if (id < direct_.size()) return direct_[static_cast<size_t>(id)];
    if (id < kDirectIds) return kNone;
    const auto at = sparse_.find(id);
    return at == sparse_.end() ? kNone : at->second;
  }

  const std::vector<uint64_t>& ids() const { return ids_; }
  size_t size() const { return ids_.size(); }

 private:
  // Writers number from 1 up: those ids index a vector. It never has more than 64 MB.
  static constexpr uint64_t kDirectIds = uint64_t{1} << 24;

  uint32_t* Slot(uint64_t id) {
    if (id >= kDirectIds) return &sparse_.try_emplace(id, kNone).first->second;
    const auto index = static_cast<size_t>(id);
    if (index >= direct_.size()) {
      direct_.resize(std::min(index + index / 2 + 64, static_cast<size_t>(kDirectIds)), kNone);
    }
    return &direct_[index];
  }

  std::vector<uint32_t> direct_;
  std::unordered_map<uint64_t, uint32_t> sparse_;
  std::vector<uint64_t> ids_;
};

}  // namespace flametrail::pprof

#endif  // CORE_FORMATS_PPROF_ID_MAP_H_
