// flametrail trace -d=parsed|wire|footprint beside what Go prints.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "core/cli/command.h"
#include "tests/core/support/files.h"

namespace flametrail {
namespace {

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool IsTitle(const std::string& line) { return line == "Stack=" || line == "TransitionStack="; }

// Without empty lines, remarks, and titles of stacks that have no frames (which the model does not tell from none).
std::vector<std::string> EventLines(std::string_view text) {
  std::vector<std::string> kept;
  for (std::string& line : Lines(text)) {
    if (!kept.empty() && IsTitle(kept.back()) && !line.starts_with('\t')) kept.pop_back();
    if (line.empty() || line[0] == '#' || line.starts_with("error: ")) continue;
    kept.push_back(std::move(line));
  }
  if (!kept.empty() && IsTitle(kept.back())) kept.pop_back();
  return kept;
}

std::string Print(const std::string& mode, const std::string& file) {
  Console console;
  const std::vector<std::string> args = {"trace", "-d=" + mode, file};
  RunCommand(args, &console);
  return console.out;
}

bool IsV2(const std::string& file) {
  const std::string bytes = testing::ReadFile(file).substr(0, 7);
  return bytes == "go 1.22" || bytes == "go 1.23" || bytes == "go 1.25" || bytes == "go 1.26";
}

// Gives the number of traces compared.
size_t CompareFolder(const std::string& folder) {
  size_t compared = 0;
  const std::string suffix = ".events.txt";
  for (const std::string& name : testing::ListFiles(folder + "expected/")) {
    if (!name.ends_with(suffix)) continue;
    const std::string file = folder + name.substr(0, name.size() - suffix.size()) + ".trace";
    if (!std::filesystem::exists(file) || !IsV2(file)) continue;
    const std::string text = testing::ReadFile(folder + "expected/" + name);
    const std::vector<std::string> wanted = EventLines(text);
    std::vector<std::string> got = EventLines(Print("parsed", file));
    // The answer has the first events only.
    if (text.starts_with("# the first") && got.size() > wanted.size()) got.resize(wanted.size());
    EXPECT_EQ(got, wanted) << name;
    ++compared;
  }
  return compared;
}

TEST(TraceDebugTest, ParsedIsAsGoPrintsIt) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  size_t compared = 0;
  for (const char* folder : {"/traces/", "/third_party/go-trace-tests/", "/third_party/go-trace-fuzz/"}) {
    compared += CompareFolder(*corpus + folder);
  }
  std::printf("%zu traces printed as events\n", compared);
  EXPECT_GE(compared, 50u);
}

constexpr std::string_view kSmall = "/third_party/go-trace-tests/go122-syscall-steal-proc-simple.SUCCESS.trace";

TEST(TraceDebugTest, WireIsTheRawTextForm) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  EXPECT_EQ(Print("wire", *corpus + std::string(kSmall)),
            "EventBatch gen=1 m=0 time=0 size=15\n"
            "ProcStatus dt=1 p=0 pstatus=1\n"
            "GoStatus dt=1 g=1 m=0 gstatus=2\n"
            "GoSyscallBegin dt=1 p_seq=1 stack=0\n"
            "GoSyscallEndBlocked dt=1\n"
            "EventBatch gen=1 m=1 time=0 size=14\n"
            "ProcStatus dt=1 p=2 pstatus=1\n"
            "GoStatus dt=1 g=2 m=1 gstatus=2\n"
            "ProcSteal dt=1 p=0 p_seq=2 m=0\n"
            "EventBatch gen=1 m=18446744073709551615 time=0 size=5\n"
            "Frequency freq=15625000\n"
            "EventBatch gen=1 m=18446744073709551615 time=0 size=1\n"
            "Stacks\n"
            "EventBatch gen=1 m=18446744073709551615 time=0 size=1\n"
            "Strings\n");
}

TEST(TraceDebugTest, FootprintCountsBytesByType) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "FLAMETRAIL_CORPUS is not set";
  EXPECT_EQ(Print("footprint", *corpus + std::string(kSmall)),
            "Event                Bytes  %       Count  %\n"
            "-                    -      -       -      -\n"
            "EventBatch           52     50.00%  5      33.33%\n"
            "GoStatus             10     9.62%   2      13.33%\n"
            "ProcStatus           8      7.69%   2      13.33%\n"
            "Frequency            5      4.81%   1      6.67%\n"
            "ProcSteal            5      4.81%   1      6.67%\n"
            "GoSyscallBegin       4      3.85%   1      6.67%\n"
            "GoSyscallEndBlocked  2      1.92%   1      6.67%\n"
            "Stacks               1      0.96%   1      6.67%\n"
            "Strings              1      0.96%   1      6.67%\n");
}

}  // namespace
}  // namespace flametrail
