#include "core/formats/folded/folded_line.h"
#include "core/formats/goroutine_dump/dump_line.h"
#include "core/formats/perf_script/perf_line.h"
#include "core/formats/sniff.h"
#include "core/io/text_lines.h"

namespace flametrail::sniff {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
// Text in a one-byte encoding has letters above 0x7F, but not mostly.
constexpr size_t kMinAsciiPercent = 70;
constexpr size_t kQuotedBytes = 40;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

size_t CountDigits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  return count;
}

// The first line that is not blank.
std::string_view FirstLine(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = TakeLine(&text);
    if (!TrimLeft(line).empty()) return line;
  }
  return {};
}

}  // namespace

std::string_view TakeLine(std::string_view* text) {
  const size_t end = text->find('\n');
  std::string_view line = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::string_view> PlainText(const Head& head) {
  std::string_view text = head.raw();
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  size_t ascii = 0;
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    // Tab, LF, FF, CR and ESC (coloured logs) occur in text, other control characters do not.
    const bool control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\f' && byte != '\r' && byte != 0x1B;
    if (control || byte == 0x7F) return std::nullopt;
    ascii += byte < 0x80;
  }
  if (ascii * 100 < text.size() * kMinAsciiPercent) return std::nullopt;
  return text;
}

std::optional<std::string_view> WholeLines(const Head& head) {
  auto text = PlainText(head);
  if (text && !head.whole) {
    const size_t end = text->rfind('\n');
    if (end != std::string_view::npos) *text = text->substr(0, end + 1);
  }
  return text;
}

MaybeGuess Utf16(const Head& head) {
  const std::string_view raw = head.raw();
  if (!raw.starts_with("\xFF\xFE") && !raw.starts_with("\xFE\xFF")) return std::nullopt;
  // PowerShell writes it. The readers of lines understand it, so they are asked about the same text in UTF-8.
  std::string text;
  TextLines lines([&](const TextLine& line) { text.append(line.text).append(line.is_open ? "" : "\n"); });
  lines.Append(head.bytes);
  lines.Finish();
  const Head decoded = {AsBytes(text), head.whole};
  for (const auto ask : {&GoroutineText, &PerfScript, &Folded}) {
    if (MaybeGuess guess = ask(decoded)) return Guess{guess->format, guess->phrase + " in UTF-16"};
  }
  return Guess{Format::kForeign, "text in UTF-16"};
}

MaybeGuess LegacyText(const Head& head) {
  const auto text = PlainText(head);
  if (!text) return std::nullopt;
  struct Row {
    std::string_view begin;
    std::string_view phrase;
  };
  constexpr Row kRows[] = {
      {"heap profile:", "a heap profile in text form (debug=1 or gperftools)"},
      {"--- heapz ", "a Java heap profile in text form"},
      {"--- contentionz ", "a contention profile in text form"},
      {"--- contention:", "a block profile in text form (debug=1)"},
      {"--- mutex:", "a mutex profile in text form (debug=1)"},
      {"--- threadz ", "a thread profile in text form"},
      {"--- Thread ", "a thread profile in text form"},
  };
  const std::string_view line = TrimLeft(FirstLine(*text));
  for (const Row& row : kRows) {
    if (line.starts_with(row.begin)) return Guess{Format::kPprofLegacyText, std::string(row.phrase)};
  }
  // "goroutine profile: total 33": one word, which names what is counted.
  constexpr std::string_view kTotal = " profile: total ";
  const size_t at = line.find(kTotal);
  const std::string_view name = line.substr(0, at);
  if (at == std::string_view::npos || at == 0 || name.find(' ') != std::string_view::npos) return std::nullopt;
  if (CountDigits(line.substr(at + kTotal.size())) == 0) return std::nullopt;
  return Guess{Format::kPprofLegacyText, "a " + std::string(name) + " profile in text form (debug=1)"};
}

