// One line of benchmark output: the rules of golang.org/x/perf benchfmt and benchunit.
#ifndef CORE_FORMATS_GO_BENCH_BENCH_LINE_H_
#define CORE_FORMATS_GO_BENCH_BENCH_LINE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flametrail::go_bench {

struct Measurement {
  double value;
  std::string unit;  // tidied
};

struct ResultLine {
  std::string_view name;
  uint64_t iterations = 0;
  std::vector<Measurement> measurements;
};

enum class LineKind : uint8_t { kOther, kResult, kBroken, kConfig };

struct Line {
  LineKind kind = LineKind::kOther;
  ResultLine result;         // kResult
  std::string_view why;      // kBroken: what is wrong with a line that begins like a result
  std::string_view key;      // kConfig
  std::string_view setting;  // kConfig; empty takes the key away
};
Line ParseLine(std::string_view line);

// "ns/op" is sec/op times 1e-9, "MB/s" is B/s times 1e6: numerators only.
std::pair<std::string, double> TidyUnit(std::string_view unit);

}  // namespace flametrail::go_bench

#endif  // CORE_FORMATS_GO_BENCH_BENCH_LINE_H_
