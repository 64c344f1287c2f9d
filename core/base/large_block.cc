#include "core/base/large_block.h"

#include <cstdlib>

#include "core/base/check.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace flametrail {

void FreeLargeBlock::operator()(std::byte* block) const { std::free(block); }

LargeBlock NewLargeBlock() {
#if defined(__linux__)
  void* const block = std::aligned_alloc(kLargeBlockBytes, kLargeBlockBytes);
  if (block != nullptr) madvise(block, kLargeBlockBytes, MADV_HUGEPAGE);  // a wish: without it everything works
#else
  void* const block = std::malloc(kLargeBlockBytes);
#endif
  CHECK(block != nullptr);
  return LargeBlock(static_cast<std::byte*>(block));
}

}  // namespace flametrail
