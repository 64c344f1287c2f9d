// A profile of any format, written as pprof and read back, gives the same reports; so does one that was merged.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/pprof_flags.h"
#include "core/session/session.h"
#include "tests/core/support/files.h"
#include "tests/core/support/open.h"

namespace flametrail {
namespace {

using Report = std::vector<std::string>;

const std::vector<Report> kReports = {{"-top", "-nodefraction=0"},
                                      {"-top", "-cum", "-lines"},
                                      {"-tree"},
                                      {"-peek=."},
                                      {"-traces"},
                                      {"-tags"},
                                      {"-raw"},
                                      {"-dot"},
                                      {"-comments"}};

std::unique_ptr<Session> Open(const std::string& bytes) {
  testing::Opened opened = testing::OpenInChunks(bytes, [] { return size_t{1} << 20; });
  if (!opened.finished.ok()) return nullptr;
  return std::move(opened.session);
}

std::string Ask(Session& session, Report args) {
  args.emplace_back("none");
  const Result<PprofRequest> request = ParsePprofFlags(args);
  EXPECT_TRUE(request.ok());
  std::string text;
  std::vector<std::string> warnings;
  const Status status = session.WriteReport(
      request->report, [&](std::string_view part) { text += part; }, &warnings);
  return status.ok() ? text : "error: " + status.error().text;
}

void ExpectSameReports(const std::string& name, Session& session) {
  std::unique_ptr<Session> again = Open(Ask(session, {"-proto"}));
  ASSERT_NE(again, nullptr) << name;
  // A number 0 without a unit is nothing in profile.proto: pprof's own -proto loses such a label, and so must ours.
  const bool has_zero_label = Ask(session, {"-raw"}).find(":[0]") != std::string::npos;
  for (const Report& report : kReports) {
    if (has_zero_label && (report[0] == "-raw" || report[0] == "-tags" || report[0] == "-traces")) continue;
    const std::string before = Ask(session, report);
    EXPECT_TRUE(Ask(*again, report) == before) << name << " " << report[0] << "\n" << before.substr(0, 500);
  }
}

void ExpectSameReports(const std::string& name, const std::string& bytes) {
  const std::unique_ptr<Session> session = Open(bytes);
  ASSERT_NE(session, nullptr) << name;
  ExpectSameReports(name, *session);
}

TEST(RoundTripTest, TextFormats) {
  ExpectSameReports("folded", "main;run;read 3\nmain;run_[j];copy_[i] 1\nmain;run;read 2\nidle 5\n");
  ExpectSameReports("folded diff", "main;a 1 4\nmain;b 0 2\n");
  ExpectSameReports(
      "perf script",
      "prog 12/13 100.5: 250000 cycles:\n\t  401000 f+0x10 (/bin/prog)\n\t  402000 main+0x5 (/bin/prog)\n\n"
      "prog 12/14 100.6: 250000 cycles:\n\t  401000 f+0x10 (/bin/prog)\n\n");
  ExpectSameReports(
      "speedscope",
      R"({"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"a"},)"
      R"({"name":"b","file":"b.go","line":7}]},"profiles":[{"type":"sampled","name":"p","unit":"none",)"
      R"("startValue":0,"endValue":3,"samples":[[0,1],[0]],"weights":[1,2]}]})");
  ExpectSameReports(
      "heap",
      "heap profile: 3: 96 [5: 160] @ heap/1048576\n2: 64 [3: 96] @ 0x401 0x501\n#\t0x400\tmain.f+0x0\ta.go:7\n\n"
      "1: 32 [2: 64] @ 0x601\n\n# runtime.MemStats\n# Alloc = 7\n");
  ExpectSameReports(
      "goroutine",
      "goroutine profile: total 2\n1 @ 0x401 0x501\n# labels: {\"a\":\"b\"}\n#\t0x400\tmain.f+0x0\ta.go:7\n\n1 @ "
      "0x601\n");
  ExpectSameReports(
      "mutex",
      "--- mutex:\ncycles/second=2000000000\nsampling period=1\n1000 3 @ 0x401 0x501\n#\t0x400\tmain.f+0x0\ta.go:7"
      "\n\n");
  ExpectSameReports(
      "threadz",
      "--- threadz 1 ---\n\n--- Thread 7f79 (name: main/14) stack: ---\n  PC: 0x00bc8f1c: f\n  0x40be31: main\n"
      "--- Memory map: ---\n  400000-fcb000: /bin/x\n");
  ExpectSameReports(
      "java heap",
      "--- heapz 1 ---\nformat = java\nresolution = bytes\n  7048 1 @ 0x3 0x4\n\n 0x3 a.b.C.run (C.java:7)\n 0x4 f "
      "(/x/l.so)\n");
}

TEST(RoundTripTest, CorpusFiles) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  std::map<std::string, int> formats;
  for (const char* folder : {"/dumps", "/third_party/pprof-profile", "/third_party/pprof-driver-golden", "/profiles"}) {
    int files = 0;
    for (const std::string& file : testing::ListFiles(*corpus + folder)) {
      // Of the many profiles of one format every eighth.
      if (std::string_view(folder) == "/profiles" && files++ % 8 != 0) continue;
      const std::unique_ptr<Session> session = Open(testing::ReadFile(*corpus + folder + "/" + file));
      if (!session || session->trace() != nullptr || session->summary().sample_types.empty()) continue;
      if (session->summary().samples > 20000) continue;
      ++formats[session->summary().format];
      ExpectSameReports(file, *session);
    }
  }
  for (const auto& [format, count] : formats) std::printf("round trip: %d x %s\n", count, format.c_str());
  EXPECT_GE(formats.size(), 3u);
}

TEST(RoundTripTest, MergedProfiles) {
  std::vector<std::unique_ptr<Session>> sources;
  std::vector<std::unique_ptr<Session>> bases;
  sources.push_back(Open("main;run 3\nmain;idle 1\n"));
  sources.push_back(Open("main;run 2\nother 7\n"));
  bases.push_back(Open("main;run 4\nmain;gone 1\n"));
  for (const bool is_diff : {false, true}) {
    if (is_diff) {
      sources.clear();
      bases.clear();
      sources.push_back(Open("main;run 3\n"));
      bases.push_back(Open("main;run 4\nmain;gone 1\n"));
    }
    CombineOptions options;
    options.is_diff = is_diff;
    Result<std::unique_ptr<Session>> combined = Session::Combine(sources, bases, options);
    ASSERT_TRUE(combined.ok());
    ExpectSameReports(is_diff ? "diff_base" : "base", **combined);
  }
}

}  // namespace
}  // namespace flametrail
