#include "core/base/string_pool.h"

#include <algorithm>
#include <cstring>

#include "core/base/hash.h"

namespace flametrail {
namespace {

constexpr uint32_t kFree = 0xFFFFFFFFu;
constexpr size_t kBlockBytes = size_t{1} << 16;
constexpr size_t kInitialSlots = 64;

uint32_t HashText(std::string_view text) {
  uint64_t h = 0x9E3779B97F4A7C15ull ^ text.size();
  const char* p = text.data();
  size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    h = (h ^ word) * 0xFF51AFD7ED558CCDull;
    h ^= h >> 32;
  }
  uint64_t tail = 0;
  if (left > 0) std::memcpy(&tail, p, left);
  return static_cast<uint32_t>(Mix64(h ^ tail));
}

}  // namespace

StringPool::StringPool() : slots_(kInitialSlots, kFree) { Intern(""); }

StringId StringPool::Intern(std::string_view text) {
  const uint32_t hash = HashText(text);
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  for (; slots_[slot] != kFree; slot = (slot + 1) & mask) {
    const uint32_t index = slots_[slot];
    if (hashes_[index] == hash && views_[index] == text) return StringId(index);
  }
  const auto index = static_cast<uint32_t>(views_.size());
  slots_[slot] = index;
  views_.push_back(Store(text));
  hashes_.push_back(hash);
  if (views_.size() * 2 > slots_.size()) Grow();
  return StringId(index);
}

std::string_view StringPool::Store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_left_) {
    const size_t size = std::max(kBlockBytes, text.size());
    blocks_.emplace_back(new char[size]);
    block_next_ = blocks_.back().get();
    block_left_ = size;
  }
  char* const at = block_next_;
  std::memcpy(at, text.data(), text.size());
  block_next_ += text.size();
  block_left_ -= text.size();
  bytes_ += text.size();
  return {at, text.size()};
}

void StringPool::Grow() {
  slots_.assign(slots_.size() * 2, kFree);
  const size_t mask = slots_.size() - 1;
  for (uint32_t index = 0; index < hashes_.size(); ++index) {
    size_t slot = hashes_[index] & mask;
    while (slots_[slot] != kFree) slot = (slot + 1) & mask;
    slots_[slot] = index;
  }
}

}  // namespace flametrail
