// latency_histogram.h, latency_groups.h.
#include <gtest/gtest.h>

#include <string>

#include "core/analysis/trace/latency_groups.h"
#include "tests/core/support/go_trace.h"

namespace flametrail {
namespace {

using testing::GoTrace;

TEST(LatencyHistogram, FiveBucketsADecade) {
  EXPECT_EQ(LatencyHistogram::BucketOf(0), 0u);
  EXPECT_EQ(LatencyHistogram::BucketOf(1), 0u);
  EXPECT_EQ(LatencyHistogram::BucketOf(2), 1u);   // 1.58 ..
  EXPECT_EQ(LatencyHistogram::BucketOf(3), 2u);   // 2.51 ..
  EXPECT_EQ(LatencyHistogram::BucketOf(9), 4u);   // 6.3 ..
  EXPECT_EQ(LatencyHistogram::BucketOf(10), 5u);  // exact, where logarithms in floating point may fall short
  EXPECT_EQ(LatencyHistogram::BucketOf(999), 14u);
  EXPECT_EQ(LatencyHistogram::BucketOf(1000), 15u);
  EXPECT_EQ(LatencyHistogram::BucketOf(1000000000), 45u);
  EXPECT_EQ(LatencyHistogram::BucketOf(~uint64_t{0}), 94u);
  EXPECT_EQ(LatencyHistogram::LowerEdge(16), 1584u);
  EXPECT_EQ(LatencyHistogram::LowerEdge(45), 1000000000u);
}

TEST(LatencyHistogram, HoldsWhatLiesBetweenTheFirstAndTheLast) {
  LatencyHistogram histogram;
  for (const uint64_t ns : {1000, 1600, 20, 1700}) histogram.Add(ns);
  EXPECT_EQ(histogram.first_bucket(), 6u);
  EXPECT_EQ(histogram.counts(), (std::vector<uint64_t>{1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}));
  EXPECT_EQ(histogram.sum_ns(), 4320u);
  EXPECT_EQ(histogram.max_ns(), 1700u);
}

constexpr const char* kPicture =
    "g1 main.main: running/p0 @1\n"
    "task 1 order g1 10..30 · task 2 order g1 12..52 · task 3 order g1 14.. · task 4 ship g1 16..19\n"
    "region g1 task 1 pack 20..28 [main.main>pack]\n"
    "log g1 task 1 state packed @29\n"
    "end 100\n";

TEST(LatencyGroups, TasksAndRegionsAndLogsByType) {
  const auto trace = GoTrace(kPicture);
  const std::vector<LatencyGroup> tasks = GroupTasks(*trace, TraceScope());
  ASSERT_EQ(tasks.size(), 2u);
  EXPECT_EQ(trace->Text(tasks[0].type), "order");
  EXPECT_EQ(tasks[0].count, 3u);
  EXPECT_EQ(tasks[0].complete, 2u);
  EXPECT_EQ(tasks[0].histogram.sum_ns(), 60u);
  const std::vector<LatencyGroup> regions = GroupRegions(*trace, TraceScope());
  ASSERT_EQ(regions.size(), 1u);
  EXPECT_EQ(regions[0].histogram.sum_ns(), 8u);
  const std::vector<LatencyGroup> logs = GroupLogs(*trace, TraceScope());
  ASSERT_EQ(logs.size(), 1u);
  EXPECT_EQ(logs[0].histogram.sum_ns(), 19u);  // behind the task's start
}

std::string Find(const TaskFilter& filter) {
  const auto trace = GoTrace(kPicture);
  std::string text;
  for (const TaskIndex task : FindTasks(*trace, filter)) {
    text += std::to_string(trace->tasks[task.index()].id) + ":" +
            std::to_string(TaskDuration(*trace, trace->tasks[task.index()])) + " ";
  }
  return text;
}

TEST(LatencyGroups, TasksByFilter) {
  EXPECT_EQ(Find({}), "4:3 1:20 2:40 3:86 ");
  TaskFilter complete;
  complete.complete = true;
  complete.least_ns = 10;
  EXPECT_EQ(Find(complete), "1:20 2:40 ");
  TaskFilter text;
  text.text = "pack";
  EXPECT_EQ(Find(text), "1:20 ");
}

}  // namespace
}  // namespace flametrail
