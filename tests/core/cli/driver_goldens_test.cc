// google/pprof's own driver test: its profiles, options and expected texts (corpus/third_party/pprof-driver-golden).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/command.h"
#include "core/cli/pprof_flags.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"
#include "tests/core/support/open.h"

namespace flametrail {
namespace {

using testing::Json;

std::vector<std::string> SplitCommas(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// What keeps a case out; empty: nothing.
std::string WhyOut(const std::vector<std::string>& flags) {
  struct Row {
    std::string_view flag, why;
  };
  constexpr Row kRows[] = {
      {"tags", "the layout of a later pprof; Go 1.23 prints another, which the corpus and the oracle compare"},
      {"all_frames", "a flag that go tool pprof of Go 1.23 does not have"},
      {"disasm", "wants a tool that reads binaries"},
      {"weblist", "HTML, and wants a tool that reads binaries"},
  };
  for (const std::string& flag : flags) {
    for (const Row& row : kRows) {
      if (flag.substr(0, flag.find('=')) == row.flag) return std::string(row.flag) + ": " + std::string(row.why);
    }
  }
  return {};
}

// The test's defaults, then the case's own flags.
std::vector<std::string> ArgsOf(const std::vector<std::string>& flags) {
  std::vector<std::string> args = {"-symbolize=none", "-compact_labels", "-nodefraction=0.05", "-edgefraction=0.01"};
  const auto has = [&](std::string_view name) {
    return std::any_of(flags.begin(), flags.end(), [&](const std::string& flag) { return flag.starts_with(name); });
  };
  if (!has("nodecount=")) args.emplace_back("-nodecount=20");
  if (!has("unit=")) args.emplace_back("-unit=minimum");
  for (const std::string& flag : flags) args.push_back("-" + flag);
  return args;
}

std::string Run(std::vector<std::string> args, const std::string& file) {
  args.insert(args.begin(), "pprof");
  args.push_back(file);
  Console console;
  EXPECT_EQ(RunCommand(args, &console), kExitDone) << console.err;
  return console.out;
}

// A profile that is not a file.
std::string RunOn(const std::string& bytes, std::vector<std::string> args) {
  args.emplace_back("none.pb.gz");
  const Result<PprofRequest> request = ParsePprofFlags(args);
  const testing::Opened opened = testing::OpenInChunks(bytes, [] { return size_t{1} << 20; });
  if (!request.ok() || !opened.finished.ok()) return "error";
  std::string text;
  std::vector<std::string> warnings;
  const auto sink = [&](std::string_view part) { text += part; };
  return opened.session->WriteReport(request->report, sink, &warnings).ok() ? text : "error";
}

// -topproto is shown as -top of what it wrote.
std::string Answer(std::vector<std::string> flags, const std::string& file) {
  if (flags.front() != "topproto") return Run(ArgsOf(flags), file);
  const std::string written = Run(ArgsOf(flags), file);
  flags.front() = "text";
  return RunOn(written, ArgsOf(flags));
}

TEST(DriverGoldens, EveryTextIsEqual) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  const std::string folder = *corpus + "/third_party/pprof-driver-golden/";
  int equal = 0;
  int count = 0;
  std::map<std::string, int> left_out;
  const Json manifest = testing::ParseJson(testing::ReadFile(folder + "cases.json"));
  for (const Json& one : manifest["cases"].items) {
    const std::vector<std::string> flags = SplitCommas(one["flags"].text);
    if (const std::string why = WhyOut(flags); !why.empty()) {
      ++left_out[why];
      continue;
    }
    ++count;
    const bool is_equal = Answer(flags, folder + one["profile"].text) == testing::ReadFile(folder + one["golden"].text);
    EXPECT_TRUE(is_equal) << one["flags"].text << " " << one["golden"].text;
    equal += is_equal;
  }
  std::printf("driver goldens: %d of %d equal\n", equal, count);
  for (const auto& [why, times] : left_out) std::printf("driver goldens: %d left out: %s\n", times, why.c_str());
  EXPECT_GT(count, 35);
}

}  // namespace
}  // namespace flametrail
