// Varints as Go's encoding/binary reads them: at most ten bytes, and the value must fit 64 bits.
#ifndef CORE_FORMATS_GOTRACE_V2_UVARINT_H_
#define CORE_FORMATS_GOTRACE_V2_UVARINT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace flametrail::gotrace {

namespace internal {

// Behind the value, or null when it runs over `end` or 64 bits.
inline const uint8_t* ReadLongUvarint(const uint8_t* at, const uint8_t* end, uint64_t* value) {
  uint64_t result = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    if (at == end) return nullptr;
    const uint64_t byte = *at++;
    if (byte < 0x80) {
      if (shift == 63 && byte > 1) return nullptr;
      *value = result | byte << shift;
      return at;
    }
    result |= (byte & 0x7F) << shift;
  }
  return nullptr;
}

}  // namespace internal

inline constexpr size_t kMaxUvarintBytes = 10;

// The same where at least kMaxUvarintBytes are left; most values have one or two.
inline const uint8_t* ReadUvarintInside(const uint8_t* at, uint64_t* value) {
  const uint64_t first = at[0];
  if (first < 0x80) {
    *value = first;
    return at + 1;
  }
  const uint64_t second = at[1];
  if (second < 0x80) {
    *value = (first & 0x7F) | second << 7;
    return at + 2;
  }
  const uint64_t third = at[2];
  if (third < 0x80) {
    *value = (first & 0x7F) | (second & 0x7F) << 7 | third << 14;
    return at + 3;
  }
  return internal::ReadLongUvarint(at, at + kMaxUvarintBytes, value);
}

inline const uint8_t* ReadUvarint(const uint8_t* at, const uint8_t* end, uint64_t* value) {
  if (end - at >= static_cast<ptrdiff_t>(kMaxUvarintBytes)) return ReadUvarintInside(at, value);
  return internal::ReadLongUvarint(at, end, value);
}

// Bytes of the shortest form.
inline uint64_t UvarintBytes(uint64_t value) {
  uint64_t bytes = 1;
  for (; value >= 0x80; value >>= 7) ++bytes;
  return bytes;
}

// Go's words for why ReadUvarint(at, end) failed.
inline std::string_view UvarintFault(const uint8_t* at, const uint8_t* end) {
  if (at == end) return "EOF";
  for (int i = 0; i < 10; ++i) {
    if (at + i == end) return "unexpected EOF";
    if (at[i] < 0x80) break;
  }
  return "binary: varint overflows a 64-bit integer";
}

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_UVARINT_H_
