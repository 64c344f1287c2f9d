#include "core/formats/go_bench/bench_reader.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/units.h"
#include "core/formats/detect.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

// "goos=linux | Join/n=10-2 548882 1.188e-07 sec/op, 144 B/op"
std::string Show(const Result<Document>& result) {
  if (!result.ok()) return "error: " + result.error().text + "\n";
  const BenchResults& bench = *result->bench;
  std::string text;
  for (const BenchLine& line : bench.lines) {
    for (const auto& [key, setting] : bench.configs[line.config]) {
      text.append(bench.Text(key)).append("=").append(bench.Text(setting)).append(" ");
    }
    text.append("| ").append(bench.Text(line.name)).append(" ").append(std::to_string(line.iterations));
    for (uint32_t v = 0; v < line.value_count; ++v) {
      const BenchValue& value = bench.values[line.value_begin + v];
      text.append(v > 0 ? ", " : " ").append(FormatShortest(value.value)).append(" ").append(bench.Text(value.unit));
    }
    text += "\n";
  }
  return text;
}

Result<Document> Read(std::string_view text, size_t chunk = SIZE_MAX) {
  return testing::ReadWith(MakeGoBenchReader(), text, chunk);
}

TEST(GoBench, ReadsResultsWithWhatStandsBeforeThem) {
  EXPECT_EQ(Show(Read("goos: linux\n"
                      "pkg: example.com/a\n"
                      "BenchmarkJoin/n=10-2   \t  548882\t       118.8 ns/op\t 2.5 MB/s\t     144 B/op\t 3 MB-ns/x\n"
                      "some log: of the test\n"
                      "Upper: no key\n"
                      "BenchmarkAnnounced\n"
                      "PASS\n"
                      "ok  \texample.com/a\t1.2s\n"
                      "pkg: example.com/b\n"
                      "BenchmarkX 1 2 widgets\n")),
            "goos=linux pkg=example.com/a | Join/n=10-2 548882 1.188e-07 sec/op, 2.5e+06 B/s, 144 B/op, 0.003 B-sec/x\n"
            "goos=linux pkg=example.com/b | X 1 2 widgets\n");
}

TEST(GoBench, BrokenResultsAreCountedWithTheirReason) {
  const Result<Document> result = Read(
      "BenchmarkGood 1 2 ns/op\nBenchmarkNoNumber x 2 ns/op\nBenchmarkCut 1 2\n"
      "BenchmarkHuge 99999999999999999999 2 ns/op\nBenchmarkInf 1 1e999 ns/op\nBenchmark 7\n");
  EXPECT_EQ(Show(result), "| Good 1 2e-09 sec/op\n");
  EXPECT_EQ(
      testing::ShowFaults(*result),
      "5 x Records that break the rules of the format were left out. (the number of iterations is no whole number)\n");
}

TEST(GoBench, OutputOfGoTestJsonIsPutTogetherByPackage) {
  const std::string text =
      "{\"Action\":\"output\",\"Package\":\"a\",\"Output\":\"BenchmarkX-2 \\t\"}\n"
      "{\"Action\":\"output\",\"Package\":\"b\",\"Output\":\"BenchmarkY 5 6 ns/op\\n\"}\n"
      "{\"Action\":\"output\",\"Package\":\"a\",\"Test\":\"BenchmarkX\",\"Output\":\" 3 \\t 4 ns/op\\n\"}\n"
      "{\"Action\":\"pass\",\"Package\":\"a\"}\n";
  EXPECT_EQ(Show(Read(text)), "| Y 5 6.000000000000001e-09 sec/op\n| X-2 3 4e-09 sec/op\n");
  EXPECT_EQ(Show(Read(text, 3)), Show(Read(text)));
}

TEST(GoBench, ACutFileKeepsWholeLines) {
  const std::string text = "BenchmarkA 1 2 ns/op\nBenchmarkB 1 2 ns/op\n";
  for (size_t size = 21; size < text.size(); ++size) {
    const Result<Document> cut =
        testing::ReadWith(MakeGoBenchReader(), text.substr(0, size), SIZE_MAX, Error{Code::kTruncated, size, "cut"});
    EXPECT_EQ(Show(cut), "| A 1 2e-09 sec/op\n") << size;
    EXPECT_TRUE(cut->fault);
  }
}

TEST(GoBench, OtherTextIsRefused) {
  EXPECT_EQ(Show(Read("hello\n")),
            "error: wants results of go test -bench (\"BenchmarkX 100 12 ns/op\"), found none in 1 lines\n");
  EXPECT_TRUE(Detect(AsBytes("goos: linux\nBenchmarkX-2  \t 100\t 12 ns/op\n"), true).supported);
}

}  // namespace
}  // namespace flametrail