// "goroutine 18 [select, 2 minutes]:", also behind what a log puts before its lines. Not in a page that talks of dumps.
MaybeGuess GoroutineText(const Head& head) {
  const auto lines = WholeLines(head);
  if (!lines || TrimLeft(FirstLine(*lines)).starts_with('<')) return std::nullopt;
  std::string_view rest = *lines;
  const bool crash = [first = FirstLine(rest)] {
    return first.starts_with("panic: ") || first.starts_with("fatal error: ") ||
           first.starts_with("runtime: goroutine stack exceeds");
  }();
  while (!rest.empty()) {
    if (!goroutine_dump::ParseHeader(TakeLine(&rest))) continue;
    return Guess{Format::kGoroutineText, crash ? "the text of a Go crash" : "a Go goroutine dump"};
  }
  if (crash) return Guess{Format::kGoroutineText, "the text of a Go crash"};
  return std::nullopt;
}

namespace {

// A header that says so by its time or its event, and a frame that says so by its dso: "12 ab (cd)" occurs in other
// texts.
bool IsPerfFrame(std::string_view line) {
  const auto frame = perf_script::ParseFrame(line);
  return frame && line.ends_with(')') && (frame->inlined || !frame->dso.empty() || line.ends_with("([unknown])"));
}

}  // namespace

MaybeGuess PerfScript(const Head& head) {
  const auto lines = WholeLines(head);
  if (!lines) return std::nullopt;
  std::string_view rest = *lines;
  bool header = false;
  while (!rest.empty()) {
    const std::string_view line = TrimRight(TakeLine(&rest));
    if (header && IsPerfFrame(line)) return Guess{Format::kPerfScript, "output of perf script"};
    const auto parsed = line.starts_with('#') ? std::nullopt : perf_script::ParseHeader(line);
    header = parsed && !parsed->event.empty();
    // Without call chains the frame stands on the same line.
    if (header && parsed->time_nanos && !parsed->tid.empty() && IsPerfFrame(parsed->rest)) {
      return Guess{Format::kPerfScript, "output of perf script"};
    }
  }
  return std::nullopt;
}

namespace {

enum class FoldedLine : uint8_t { kNo, kOneFrame, kStack };

// "main;run;read 3": frames joined by ";", a blank, a count.
FoldedLine ClassifyFolded(std::string_view line) {
  const auto parsed = folded::ParseLine(line);
  if (!parsed || parsed->stack.empty()) return FoldedLine::kNo;
  return parsed->stack.find(';') == std::string_view::npos ? FoldedLine::kOneFrame : FoldedLine::kStack;
}

}  // namespace

MaybeGuess Folded(const Head& head) {
  const auto lines = WholeLines(head);
  if (!lines) return std::nullopt;
  std::string_view rest = *lines;
  size_t stacks = 0;
  size_t single = 0;
  size_t other = 0;
  while (!rest.empty()) {
    const std::string_view line = TakeLine(&rest);
    if (TrimLeft(line).empty() || folded::IsComment(line)) continue;
    const FoldedLine kind = ClassifyFolded(line);
    stacks += kind == FoldedLine::kStack;
    single += kind == FoldedLine::kOneFrame;
    other += kind == FoldedLine::kNo;
  }
  // A few damaged lines do not make it another format; a list of words and numbers without any stack is no profile.
  if (stacks == 0 || other * 5 > stacks + single) return std::nullopt;
  return Guess{Format::kFolded, "folded stacks"};
}

MaybeGuess Text(const Head& head) {
  const auto text = PlainText(head);
  if (!text) return std::nullopt;
  const std::string_view line = TrimLeft(FirstLine(*text));
  if (line.empty()) return Guess{Format::kForeign, "blank text"};
  size_t kept = 0;
  while (kept < line.size() && kept < kQuotedBytes && static_cast<uint8_t>(line[kept]) >= 0x20 &&
         static_cast<uint8_t>(line[kept]) < 0x7F) {
    ++kept;
  }
  // Saved error pages are common ("404 page not found"): the beginning tells the person what they have.
  if (kept < 3) return Guess{Format::kForeign, "text"};
  const std::string_view more = kept < line.size() ? "..."sv : ""sv;
  return Guess{Format::kForeign, "text that begins \"" + std::string(line.substr(0, kept)) + std::string(more) + "\""};
}

}  // namespace flametrail::sniff
