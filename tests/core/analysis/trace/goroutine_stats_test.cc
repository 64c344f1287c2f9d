#include "core/analysis/trace/goroutine_stats.h"

#include <gtest/gtest.h>

#include <string>

#include "core/analysis/trace/state_totals.h"
#include "tests/core/support/go_trace.h"

namespace flametrail {
namespace {

using testing::GoTrace;

// "g1 total=30 exec=17 sched=3 block(sync)=4 ..." for each row; what is zero is left out.
std::string Text(const Trace& trace, const GoroutineStatsColumns& stats) {
  std::string text;
  for (size_t row = 0; row < stats.size(); ++row) {
    const auto add = [&](const std::string& name, uint64_t value) {
      if (value != 0) text += " " + name + "=" + std::to_string(value);
    };
    text += "g" + std::to_string(trace.goroutine(stats.goroutine[row]).id);
    if (stats.start[row] != kNoTime) add("start", stats.start[row]);
    if (stats.end[row] != kNoTime) add("end", stats.end[row]);
    add("total", stats.total[row]);
    add("exec", stats.exec[row]);
    add("sched", stats.sched[row]);
    for (uint32_t i = stats.block_begin[row]; i < stats.block_begin[row + 1]; ++i) {
      add("block(" + std::string(trace.Text(trace.reasons[stats.block_reason[i]])) + ")", stats.block_ns[i]);
    }
    add("syscall", stats.syscall[row]);
    add("syscall_block", stats.syscall_block[row]);
    add("unknown", stats.unknown[row]);
    for (uint32_t i = stats.range_begin[row]; i < stats.range_begin[row + 1]; ++i) {
      add(std::string(trace.Text(stats.range_name[i])), stats.range_ns[i]);
    }
    text += "\n";
  }
  return text;
}

std::string Stats(const char* picture, TraceScope scope = {}, StatsRules rules = StatsRules::kExact) {
  const auto trace = GoTrace(picture);
  return Text(*trace, GoroutineStats(*trace, scope, rules));
}

TEST(GoroutineStats, EachStateCountsForItself) {
  EXPECT_EQ(Stats("g1: running/p0 @10, waiting(sync) @30, runnable @34 <g2, running/p0 @37, exit @50\n"
                  "g2: running/p1 @11\n"
                  "end 100\n"),
            "g1 start=10 end=50 total=50 exec=33 sched=3 block(sync)=4 unknown=10\n"
            "g2 start=11 total=100 exec=89 unknown=11\n");
}

TEST(GoroutineStats, ASystemCallIsCutWhereItsProcIsTaken) {
  EXPECT_EQ(Stats("p0: running @5\n"
                  "g1: running/p0 @10, syscall @20, blocked @26, runnable @40, running/p0 @45\n"
                  "end 50\n"),
            "g1 start=10 total=50 exec=15 sched=5 syscall=6 syscall_block=14 unknown=10\n");
}

TEST(GoroutineStats, GoToolCountsAnOpenBlockedSystemCallTwice) {
  const char* const picture = "g1: running/p0 @10, syscall @20, blocked @26\nend 50\n";
  EXPECT_EQ(Stats(picture), "g1 start=10 total=50 exec=10 syscall=6 syscall_block=24 unknown=10\n");
  EXPECT_EQ(Stats(picture, {}, StatsRules::kGoTool), "g1 start=10 total=50 exec=10 sched=24 syscall=30\n");
}

// g1 returns after g2 entered on the same P: that takes g2 off the P in the books of Go's Summarizer.
TEST(GoroutineStats, GoToolMissesALossBehindAnothersReturn) {
  const char* const picture =
      "p0: running @1, idle @6, running @8, idle @20\n"
      "g1: running/p0 @2, syscall @4, blocked @6, runnable @15, running/p1 @16\n"
      "g2: running/p0 @9, syscall @10, blocked @20, runnable @40, running/p0 @45\nend 50\n";
  EXPECT_EQ(Stats(picture),
            "g1 start=2 total=50 exec=36 sched=1 syscall=2 syscall_block=9 unknown=2\n"
            "g2 start=9 total=50 exec=6 sched=5 syscall=10 syscall_block=20 unknown=9\n");
  EXPECT_EQ(Stats(picture, {}, StatsRules::kGoTool),
            "g1 start=2 total=50 exec=36 sched=1 syscall=2 syscall_block=9 unknown=2\n"
            "g2 start=9 total=50 exec=6 sched=5 syscall=30 unknown=9\n");
}

TEST(GoroutineStats, WaitingForeverIsDeath) {
  EXPECT_EQ(Stats("g1: running/p0 @10\ng2 main.f: new @12 <g1, running/p1 @14, waiting(forever) @20\nend 90\n"),
            "g1 start=10 total=90 exec=80 unknown=10\n"
            "g2 start=14 end=20 total=8 exec=6 sched=2\n");
}

TEST(GoroutineStats, RangesBelongToWhoeverDidThem) {
  EXPECT_EQ(Stats("g1: running/p0 @10\nassist g1 20..35\nsweep p0 40..47\nstw(read mem stats) g1 50..52\nend 90\n"),
            "g1 start=10 total=90 exec=80 unknown=10 GC incremental sweep=7 GC mark assist=15 "
            "stop-the-world (read mem stats)=2\n");
}

TEST(GoroutineStats, AWindowCutsEverything) {
  TraceScope scope;
  scope.from = 20;
  scope.to = 40;
  EXPECT_EQ(Stats("g1: running/p0 @10, waiting(sync) @30, runnable @34 <g2, running/p0 @37, exit @50\n"
                  "g2: running/p1 @11\nassist g2 15..25\nend 100\n",
                  scope),
            "g1 start=10 end=50 total=20 exec=13 sched=3 block(sync)=4\n"
            "g2 start=11 total=20 exec=20 GC mark assist=5\n");
}

TEST(GoroutineStats, AGoroutineOutsideTheWindowHasNoRow) {
  TraceScope scope;
  scope.from = 60;
  EXPECT_EQ(Stats("g1: running/p0 @10, exit @50\ng2: running/p1 @11\nend 100\n", scope),
            "g2 start=11 total=40 exec=40\n");
}

TEST(GoroutineGroups, ByStartFunctionMostWorkFirst) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @10, exit @20\ng2 main.work: running/p1 @11, exit @41\n"
      "g3 main.work: runnable @12, running/p0 @30, exit @35\nend 60\n");
  const GoroutineGroupColumns groups =
      GroupByStartFunction(*trace, GoroutineStats(*trace, TraceScope(), StatsRules::kExact));
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(trace->Text(groups.name[0]), "main.work");
  EXPECT_EQ(groups.count[0], 2u);
  EXPECT_EQ(groups.exec[0], 35u);
  EXPECT_EQ(groups.sched[0], 18u);
  EXPECT_EQ(trace->Text(groups.name[1]), "main.main");
}

