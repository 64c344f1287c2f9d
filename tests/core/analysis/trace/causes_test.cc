// Why things are slow: critical_path.h, sched_waits.h, contention.h, trace_diff.h, gc_table.h.
#include <gtest/gtest.h>

#include <string>

#include "core/analysis/trace/contention.h"
#include "core/analysis/trace/critical_path.h"
#include "core/analysis/trace/gc_table.h"
#include "core/analysis/trace/sched_waits.h"
#include "core/analysis/trace/selection.h"
#include "core/analysis/trace/trace_diff.h"
#include "core/analysis/trace/trace_json.h"
#include "tests/core/support/go_trace.h"
#include "tests/core/support/trace_profile.h"

namespace flametrail {
namespace {

using testing::Folded;
using testing::GoTrace;

// "10..20 g1 running, 20..26 g2 running (lock holder)", and the sum of all steps.
std::string Steps(const Trace& trace, const CriticalPath& path) {
  std::string text;
  for (const PathStep& step : path.steps) {
    text += std::to_string(step.start) + ".." + std::to_string(step.end) + " g" +
            std::to_string(trace.goroutine(step.goroutine).id) + " " + std::string(PathKindName(step.kind));
    if (step.link != PathLink::kSelf) text += " (" + std::string(PathLinkName(step.link)) + ")";
    text += "\n";
  }
  return text;
}

std::string Path(const char* picture, TraceSelection selection) {
  const auto trace = GoTrace(picture);
  const Result<Stretch> slow = SlowestOf(*trace, selection);
  if (!slow.ok()) return slow.error().text;
  const CriticalPath path = FindCriticalPath(*trace, GoroutineIndex(slow->goroutine), slow->start, slow->end);
  uint64_t sum = 0;
  for (const uint64_t ns : path.ns) sum += ns;
  EXPECT_EQ(sum, slow->end - slow->start);
  for (size_t i = 1; i < path.steps.size(); ++i) EXPECT_EQ(path.steps[i].start, path.steps[i - 1].end);
  return Steps(*trace, path);
}

TraceSelection OfGoroutine(uint64_t id) {
  TraceSelection selection;
  selection.goroutine = id;
  return selection;
}

TEST(CriticalPath, GoesThroughWhoeverEndedTheWait) {
  EXPECT_EQ(Path("g1: running/p0 @10, waiting(sync) @20, runnable @40 <g2, running/p0 @42, exit @50\n"
                 "g2: running/p1 @11, syscall @25, running @33\nend 60\n",
                 OfGoroutine(1)),
            "10..20 g1 running\n"
            "20..25 g2 running (lock holder)\n"
            "25..33 g2 syscall (lock holder)\n"
            "33..40 g2 running (lock holder)\n"
            "40..42 g1 runnable\n"
            "42..50 g1 running\n");
}

TEST(CriticalPath, FollowsAChainOfWaits) {
  EXPECT_EQ(Path("g1: running/p0 @10, waiting(chan receive) @20, runnable @50 <g2, running/p0 @51, exit @60\n"
                 "g2: running/p1 @11, waiting(network) @15, runnable @22, running/p1 @23, waiting(sync) @30, "
                 "runnable @45 <g3, running/p1 @46\n"
                 "g3: running/p2 @12\nend 70\n",
                 OfGoroutine(1)),
            "10..20 g1 running\n"
            "20..22 g2 network (channel peer)\n"
            "22..23 g2 runnable (channel peer)\n"
            "23..30 g2 running (channel peer)\n"
            "30..45 g3 running (lock holder)\n"
            "45..46 g2 runnable (channel peer)\n"
            "46..50 g2 running (channel peer)\n"
            "50..51 g1 runnable\n"
            "51..60 g1 running\n");
}

TEST(CriticalPath, OfATaskGoesBackThroughTheCreator) {
  TraceSelection selection;
  selection.task = 7;
  EXPECT_EQ(Path("g1: running/p0 @10\ng2: new @30 <g1, running/p1 @33\n"
                 "task 7 order g1 20..\nregion g2 task 7 part 35..50\nend 60\n",
                 selection),
            "20..60 g1 running\n");
  selection.region = "part";
  EXPECT_EQ(Path("g1: running/p0 @10\ng2: new @30 <g1, running/p1 @33\n"
                 "task 7 order g1 20..\nregion g2 task 7 part 35..50\nend 60\n",
                 selection),
            "35..50 g2 running\n");
  EXPECT_EQ(Path("g1: running/p0 @10\ng2: new @30 <g1, running/p1 @33, exit @55\nend 60\n", OfGoroutine(2)),
            "30..33 g2 runnable\n33..55 g2 running\n");
  const auto trace = GoTrace("g1: running/p0 @10\ng2: new @30 <g1, running/p1 @33, exit @55\nend 60\n");
  EXPECT_EQ(Steps(*trace, FindCriticalPath(*trace, GoroutineIndex(1u), 5, 40)),
            "5..10 g1 not there (creator)\n10..30 g1 running (creator)\n30..33 g2 runnable\n33..40 g2 running\n");
}

std::string Json(const char* picture, std::string_view name, const TraceJsonOptions& options) {
  const auto trace = GoTrace(picture);
  std::string text;
  const Status status = WriteTraceJson(*trace, name, options, [&](std::string_view part) { text += part; });
  return status.ok() ? text : status.error().text;
}

constexpr const char* kThree =
    "g1 main.main: running/p0 @10, waiting(sync) @20, runnable @40 <g2, running/p0 @42, exit @50\n"
    "g2 main.work: running/p1 @11, syscall @25, running @33\n"
    "g3 main.work: running/p2 @12, waiting(network) @30\nend 60\n";

TEST(TraceJson, StatesOfAWindowAndOfChosenGoroutines) {
  // The first event, from which JSON counts, is at 10.
  TraceJsonOptions options;
  EXPECT_EQ(Json(kThree, "states", options),
            "{\"running_ns\":77,\"runnable_ns\":2,\"syscall_ns\":8,\"syscall_block_ns\":0,"
            "\"waiting_ns\":{\"sync\":20,\"network\":30}}\n");
  options.selection.from_ns = 15;
  options.selection.to_ns = 25;
  options.selection.only = {0, 2};
  EXPECT_EQ(Json(kThree, "states", options),
            "{\"running_ns\":5,\"runnable_ns\":0,\"syscall_ns\":0,\"syscall_block_ns\":0,"
            "\"waiting_ns\":{\"sync\":10,\"network\":5}}\n");
  options.selection.only = {7};
  EXPECT_EQ(Json(kThree, "states", options), "the trace has no such goroutines");
}

TEST(TraceJson, APathKeepsItsLongestSteps) {
  TraceJsonOptions options;
  options.selection.only = {0};
  options.keep_steps = 2;
  const std::string text = Json(kThree, "path", options);
  EXPECT_NE(text.find("\"steps_count\":6"), std::string::npos) << text;
  // 10, 5, 8, 7, 2 and 8 ns: two are the longest.
  EXPECT_EQ(text.find("\"ns\":7"), std::string::npos) << text;
  EXPECT_EQ(text.find("\"ns\":2,"), std::string::npos) << text;
  EXPECT_NE(text.find("\"ns\":10,"), std::string::npos) << text;
}

TEST(CriticalPath, AsAFlameGraph) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @10, waiting(sync) @20 [main.main>lock], runnable @40 <g2 [main.work>unlock], "
      "running/p0 @42, exit @50\n"
      "g2 main.work: running/p1 @11, waiting(sleep) @45 [main.work>sleep]\nend 60\n");
  EXPECT_EQ(Folded(PathProfile(*trace, FindCriticalPath(*trace, GoroutineIndex(0u), 10, 50))),
            "[running] 1 8\n"
            "main.main;lock;[lock holder: main.work];main.work;sleep;[running] 1 20\n"
            "main.main;lock;[runnable] 1 2\n"
            "main.main;lock;[running] 1 10\n");
}

