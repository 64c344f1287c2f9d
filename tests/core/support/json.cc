#include "tests/core/support/json.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/base/check.h"

namespace flametrail::testing {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Json ParseAll() {
    Json value = Value();
    CHECK(Peek() == '\0');
    return value;
  }

 private:
  // The next character that is not blank; NUL at the end.
  char Peek() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  void Expect(char wanted) {
    CHECK(Peek() == wanted);
    ++at_;
  }
  bool Accept(char wanted) {
    if (Peek() != wanted) return false;
    ++at_;
    return true;
  }

  Json Value() {
    Json value;
    switch (Peek()) {
      case '{':
        ++at_;
        for (bool more = !Accept('}'); more; more = Separator('}')) {
          value.keys.push_back(String());
          Expect(':');
          value.items.push_back(Value());
        }
        break;
      case '[':
        ++at_;
        for (bool more = !Accept(']'); more; more = Separator(']')) value.items.push_back(Value());
        break;
      case '"':
        value.text = String();
        break;
      default: {
        const size_t end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
        CHECK(end > at_);
        value.text = text_.substr(at_, end - at_);
        at_ = end;
      }
    }
    return value;
  }

  // True: another element follows.
  bool Separator(char end) {
    if (Accept(end)) return false;
    Expect(',');
    return true;
  }

  std::string String() {
    Expect('"');
    std::string out;
    for (; text_[at_] != '"'; ++at_) {
      CHECK(at_ + 1 < text_.size());
      if (text_[at_] != '\\') {
        out += text_[at_];
        continue;
      }
      ++at_;
      constexpr std::string_view kEscapes = "bfnrt", kMeanings = "\b\f\n\r\t";
      if (text_[at_] == 'u') {
        AddCodeUnit(&out);
      } else {
        const size_t escape = kEscapes.find(text_[at_]);
        out += escape == std::string_view::npos ? text_[at_] : kMeanings[escape];
      }
    }
    ++at_;
    return out;
  }

  // Surrogate pairs do not occur in our files.
  void AddCodeUnit(std::string* out) {
    uint32_t code = 0;
    CHECK(text_.size() - at_ > 4);
    std::from_chars(text_.data() + at_ + 1, text_.data() + at_ + 5, code, 16);
    at_ += 4;
    if (code < 0x80) {
      *out += static_cast<char>(code);
      return;
    }
    if (code >= 0x800) *out += static_cast<char>(0xE0 | code >> 12);
    *out += static_cast<char>(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6);
    *out += static_cast<char>(0x80 | (code & 0x3F));
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

const Json& Json::operator[](std::string_view key) const {
  static const Json kEmpty;
  const auto at = std::find(keys.begin(), keys.end(), key);
  return at == keys.end() ? kEmpty : items[static_cast<size_t>(at - keys.begin())];
}

bool Json::has(std::string_view key) const { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

Json ParseJson(std::string_view text) { return Parser(text).ParseAll(); }

}  // namespace flametrail::testing
