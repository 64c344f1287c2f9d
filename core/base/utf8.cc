#include "core/base/utf8.h"

namespace flametrail {
namespace {

bool IsBetween(uint8_t byte, uint8_t low, uint8_t high) { return byte >= low && byte <= high; }

// Bytes of the code point at the start of `text` (not empty); 1 where there is none.
size_t RuneSize(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : uint8_t{0}; };
  const uint8_t first = byte(0);
  const bool two = IsBetween(byte(1), 0x80, 0xBF);
  const bool three = IsBetween(byte(2), 0x80, 0xBF);
  const bool four = IsBetween(byte(3), 0x80, 0xBF);
  if (IsBetween(first, 0xC2, 0xDF) && two) return 2;
  if (IsBetween(first, 0xE0, 0xEF) && two && three) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 1 : 3;
  }
  if (IsBetween(first, 0xF0, 0xF4) && two && three && four) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool too_large = first == 0xF4 && byte(1) > 0x8F;
    return overlong || too_large ? 1 : 4;
  }
  return 1;
}

}  // namespace

size_t RuneCount(std::string_view text) {
  size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(RuneSize(text));
  return count;
}

void AppendUtf8(uint32_t code_point, std::string* out) {
  const auto tail = [&](int shift) { *out += static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    *out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    *out += static_cast<char>(0xC0 | code_point >> 6);
    tail(0);
  } else if (code_point < 0x10000) {
    *out += static_cast<char>(0xE0 | code_point >> 12);
    tail(6);
    tail(0);
  } else {
    *out += static_cast<char>(0xF0 | code_point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace flametrail
