#include "core/base/json_writer.h"

#include <cmath>
#include <string>

#include "core/base/check.h"
#include "core/base/units.h"
#include "core/base/utf8.h"

namespace flametrail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsPlain(char c) {
  return static_cast<uint8_t>(c) >= 0x20 && static_cast<uint8_t>(c) < 0x7F && c != '"' && c != '\\';
}

// Bytes of the well-formed UTF-8 character (RFC 3629) that `text` begins with; 0: it begins with none.
size_t CharacterBytes(std::string_view text) {
  const auto at = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = at(0);
  const size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  for (size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xC0) != 0x80) return 0;
  }
  if ((first == 0xE0 && at(1) < 0xA0) || (first == 0xED && at(1) > 0x9F)) return 0;  // too long; surrogates
  if ((first == 0xF0 && at(1) < 0x90) || (first == 0xF4 && at(1) > 0x8F)) return 0;  // too long; beyond U+10FFFF
  return size;
}

std::string Escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '\r':
      return "\\r";
    default:
      break;
  }
  constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<uint8_t>(c);
  return std::string("\\u00") + kHex[byte >> 4] + kHex[byte & 15];
}

}  // namespace

void JsonWriter::Separate() {
  if (behind_key_) {
    behind_key_ = false;
    return;
  }
  if (has_items_.empty()) return;
  if (has_items_.back()) out_ << ",";
  has_items_.back() = true;
}

void JsonWriter::Open(char bracket) {
  Separate();
  out_ << std::string_view(&bracket, 1);
  has_items_.push_back(false);
}

void JsonWriter::Close(char bracket) {
  CHECK(!has_items_.empty() && !behind_key_);
  has_items_.pop_back();
  out_ << std::string_view(&bracket, 1);
}

void JsonWriter::Key(std::string_view key) {
  Text(key);
  out_ << ":";
  behind_key_ = true;
}

void JsonWriter::Text(std::string_view text) {
  Separate();
  Quote(text);
}

void JsonWriter::Quote(std::string_view text) {
  out_ << "\"";
  while (!text.empty()) {
    size_t plain = 0;
    while (plain < text.size() && IsPlain(text[plain])) ++plain;
    out_ << text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t size = CharacterBytes(text);
    if (size > 1) {
      out_ << text.substr(0, size);
    } else {
      out_ << (size == 0 ? std::string(kReplacement) : Escaped(text[0]));
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  out_ << "\"";
}

void JsonWriter::Signed(int64_t value) {
  Separate();
  out_ << std::to_string(value);
}

void JsonWriter::Unsigned(uint64_t value) {
  Separate();
  out_ << std::to_string(value);
}

void JsonWriter::Number(double value) {
  if (!std::isfinite(value)) return Null();
  std::string text = FormatFixed(value, std::fabs(value) < 10 ? 15 : 6);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  Separate();
  out_ << (text == "-0" ? "0" : text);
}

void JsonWriter::Bool(bool value) {
  Separate();
  out_ << (value ? "true" : "false");
}

void JsonWriter::Null() {
  Separate();
  out_ << "null";
}

}  // namespace flametrail
