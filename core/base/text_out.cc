#include "core/base/text_out.h"

#include <charconv>

#include "core/base/utf8.h"

namespace flametrail {
namespace {

std::string Padding(std::string_view text, size_t width) {
  const size_t size = RuneCount(text);
  return std::string(size < width ? width - size : 0, ' ');
}

}  // namespace

TextOut& TextOut::Number(uint64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  return *this << std::string_view(digits, static_cast<size_t>(end - digits));
}

TextOut& TextOut::Right(std::string_view text, size_t width) { return *this << Padding(text, width) << text; }

TextOut& TextOut::Left(std::string_view text, size_t width) { return *this << text << Padding(text, width); }

std::string Hex(uint64_t value) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value, 16).ptr;
  return "0x" + std::string(digits, end);
}

}  // namespace flametrail
