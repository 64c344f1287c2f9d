#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/cli/command.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

using testing::Json;

struct Ran {
  int status;
  Console console;
};

Ran RunArgs(const std::vector<std::string>& args) {
  Ran ran;
  ran.status = RunCommand(args, &ran.console);
  return ran;
}

struct Scenario {
  std::vector<std::string> programs;  // "deadlock-a-go123"
  std::vector<std::string> rules;     // one of them is the first or second line
};

// Everything the corpus has of a program, but for what is broken on purpose.
std::vector<std::string> FilesOf(const std::string& corpus, const std::string& program) {
  std::vector<std::string> files;
  for (const std::string folder : {"/dumps/", "/profiles/", "/traces/"}) {
    for (const std::string& name : testing::ListFiles(corpus + folder)) {
      const bool broken = name.find("cut") != std::string::npos || name.find("gcstats") != std::string::npos ||
                          name.ends_with(".folded") || name == "manifest.json";
      const bool mine = name.starts_with(program + ".") || name.starts_with("crash-" + program + ".");
      // What is not read yet is no evidence.
      if (!mine || broken || RunArgs({"detect", corpus + folder + name}).status != kExitDone) continue;
      files.push_back(corpus + folder + name);
    }
  }
  return files;
}

Json FindingsOf(const std::vector<std::string>& files) {
  std::vector<std::string> args = {"findings", "-json"};
  args.insert(args.end(), files.begin(), files.end());
  const Ran ran = RunArgs(args);
  EXPECT_EQ(ran.status, kExitDone) << ran.console.err;
  return testing::ParseJson(ran.console.out);
}

std::string FirstLines(const Json& findings) {
  std::string text;
  for (size_t i = 0; i < findings.items.size() && i < 4; ++i) {
    text += findings.items[i]["severity"].text + " " + findings.items[i]["rule"].text + ": " +
            findings.items[i]["sentence"].text + "\n";
  }
  return text;
}

TEST(FindingsCommand, EveryScenarioOfTheCorpusSaysItsProblemFirst) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const Scenario kScenarios[] = {
      {{"deadlock-a-go119", "deadlock-a-go122", "deadlock-a-go123"}, {"goroutine.deadlock"}},
      {{"mutex-a-go119", "mutex-a-go121", "mutex-a-go122", "mutex-a-go123"},
       {"block.mutex_delay", "trace.blocked_sync"}},
      {{"syscallblock-a-go119", "syscallblock-a-go122", "syscallblock-a-go123"},
       {"goroutine.syscalls", "trace.syscalls"}},
      {{"goleak-a-go119", "goleak-a-go122", "goleak-a-go123"}, {"goroutine.growth"}},
      {{"shop-s1-go119.heap-snap-", "shop-s1-go121.heap-snap-", "shop-s1-go122.heap-snap-", "shop-s1-go123.heap-snap-"},
       {"memory.growth"}},
      {{"schedthrash-a-go119", "schedthrash-a-go121", "schedthrash-a-go122", "schedthrash-a-go123"},
       {"trace.scheduler_wait"}},
      {{"gcthrash-a-go119", "gcthrash-a-go121", "gcthrash-a-go122", "gcthrash-a-go123"},
       {"cpu.gc_share", "memory.gc_cpu", "trace.gc_rate"}},
      {{"netwait-a-go119", "netwait-a-go122", "netwait-a-go123"}, {"goroutine.network_wait", "trace.network_wait"}},
      {{"markassist-a-go123"}, {"cpu.assist_share", "trace.assist"}},
  };
  for (const Scenario& scenario : kScenarios) {
    for (const std::string& program : scenario.programs) {
      std::vector<std::string> files = FilesOf(*corpus, program);
      if (program.ends_with('-')) {
        for (int i = 0; i < 6; ++i) files.push_back(*corpus + "/profiles/" + program + std::to_string(i) + ".pb.gz");
      }
      const bool has_trace =
          std::any_of(files.begin(), files.end(), [](const auto& f) { return f.ends_with(".trace"); });
      if (scenario.rules.size() == 1 && scenario.rules[0].starts_with("trace.") && !has_trace) continue;
      ASSERT_FALSE(files.empty()) << program;
      const Json findings = FindingsOf(files);
      bool is_first = false;
      for (size_t i = 0; i < findings.items.size() && i < 2; ++i) {
        for (const std::string& rule : scenario.rules) is_first = is_first || findings.items[i]["rule"].text == rule;
      }
      EXPECT_TRUE(is_first) << program << "\n" << FirstLines(findings);
    }
  }
}

