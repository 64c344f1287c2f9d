#include <initializer_list>

#include "core/formats/sniff.h"

namespace flametrail::sniff {
namespace {

struct JsonRow {
  Format format;
  // All of these are in the head.
  std::initializer_list<std::string_view> marks;
  std::string_view phrase;
};

bool HasAll(std::string_view text, std::initializer_list<std::string_view> marks) {
  for (std::string_view mark : marks) {
    if (text.find(mark) == std::string_view::npos) return false;
  }
  return true;
}

// Keys are looked for as text: at 64 KiB of a larger document there is nothing to parse as a whole.
MaybeGuess KnownJson(std::string_view text) {
  const JsonRow rows[] = {
      {Format::kSpeedscope, {"speedscope.app/file-format-schema.json"}, "a speedscope profile (JSON)"},
      {Format::kSpeedscope, {"\"shared\"", "\"frames\"", "\"profiles\""}, "a speedscope profile (JSON)"},
      {Format::kGoVars, {"\"memstats\"", "\"cmdline\""}, "Go's exported variables (expvar JSON)"},
      {Format::kGoBench, {"\"Action\":", "\"Package\":"}, "test output of Go (go test -json)"},
      {Format::kForeign, {"\"traceEvents\""}, "a Chrome trace (JSON)"},
      {Format::kForeign, {"\"ph\":", "\"ts\":"}, "a Chrome trace (JSON)"},
      {Format::kForeign, {"\"callFrame\"", "\"selfSize\""}, "a Chrome heap profile (.heapprofile)"},
      {Format::kForeign, {"\"callFrame\"", "\"nodes\""}, "a Chrome CPU profile (.cpuprofile)"},
      {Format::kForeign, {"\"preprocessedProfileVersion\""}, "a Firefox profile (JSON)"},
      {Format::kForeign, {"\"snapshot\"", "\"node_fields\""}, "a Chrome heap snapshot (JSON)"},
  };
  for (const JsonRow& row : rows) {
    if (HasAll(text, row.marks)) return Guess{row.format, std::string(row.phrase)};
  }
  return std::nullopt;
}

}  // namespace

MaybeGuess Json(const Head& head) {
  const auto text = PlainText(head);
  if (!text) return std::nullopt;
  const std::string_view blanks = " \t\r\n";
  const size_t open = text->find_first_not_of(blanks);
  if (open == std::string_view::npos) return std::nullopt;
  const std::string_view first = text->substr(open);
  if (first.front() != '{' && first.front() != '[') return std::nullopt;
  const size_t inner = first.find_first_not_of(blanks, 1);
  // Not numbers: log lines begin "[0.004s]".
  const std::string_view starts = first.front() == '{' ? "\"}" : "\"]{[";
  if (inner != std::string_view::npos && starts.find(first[inner]) == std::string_view::npos) return std::nullopt;
  if (auto known = KnownJson(first)) return known;
  return Guess{Format::kForeign, "a JSON document"};
}

}  // namespace flametrail::sniff
