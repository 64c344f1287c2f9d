#include "core/base/go_quote.h"

#include <cstdint>

namespace flametrail {
namespace {

struct Rune {
  uint32_t code_point = 0;
  size_t bytes = 0;  // 0: not UTF-8
};

// The code point that `text` begins with.
Rune FirstRune(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
  uint32_t code_point = lead & (0x7Fu >> bytes);
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code_point = code_point << 6 | (byte(i) & 0x3Fu);
  }
  constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code_point < kLeast[bytes] || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) return {};
  return {code_point, bytes};
}

struct Interval {
  uint32_t first;
  uint32_t last;
};

// Assigned code points beyond ASCII that Go calls not printable.
constexpr Interval kInvisible[] = {
    {0x80, 0xA0},     {0xAD, 0xAD},     {0x1680, 0x1680},   {0x180E, 0x180E},    {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x3000, 0x3000},   {0xE000, 0xF8FF},    {0xFEFF, 0xFEFF},
    {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE00FF}, {0xF0000, 0x10FFFF},
};

bool IsPrintable(uint32_t code_point) {
  if (code_point < 0x80) return code_point >= 0x20 && code_point < 0x7F;
  for (const Interval& interval : kInvisible) {
    if (code_point >= interval.first && code_point <= interval.last) return false;
  }
  return true;
}

// For what has no letter of its own.
void AppendEscaped(uint32_t code_point, std::string* out) {
  const int digits = code_point < 0x80 ? 2 : code_point < 0x10000 ? 4 : 8;
  *out += digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  for (int i = digits; i-- > 0;) *out += "0123456789abcdef"[code_point >> (4 * i) & 0xF];
}

char EscapeLetter(uint32_t code_point) {
  constexpr std::string_view kCodes = "\a\b\f\n\r\t\v\"\\";
  constexpr std::string_view kLetters = "abfnrtv\"\\";
  if (code_point >= 0x80) return '\0';
  const size_t at = kCodes.find(static_cast<char>(code_point));
  return at == std::string_view::npos ? '\0' : kLetters[at];
}

}  // namespace

std::string GoQuote(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Rune rune = FirstRune(text);
    if (rune.bytes == 0) {
      const auto byte = static_cast<uint8_t>(text[0]);
      out += "\\x";
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 0xF];
      text.remove_prefix(1);
      continue;
    }
    if (const char letter = EscapeLetter(rune.code_point); letter != '\0') {
      out += '\\';
      out += letter;
    } else if (IsPrintable(rune.code_point)) {
      out += text.substr(0, rune.bytes);
    } else {
      AppendEscaped(rune.code_point, &out);
    }
    text.remove_prefix(rune.bytes);
  }
  return out + "\"";
}

}  // namespace flametrail