std::string Causes(const char* picture) {
  const auto trace = GoTrace(picture);
  std::string text;
  for (const SchedWait& wait : ExplainSchedWaits(*trace, TraceScope(), 10).longest) {
    text += "g" + std::to_string(trace->goroutine(wait.goroutine).id) + " " + std::to_string(wait.ns) + " " +
            std::string(SchedCauseName(wait.cause)) + " " + std::to_string(wait.explained_ns);
    if (!wait.culprit.is_none()) text += " g" + std::to_string(trace->goroutine(wait.culprit).id);
    text += "\n";
  }
  return text;
}

TEST(SchedWaits, AnIdleProc) {
  EXPECT_EQ(Causes("procs 2 @1\np0: running @2\np1: running @3, idle @8\n"
                   "g1: running/p0 @4\ng2: runnable @10 <g1, running/p0 @30\nend 60\n"),
            "g2 20 idle P with work queued 20\n");
}

TEST(SchedWaits, AStopOfTheWorld) {
  EXPECT_EQ(Causes("procs 1 @1\np0: running @2\ng1: running/p0 @4\nstw(GC mark termination) g1 12..25\n"
                   "g2: runnable @10 <g1, running/p0 @30\nend 60\n"),
            "g2 20 stop the world 13\n");
}

TEST(SchedWaits, AGcWorkerOnTheProc) {
  EXPECT_EQ(Causes("procs 1 @1\np0: running @2\n"
                   "g7 runtime.gcBgMarkWorker: running/p0 @4, waiting(idle) @28\n"
                   "g2: runnable @10, running/p0 @30\nend 60\n"),
            "g2 20 GC worker took the P 18 g7\n");
}

