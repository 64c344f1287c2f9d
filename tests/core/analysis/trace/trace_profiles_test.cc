// Profiles of a trace: state_profile.h, state_flame.h.
#include <gtest/gtest.h>

#include <string>

#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/state_flame.h"
#include "core/analysis/trace/state_profile.h"
#include "tests/core/support/go_trace.h"
#include "tests/core/support/trace_profile.h"

namespace flametrail {
namespace {

using testing::Folded;
using testing::GoTrace;

std::string Waits(const char* picture, const char* kind, TraceSelection selection = {},
                  ProfileRules rules = ProfileRules::kExact) {
  const auto trace = GoTrace(picture);
  const Result<Stretches> stretches = StretchesOf(*trace, selection);
  if (!stretches.ok()) return stretches.error().text;
  return Folded(StateProfile(*trace, *TraceProfileKindNamed(kind), *stretches, rules));
}

constexpr const char* kPicture =
    "g1 main.main: running/p0 @10, waiting(chan receive) @20 [main.main>chanrecv], "
    "runnable @26 <g2 [main.work>chansend], running/p0 @29, waiting(network) @35 [main.main>read], "
    "runnable @45, running/p0 @46, waiting(sync) @50 [main.main>lock]\n"
    "g2 main.work: new @12 <g1 [main.main>go], running/p1 @15, syscall @30 [main.work>write], blocked @33, "
    "runnable @38, running/p1 @40, exit @44\n"
    "end 60\n";

TEST(StateProfile, CountsWaitsByTheStackThatBeganThem) {
  EXPECT_EQ(Waits(kPicture, "sync"), "main.main;chanrecv 1 6\n");  // the open one is dropped
  EXPECT_EQ(Waits(kPicture, "net"), "main.main;read 1 10\n");
  EXPECT_EQ(Waits(kPicture, "syscall"), "main.work;write 1 8\n");  // with and without its P
}

TEST(StateProfile, SchedCountsFromTheFirstRunOn) {
  // Not the 3 ns from the creation of g2 to its first run. 45..46 and 38..40 have no stack.
  EXPECT_EQ(Waits(kPicture, "sched"), "(none) 2 3\nmain.work;chansend 1 3\n");
}

TEST(StateProfile, GoToolPassesOverEventsWithoutAStack) {
  // The wake-up of g1 from the network at 45 has no stack, so the wait lasts until it waits for the lock at 50.
  EXPECT_EQ(Waits(kPicture, "net", {}, ProfileRules::kGoTool), "main.main;read 1 15\n");
  // Runnable from 26 on; the start at 29 has no stack, the wait at 35 has. The others begin without one.
  EXPECT_EQ(Waits(kPicture, "sched", {}, ProfileRules::kGoTool), "main.main;go 1 15\nmain.work;chansend 1 9\n");
}

TEST(StateProfile, OfOneStartFunction) {
  TraceSelection selection;
  selection.name = "main.work";
  EXPECT_EQ(Waits(kPicture, "sched", selection), "(none) 1 2\n");
  selection.name = "main.nobody";
  EXPECT_EQ(Waits(kPicture, "sched", selection), "the trace has no goroutine with the start function \"main.nobody\"");
}

TEST(StateProfile, AWindowCutsWaits) {
  TraceSelection selection;
  selection.from_ns = 13;  // since the first event, which is at 10
  selection.to_ns = 17;
  EXPECT_EQ(Waits("g1: running/p0 @10, waiting(sync) @20 [main>lock], runnable @40 <g2, running/p0 @41\n"
                  "g2: running/p1 @11\nend 60\n",
                  "sync", selection),
            "main;lock 1 4\n");
}

TEST(StateProfile, OfTheUnionOfRegions) {
  TraceSelection selection;
  selection.region = "part";
  EXPECT_EQ(Waits("g1: running/p0 @10, waiting(sync) @20 [main>lock], runnable @40 <g2, running/p0 @41\n"
                  "g2: running/p1 @11\n"
                  "region g1 task 0 part 12..42\nregion g1 task 0 part 15..19\nend 60\n",
                  "sync", selection),
            "main;lock 1 20\n");
}

TEST(StateFlame, AllTimeOfAGoroutineByItsOwnStacks) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @10, waiting(sync) @20 [main.main>lock], runnable @26 <g2 [main.work>unlock], "
      "running/p0 @29, syscall @35 [main.main>read], running @45, exit @50\n"
      "g2 main.work: running/p1 @11\nend 50\n");
  TraceScope scope;
  scope.goroutines = {1, 0};
  const Profile profile = StateFlame(*trace, scope, {true, true, true, true, true});
  EXPECT_EQ(Folded(profile),
            "[runnable];main.main;lock 1 3\n"
            "[running] 1 5\n"
            "[running];main.main;lock 1 10\n"
            "[running];main.main;read 1 6\n"
            "[syscall];main.main;read 1 10\n"
            "[waiting: sync];main.main;lock 1 6\n");
  int64_t sum = 0;
  for (const int64_t ns : profile.samples.values[1]) sum += ns;
  EXPECT_EQ(sum, 40);  // from its first event to its end
}

}  // namespace
}  // namespace flametrail