TEST(FindingsCommand, AnIdleProgramYieldsNothingAboveLow) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  for (const std::string program : {"idle-a-go119", "idle-a-go122", "idle-a-go123"}) {
    const std::vector<std::string> files = FilesOf(*corpus, program);
    ASSERT_GT(files.size(), 2u);
    for (const Json& finding : FindingsOf(files).items) {
      EXPECT_TRUE(finding["severity"].text == "info" || finding["severity"].text == "low")
          << program << " " << finding["sentence"].text;
    }
  }
}

TEST(FindingsCommand, FailOnIsAGateForCi) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string crash = *corpus + "/dumps/crash-deadlock-a-go123.txt";
  const std::string idle = *corpus + "/profiles/idle-a-go123.cpu.pb.gz";
  EXPECT_EQ(RunArgs({"findings", crash}).status, kExitDone);
  EXPECT_EQ(RunArgs({"findings", "-fail-on=high", crash}).status, kExitGate);
  EXPECT_EQ(RunArgs({"findings", "-fail-on=medium", idle}).status, kExitDone);
  EXPECT_EQ(RunArgs({"findings", "-fail-on=loud", idle}).status, kExitBadUsage);
  EXPECT_EQ(RunArgs({"findings", "-threshold=no.such=1", idle}).status, kExitBadUsage);
  EXPECT_EQ(RunArgs({"findings", "-fail-on=high", "/no/such/file"}).status, kExitBadInput);
  const Ran chinese = RunArgs({"findings", "-lang=zh", crash});
  EXPECT_NE(chinese.console.out.find("死锁"), std::string::npos) << chinese.console.out;
}

TEST(FindingsCommand, TheTableOfRulesCanBeRead) {
  const Ran ran = RunArgs({"findings", "-rules"});
  EXPECT_EQ(ran.status, kExitDone);
  EXPECT_NE(ran.console.out.find("cpu.gc_share                medium  >= 20.0%"), std::string::npos) << ran.console.out;
}

TEST(DiffCommand, GatesTotals) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  const std::string old = *corpus + "/profiles/shop-s1-go123.heap-snap-0.pb.gz";
  const std::string now = *corpus + "/profiles/shop-s1-go123.heap-snap-5.pb.gz";
  const Ran ran = RunArgs({"diff", "-gate=inuse_space:+30%", old, now});
  EXPECT_EQ(ran.status, kExitGate);
  EXPECT_EQ(ran.console.err,
            "flametrail: gate: inuse_space went from 6.34MB to 22.51MB (+254.96%); the gate allows +30.00%\n");
  EXPECT_NE(ran.console.out.find("inuse_space by function\n"), std::string::npos);
  EXPECT_NE(ran.console.out.find("main.newSession\n"), std::string::npos) << ran.console.out;
  EXPECT_EQ(RunArgs({"diff", "-gate=inuse_space:+300%", old, now}).status, kExitDone);
  EXPECT_EQ(RunArgs({"diff", "-gate=inuse_space:-10%", now, old}).status, kExitGate);
  EXPECT_EQ(RunArgs({"diff", "-gate=no_such:+1%", old, now}).status, kExitBadUsage);
  EXPECT_EQ(RunArgs({"diff", "-gate=+1%", old, now}).status, kExitBadUsage);
  // Numbers of runtime.MemStats.
  const std::string vars = *corpus + "/dumps/markassist-a-go123.vars.json";
  const std::string worse = *corpus + "/dumps/gcthrash-a-go123.vars.json";
  EXPECT_EQ(RunArgs({"diff", "-gate=NumGC:+200%", vars, worse}).status, kExitGate);
}

}  // namespace
}  // namespace flametrail
