// Any bytes for the reader of benchmark output, past detection, and for what compares benchmarks.
#include "core/analysis/bench/bench_tables.h"
#include "core/formats/go_bench/bench_reader.h"
#include "tests/fuzz/reader_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace flametrail;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Document> document = testing::ReadWith(MakeGoBenchReader(), text);
  const Result<Document> cut = testing::ReadWith(MakeGoBenchReader(), text, 1 + size % 13);
  if (document.ok() != cut.ok()) testing::ReportFuzz("chunks change the outcome");
  if (!document.ok()) return 0;
  if (document->bench->values.size() != cut->bench->values.size()) testing::ReportFuzz("chunks change the values");
  const BenchFile files[] = {{"a", &*document->bench}, {"b", &*cut->bench}};
  for (const BenchTable& table : CompareBenchmarks(files, {})) {
    for (const auto& row : table.cells) {
      if (row[0].has_value() != row[1].has_value()) testing::ReportFuzz("a file differs from itself");
      if (row[1]->comparison->is_significant) testing::ReportFuzz("a file is worse than itself");
    }
  }
  return 0;
}
