#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "core/cli/command.h"
#include "tests/core/support/files.h"

namespace flametrail {
namespace {

struct Ran {
  int status;
  Console console;
};

Ran RunArgs(const std::vector<std::string>& args) {
  Ran ran;
  ran.status = RunCommand(args, &ran.console);
  return ran;
}

struct Answer {
  std::string flags;
  std::vector<std::string> files;
  std::string expected;
};

std::vector<Answer> CorpusAnswers() {
  std::vector<Answer> answers = {
      {"-format=csv -confidence=0.9 -alpha=0.01",
       {"before-go119", "before-go123"},
       "before-go123.vs.suite1-before-go119.90.csv"},
      {"-format=csv -confidence=0.9 -alpha=0.01",
       {"before-go123", "after-go123"},
       "after-go123.vs.suite1-before-go123.90.csv"},
  };
  for (const std::string format : {"text", "csv"}) {
    const std::string end = format == "text" ? ".txt" : ".csv";
    for (const std::string name : {"after-go123", "before-go119", "before-go123", "cpus-go123", "json-go123"}) {
      answers.push_back({"-format=" + format, {name}, name + ".benchstat" + end});
    }
    answers.push_back(
        {"-format=" + format, {"before-go123", "after-go123"}, "after-go123.vs.suite1-before-go123" + end});
    answers.push_back(
        {"-format=" + format, {"before-go119", "before-go123"}, "before-go123.vs.suite1-before-go119" + end});
  }
  return answers;
}

TEST(BenchCommand, AnswersAsBenchstatOnTheCorpus) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string folder = *corpus + "/bench/";
  // benchstat was given the output inside this file under a longer path, which was shortened in its answer afterwards:
  // the column is as wide as the path was.
  const std::string longer(20, '~');
  for (const Answer& answer : CorpusAnswers()) {
    std::vector<std::string> args = {"bench"};
    std::istringstream flags(answer.flags);
    for (std::string flag; flags >> flag;) args.push_back(flag);
    for (const std::string& name : answer.files) {
      const std::string file = "suite1-" + name + ".txt";
      args.push_back(name == "json-go123" ? longer : "");
      args.back().append(file).append("=").append(folder).append(file);
    }
    const Ran ran = RunArgs(args);
    ASSERT_EQ(ran.status, kExitDone) << ran.console.err;
    std::string found = ran.console.out;
    for (size_t at = found.find(longer); at != std::string::npos; at = found.find(longer))
      found.erase(at, longer.size());
    EXPECT_EQ(testing::ReadFile(folder + "expected/suite1-" + answer.expected), found) << answer.expected;
  }
}

TEST(BenchCommand, LabelsAsBenchstatGivesThem) {
  const testing::TemporaryFile old_file("BenchmarkJoin 1 10 ns/op\n", "old.txt");
  const testing::TemporaryFile new_file("BenchmarkJoin 1 12 ns/op\n", "new.txt");
  const auto columns = [](const std::vector<std::string>& files) {
    std::vector<std::string> args = {"bench", "-format=csv"};
    args.insert(args.end(), files.begin(), files.end());
    const Ran ran = RunArgs(args);
    EXPECT_EQ(ran.status, kExitDone) << ran.console.err;
    return ran.console.out.substr(0, ran.console.out.find('\n'));
  };
  const std::string path = old_file.path();
  EXPECT_EQ(columns({path, "b=" + new_file.path()}), "," + path + ",,b,,,");
  EXPECT_EQ(columns({path, path}), "," + path + "#0,," + path + "#1,,,");
  EXPECT_EQ(columns({"a=" + path, "a=" + new_file.path()}), ",a,");
}

TEST(BenchCommand, GatesStopWhatGotWorse) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string slow = *corpus + "/bench/suite1-before-go123.txt";
  const std::string fast = *corpus + "/bench/suite1-after-go123.txt";
  const Ran better = RunArgs({"bench", "-gate=sec/op:+10%,allocs/op:+10%,B/s:-10%", slow, fast});
  EXPECT_EQ(better.status, kExitDone) << better.console.err;
  const Ran worse = RunArgs({"bench", "-gate=sec/op:+10%", fast, slow});
  EXPECT_EQ(worse.status, kExitGate);
  EXPECT_NE(worse.console.err.find("flametrail: gate: Words-2: sec/op went from 14.26\u00B5 to 37.22\u00B5 "
                                   "(+160.98%, p=0.002 n=6); the gate allows +10.00%\n"),
            std::string::npos)
      << worse.console.err;
  EXPECT_EQ(worse.console.err.find("Checksum-2"), std::string::npos);
  EXPECT_EQ(RunArgs({"bench", "-gate=sec/op", fast, slow}).status, kExitBadUsage);
}

}  // namespace
}  // namespace flametrail
