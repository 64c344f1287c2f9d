#include "core/formats/go_bench/bench_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace flametrail::go_bench {
namespace {

constexpr size_t kMaxNumberBytes = 64;
constexpr size_t kMaxMeasurements = 256;

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view TakeField(std::string_view* rest) {
  while (!rest->empty() && IsBlank(rest->front())) rest->remove_prefix(1);
  size_t end = 0;
  while (end < rest->size() && !IsBlank((*rest)[end])) ++end;
  const std::string_view field = rest->substr(0, end);
  rest->remove_prefix(end);
  return field;
}

std::optional<double> ParseNumber(std::string_view text) {
  constexpr std::string_view kCharacters = "0123456789+-.eE";
  if (text.empty() || text.size() > kMaxNumberBytes) return std::nullopt;
  if (text.find_first_not_of(kCharacters) != std::string_view::npos) return std::nullopt;
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

Line Broken(std::string_view why) {
  Line line;
  line.kind = LineKind::kBroken;
  line.why = why;
  return line;
}

Line ParseResult(std::string_view text) {
  constexpr std::string_view kBenchmark = "Benchmark";
  text.remove_prefix(kBenchmark.size());
  Line line;
  const size_t size = text.size();
  line.result.name = TakeField(&text);
  // `go test -v` announces a benchmark by its name alone.
  if (text.empty() && line.result.name.size() == size) return line;
  const std::string_view iterations = TakeField(&text);
  if (iterations.empty()) return Broken("the number of iterations is missing");
  const auto [end, error] =
      std::from_chars(iterations.data(), iterations.data() + iterations.size(), line.result.iterations);
  if (error != std::errc() || end != iterations.data() + iterations.size()) {
    return Broken("the number of iterations is no whole number");
  }
  for (;;) {
    const std::string_view number = TakeField(&text);
    if (number.empty()) break;
    const auto value = ParseNumber(number);
    if (!value) return Broken("a measurement is no number");
    const std::string_view unit = TakeField(&text);
    if (unit.empty()) return Broken("a measurement has no unit");
    if (line.result.measurements.size() == kMaxMeasurements) return Broken("too many measurements");
    auto [tidied, factor] = TidyUnit(unit);
    line.result.measurements.push_back({*value * factor, std::move(tidied)});
  }
  if (line.result.measurements.empty()) return Broken("there are no measurements");
  line.kind = LineKind::kResult;
  return line;
}

// "goos: linux": a key begins with a lower case letter and has neither blanks nor capitals.
Line ParseConfig(std::string_view text) {
  Line line;
  if (text.empty() || text[0] < 'a' || text[0] > 'z') return line;
  size_t colon = 0;
  while (colon < text.size() && text[colon] != ':') {
    if (IsBlank(text[colon]) || (text[colon] >= 'A' && text[colon] <= 'Z')) return line;
    ++colon;
  }
  if (colon == text.size()) return line;
  line.key = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  const size_t blanks = text.find_first_not_of(" \t");
  if (!text.empty() && blanks == 0) return line;
  line.setting = blanks == std::string_view::npos ? std::string_view() : text.substr(blanks);
  line.kind = LineKind::kConfig;
  return line;
}

}  // namespace

Line ParseLine(std::string_view line) { return line.starts_with("Benchmark") ? ParseResult(line) : ParseConfig(line); }

std::pair<std::string, double> TidyUnit(std::string_view unit) {
  if (unit == "ns/op") return {"sec/op", 1e-9};
  if (unit == "MB/s") return {"B/s", 1e6};
  std::string tidied;
  double factor = 1;
  bool denominator = false;
  while (!unit.empty()) {
    const size_t end = std::min(unit.find_first_of("*/-"), unit.size());
    const std::string_view word = unit.substr(0, end);
    if (!denominator && word == "ns") {
      tidied += "sec";
      factor /= 1e9;
    } else if (!denominator && word == "MB") {
      tidied += "B";
      factor *= 1e6;
    } else {
      tidied += word;
    }
    if (end == unit.size()) break;
    if (unit[end] != '-') denominator = unit[end] == '/';
    tidied += unit[end];
    unit.remove_prefix(end + 1);
  }
  return {tidied, factor};
}

}  // namespace flametrail::go_bench
