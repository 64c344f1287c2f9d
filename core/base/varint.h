// Protocol-buffer varints, read with the rules of google/pprof proto.go: at most ten bytes, high bits of the tenth
// are shifted out, not an error.
#ifndef CORE_BASE_VARINT_H_
#define CORE_BASE_VARINT_H_

#include <cstdint>
#include <optional>

#include "core/base/bytes.h"

namespace flametrail {

inline constexpr size_t kMaxVarintBytes = 10;

enum class VarintState : uint8_t { kOk, kTruncated, kTooLong };

// Reads one varint at *at (<= bytes.size()) and moves *at past it; leaves *at alone when the state is not kOk.
inline VarintState ReadVarint(Bytes bytes, size_t* at, uint64_t* value) {
  uint64_t result = 0;
  for (size_t i = 0; i < kMaxVarintBytes; ++i) {
    if (i >= bytes.size() - *at) return VarintState::kTruncated;
    const uint8_t byte = bytes[*at + i];
    result |= uint64_t{byte & 0x7Fu} << (7 * i);
    if ((byte & 0x80u) == 0) {
      *at += i + 1;
      *value = result;
      return VarintState::kOk;
    }
  }
  return VarintState::kTooLong;
}

}  // namespace flametrail

#endif  // CORE_BASE_VARINT_H_
