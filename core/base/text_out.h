#ifndef CORE_BASE_TEXT_OUT_H_
#define CORE_BASE_TEXT_OUT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace flametrail {

// Takes text piece by piece.
using TextSink = std::function<void(std::string_view)>;

// Collects small texts for a sink, so that a report of gigabytes is never in memory. Flushed when it goes.
class TextOut {
 public:
  explicit TextOut(TextSink sink) : sink_(std::move(sink)) {}
  ~TextOut() { Flush(); }
  TextOut(const TextOut&) = delete;
  TextOut& operator=(const TextOut&) = delete;

  TextOut& operator<<(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() >= kFlushBytes) Flush();
    return *this;
  }
  TextOut& Number(uint64_t value);
  // Right-aligned in `width` columns, counted in code points as Go's fmt does.
  TextOut& Right(std::string_view text, size_t width);
  // Left-aligned.
  TextOut& Left(std::string_view text, size_t width);

 private:
  static constexpr size_t kFlushBytes = size_t{1} << 16;

  void Flush() {
    if (!buffer_.empty()) sink_(buffer_);
    buffer_.clear();
  }

  TextSink sink_;
  std::string buffer_;
};

// Lower case, "0x" in front, no padding.
std::string Hex(uint64_t value);

}  // namespace flametrail

#endif  // CORE_BASE_TEXT_OUT_H_
