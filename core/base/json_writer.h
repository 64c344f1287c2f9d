// Writes JSON (RFC 8259) piece by piece into a sink, so that an answer of any size is never in memory.
//
//   JsonWriter json(sink);
//   json.BeginObject();
//   json.Field("count", 3);
//   json.Key("rows"); json.BeginArray(); ... json.EndArray();
//   json.EndObject();
#ifndef CORE_BASE_JSON_WRITER_H_
#define CORE_BASE_JSON_WRITER_H_

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/text_out.h"

namespace flametrail {

class JsonWriter {
 public:
  explicit JsonWriter(TextSink sink) : out_(std::move(sink)) {}

  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  // REQUIRES: inside an object, and a value follows.
  void Key(std::string_view key);

  // Bytes that are not UTF-8 become U+FFFD.
  void Text(std::string_view text);
  void Signed(int64_t value);
  void Unsigned(uint64_t value);
  // Fixed notation, 15 digits behind the point below 10 and 6 above, no trailing zeros; NaN and infinities become null.
  void Number(double value);
  void Bool(bool value);
  void Null();

  template <typename T>
  void Value(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      Bool(value);
    } else if constexpr (std::is_floating_point_v<T>) {
      Number(value);
    } else if constexpr (std::is_signed_v<T>) {
      Signed(value);
    } else {
      Unsigned(value);
    }
  }
  template <typename T>
  void Field(std::string_view key, const T& value) {
    Key(key);
    if constexpr (std::is_arithmetic_v<T>) {
      Value(value);
    } else {
      Text(value);
    }
  }
  void BeginObject(std::string_view key) {
    Key(key);
    BeginObject();
  }
  void BeginArray(std::string_view key) {
    Key(key);
    BeginArray();
  }
  // Between documents, and behind the last.
  void NewLine() { out_ << "\n"; }

 private:
  void Separate();
  void Quote(std::string_view text);
  void Open(char bracket);
  void Close(char bracket);

  TextOut out_;
  std::vector<bool> has_items_;  // of the open brackets
  bool behind_key_ = false;
};

}  // namespace flametrail

#endif  // CORE_BASE_JSON_WRITER_H_
