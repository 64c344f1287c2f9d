// Results of `go test -bench`: one row a line, as printed. Source of the format:
// golang.org/design/14313-benchmark-format.
#ifndef CORE_MODEL_BENCH_H_
#define CORE_MODEL_BENCH_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/string_pool.h"

namespace flametrail {

struct BenchValue {
  double value = 0;  // in base units: seconds, bytes
  StringId unit;     // "sec/op", "B/s", "allocs/op"
};

struct BenchLine {
  StringId name;             // without "Benchmark": "Join/n=10-2"
  uint32_t config = 0;       // into BenchResults::configs
  uint64_t iterations = 0;   //
  uint32_t value_begin = 0;  // into BenchResults::values
  uint32_t value_count = 0;
};

// Lines like "goos: linux" that stand before a result, in the order of their first appearance.
using BenchConfig = std::vector<std::pair<StringId, StringId>>;

struct BenchResults {
  StringPool strings;
  std::vector<BenchLine> lines;
  std::vector<BenchValue> values;
  std::vector<BenchConfig> configs;

  std::string_view Text(StringId id) const { return strings.View(id); }
};

}  // namespace flametrail

#endif  // CORE_MODEL_BENCH_H_
