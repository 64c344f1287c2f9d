// The frame of v2 traces: batches of one generation and one thread, at most 64 KiB each (specs/go-trace.md §5).
#ifndef CORE_FORMATS_GOTRACE_V2_BATCH_H_
#define CORE_FORMATS_GOTRACE_V2_BATCH_H_

#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace flametrail::gotrace {

inline constexpr uint64_t kNoId = ~uint64_t{0};  // "no M", "no P", "no G" on the wire

struct BatchHeader {
  bool is_experimental = false;
  uint8_t experiment = 0;
  uint64_t generation = 0;
  uint64_t thread = kNoId;
  uint64_t time = 0;  // clock units
  uint64_t size = 0;  // of the data behind the header
  size_t header_bytes = 0;
};

enum class Scan : uint8_t {
  kBatch,            // header and all its data are there
  kEndOfGeneration,  // one byte
  kMore,             // the input goes on, and more of it is needed
  kEnd,              // the input ends here, between two batches
  kFault,
};

// What stands at the beginning of `bytes`. `is_last`: the input ends with them. `fault` gets the reference reader's
// words.
Scan ScanBatch(Bytes bytes, bool is_last, BatchHeader* header, std::string* fault);

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_BATCH_H_