TEST(RelatedGoroutines, TwoStepsBackAlongWakeUps) {
  const auto trace = GoTrace(
      "g1: waiting(sync) @10, runnable @40 <g2, running/p0 @41\n"
      "g2: waiting(chan receive) @11, runnable @30 <g3, running/p1 @31\n"
      "g3: waiting(sync) @12, runnable @20 <g4, running/p2 @21\n"
      "g4: running/p3 @13\nend 60\n");
  EXPECT_EQ(RelatedGoroutines(*trace, GoroutineIndex(0u), 2), (std::vector<uint8_t>{1, 1, 1, 0}));
}

TEST(StateTotals, CountsAndSumsAndWakeUps) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @10, waiting(sync) @30, runnable @34 <g2, running/p0 @37, exit @50\n"
      "g2 main.work: running/p1 @11, syscall @60\nend 100\n");
  const StateTotals totals = SumStates(*trace, TraceScope());
  EXPECT_EQ(totals.ns[static_cast<size_t>(GoState::kRunning)], 20u + 13 + 49);
  EXPECT_EQ(totals.ns[static_cast<size_t>(GoState::kRunnable)], 3u);
  EXPECT_EQ(totals.ns[static_cast<size_t>(GoState::kSyscall)], 40u);
  EXPECT_EQ(totals.ns[static_cast<size_t>(GoState::kWaiting)], 4u);
  const std::vector<TraceTime> times = {5, 10, 30, 35, 80};
  std::string text;
  for (const StateCounts& counts : CountStatesAt(*trace, times)) {
    text += std::to_string(counts.runnable) + std::to_string(counts.running) + std::to_string(counts.syscall) +
            std::to_string(counts.waiting) + " ";
  }
  EXPECT_EQ(text, "0000 0100 0101 1100 0010 ");
  const WakeupColumns wakeups = CountWakeups(*trace, TraceScope());
  ASSERT_EQ(wakeups.size(), 1u);
  EXPECT_EQ(trace->Text(wakeups.waker[0]), "main.work");
  EXPECT_EQ(trace->Text(wakeups.woken[0]), "main.main");
  EXPECT_EQ(wakeups.waited_ns[0], 4u);
}

}  // namespace
}  // namespace flametrail
