// Text in chunks becomes lines. UTF-8 (with or without a byte order mark) and whatever else has LF are passed as found;
// UTF-16 is told by its byte order mark and turned into UTF-8.
#ifndef CORE_IO_TEXT_LINES_H_
#define CORE_IO_TEXT_LINES_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/bytes.h"

namespace flametrail {

struct TextLine {
  std::string_view text;  // without its end (LF or CR LF)
  uint64_t offset = 0;    // of its first byte in the input
  uint64_t number = 1;    // counts from 1
  bool too_long = false;  // more than kMaxLineBytes: `text` is the beginning
  bool is_open = false;   // the last line, and no line end behind it
};

class TextLines {
 public:
  static constexpr size_t kMaxLineBytes = size_t{16} << 20;

  // `on_line` gets each line once; `text` is good during the call only.
  explicit TextLines(std::function<void(const TextLine&)> on_line) : on_line_(std::move(on_line)) {}

  void Append(Bytes chunk);
  // Hands over the last line, if no line end stands behind it.
  void Finish();
  uint64_t line_count() const { return number_ - 1; }

 private:
  enum class Encoding : uint8_t { kUnknown, kBytes, kUtf16Little, kUtf16Big };

  void ChooseEncoding();
  void Decode(Bytes bytes);
  void SplitBytes(Bytes bytes);
  void OnUnit(uint32_t unit);
  void FlushSurrogate();
  void Hold(std::string_view text);
  void EndLine(std::string_view rest, bool is_open);

  std::function<void(const TextLine&)> on_line_;
  Encoding encoding_ = Encoding::kUnknown;
  std::string head_;  // held back until the encoding is known
  std::string line_;  // the beginning of a line that a chunk's end cut
  bool too_long_ = false;
  uint64_t offset_ = 0;  // of the next byte to look at
  uint64_t line_offset_ = 0;
  uint64_t number_ = 1;
  uint32_t half_unit_ = kNoHalf;  // first byte of a UTF-16 unit
  uint32_t high_surrogate_ = 0;

  static constexpr uint32_t kNoHalf = 0x100;
};

}  // namespace flametrail

#endif  // CORE_IO_TEXT_LINES_H_
