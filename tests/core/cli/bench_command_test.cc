#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
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

// The labels of columns are the paths as they were given; the answers were made beside the files.
std::string WithoutFolder(std::string text, const std::string& folder) {
  for (size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) text.erase(at, folder.size());
  return text;
}

// Equal but for the last digit of a geometric mean: logarithms of two libraries differ there.
void ExpectSameCsv(const std::string& wanted, const std::string& found, const std::string& what) {
  std::istringstream a(wanted);
  std::istringstream b(found);
  std::string x;
  std::string y;
  while (std::getline(a, x)) {
    ASSERT_TRUE(static_cast<bool>(std::getline(b, y))) << what;
    if (!x.starts_with("geomean,")) {
      EXPECT_EQ(x, y) << what;
      continue;
    }
    std::istringstream fields_x(x);
    std::istringstream fields_y(y);
    while (std::getline(fields_x, x, ',')) {
      std::getline(fields_y, y, ',');
      const double value = std::strtod(x.c_str(), nullptr);
      if (value == 0 || x.find('%') != std::string::npos) {
        EXPECT_EQ(x, y) << what;
      } else {
        EXPECT_NEAR(value, std::strtod(y.c_str(), nullptr), std::fabs(value) * 1e-14) << what;
      }
    }
  }
  EXPECT_FALSE(static_cast<bool>(std::getline(b, y))) << what;
}

struct Answer {
  std::vector<std::string> flags;
  std::vector<std::string> files;
  std::string expected;
};

TEST(BenchCommand, AnswersAsBenchstatOnTheCorpus) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string folder = *corpus + "/bench/";
  std::vector<Answer> answers = {
      {{"-format=csv", "-confidence=0.9", "-alpha=0.01"},
       {"suite1-before-go119.txt", "suite1-before-go123.txt"},
       "suite1-before-go123.vs.suite1-before-go119.90.csv"},
      {{"-format=csv"}, {"suite1-json-go123.txt"}, "suite1-json-go123.benchstat.csv"},
  };
  for (const std::string format : {"text", "csv"}) {
    const std::string end = format == "text" ? ".txt" : ".csv";
    for (const std::string name : {"after-go123", "before-go119", "before-go123", "cpus-go123"}) {
      answers.push_back({{"-format=" + format}, {"suite1-" + name + ".txt"}, "suite1-" + name + ".benchstat" + end});
    }
    answers.push_back({{"-format=" + format},
                       {"suite1-before-go123.txt", "suite1-after-go123.txt"},
                       "suite1-after-go123.vs.suite1-before-go123" + end});
    answers.push_back({{"-format=" + format},
                       {"suite1-before-go119.txt", "suite1-before-go123.txt"},
                       "suite1-before-go123.vs.suite1-before-go119" + end});
  }
  for (const Answer& answer : answers) {
    std::vector<std::string> args = {"bench"};
    args.insert(args.end(), answer.flags.begin(), answer.flags.end());
    for (const std::string& file : answer.files) args.push_back(folder + file);
    const Ran ran = RunArgs(args);
    ASSERT_EQ(ran.status, kExitDone) << ran.console.err;
    const std::string wanted = testing::ReadFile(folder + "expected/" + answer.expected);
    if (answer.expected.ends_with(".csv")) {
      ExpectSameCsv(wanted, WithoutFolder(ran.console.out, folder), answer.expected);
    } else if (answer.files.size() == 1) {
      // Longer labels make wider columns: numbers are compared, blanks and rules are not.
      const auto squeeze = [](const std::string& text) {
        std::string squeezed;
        for (const char c : text) squeezed.append(c == ' ' ? 0 : 1, c);
        return squeezed;
      };
      EXPECT_EQ(squeeze(wanted), squeeze(WithoutFolder(ran.console.out, folder)));
    }
  }
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
