// A pull parser for JSON (RFC 8259) that takes its input in chunks of any size and never holds more of it than one
// text.
//
//   reader.Append(chunk);
//   while (reader.Next() != JsonToken::kNeedInput) ...
//
// Iterative: nesting costs one bit a level. Numbers stay texts, so that nobody loses digits.
#ifndef CORE_BASE_JSON_H_
#define CORE_BASE_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace flametrail {

enum class JsonToken : uint8_t {
  kNeedInput,  // Append more or call End
  kEnd,        // one whole value was read and nothing follows
  kError,      // error() says what; every later Next says it again
  kBeginObject,
  kEndObject,
  kBeginArray,
  kEndArray,
  kKey,     // text() is the key
  kString,  // text() is the string
  kNumber,  // text() is the number as written, grammar checked
  kTrue,
  kFalse,
  kNull,
};

class JsonReader {
 public:
  static constexpr size_t kMaxDepth = 256;
  static constexpr size_t kMaxTextBytes = size_t{16} << 20;
  static constexpr size_t kMaxNumberBytes = 4096;

  // REQUIRES: Next said kNeedInput since the last call (or nothing was appended yet). The chunk must stay alive until
  // Next says kNeedInput again.
  void Append(Bytes chunk);
  // No more input comes.
  void End() { ended_ = true; }

  JsonToken Next();

  // Of the token that Next returned last; good until the next call.
  std::string_view text() const { return text_; }
  uint64_t offset() const { return token_offset_; }  // of the token's first byte
  size_t depth() const { return is_object_.size(); }
  // REQUIRES: Next said kError.
  const Error& error() const { return error_; }
  bool failed() const { return failed_; }

 private:
  enum class Expect : uint8_t { kValue, kValueOrEnd, kKey, kKeyOrEnd, kColon, kCommaOrEnd, kNothing };
  enum class Lexeme : uint8_t { kNone, kString, kEscape, kUnicode, kNumber, kWord };

  JsonToken Fail(Code code, uint64_t offset, std::string text);
  JsonToken FailAt(std::string_view wanted);
  JsonToken Structural(char c);
  JsonToken OnCharacter(char c);
  JsonToken Begin(bool object);
  JsonToken Close(bool object);
  JsonToken ContinueLexeme();
  JsonToken ContinueString();
  bool TakeEscape(char c);
  bool TakeUnicode(char c);
  void FlushSurrogate();
  JsonToken ContinueNumber();
  JsonToken ContinueWord();
  JsonToken AtEndOfInput();
  bool TakeMark(char c);
  void AfterValue();
  uint64_t here() const { return chunk_offset_ + at_; }
  std::string Found() const;

  Bytes chunk_;
  size_t at_ = 0;
  uint64_t chunk_offset_ = 0;  // of the chunk in the input
  size_t mark_bytes_ = 0;      // of a byte order mark at the beginning
  bool ended_ = false;
  bool failed_ = false;
  Error error_;

  Expect expect_ = Expect::kValue;
  std::vector<bool> is_object_;  // of the containers that are open
  Lexeme lexeme_ = Lexeme::kNone;
  bool is_key_ = false;
  uint32_t unicode_ = 0;
  int unicode_digits_ = 0;
  uint32_t high_surrogate_ = 0;  // waits for its other half; 0: none
  std::string text_;
  uint64_t token_offset_ = 0;
};

}  // namespace flametrail

#endif  // CORE_BASE_JSON_H_