TEST(SchedWaits, ALongRun) {
  EXPECT_EQ(Causes("procs 1 @1\np0: running @2\ng1: running/p0 @4, runnable(preempted) @50000000\n"
                   "g2: runnable @10000000 <g1, running/p0 @50000100\nend 50000101\n"),
            "g2 40000100 long run without preemption 40000000 g1\ng1 101 all Ps busy 101\n");
}

TEST(SchedWaits, OthersOnAllProcs) {
  EXPECT_EQ(Causes("procs 1 @1\np0: running @2\ng1: running/p0 @4, waiting(sync) @20\n"
                   "g3: runnable @6, running/p0 @21, waiting(sync) @38\ng2: runnable @10, running/p0 @40\nend 60\n"),
            "g2 30 all Ps busy 30\ng3 15 all Ps busy 15\n");
}

TEST(Contention, PairsOfStacksWithTheirDelay) {
  const auto trace = GoTrace(
      "g1: running/p0 @1, waiting(sync) @10 [main>lock], runnable @30 <g2 [main>unlock], running/p0 @31\n"
      "g2: running/p1 @2\n"
      "g3: running/p2 @3, waiting(sync) @12 [main>lock], runnable @17 <g2 [main>unlock]\n"
      "g4: running/p3 @4, waiting(sleep) @13 [main>sleep], runnable @40 <g2 [main>unlock]\nend 60\n");
  const ContentionColumns rows = MapContention(*trace, TraceScope(), false);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.count[0], 2u);
  EXPECT_EQ(rows.delay_ns[0], 25u);
  EXPECT_EQ(rows.longest_ns[0], 20u);
  EXPECT_EQ(trace->goroutine(rows.longest_of[0]).id, 1u);
  EXPECT_EQ(rows.longest_start[0], 10u);
  EXPECT_EQ(rows.waiters[0], 2u);
  EXPECT_EQ(rows.wakers[0], 1u);
  EXPECT_TRUE(rows.is_single_consumer[0]);
  EXPECT_FALSE(rows.is_convoy[0]);
  EXPECT_EQ(MapContention(*trace, TraceScope(), true).size(), 2u);
}

