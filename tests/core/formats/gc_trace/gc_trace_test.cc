#include <gtest/gtest.h>

#include <string>

#include "core/formats/gc_trace/gc_line.h"
#include "core/formats/gc_trace/gc_trace_reader.h"
#include "tests/core/support/read_with.h"

namespace flametrail {
namespace {

constexpr std::string_view kLine =
    "gc 7 @0.123s 4%: 0.018+1.2+0.003 ms clock, 0.036+0.5/1.0/0.2+0.006 ms cpu, 4->5->2 MB, 6 MB goal, 0 MB stacks, "
    "0 MB globals, 8 P (forced)";

TEST(GcTrace, ReadsEveryNumberOfALine) {
  GcCycle cycle;
  ASSERT_EQ(gc_trace::ParseCycle(kLine, &cycle), gc_trace::Read::kRead);
  EXPECT_EQ(cycle.number, 7u);
  EXPECT_EQ(cycle.start_ns, 123000000);
  EXPECT_EQ(cycle.percent, 4u);
  EXPECT_EQ(cycle.sweep_stop_ns, 18000);
  EXPECT_EQ(cycle.mark_ns, 1200000);
  EXPECT_EQ(cycle.mark_stop_ns, 3000);
  EXPECT_EQ(cycle.assist_cpu_ns, 500000);
  EXPECT_EQ(cycle.background_cpu_ns, 1000000);
  EXPECT_EQ(cycle.idle_cpu_ns, 200000);
  EXPECT_EQ(cycle.heap_begin_mb, 4u);
  EXPECT_EQ(cycle.heap_end_mb, 5u);
  EXPECT_EQ(cycle.live_mb, 2u);
  EXPECT_EQ(cycle.goal_mb, 6u);
  EXPECT_EQ(cycle.procs, 8u);
  EXPECT_TRUE(cycle.is_forced);
  // Before Go 1.18, in a log.
  GcCycle old;
  ASSERT_EQ(gc_trace::ParseCycle(
                "12:00 api: gc 1 @2s 0%: 1e-3+2+3 ms clock, 1+0/0/0+1 ms cpu, 1->1->0 MB, 4 MB goal, 2 P", &old),
            gc_trace::Read::kRead);
  EXPECT_EQ(old.sweep_stop_ns, 1000);
  EXPECT_EQ(old.procs, 2u);
}

TEST(GcTrace, ReadsTheSchedulersState) {
  SchedState state;
  ASSERT_EQ(gc_trace::ParseSched("SCHED 1009ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=1 needspinning=0 "
                                 "idlethreads=2 runqueue=7 [0 3] schedticks=[ 9 9 ]",
                                 &state),
            gc_trace::Read::kRead);
  EXPECT_EQ(state.time_ns, 1009000000);
  EXPECT_EQ(state.procs, 2u);
  EXPECT_EQ(state.idle_procs, 1u);
  EXPECT_EQ(state.threads, 5u);
  EXPECT_EQ(state.global_queue, 7u);
  EXPECT_EQ(state.local_queues, 3u);
}

TEST(GcTrace, CutAndMixedLinesAreCounted) {
  const std::string text = std::string(kLine) + "\nhello gc 1 of us\n" + std::string(kLine.substr(0, 40)) + "\n";
  const Result<Document> result = testing::ReadWith(MakeGcTraceReader(), text);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->gc_log->cycles.size(), 1u);
  EXPECT_EQ(
      testing::ShowFaults(*result),
      "1 x Records that break the rules of the format were left out. (gc 7 @0.123s 4%: 0.018+1.2+0.003 ms cloc)\n");
  for (size_t size = 0; size < kLine.size(); ++size) {
    GcCycle cycle;
    // The line says all that is read as soon as the number of Ps is there.
    const bool complete = size >= kLine.find(" P (") + 2;
    EXPECT_EQ(gc_trace::ParseCycle(kLine.substr(0, size), &cycle) == gc_trace::Read::kRead, complete) << size;
  }
  EXPECT_FALSE(testing::ReadWith(MakeGcTraceReader(), "nothing\n").ok());
}

}  // namespace
}  // namespace flametrail
