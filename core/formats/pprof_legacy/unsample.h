#ifndef CORE_FORMATS_PPROF_LEGACY_UNSAMPLE_H_
#define CORE_FORMATS_PPROF_LEGACY_UNSAMPLE_H_

#include <cstdint>

namespace flametrail::legacy {

struct HeapValue {
  int64_t count = 0;
  int64_t size = 0;
};

// What a sampled allocation site stands for: an allocation of `size` bytes is in the profile with probability
// 1 - e^(-size/rate). A rate of at most 1 samples everything.
HeapValue UnsampleHeap(HeapValue sampled, int64_t rate);

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_UNSAMPLE_H_
