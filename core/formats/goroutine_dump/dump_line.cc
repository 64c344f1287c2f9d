#include "core/formats/goroutine_dump/dump_line.h"

#include <algorithm>
#include <charconv>

namespace flametrail::goroutine_dump {
namespace {

constexpr std::string_view kGoroutine = "goroutine ";
constexpr size_t kMaxLabels = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && (IsBlank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Takes digits off the front; unset: none, or more than 64 bits.
std::optional<uint64_t> TakeNumber(std::string_view* text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc()) return std::nullopt;
  text->remove_prefix(static_cast<size_t>(end - text->data()));
  return value;
}

bool TakeSuffix(std::string_view* text, std::string_view suffix) {
  if (!text->ends_with(suffix)) return false;
  text->remove_suffix(suffix.size());
  return true;
}

// One of the words behind the state: "2 minutes", "locked to thread", "synctest bubble 1". False: no such word.
bool ReadNote(std::string_view note, Header* header) {
  if (note == "locked to thread") {
    header->is_locked_to_thread = true;
    return true;
  }
  if (note == "scan") {
    header->is_scanned = true;
    return true;
  }
  if (note.starts_with("synctest ")) {
    header->bubble = note;
    return true;
  }
  const auto minutes = TakeNumber(&note);
  if (!minutes || (note != " minutes" && note != " minute")) return false;
  header->wait_minutes = static_cast<uint32_t>(std::min<uint64_t>(*minutes, UINT32_MAX));
  return true;
}

void ReadStatus(std::string_view status, Header* header) {
  size_t comma = status.find(", ");
  header->state = status.substr(0, comma);
  while (comma != std::string_view::npos) {
    status.remove_prefix(comma + 2);
    comma = status.find(", ");
    // A reason of a later Go that has a comma in it stays part of the state.
    if (!ReadNote(status.substr(0, comma), header)) {
      const char* end = status.data() + (comma == std::string_view::npos ? status.size() : comma);
      header->state = {header->state.data(), static_cast<size_t>(end - header->state.data())};
    }
  }
  for (;;) {
    if (TakeSuffix(&header->state, " (scan)")) {
      header->is_scanned = true;
    } else if (TakeSuffix(&header->state, " (leaked)")) {
      header->is_leaked = true;
    } else if (!TakeSuffix(&header->state, " (durable)")) {
      return;
    }
  }
}

// {"key": "value", "key2": "value2"}, quoted or not, whatever stands before the brace.
void ReadLabels(std::string_view text, Header* header) {
  const size_t open = text.find('{');
  if (open == std::string_view::npos) return;
  text.remove_prefix(open + 1);
  const auto take = [&](std::string_view stops) {
    while (!text.empty() && (IsBlank(text.front()) || text.front() == ',')) text.remove_prefix(1);
    std::string word;
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    while (!text.empty() && (quoted ? text.front() != '"' : stops.find(text.front()) == std::string_view::npos)) {
      if (quoted && text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
      word += text.front();
      text.remove_prefix(1);
    }
    if (quoted && !text.empty()) text.remove_prefix(1);
    return word;
  };
  while (!text.empty() && text.front() != '}' && header->labels.size() < kMaxLabels) {
    std::string key = take(":}");
    if (!text.starts_with(':')) return;
    text.remove_prefix(1);
    header->labels.emplace_back(std::move(key), take(",}"));
    while (!text.empty() && (IsBlank(text.front()) || text.front() == ',')) text.remove_prefix(1);
  }
}

std::optional<Header> HeaderAt(std::string_view line, size_t begin) {
  std::string_view rest = Trim(line.substr(begin + kGoroutine.size()));
  Header header;
  header.begin = begin;
  const auto id = TakeNumber(&rest);
  // "]:" ends the line, or labels stand between the two.
  const size_t open = rest.find('[');
  if (!id || open == std::string_view::npos || !rest.ends_with(':') || !rest.starts_with(' ')) return std::nullopt;
  // Between number and state there are only words like gp=0xc0000a41c0.
  for (std::string_view words = Trim(rest.substr(0, open)); !words.empty();) {
    const size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end).find('=') == std::string_view::npos) return std::nullopt;
    words = Trim(words.substr(end));
  }
  const size_t close = rest.find(']', open);
  if (close == std::string_view::npos) return std::nullopt;
  header.id = *id;
  ReadStatus(rest.substr(open + 1, close - open - 1), &header);
  ReadLabels(rest.substr(close + 1), &header);
  return header;
}

CrashKind KindOfFatalError(std::string_view text) {
  if (text.starts_with("all goroutines are asleep")) return CrashKind::kDeadlock;
  if (text.starts_with("no goroutines (main called runtime.Goexit)")) return CrashKind::kDeadlock;
  if (text.starts_with("concurrent map ")) return CrashKind::kConcurrentMap;
  if (text.find("out of memory") != std::string_view::npos) return CrashKind::kOutOfMemory;
  if (text.starts_with("cannot allocate memory")) return CrashKind::kOutOfMemory;
  if (text.starts_with("stack overflow")) return CrashKind::kStackOverflow;
  return CrashKind::kFatalError;
}

}  // namespace

