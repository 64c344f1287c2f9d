#ifndef CORE_BASE_STRING_POOL_H_
#define CORE_BASE_STRING_POOL_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace flametrail {

using StringId = Id<struct StringTag>;

// Interned bytes: equal text has one id, so comparing ids compares texts. Id 0 is the empty string.
// Views stay valid for the pool's life (blocks never move). Bytes are kept as found: no encoding is
// assumed; whoever shows them replaces what is not UTF-8.
class StringPool {
 public:
  static constexpr StringId kEmpty = StringId(0u);

  StringPool();

  StringId Intern(std::string_view text);
  std::string_view View(StringId id) const { return views_[id.index()]; }
  size_t size() const { return views_.size(); }
  uint64_t ByteSize() const { return bytes_; }

 private:
  std::string_view Store(std::string_view text);
  void Grow();

  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t block_left_ = 0;
  char* block_next_ = nullptr;
  uint64_t bytes_ = 0;
  std::vector<std::string_view> views_;
  std::vector<uint32_t> hashes_;  // of views_, so that growing reads no text
  std::vector<uint32_t> slots_;   // open addressing, power of two; kFree or an index of views_
};

}  // namespace flametrail

#endif  // CORE_BASE_STRING_POOL_H_
