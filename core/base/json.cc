#include "core/base/json.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/utf8.h"

namespace flametrail {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNumberCharacter(char c) { return IsDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; }
bool IsWordCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || IsDigit(c); }

bool TakeDigits(std::string_view* text) {
  const size_t before = text->size();
  while (!text->empty() && IsDigit(text->front())) text->remove_prefix(1);
  return text->size() < before;
}

// -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
bool IsJsonNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!TakeDigits(&text)) {
    return false;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!TakeDigits(&text)) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!TakeDigits(&text)) return false;
  }
  return text.empty();
}

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void JsonReader::Append(Bytes chunk) {
  CHECK(at_ == chunk_.size());
  chunk_offset_ += chunk_.size();
  chunk_ = chunk;
  at_ = 0;
}

JsonToken JsonReader::Fail(Code code, uint64_t offset, std::string text) {
  failed_ = true;
  error_ = {code, offset, std::move(text)};
  return JsonToken::kError;
}

// What stands at the reading position, for messages.
std::string JsonReader::Found() const {
  if (at_ >= chunk_.size()) return "the end";
  const uint8_t byte = chunk_[at_];
  if (byte >= 0x20 && byte < 0x7F) return std::string("'") + static_cast<char>(byte) + "'";
  constexpr char kHex[] = "0123456789ABCDEF";
  return std::string("byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
}

JsonToken JsonReader::FailAt(std::string_view wanted) {
  return Fail(Code::kCorrupt, here(), "JSON wants " + std::string(wanted) + " here, found " + Found());
}

JsonToken JsonReader::Next() {
  if (failed_) return JsonToken::kError;
  if (lexeme_ != Lexeme::kNone) return ContinueLexeme();
  for (; at_ < chunk_.size(); ++at_) {
    const char c = static_cast<char>(chunk_[at_]);
    if (IsBlank(c) || TakeMark(c)) continue;
    if (mark_bytes_ % kByteOrderMark.size() != 0) return FailAt("a byte order mark or a value");
    if (c == ',' || c == ':') {
      if (const JsonToken token = Structural(c); token != JsonToken::kNeedInput) return token;
      continue;
    }
    token_offset_ = here();
    return OnCharacter(c);
  }
  return ended_ ? AtEndOfInput() : JsonToken::kNeedInput;
}

// A byte order mark is not JSON, but some editors write one.
bool JsonReader::TakeMark(char c) {
  if (here() != mark_bytes_ || mark_bytes_ >= kByteOrderMark.size() || c != kByteOrderMark[mark_bytes_]) return false;
  ++mark_bytes_;
  return true;
}

JsonToken JsonReader::AtEndOfInput() {
  if (expect_ == Expect::kNothing) return JsonToken::kEnd;
  return Fail(Code::kTruncated, here(),
              is_object_.empty() ? "JSON wants a value, found the end"
                                 : "JSON ends inside " + std::to_string(is_object_.size()) +
                                       (is_object_.size() == 1 ? " open bracket" : " open brackets"));
}

// A comma or colon; kNeedInput: go on.
JsonToken JsonReader::Structural(char c) {
  if (c == ':') {
    if (expect_ != Expect::kColon) return FailAt("another sign");
    expect_ = Expect::kValue;
    return JsonToken::kNeedInput;
  }
  if (expect_ != Expect::kCommaOrEnd) return FailAt(expect_ == Expect::kNothing ? "the end" : "a value or key");
  expect_ = is_object_.back() ? Expect::kKey : Expect::kValue;
  return JsonToken::kNeedInput;
}

JsonToken JsonReader::OnCharacter(char c) {
  if (c == '}' || c == ']') return Close(c == '}');
  switch (expect_) {
    case Expect::kKey:
    case Expect::kKeyOrEnd:
      if (c != '"') return FailAt("a key in quotes");
      break;
    case Expect::kColon:
      return FailAt("':'");
    case Expect::kCommaOrEnd:
      return FailAt(is_object_.back() ? "',' or '}'" : "',' or ']'");
    case Expect::kNothing:
      return FailAt("the end");
    case Expect::kValue:
    case Expect::kValueOrEnd:
      break;
  }
  if (c == '{' || c == '[') return Begin(c == '{');
  is_key_ = expect_ == Expect::kKey || expect_ == Expect::kKeyOrEnd;
  text_.clear();
  if (c == '"') {
    ++at_;
    lexeme_ = Lexeme::kString;
  } else if (IsDigit(c) || c == '-') {
    lexeme_ = Lexeme::kNumber;
  } else if (IsWordCharacter(c)) {
    lexeme_ = Lexeme::kWord;
  } else {
    return FailAt("a value");
  }
  return ContinueLexeme();
}

JsonToken JsonReader::Begin(bool object) {
  if (is_object_.size() >= kMaxDepth) {
    return Fail(Code::kTooLarge, here(),
                "JSON is nested deeper than the " + std::to_string(kMaxDepth) + " levels that are read");
  }
  ++at_;
  is_object_.push_back(object);
  expect_ = object ? Expect::kKeyOrEnd : Expect::kValueOrEnd;
  return object ? JsonToken::kBeginObject : JsonToken::kBeginArray;
}

JsonToken JsonReader::Close(bool object) {
  const bool allowed = expect_ == Expect::kCommaOrEnd || expect_ == (object ? Expect::kKeyOrEnd : Expect::kValueOrEnd);
  if (!allowed || is_object_.empty() || is_object_.back() != object) {
    if (expect_ == Expect::kCommaOrEnd) return FailAt(is_object_.back() ? "',' or '}'" : "',' or ']'");
    return FailAt(expect_ == Expect::kNothing ? "the end" : expect_ == Expect::kColon ? "':'" : "a value or key");
  }
  ++at_;
  is_object_.pop_back();
  AfterValue();
  return object ? JsonToken::kEndObject : JsonToken::kEndArray;
}

void JsonReader::AfterValue() { expect_ = is_object_.empty() ? Expect::kNothing : Expect::kCommaOrEnd; }

JsonToken JsonReader::ContinueLexeme() {
  switch (lexeme_) {
    case Lexeme::kNumber:
      return ContinueNumber();
    case Lexeme::kWord:
      return ContinueWord();
    default:
      return ContinueString();
  }
}

JsonToken JsonReader::ContinueString() {
  while (at_ < chunk_.size()) {
    const char c = static_cast<char>(chunk_[at_]);
    if (text_.size() > kMaxTextBytes) {
      return Fail(Code::kTooLarge, token_offset_,
                  "JSON has a text of more than " + std::to_string(kMaxTextBytes) + " bytes");
    }
    if (lexeme_ == Lexeme::kEscape) {
      if (!TakeEscape(c)) return FailAt("one of \"\\/bfnrtu behind a backslash");
      ++at_;
    } else if (lexeme_ == Lexeme::kUnicode) {
      if (!TakeUnicode(c)) return FailAt("four hexadecimal digits behind \\u");
      ++at_;
    } else if (c == '\\') {
      lexeme_ = Lexeme::kEscape;
      ++at_;
    } else if (c == '"') {
      FlushSurrogate();
      ++at_;
      lexeme_ = Lexeme::kNone;
      if (is_key_) {
        expect_ = Expect::kColon;
        return JsonToken::kKey;
      }
      AfterValue();
      return JsonToken::kString;
    } else if (static_cast<uint8_t>(c) < 0x20) {
      return FailAt("no control character inside a text");
    } else {
      FlushSurrogate();
      const size_t begin = at_;
      const size_t room = kMaxTextBytes + 1 - text_.size();
      const size_t end = begin + std::min(room, chunk_.size() - begin);
      while (at_ < end && chunk_[at_] >= 0x20 && chunk_[at_] != '"' && chunk_[at_] != '\\') ++at_;
      text_.append(AsText(chunk_.subspan(begin, at_ - begin)));
    }
  }
  if (!ended_) return JsonToken::kNeedInput;
  return Fail(Code::kTruncated, token_offset_, "JSON ends inside a text");
}

bool JsonReader::TakeEscape(char c) {
  if (c == 'u') {
    lexeme_ = Lexeme::kUnicode;
    unicode_ = 0;
    unicode_digits_ = 0;
    return true;
  }
  constexpr std::string_view kFrom = "\"\\/bfnrt";
  constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  const size_t which = kFrom.find(c);
  if (which == std::string_view::npos) return false;
  FlushSurrogate();
  text_ += kTo[which];
  lexeme_ = Lexeme::kString;
  return true;
}

// One digit of \uXXXX. Halves of surrogate pairs that stand alone become U+FFFD.
bool JsonReader::TakeUnicode(char c) {
  const int digit = HexValue(c);
  if (digit < 0) return false;
  unicode_ = unicode_ << 4 | static_cast<uint32_t>(digit);
  if (++unicode_digits_ < 4) return true;
  lexeme_ = Lexeme::kString;
  const bool low = unicode_ >= 0xDC00 && unicode_ < 0xE000;
  if (high_surrogate_ != 0 && low) {
    AppendUtf8(0x10000 + ((std::exchange(high_surrogate_, 0) - 0xD800) << 10) + (unicode_ - 0xDC00), &text_);
    return true;
  }
  FlushSurrogate();
  if (unicode_ >= 0xD800 && unicode_ < 0xDC00) {
    high_surrogate_ = unicode_;
  } else {
    AppendUtf8(low ? kReplacement : unicode_, &text_);
  }
  return true;
}

void JsonReader::FlushSurrogate() {
  if (std::exchange(high_surrogate_, 0) != 0) AppendUtf8(kReplacement, &text_);
}

JsonToken JsonReader::ContinueNumber() {
  while (at_ < chunk_.size() && IsNumberCharacter(static_cast<char>(chunk_[at_]))) {
    if (text_.size() >= kMaxNumberBytes) {
      return Fail(Code::kTooLarge, token_offset_,
                  "JSON has a number of more than " + std::to_string(kMaxNumberBytes) + " digits");
    }
    text_ += static_cast<char>(chunk_[at_++]);
  }
  if (at_ == chunk_.size() && !ended_) return JsonToken::kNeedInput;
  if (!IsJsonNumber(text_)) {
    return Fail(Code::kCorrupt, token_offset_, "JSON wants a number here, found \"" + text_.substr(0, 40) + "\"");
  }
  lexeme_ = Lexeme::kNone;
  AfterValue();
  return JsonToken::kNumber;
}

JsonToken JsonReader::ContinueWord() {
  constexpr size_t kMaxWord = 16;
  while (at_ < chunk_.size() && text_.size() < kMaxWord && IsWordCharacter(static_cast<char>(chunk_[at_]))) {
    text_ += static_cast<char>(chunk_[at_++]);
  }
  if (at_ == chunk_.size() && text_.size() < kMaxWord && !ended_) return JsonToken::kNeedInput;
  lexeme_ = Lexeme::kNone;
  AfterValue();
  if (text_ == "true") return JsonToken::kTrue;
  if (text_ == "false") return JsonToken::kFalse;
  if (text_ == "null") return JsonToken::kNull;
  return Fail(Code::kCorrupt, token_offset_, "JSON wants a value here, found \"" + text_ + "\"");
}

}  // namespace flametrail