std::optional<Header> ParseHeader(std::string_view line) {
  for (size_t at = line.find(kGoroutine); at != std::string_view::npos; at = line.find(kGoroutine, at + 1)) {
    const bool begins_word = at == 0 || !((line[at - 1] | 0x20) >= 'a' && (line[at - 1] | 0x20) <= 'z');
    if (!begins_word) continue;
    if (auto header = HeaderAt(line, at)) return header;
    // Later places can only be in the same text again: one try a line keeps hostile lines linear.
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Call> ParseCall(std::string_view line) {
  line = Trim(line);
  if (!line.ends_with(')')) return std::nullopt;
  const size_t open = line.rfind('(');
  // Function names have no blanks but inside type arguments.
  if (open == std::string_view::npos || open == 0) return std::nullopt;
  const std::string_view name = line.substr(0, open);
  const size_t blank = name.find(' ');
  if (blank != std::string_view::npos && name.substr(0, blank).find('[') == std::string_view::npos) return std::nullopt;
  if (IsBlank(name.back())) return std::nullopt;
  return Call{name, line.substr(open + 1, line.size() - open - 2)};
}

std::optional<Place> ParsePlace(std::string_view line) {
  Place place;
  place.is_indented = line.starts_with('\t') || line.starts_with("    ");
  line = Trim(line);
  if (place.is_indented && line.starts_with("pc=0x")) return place;
  // The last colon with digits behind it: "C:\a b\x.go:12 +0x1f".
  for (size_t colon = line.rfind(':'); colon != std::string_view::npos && colon > 0;
       colon = line.rfind(':', colon - 1)) {
    std::string_view rest = line.substr(colon + 1);
    if (rest.empty() || !IsDigit(rest.front())) continue;
    const auto number = TakeNumber(&rest);
    if (!number || *number > INT64_MAX || !(rest.empty() || rest.front() == ' ')) continue;
    rest = Trim(rest);
    if (!rest.empty() && rest.find("0x") == std::string_view::npos) return std::nullopt;
    place.file = line.substr(0, colon);
    place.line = static_cast<int64_t>(*number);
    return place;
  }
  return std::nullopt;
}

std::optional<Creator> ParseCreator(std::string_view line) {
  constexpr std::string_view kCreatedBy = "created by ";
  constexpr std::string_view kIn = " in goroutine ";
  line = Trim(line);
  if (!line.starts_with(kCreatedBy)) return std::nullopt;
  Creator creator = {line.substr(kCreatedBy.size()), std::nullopt};
  const size_t in = creator.function.rfind(kIn);
  if (in != std::string_view::npos) {
    std::string_view number = creator.function.substr(in + kIn.size());
    creator.id = TakeNumber(&number);
    if (creator.id) creator.function = creator.function.substr(0, in);
  }
  return creator;
}

std::optional<uint64_t> ParseElided(std::string_view line) {
  line = Trim(line);
  if (!line.starts_with("...") || !TakeSuffix(&line, " frames elided...")) return std::nullopt;
  line.remove_prefix(3);
  const auto count = TakeNumber(&line);
  return count ? *count : DumpGoroutine::kElidedUnknown;
}

std::optional<CrashLine> ParseCrash(std::string_view line) {
  const auto behind = [&](std::string_view word) -> std::optional<std::string_view> {
    const size_t at = line.find(word);
    if (at == std::string_view::npos || (at > 0 && !IsBlank(line[at - 1]) && line[at - 1] != ']')) return std::nullopt;
    return Trim(line.substr(at + word.size()));
  };
  if (const auto text = behind("fatal error: ")) return CrashLine{KindOfFatalError(*text), *text};
  if (const auto text = behind("panic: ")) {
    return CrashLine{text->starts_with("test timed out after") ? CrashKind::kTestTimeout : CrashKind::kPanic, *text};
  }
  // SIGQUIT: quit; "[signal SIGSEGV: ...]" only explains the panic before it.
  if (line.find("[signal ") != std::string_view::npos) return std::nullopt;
  const size_t sig = line.find("SIG");
  if (sig == std::string_view::npos || (sig > 0 && !IsBlank(line[sig - 1]))) return std::nullopt;
  size_t end = sig;
  while (end < line.size() && line[end] >= 'A' && line[end] <= 'Z') ++end;
  if (end - sig < 5 || !line.substr(end).starts_with(": ")) return std::nullopt;
  return CrashLine{CrashKind::kSignal, Trim(line.substr(sig))};
}

}  // namespace flametrail::goroutine_dump
