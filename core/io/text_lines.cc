#include "core/io/text_lines.h"

#include <utility>

#include "core/base/utf8.h"

namespace flametrail {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kLittleMark = "\xFF\xFE";
constexpr std::string_view kBigMark = "\xFE\xFF";
constexpr uint32_t kReplacement = 0xFFFD;

}  // namespace

void TextLines::Append(Bytes chunk) {
  if (encoding_ != Encoding::kUnknown) return Decode(chunk);
  head_ += AsText(chunk);
  if (head_.size() >= kUtf8Mark.size()) ChooseEncoding();
}

void TextLines::ChooseEncoding() {
  if (head_.starts_with(kLittleMark)) {
    encoding_ = Encoding::kUtf16Little;
  } else if (head_.starts_with(kBigMark)) {
    encoding_ = Encoding::kUtf16Big;
  } else {
    encoding_ = Encoding::kBytes;
  }
  const bool has_mark = encoding_ != Encoding::kBytes || head_.starts_with(kUtf8Mark);
  const size_t mark = !has_mark ? 0 : encoding_ == Encoding::kBytes ? kUtf8Mark.size() : kLittleMark.size();
  offset_ = mark;
  line_offset_ = mark;
  const std::string head = std::exchange(head_, {});
  Decode(AsBytes(std::string_view(head).substr(mark)));
}

void TextLines::Decode(Bytes bytes) {
  if (encoding_ == Encoding::kBytes) return SplitBytes(bytes);
  for (const uint8_t byte : bytes) {
    ++offset_;
    if (half_unit_ == kNoHalf) {
      half_unit_ = byte;
      continue;
    }
    const uint32_t first = std::exchange(half_unit_, kNoHalf);
    OnUnit(encoding_ == Encoding::kUtf16Big ? first << 8 | byte : uint32_t{byte} << 8 | first);
  }
}

void TextLines::SplitBytes(Bytes bytes) {
  while (!bytes.empty()) {
    const std::string_view text = AsText(bytes);
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      offset_ += text.size();
      return Hold(text);
    }
    offset_ += end + 1;
    EndLine(text.substr(0, end), false);
    bytes = bytes.subspan(end + 1);
  }
}

void TextLines::OnUnit(uint32_t unit) {
  const bool low = unit >= 0xDC00 && unit < 0xE000;
  if (low && high_surrogate_ != 0) {
    std::string letter;
    AppendUtf8(0x10000 + ((std::exchange(high_surrogate_, 0) - 0xD800) << 10) + (unit - 0xDC00), &letter);
    return Hold(letter);
  }
  FlushSurrogate();
  if (unit >= 0xD800 && unit < 0xDC00) {
    high_surrogate_ = unit;
  } else if (unit == '\n') {
    EndLine({}, false);
  } else {
    std::string letter;
    AppendUtf8(low ? kReplacement : unit, &letter);
    Hold(letter);
  }
}

void TextLines::FlushSurrogate() {
  if (std::exchange(high_surrogate_, 0) == 0) return;
  std::string letter;
  AppendUtf8(kReplacement, &letter);
  Hold(letter);
}

void TextLines::Hold(std::string_view text) {
  const size_t room = kMaxLineBytes - line_.size();
  too_long_ |= text.size() > room;
  line_ += text.substr(0, room);
}

void TextLines::EndLine(std::string_view rest, bool is_open) {
  TextLine line;
  if (!line_.empty() || too_long_) {
    Hold(rest);
    line.text = line_;
  } else {
    too_long_ = rest.size() > kMaxLineBytes;
    line.text = rest.substr(0, kMaxLineBytes);
  }
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  line.offset = line_offset_;
  line.number = number_;
  line.too_long = too_long_;
  line.is_open = is_open;
  on_line_(line);
  line_.clear();
  too_long_ = false;
  line_offset_ = offset_;
  ++number_;
}

void TextLines::Finish() {
  if (encoding_ == Encoding::kUnknown) ChooseEncoding();
  if (std::exchange(half_unit_, kNoHalf) != kNoHalf) OnUnit(kReplacement);
  FlushSurrogate();
  if (!line_.empty() || too_long_) EndLine({}, true);
}

}  // namespace flametrail
