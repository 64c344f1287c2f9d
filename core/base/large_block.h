// Memory for columns that grow to hundreds of megabytes.
#ifndef CORE_BASE_LARGE_BLOCK_H_
#define CORE_BASE_LARGE_BLOCK_H_

#include <cstddef>
#include <memory>

namespace flametrail {

// The size of the blocks. On Linux they lie in huge pages: touching new memory in small ones was a quarter of the time
// that decoding a trace took. Much smaller data should not ask for one.
inline constexpr size_t kLargeBlockBytes = size_t{2} << 20;

struct FreeLargeBlock {
  void operator()(std::byte* block) const;
};
using LargeBlock = std::unique_ptr<std::byte[], FreeLargeBlock>;

// kLargeBlockBytes, not set to anything.
LargeBlock NewLargeBlock();

}  // namespace flametrail

#endif  // CORE_BASE_LARGE_BLOCK_H_
