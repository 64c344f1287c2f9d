// Flags of `flametrail pprof` that the Go tool does not have, and those that are rarely used.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/cli/command.h"
#include "tests/core/support/files.h"

namespace flametrail {
namespace {

struct Outcome {
  int status = 0;
  std::string out, err;
};

Outcome Pprof(std::vector<std::string> args) {
  args.insert(args.begin(), "pprof");
  Console console;
  const int status = RunCommand(args, &console);
  return {status, console.out, console.err};
}

void ExpectUsage(std::vector<std::string> args, const std::string& sentence) {
  const Outcome outcome = Pprof(std::move(args));
  EXPECT_EQ(outcome.status, kExitBadUsage);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "flametrail: " + sentence + " (flametrail --help shows the usage)\n");
}

class BeyondPprofTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto data = testing::TestDataFolder();
    if (!data) GTEST_SKIP() << "FLAMETRAIL_TEST_DATA is not set";
    cpu_ = *data + "/samples/cpu.pb.gz";
    heap_ = *data + "/samples/heap.pb.gz";
  }
  std::string cpu_, heap_;
};

TEST_F(BeyondPprofTest, ConfidenceShowsIntervalsAndCounts) {
  const Outcome outcome = Pprof({"-top", "-confidence", "-nodecount=1", cpu_});
  EXPECT_EQ(outcome.status, kExitDone);
  EXPECT_NE(outcome.out.find("Intervals: 95%, from 466 samples\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("470ms       345.34ms..625ms       47"), std::string::npos) << outcome.out;
  const Outcome none = Pprof({"-top", "-confidence", "-diff_base=" + cpu_, cpu_});
  EXPECT_NE(none.out.find("from 932 samples; * is a difference beyond chance\n"), std::string::npos) << none.out;
  EXPECT_EQ(none.out.find("0*"), std::string::npos) << "a profile does not differ from itself";
}

TEST_F(BeyondPprofTest, ConfidenceRefusesWhatLosesCounts) {
  ExpectUsage({"-tree", "-confidence", cpu_}, "-confidence goes with -top");
  ExpectUsage({"-top", "-confidence", "-base=" + cpu_, cpu_}, "-confidence wants -diff_base: -base cancels samples");
  ExpectUsage({"-top", "-confidence", "-normalize", "-diff_base=" + cpu_, cpu_},
              "-confidence does not go with -normalize: scaled values tell no counts");
  ExpectUsage({"-top", "-confidence", "-mean", cpu_}, "-confidence does not go with -mean");
}

TEST_F(BeyondPprofTest, ACommentIsAdded) {
  EXPECT_EQ(Pprof({"-comments", "-add_comment=night run", cpu_}).out, "night run\n");
}

TEST_F(BeyondPprofTest, MemStatsAreOfGosText) {
  const Outcome outcome = Pprof({"-memstats", heap_});
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(outcome.err, "flametrail: " + heap_ + ": no runtime.MemStats: only Go's text of a heap profile has them\n");
  const auto corpus = testing::CorpusFolder();
  if (!corpus) return;
  const Outcome text = Pprof({"-memstats", *corpus + "/dumps/gcthrash-a-go119.heap.debug1.txt"});
  EXPECT_EQ(text.status, kExitDone);
  EXPECT_TRUE(text.out.starts_with("Alloc = 1370600\nTotalAlloc = 433936960\n")) << text.out;
}

TEST_F(BeyondPprofTest, ModesOfDemangling) {
  EXPECT_EQ(Pprof({"-top", "-demangle=templates", cpu_}).out, Pprof({"-top", cpu_}).out) << "Go's names stay";
  ExpectUsage({"-top", "-demangle=some", cpu_}, "-demangle wants default, templates, full or none, not \"some\"");
}

TEST_F(BeyondPprofTest, RepairSaysWhatItJoined) {
  EXPECT_EQ(Pprof({"-top", "-repair_stacks", cpu_}).err, "") << "nothing is cut here";
  const auto corpus = testing::CorpusFolder();
  if (!corpus) return;
  const std::string file = *corpus + "/profiles/esbuild-0.14.54-go119.cpu.pb.gz";
  const Outcome repaired = Pprof({"-top", "-repair_stacks", file});
  EXPECT_NE(repaired.err.find("of 13 stacks cut at 64 frames ("), std::string::npos) << repaired.err;
  // The total stays.
  const auto total = [](const std::string& out) { return out.substr(out.find("Duration"), 60); };
  EXPECT_EQ(total(repaired.out), total(Pprof({"-top", file}).out));
}

}  // namespace
}  // namespace flametrail
