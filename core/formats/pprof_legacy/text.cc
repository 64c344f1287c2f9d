#include "core/formats/pprof_legacy/text.h"

#include <charconv>

namespace flametrail::legacy {
namespace {

constexpr size_t kQuotedBytes = 60;

template <typename T>
std::optional<T> Number(std::string_view text, int base) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool IsSpaceOrComment(std::string_view line) {
  const std::string_view trimmed = TrimSpace(line);
  return trimmed.empty() || trimmed.front() == '#';
}

bool IsMemoryMapSentinel(std::string_view line) {
  return line.find("--- Memory map: ---") != std::string_view::npos ||
         line.find("MAPPED_LIBRARIES:") != std::string_view::npos;
}

std::optional<int64_t> ParseDecimal(std::string_view text) {
  if (text.starts_with('+') && text.size() > 1 && IsDigit(text[1])) text.remove_prefix(1);
  return Number<int64_t>(text, 10);
}

std::optional<int64_t> ParseAnyBase(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text.front() == '0') {
    const char kind = static_cast<char>(text[1] | 0x20);
    base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
    text.remove_prefix(kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1);
  }
  const std::optional<uint64_t> magnitude = Number<uint64_t>(text, base);
  const uint64_t limit = (uint64_t{1} << 63) - (negative ? 0 : 1);
  if (!magnitude || *magnitude > limit) return std::nullopt;
  return static_cast<int64_t>(negative ? uint64_t{0} - *magnitude : *magnitude);
}

std::optional<uint64_t> ParseHex(std::string_view digits) { return Number<uint64_t>(digits, 16); }

bool ParseAddresses(std::string_view text, std::vector<uint64_t>* addresses) {
  addresses->clear();
  for (size_t at = text.find("0x"); at != std::string_view::npos; at = text.find("0x", at)) {
    Cursor cursor(text, at + 2);
    const std::string_view digits = cursor.TakeWhile(&IsLowerHex);
    at += 2 + digits.size();
    if (digits.empty()) continue;
    const std::optional<uint64_t> address = ParseHex(digits);
    if (!address) return false;
    addresses->push_back(*address);
  }
  return true;
}

std::string Quote(std::string_view line) {
  line = TrimSpace(line);
  if (line.size() <= kQuotedBytes) return std::string(line);
  return std::string(line.substr(0, kQuotedBytes)) + "...";
}

bool Cursor::Take(std::string_view word) {
  if (!rest().starts_with(word)) return false;
  at_ += word.size();
  return true;
}

std::string_view Cursor::SignedDigits() {
  const size_t begin = at_;
  Take("-");
  Digits();
  return text_.substr(begin, at_ - begin);
}

bool LineScanner::Next() {
  line_ = {};
  if (too_long_ || next_ >= text_.size()) {
    offset_ = text_.size();
    return false;
  }
  offset_ = next_;
  const size_t end = text_.find('\n', next_);
  has_newline_ = end != std::string_view::npos;
  line_ = text_.substr(next_, has_newline_ ? end - next_ : end);
  if (line_.size() >= limit_) {
    too_long_ = true;
    line_ = {};
    return false;
  }
  next_ = has_newline_ ? end + 1 : text_.size();
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  return true;
}

}  // namespace flametrail::legacy
