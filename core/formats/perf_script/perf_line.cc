#include "core/formats/perf_script/perf_line.h"

#include <charconv>

#include "core/base/decimal.h"

namespace flametrail::perf_script {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr size_t kMaxFraction = 9;  // perf script --ns

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (!IsDigit(c)) return false;
  }
  return !text.empty();
}

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Takes the first word off `text`, with the blanks before it.
std::string_view TakeWord(std::string_view* text) {
  *text = TrimLeft(*text);
  const std::string_view word = text->substr(0, text->find_first_of(kBlanks));
  text->remove_prefix(word.size());
  return word;
}

// Takes the last word off `text`, with the blanks behind it.
std::string_view TakeLastWord(std::string_view* text) {
  *text = TrimRight(*text);
  const size_t blank = text->find_last_of(kBlanks);
  const std::string_view word = blank == std::string_view::npos ? *text : text->substr(blank + 1);
  text->remove_suffix(word.size());
  return word;
}

struct TimeField {
  size_t begin;
  size_t colon;
};

// The first " 1234.567890:".
std::optional<TimeField> FindTime(std::string_view line) {
  for (size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    size_t point = colon;
    while (point > 0 && IsDigit(line[point - 1])) --point;
    const size_t decimals = colon - point;
    if (decimals == 0 || decimals > kMaxFraction || point < 2 || line[point - 1] != '.') continue;
    size_t begin = --point;
    while (begin > 0 && IsDigit(line[begin - 1])) --begin;
    if (begin < point && begin > 0 && IsBlank(line[begin - 1])) return TimeField{begin, colon};
  }
  return std::nullopt;
}

// "1234" or "-1", or two of them with a slash between.
bool ParseThread(std::string_view word, Header* header) {
  const size_t slash = word.find('/');
  const std::string_view first = word.substr(0, slash);
  const std::string_view second = slash == std::string_view::npos ? std::string_view() : word.substr(slash + 1);
  const auto is_id = [](std::string_view text) { return AllDigits(text.starts_with('-') ? text.substr(1) : text); };
  if (!is_id(first) || (slash != std::string_view::npos && !is_id(second))) return false;
  header->pid = slash == std::string_view::npos ? std::string_view() : first;
  header->tid = slash == std::string_view::npos ? first : second;
  return true;
}

// Letters of -F misc: "K", "Ucp".
bool IsMisc(std::string_view word) {
  if (word.empty() || word.size() > 4) return false;
  for (const char c : word) {
    if (c < 'A' || (c > 'Z' && c < 'a') || c > 'z') return false;
  }
  return true;
}

// "COMM [PID/]TID [CPU] MISC"; true if there is a thread.
bool ParseOwner(std::string_view text, Header* header) {
  std::string_view rest = text;
  std::string_view word = TakeLastWord(&rest);
  if (IsMisc(word)) {
    std::string_view before = rest;
    const std::string_view other = TakeLastWord(&before);
    Header scratch;
    if (other.ends_with(']') || ParseThread(other, &scratch)) word = TakeLastWord(&rest);
  }
  if (word.size() > 2 && word.starts_with('[') && word.ends_with(']') && AllDigits(word.substr(1, word.size() - 2))) {
    header->cpu = word.substr(1, word.size() - 2);
    text = rest;
    word = TakeLastWord(&rest);
  }
  const bool has_thread = ParseThread(word, header);
  header->comm = TrimRight(TrimLeft(has_thread ? rest : text));
  return has_thread;
}

std::optional<int64_t> ParseInteger(std::string_view word) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

// "PERIOD EVENT: REST"
void ParseEvent(std::string_view text, Header* header) {
  std::string_view rest = text;
  std::string_view word = TakeWord(&rest);
  if (AllDigits(word)) {
    header->period = ParseInteger(word);
    if (header->period) text = rest;
    word = TakeWord(&rest);
  }
  header->is_record = word.starts_with("PERF_RECORD_");
  if (word.size() > 1 && word.ends_with(':')) {
    header->event = word.substr(0, word.size() - 1);
    text = rest;
  }
  header->rest = TrimRight(TrimLeft(text));
}

