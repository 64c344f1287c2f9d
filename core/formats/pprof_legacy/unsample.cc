#include "core/formats/pprof_legacy/unsample.h"

#include "core/base/checked.h"
#include "core/base/go_math.h"

namespace flametrail::legacy {
HeapValue UnsampleHeap(HeapValue sampled, int64_t rate) {
  if (sampled.count == 0 || sampled.size == 0) return {};
  if (rate <= 1) return sampled;
  const auto count = static_cast<double>(sampled.count);
  const auto size = static_cast<double>(sampled.size);
  // Go's e^x: products below are truncated to integers, and for small allocations one bit of it changes them.
  const double scale = 1 / (1 - GoExp(-(size / count) / static_cast<double>(rate)));
  return {TruncateToInt64(count * scale), TruncateToInt64(size * scale)};
}

}  // namespace flametrail::legacy
