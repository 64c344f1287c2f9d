#include "core/base/string_pool.h"

#include <algorithm>
#include <cstring>

#include "core/base/hash.h"

namespace flametrail {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 16;

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

StringPool::StringPool() : data_(std::make_shared<Data>()) { Intern(""); }

StringId StringPool::Intern(std::string_view text) {
  Data& data = *data_;
  const uint32_t hash = HashText(text);
  const auto is_equal = [&](uint32_t index) { return data.hashes[index] == hash && data.views[index] == text; };
  if (const uint32_t known = data.index.Find(hash, is_equal); known != IndexTable::kNone) return StringId(known);
  const auto index = static_cast<uint32_t>(data.views.size());
  data.views.push_back(data.Store(text));
  data.hashes.push_back(hash);
  data.index.Insert(hash, index, [&](uint32_t i) { return data.hashes[i]; });
  return StringId(index);
}

std::string_view StringPool::Data::Store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_left) {
    const size_t size = std::max(kBlockBytes, text.size());
    blocks.emplace_back(new char[size]);
    block_next = blocks.back().get();
    block_left = size;
  }
  char* const at = block_next;
  std::memcpy(at, text.data(), text.size());
  block_next += text.size();
  block_left -= text.size();
  bytes += text.size();
  return {at, text.size()};
}

}  // namespace flametrail