std::optional<Header> HeaderWithoutTime(std::string_view line) {
  if (line.empty() || IsBlank(line.front())) return std::nullopt;
  std::string_view rest = line;
  const std::string_view event = TakeLastWord(&rest);
  if (event.size() < 2 || !event.ends_with(':')) return std::nullopt;
  Header header;
  header.event = event.substr(0, event.size() - 1);
  std::string_view before = rest;
  const std::string_view word = TakeLastWord(&before);
  // "comm 12 34 cycles:" has a period, "comm 12 cycles:" has none.
  if (AllDigits(word) && ParseOwner(before, &header) && !header.comm.empty()) {
    header.period = ParseInteger(word);
    return header;
  }
  header.cpu = {};
  if (!ParseOwner(rest, &header) || header.comm.empty()) return std::nullopt;
  return header;
}

std::string_view WithoutOffset(std::string_view symbol) {
  const size_t plus = symbol.rfind("+0x");
  if (plus == std::string_view::npos || plus + 3 == symbol.size()) return symbol;
  for (const char c : symbol.substr(plus + 3)) {
    if (!IsHex(c)) return symbol;
  }
  return symbol.substr(0, plus);
}

// Takes a last "(DSO)" off the text, with what is behind it. Names of files may have brackets: "(/memfd:x (deleted))".
std::optional<std::string_view> TakeDso(std::string_view* text) {
  const size_t close = text->rfind(')');
  if (close == std::string_view::npos) return std::nullopt;
  size_t open = close;
  for (size_t depth = 1; depth > 0;) {
    if (open == 0) return std::nullopt;
    --open;
    if ((*text)[open] == ')') ++depth;
    if ((*text)[open] == '(') --depth;
  }
  if (open > 0 && !IsBlank((*text)[open - 1])) return std::nullopt;
  const std::string_view dso = text->substr(open + 1, close - open - 1);
  *text = TrimRight(text->substr(0, open));
  return dso;
}

std::optional<uint64_t> ParseAddress(std::string_view word) {
  if (word.starts_with("0x")) word.remove_prefix(2);
  uint64_t address = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), address, 16);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return address;
}

}  // namespace

std::optional<Header> ParseHeader(std::string_view line) {
  const std::optional<TimeField> time = FindTime(line);
  if (!time) return HeaderWithoutTime(line);
  Header header;
  if (const auto seconds = ParseDecimal(line.substr(time->begin, time->colon - time->begin))) {
    const WholeNumber nanos = ToWhole(*seconds, 9);
    if (!nanos.out_of_range) header.time_nanos = nanos.value;
  }
  ParseOwner(line.substr(0, time->begin), &header);
  ParseEvent(line.substr(time->colon + 1), &header);
  return header;
}

std::optional<Frame> ParseFrame(std::string_view line) {
  std::string_view rest = TrimRight(TrimLeft(line));
  Frame frame;
  std::string_view behind = rest;
  const std::optional<uint64_t> address = ParseAddress(TakeWord(&behind));
  if (address) {
    frame.address = *address;
    rest = TrimLeft(behind);
    if (rest.empty()) return std::nullopt;
  }
  const std::optional<std::string_view> dso = TakeDso(&rest);
  if (!address && (!dso || rest.empty())) return std::nullopt;
  frame.inlined = dso && *dso == "inlined";
  if (dso && !frame.inlined && *dso != "[unknown]") frame.dso = WithoutOffset(*dso);
  frame.symbol = WithoutOffset(rest);
  // "add (DSO)" without address; one with address and no symbol has two blanks: "add  (DSO)".
  if (address && rest.empty() && behind.size() > 1 && behind[1] == '(') {
    const std::string_view text = TrimLeft(line);
    frame.symbol = text.substr(0, text.find_first_of(kBlanks));
    frame.address = 0;
  }
  if (frame.symbol == "[unknown]") frame.symbol = {};
  return frame;
}

std::optional<SourceLine> ParseSourceLine(std::string_view line) {
  const std::string_view text = TrimRight(TrimLeft(line));
  if (text.ends_with(']') && text.find('[') != std::string_view::npos) return SourceLine{};
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || !AllDigits(text.substr(colon + 1))) return std::nullopt;
  return SourceLine{text.substr(0, colon), ParseInteger(text.substr(colon + 1)).value_or(0)};
}

}  // namespace flametrail::perf_script
