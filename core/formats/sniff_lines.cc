// Texts that are known by how a line begins.
#include "core/formats/sniff.h"

namespace flametrail::sniff {
namespace {

struct LineRow {
  Format format;
  std::string_view begin;
  std::string_view phrase;
};

// Of the first line; upper and lower case are the same.
constexpr LineRow kFirstLines[] = {
    {Format::kForeign, "<!doctype html", "an HTML page"},
    {Format::kForeign, "<html", "an HTML page"},
    {Format::kForeign, "<svg", "an SVG image"},
    {Format::kForeign, "<?xml", "an XML document"},
    {Format::kForeign, "<!doctype svg", "an SVG image"},
    {Format::kForeign, "# callgrind format", "a callgrind profile"},
    {Format::kForeign, "num     #instances", "a JVM class histogram (jmap -histo)"},
    {Format::kForeign, "version https://git-lfs.github.com/", "a Git LFS pointer (the file itself was not fetched)"},
    {Format::kForeign, "digraph ", "a graph in Graphviz form"},
    {Format::kForeign, "%!ps", "a PostScript document"},
    {Format::kForeign, "PeriodType:", "the text report of go tool pprof -raw"},
};

// Of any line in the head, exactly.
constexpr LineRow kAnyLines[] = {
    {Format::kForeign, "Showing nodes accounting for ", "a text report of go tool pprof"},
    {Format::kForeign, "Full thread dump ", "a JVM thread dump (jstack)"},
    {Format::kGoBench, "Benchmark", "output of go test -bench"},
    {Format::kGcTrace, "gc ", "a log with GODEBUG=gctrace=1"},
    {Format::kGcTrace, "SCHED ", "a log with GODEBUG=schedtrace"},
};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool BeginsAnyCase(std::string_view line, std::string_view begin) {
  if (line.size() < begin.size()) return false;
  for (size_t i = 0; i < begin.size(); ++i) {
    if (Lower(line[i]) != Lower(begin[i])) return false;
  }
  return true;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// What more a line must have than its beginning.
bool Confirms(const LineRow& row, std::string_view line) {
  if (row.begin == "Benchmark") return line.find(" ns/op") != std::string_view::npos;
  // "gc 7 @0.123s 4%: ..."
  if (row.begin == "gc ") return line.size() > 3 && IsDigit(line[3]) && line.find(" @") != std::string_view::npos;
  // "SCHED 1009ms: gomaxprocs=2 ..."
  if (row.begin == "SCHED ") return line.find("ms: gomaxprocs=") != std::string_view::npos;
  return true;
}

}  // namespace

MaybeGuess LineSignature(const Head& head) {
  const auto lines = WholeLines(head);
  if (!lines) return std::nullopt;
  std::string_view rest = *lines;
  const size_t begin = rest.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return std::nullopt;
  rest.remove_prefix(begin);
  for (const LineRow& row : kFirstLines) {
    if (!BeginsAnyCase(rest, row.begin)) continue;
    const bool svg = row.begin == "<?xml" && rest.find("<svg") != std::string_view::npos;
    return Guess{row.format, svg ? "an SVG image" : std::string(row.phrase)};
  }
  while (!rest.empty()) {
    const std::string_view line = TakeLine(&rest);
    for (const LineRow& row : kAnyLines) {
      if (line.starts_with(row.begin) && Confirms(row, line)) return Guess{row.format, std::string(row.phrase)};
    }
  }
  return std::nullopt;
}

}  // namespace flametrail::sniff
