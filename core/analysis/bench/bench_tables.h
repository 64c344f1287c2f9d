// Benchmarks of one or more files side by side, the first being the base: what benchstat shows.
#ifndef CORE_ANALYSIS_BENCH_BENCH_TABLES_H_
#define CORE_ANALYSIS_BENCH_BENCH_TABLES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/bench.h"

namespace flametrail {

struct BenchOptions {
  double confidence = 0.95;
  double alpha = 0.05;
};

struct BenchFile {
  std::string label;  // two files with one label are one column
  const BenchResults* results = nullptr;
};

struct BenchCell {
  std::vector<double> values;  // ascending
  double center = 0;           // median
  double low = 0;              // interval of the median; infinite: too few values
  double high = 0;
  // Against the first column, where that has the row too.
  struct Comparison {
    size_t base_count = 0;
    double base_center = 0;
    double p = 1;
    bool all_equal = false;  // no test: every value of both is the same
    bool is_significant = false;
  };
  std::optional<Comparison> comparison;
};

struct BenchSummary {
  std::optional<double> geomean;  // nothing: a center is not above 0
  // Of center / base; nothing: of a column that is the base, or a base is 0, or a ratio is not above 0.
  std::optional<double> ratio;
  bool ratio_needs_positive = false;  // nothing, because a ratio is 0
  bool set_differs = false;           // another set of benchmarks than the base
};

struct BenchTable {
  std::vector<std::pair<std::string, std::string>> config;  // goos: linux
  std::string unit;                                         // "sec/op"
  std::vector<std::string> rows;                            // names in the order of their first appearance
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<BenchCell>>> cells;  // [row][column]
  std::vector<BenchSummary> summaries;                       // by column
};

// By configuration and unit, both in the order of their first appearance.
std::vector<BenchTable> CompareBenchmarks(std::span<const BenchFile> files, const BenchOptions& options);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_BENCH_BENCH_TABLES_H_
