// What the native command tells of benchmarks: `flametrail bench OLD NEW`.
#ifndef CORE_SESSION_BENCH_REPORT_H_
#define CORE_SESSION_BENCH_REPORT_H_

#include <span>
#include <string>
#include <vector>

#include "core/analysis/bench/bench_tables.h"
#include "core/base/result.h"
#include "core/base/text_out.h"
#include "core/session/session.h"

namespace flametrail {

enum class BenchFormat : uint8_t {
  kText,  // as benchstat prints it, byte for byte
  kCsv,   // as benchstat -format=csv
  kJson,
};

// "sec/op:+10%": a row fails whose center grew by more, if the difference is significant; "B/s:-5%": that fell by more.
struct BenchGate {
  std::string unit;
  double percent = 0;
};
Result<BenchGate> ParseBenchGate(std::string_view text);

struct BenchReportOptions {
  BenchOptions statistics;
  BenchFormat format = BenchFormat::kText;
  std::vector<BenchGate> gates;
};

// The tables alone, as JSON. An Error kUnsupported: a file has no benchmarks.
Status WriteBenchJson(std::span<const Session* const> sessions, std::span<const std::string> labels,
                      const TextSink& sink);
// Errors: kUnsupported, a file has no benchmarks. `failures`: one sentence for each row that a gate stops.
Status WriteBench(std::span<const Session* const> sessions, std::span<const std::string> labels,
                  const BenchReportOptions& options, const TextSink& sink, std::vector<std::string>* failures);

}  // namespace flametrail

#endif  // CORE_SESSION_BENCH_REPORT_H_