TEST(Contention, AConvoyHandsTheLockOn) {
  // Three goroutines pass a lock round: each that gets it wakes the next one and waits again.
  std::string pictures[3];
  for (int i = 0; i < 3; ++i) {
    const std::string p = "/p" + std::to_string(i);
    pictures[i] = "g" + std::to_string(i + 1) + ": running" + p + " @" + std::to_string(i + 1) + ", waiting(sync) @" +
                  std::to_string(10 + i) + " [main>lock]";
  }
  for (int turn = 0; turn < 12; ++turn) {
    const int woken = turn % 3, waker = (turn + 2) % 3;
    const int time = 100 + turn * 10;
    std::string by = turn == 0 ? "" : " <g" + std::to_string(waker + 1);
    pictures[woken] += ", runnable @" + std::to_string(time) + by + " [main>unlock], running/p" +
                       std::to_string(woken) + " @" + std::to_string(time + 1) + ", waiting(sync) @" +
                       std::to_string(time + 15) + " [main>lock]";
  }
  const auto trace = GoTrace(pictures[0] + "\n" + pictures[1] + "\n" + pictures[2] + "\nend 400\n");
  const ContentionColumns rows = MapContention(*trace, TraceScope(), false);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.count[0], 11u);
  EXPECT_TRUE(rows.is_convoy[0]);
  EXPECT_FALSE(rows.is_single_consumer[0]);
}

TEST(TraceDiff, ByStartFunctionAndStack) {
  const auto before = GoTrace(
      "g1 main.work: running/p0 @10, waiting(sync) @20 [main.work>lock], runnable @24 <g2, running/p0 @25, exit @30\n"
      "g2 main.main: running/p1 @11\nend 40\n");
  const auto after = GoTrace(
      "g1 main.work: running/p0 @10, waiting(sync) @20 [main.work>lock], runnable @84 <g2, running/p0 @88, exit @93\n"
      "g2 main.main: running/p1 @11\nend 99\n");
  const TraceDiff diff = DiffTraces(*before, *after, 1);
  EXPECT_EQ(diff.duration_ns, (Pair{30, 89}));
  EXPECT_EQ(diff.sched_ns, (Pair{1, 4}));
  ASSERT_EQ(diff.functions.size(), 2u);
  EXPECT_EQ(diff.functions[0].name, "main.work");
  EXPECT_EQ(diff.functions[0].block_ns, (Pair{4, 64}));
  EXPECT_EQ(diff.functions[0].exec_ns, (Pair{15, 15}));
  EXPECT_EQ(diff.functions[0].wakeups, (Pair{1, 1}));
  ASSERT_EQ(diff.stacks.size(), 1u);
  EXPECT_EQ(diff.stacks[0].state, "waiting: sync");
  EXPECT_EQ(diff.stacks[0].frames, (std::vector<std::string>{"lock", "main.work"}));
  EXPECT_EQ(diff.stacks[0].ns, (Pair{4, 64}));
}

TEST(GcTable, OneRowACycle) {
  const auto trace = GoTrace(
      "procs 2 @1\ng1: running/p0 @10\n"
      "g7 runtime.gcBgMarkWorker: running/p1 @31, waiting(idle) @55\n"
      "stw(GC sweep termination) g1 25..29\ngc 30..60\nstw(GC mark termination) g1 58..64\nassist g1 40..45\n"
      "label g7 @32 GC (dedicated)\ngc 80..\nend 100\n");
  const GcColumns cycles = GcTable(*trace);
  ASSERT_EQ(cycles.size(), 2u);
  EXPECT_EQ(cycles.start[0], 30u);
  EXPECT_EQ(cycles.end[0], 60u);
  EXPECT_EQ(cycles.pause_ns[0], 10u);
  EXPECT_EQ(cycles.longest_pause_ns[0], 6u);
  EXPECT_EQ(cycles.assist_ns[0], 5u);
  EXPECT_EQ(cycles.dedicated_ns[0], 24u);
  EXPECT_EQ(cycles.end[1], kNoTime);
  EXPECT_EQ(cycles.pause_ns[1], 0u);
}

}  // namespace
}  // namespace flametrail
