#ifndef CORE_BASE_STRING_POOL_H_
#define CORE_BASE_STRING_POOL_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/index_table.h"

namespace flametrail {

using StringId = Id<struct StringTag>;

// Interned bytes: equal text has one id, so comparing ids compares texts. Id 0 is the empty string.
// Views stay valid for the pool's life (blocks never move). Bytes are kept as found: no encoding is
// assumed; whoever shows them replaces what is not UTF-8.
// Copies share one pool: a profile derived from another speaks of texts by the same ids, and an id given out once stays
// good in both. Interning is the only change there is.
class StringPool {
 public:
  static constexpr StringId kEmpty = StringId(0u);

  StringPool();

  StringId Intern(std::string_view text);
  std::string_view View(StringId id) const { return data_->views[id.index()]; }
  size_t size() const { return data_->views.size(); }
  uint64_t ByteSize() const { return data_->bytes; }

 private:
  struct Data {
    std::vector<std::unique_ptr<char[]>> blocks;
    size_t block_left = 0;
    char* block_next = nullptr;
    uint64_t bytes = 0;
    std::vector<std::string_view> views;
    std::vector<uint32_t> hashes;  // of views, so that growing reads no text
    IndexTable index;              // of views

    std::string_view Store(std::string_view text);
  };

  std::shared_ptr<Data> data_;
};

}  // namespace flametrail

#endif  // CORE_BASE_STRING_POOL_H_
