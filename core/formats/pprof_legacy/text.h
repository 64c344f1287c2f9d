// Small pieces that the text readers share: what Go's strings, strconv and bufio do with a line.
#ifndef CORE_FORMATS_PPROF_LEGACY_TEXT_H_
#define CORE_FORMATS_PPROF_LEGACY_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flametrail::legacy {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsLowerHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); }
constexpr bool IsHex(char c) { return IsLowerHex(c) || (c >= 'A' && c <= 'F'); }
constexpr bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// \s of Go's regular expressions: without the vertical tab.
constexpr bool IsRegexpSpace(char c) { return IsSpace(c) && c != '\v'; }

std::string_view TrimSpace(std::string_view text);
bool IsSpaceOrComment(std::string_view line);
// The line behind which a memory map follows.
bool IsMemoryMapSentinel(std::string_view line);

// strconv.ParseInt base 10: an optional sign, digits, nothing else.
std::optional<int64_t> ParseDecimal(std::string_view text);
// strconv.ParseInt base 0: "0x" is hexadecimal, "0", "0o" octal, "0b" binary.
std::optional<int64_t> ParseAnyBase(std::string_view text);
// Hexadecimal digits without "0x".
std::optional<uint64_t> ParseHex(std::string_view digits);

// Every "0x..." in `text`; false: one of them has more than 64 bits.
bool ParseAddresses(std::string_view text, std::vector<uint64_t>* addresses);

// The beginning of a line, for messages.
std::string Quote(std::string_view line);

// Reads one line from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text, size_t at = 0) : text_(text), at_(at) {}

  bool Take(std::string_view word);
  void SkipBlanks() {
    TakeWhile([](char c) { return c == ' '; });
  }
  std::string_view Digits() { return TakeWhile(&IsDigit); }
  std::string_view SignedDigits();
  std::string_view Spaces() { return TakeWhile(&IsRegexpSpace); }
  std::string_view Word() {
    return TakeWhile([](char c) { return !IsRegexpSpace(c); });
  }
  template <typename Accept>
  std::string_view TakeWhile(Accept accept) {
    const size_t begin = at_;
    while (at_ < text_.size() && accept(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  std::string_view rest() const { return text_.substr(at_); }
  bool AtEnd() const { return at_ == text_.size(); }

 private:
  std::string_view text_;
  size_t at_;
};

// Lines of a text, without their ends (LF or CR LF).
class LineScanner {
 public:
  // Lines may have fewer than `limit` bytes: longer ones end the reading.
  LineScanner(std::string_view text, size_t begin, size_t limit) : text_(text), limit_(limit), next_(begin) {}

  // False: the end, or a line that is too long; line() is empty then.
  bool Next();
  // Goes on at this byte of the text.
  void SkipTo(size_t at) { next_ = at; }
  std::string_view line() const { return line_; }
  uint64_t offset() const { return offset_; }
  bool has_newline() const { return has_newline_; }
  bool too_long() const { return too_long_; }

 private:
  std::string_view text_;
  size_t limit_;
  size_t next_;
  std::string_view line_;
  uint64_t offset_ = 0;
  bool has_newline_ = false;
  bool too_long_ = false;
};

// What bufio.Scanner refuses.
inline constexpr size_t kGoLineLimit = size_t{64} << 10;

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_TEXT_H_
