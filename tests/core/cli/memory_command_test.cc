#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "core/cli/command.h"
#include "tests/core/support/files.h"
#include "tests/core/support/json.h"

namespace flametrail {
namespace {

TEST(MemoryCommand, PartsOfAHeapTextAddUpToWhatIsResident) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  for (const std::string name : {"shop-s1-go123.heap.debug1.txt", "shop-s1-go123.vars.json"}) {
    Console console;
    const std::vector<std::string> args = {"memory", "-json", *corpus + "/dumps/" + name};
    ASSERT_EQ(RunCommand(args, &console), kExitDone) << console.err;
    const testing::Json found = testing::ParseJson(console.out);
    double sum = 0;
    for (const testing::Json& part : found["parts"].items) sum += std::strtod(part["bytes"].text.c_str(), nullptr);
    EXPECT_EQ(sum, std::strtod(found["resident"].text.c_str(), nullptr)) << name;
    EXPECT_EQ(found["parts"].items.size(), name.ends_with(".json") ? 5u : 6u);
  }
}

TEST(MemoryCommand, RefusesWhatHasNoMemStats) {
  const auto corpus = testing::CorpusFolder();
  if (!corpus) GTEST_SKIP() << "no corpus";
  Console console;
  const std::vector<std::string> args = {"memory", *corpus + "/profiles/shop-s1-go123.heap.pb.gz"};
  EXPECT_EQ(RunCommand(args, &console), kExitBadInput);
  EXPECT_NE(console.err.find("wants runtime.MemStats"), std::string::npos);
}

TEST(GcLogCommand, CollectionsAndSchedulerStatesByLine) {
  const testing::TemporaryFile file(
      "gc 3 @0.051s 31%: 0.018+1.2+0.003 ms clock, 0.036+0.5/1.0/0.2+0.006 ms cpu, 6->7->3 MB, 6 MB goal, 8 P "
      "(forced)\n"
      "SCHED 100ms: gomaxprocs=2 idleprocs=0 threads=5 spinningthreads=1 idlethreads=2 runqueue=7 [0 1]\n");
  Console text;
  ASSERT_EQ(RunCommand(std::vector<std::string>{"gclog", file.path()}, &text), kExitDone) << text.err;
  EXPECT_EQ(text.out,
            "    collection         start        pauses          mark       assists        before          live"
            "          goal        of CPU\n"
            "             3          51ms          21us        1.20ms         500us           6MB           3MB"
            "           6MB           31%\n"
            "\n"
            "          time      runnable            Ps       idle Ps       threads  idle threads\n"
            "         100ms             8             2             0             5             2\n");
  Console json;
  ASSERT_EQ(RunCommand(std::vector<std::string>{"gclog", "-json", file.path()}, &json), kExitDone) << json.err;
  const testing::Json found = testing::ParseJson(json.out);
  EXPECT_EQ(found["cycles"]["heap_end_mb"].items[0].text, "7");
  EXPECT_EQ(found["cycles"]["is_forced"].items[0].text, "true");
  EXPECT_EQ(found["sched"]["spinning_threads"].items[0].text, "1");
}

TEST(GcLogCommand, RefusesWhatIsNoLog) {
  const testing::TemporaryFile file("main;main.f 1\n");
  Console console;
  EXPECT_EQ(RunCommand(std::vector<std::string>{"gclog", file.path()}, &console), kExitBadInput);
  EXPECT_NE(console.err.find("wants lines of GODEBUG=gctrace=1"), std::string::npos) << console.err;
}

}  // namespace
}  // namespace flametrail
