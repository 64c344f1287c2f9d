// The timeline: lanes, slices at any resolution, all about a span.
#include "core/analysis/trace/timeline/timeline.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "core/analysis/trace/timeline/strip.h"
#include "tests/core/support/go_trace.h"

namespace flametrail {
namespace {

using testing::GoTrace;

constexpr std::array<const char*, kTimelineStates> kStates = {
    "undetermined", "running", "runnable", "syscall", "network", "channel", "sync", "sleep",
    "collector",    "waiting", "mark",     "stw",     "task",    "region",  "log",  "sample"};
constexpr std::array<const char*, kLaneKinds> kKinds = {"gc", "stw", "P", "M", "task", "region", "log", "sample", "g"};

std::string Number(double value) { return std::to_string(static_cast<int64_t>(value)); }

// "[10,20) running · [20,24) channel 3×: running 1 channel 3": a run has its count and its time by state.
std::string Show(const SliceColumns& slices, size_t lane) {
  std::string text;
  for (uint32_t i = slices.lane_begin[lane]; i < slices.lane_begin[lane + 1]; ++i) {
    if (!text.empty()) text += " · ";
    text += "[" + Number(slices.start[i]) + "," + Number(slices.end[i]) + ") " + kStates[slices.state[i]];
    if (slices.count[i] == 1) continue;
    text += " " + std::to_string(slices.count[i]) + "×:";
    for (uint32_t m = slices.mix_begin[i]; m < slices.mix_begin[i + 1]; ++m) {
      text += std::string(" ") + kStates[slices.mix_state[m]] + " " + Number(slices.mix_ns[m]);
    }
  }
  return text;
}

std::string Cut(Timeline* timeline, Lane lane, SliceQuery query) {
  return Show(timeline->Slices(std::vector<Lane>{lane}, query), 0);
}

constexpr Lane kFirst = {LaneKind::kGoroutine, 0};

// What a trace finds running it does not know at once: the first nanosecond is undetermined.
constexpr const char* kPicture =
    "g1 main.main: running/p0 @0, waiting(chan receive) @8 [main.main>chanrecv], runnable @9 <g2 [main.work>chansend], "
    "running/p0 @10, waiting(sync) @12 [main.main>lock], runnable @30 <g2 [main.work>unlock], running/p0 @31, exit "
    "@60\n"
    "g2 main.work: running/p1 @1, syscall @40 [main.work>read], running @44, exit @50\n"
    "end 64\n";

TEST(Timeline, SpansOfAGoroutineAsTheyAre) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  EXPECT_EQ(Cut(&timeline, kFirst, {0, 100, 0}),
            "[0,1) undetermined · [1,8) running · [8,9) channel · [9,10) runnable · [10,12) running · [12,30) sync · "
            "[30,31) runnable · "
            "[31,60) running");
}

TEST(Timeline, SpansThinnerThanAPixelBecomeOneRun) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  // 8 ns a pixel: 8..12 start in the second pixel and are thin.
  EXPECT_EQ(Cut(&timeline, kFirst, {0, 100, 3}),
            "[0,8) running 2×: undetermined 1 running 7 · [8,12) running 3×: running 2 runnable 1 channel 1 · [12,30) "
            "sync · [30,31) runnable · "
            "[31,60) running");
  // All of it in one pixel.
  EXPECT_EQ(Cut(&timeline, kFirst, {0, 100, 48}),
            "[0,60) running 8×: undetermined 1 running 38 runnable 2 channel 1 sync 18");
}

TEST(Timeline, AWindowGivesWholeSlicesThatDoNotDependOnIt) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  EXPECT_EQ(Cut(&timeline, kFirst, {11, 13, 3}), "[8,12) running 3×: running 2 runnable 1 channel 1 · [12,30) sync");
  EXPECT_EQ(Cut(&timeline, kFirst, {20, 21, 0}), "[12,30) sync");
  EXPECT_EQ(Cut(&timeline, kFirst, {60, 64, 0}), "");
  EXPECT_EQ(Cut(&timeline, kFirst, {30, 30, 0}), "");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kGoroutine, 2}, {0, 100, 0}), "");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kTask, 0}, {0, 100, 0}), "");
}

TEST(Timeline, PsAndMsShowWhoRan) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  EXPECT_EQ(Cut(&timeline, {LaneKind::kProc, 0}, {0, 100, 0}), "[1,8) running · [10,12) running · [31,60) running");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kProc, 1}, {0, 100, 0}), "[2,50) running");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kProc, 0}, {0, 100, 5}), "[1,60) running 3×: running 38");
  const SliceColumns slices = timeline.Slices(std::vector<Lane>{{LaneKind::kProc, 1}}, {0, 100, 0});
  EXPECT_EQ(slices.object, std::vector<uint32_t>{1});
  EXPECT_EQ(trace->Text(StringId(slices.label[0])), "main.work");
}

TEST(Timeline, CollectorPausesTasksAndRegions) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @0\n"
      "gc 10..22\nstw(GC mark termination) g1 18..20\nstw(start trace) g1 2..3\n"
      "task 1 order g1 5..30\ntask 2 order g1 6..9\ntask 3 order g1 12..14\n"
      "region g1 task 1 pay 7..29\nend 40\n");
  Timeline timeline(*trace);
  EXPECT_EQ(Cut(&timeline, {LaneKind::kCollector, 0}, {0, 100, 0}), "[10,22) mark");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kStopTheWorld, 0}, {0, 100, 0}), "[2,3) stw · [18,20) stw");
  // Overlapping tasks take as few rows as they need.
  EXPECT_EQ(Cut(&timeline, {LaneKind::kTask, 0}, {0, 100, 0}), "[5,30) task");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kTask, 1}, {0, 100, 0}), "[6,9) task · [12,14) task");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kRegion, 0}, {0, 100, 0}), "[7,29) region");
  const LaneColumns lanes = timeline.Lanes();
  std::string text;
  for (size_t i = 0; i < lanes.kind.size(); ++i) {
    text += std::string(kKinds[lanes.kind[i]]) + std::to_string(lanes.object[i]) + " " + Number(lanes.start[i]) + ".." +
            Number(lanes.end[i]) + "; ";
  }
  EXPECT_EQ(text, "gc0 10..22; stw0 2..20; P0 1..40; M0 0..0; task0 5..30; task1 6..14; region0 7..29; g0 0..40; ");
}

TEST(Timeline, ASpanTellsWhoWokeItAndWhatStandsBesideIt) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  const auto facts = timeline.Describe(kFirst, 6);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->state, TimelineState::kRunnable);
  EXPECT_EQ(facts->start, 30u);
  EXPECT_EQ(facts->end, 31u);
  ASSERT_TRUE(facts->waker);
  EXPECT_EQ(facts->waker->object, 1u);
  EXPECT_EQ(timeline.Describe(*facts->waker, facts->waker_item)->start, 2u);  // running, when it unlocked
  ASSERT_EQ(facts->stack.size(), 2u);
  EXPECT_EQ(facts->stack[0].substr(0, 4), "lock");
  EXPECT_EQ(facts->waker_stack[0].substr(0, 6), "unlock");
  EXPECT_EQ(facts->previous, 5u);
  EXPECT_EQ(facts->next, 7u);
  EXPECT_FALSE(timeline.Describe(kFirst, 7)->next);  // it ended
  EXPECT_FALSE(timeline.Describe(kFirst, 8));
  EXPECT_FALSE(timeline.Describe({LaneKind::kRegion, 0}, 0));
  EXPECT_EQ(timeline.Describe({LaneKind::kProc, 0}, 1)->proc, 0u);
  EXPECT_EQ(timeline.ItemAt(kFirst, 29), 5u);
  EXPECT_EQ(timeline.ItemAt(kFirst, 30), 6u);
  EXPECT_EQ(timeline.ItemAt({LaneKind::kProc, 1}, 0), std::nullopt);
}

TEST(Timeline, ASpanTellsWhomItWokeAndWhereItsPAndMWere) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  const auto facts = timeline.Describe({LaneKind::kGoroutine, 1}, 1);  // main.work runs from 2 to 40
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->woken_count, 2u);
  ASSERT_EQ(facts->woken.size(), 2u);
  EXPECT_EQ(facts->woken[0].lane.object, 0u);
  EXPECT_EQ(facts->woken[0].item, 3u);  // 9..10
  EXPECT_EQ(facts->woken[1].item, 6u);  // 30..31
  ASSERT_TRUE(facts->proc_lane);
  EXPECT_EQ(facts->proc_lane->object, 1u);
  EXPECT_EQ(timeline.Describe(*facts->proc_lane, facts->proc_item)->start, 2u);
  ASSERT_TRUE(facts->thread_lane);
  EXPECT_EQ(timeline.Describe(*facts->thread_lane, facts->thread_item)->goroutine->object, 1u);
  // Who waits wakes nobody.
  EXPECT_EQ(timeline.Describe(kFirst, 5)->woken_count, 0u);
}

TEST(Timeline, OnlyTheFirstOfManyWokenAreListedAndAllAreCounted) {
  std::string text = "g1 main.main: running/p0 @0\n";
  for (uint64_t g = 2; g < 42; ++g) {
    text += "g" + std::to_string(g) + " main.w: waiting(sync) @1, runnable @" + std::to_string(100 - g) +
            " <g1 [main.main>unlock]\n";
  }
  const auto trace = GoTrace(text + "end 200\n");
  Timeline timeline(*trace);
  const auto facts = timeline.Describe(kFirst, 1);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->woken_count, 40u);
  ASSERT_EQ(facts->woken.size(), Timeline::kMaxWoken);
  EXPECT_EQ(facts->woken[0].lane.object, 40u);  // g41, at 59
  EXPECT_EQ(facts->woken[0].time, 59u);
}

TEST(Timeline, LogsStandOnTheirGoroutineAndOnALaneOfTheirOwn) {
  const auto trace = GoTrace(
      "g1 main.main: running/p0 @0\ng2 main.work: new @3 <g1 [main.main>go], running/p1 @4\n"
      "task 1 order g1 5..30\nregion g2 task 1 pay 7..29\n"
      "log g1 task 1 money spent @16\nlog g1 task 1 money saved @18\nlog g2 task 1 money lent @20\nend 40\n");
  Timeline timeline(*trace);
  EXPECT_EQ(Cut(&timeline, {LaneKind::kLog, 0}, {0, 100, 0}), "[16,17) log · [18,19) log · [20,21) log");
  EXPECT_EQ(Cut(&timeline, {LaneKind::kSample, 0}, {0, 100, 0}), "");
  const auto marks = [&](Lane lane, SliceQuery query) {
    const SliceColumns slices = timeline.Slices(std::vector<Lane>{lane}, query);
    std::string text;
    for (size_t i = 0; i < slices.mark_time.size(); ++i) {
      text += "@" + Number(slices.mark_time[i]) + " item " + std::to_string(slices.mark_item[i]) + " ×" +
              std::to_string(slices.mark_count[i]) + "; ";
    }
    return text;
  };
  EXPECT_EQ(marks(kFirst, {0, 100, 0}), "@16 item 0 ×1; @18 item 1 ×1; ");
  EXPECT_EQ(marks(kFirst, {0, 100, 3}), "@16 item 0 ×2; ");
  EXPECT_EQ(marks(kFirst, {18, 19, 3}), "@16 item 0 ×2; ");  // whole pixels
  EXPECT_EQ(marks(kFirst, {19, 40, 0}), "");
  EXPECT_EQ(marks({LaneKind::kGoroutine, 1}, {0, 100, 0}), "@20 item 2 ×1; ");
  const auto facts = timeline.Describe({LaneKind::kLog, 0}, 2);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->title, "lent");
  EXPECT_EQ(facts->reason, "money");
  EXPECT_EQ(facts->goroutine->object, 1u);
  // What goroutines can be found by.
  const LaneColumns lanes = timeline.Lanes();
  std::string tags;
  for (size_t lane = 0; lane < lanes.kind.size(); ++lane) {
    if (lanes.kind[lane] != static_cast<uint8_t>(LaneKind::kGoroutine)) continue;
    tags += "g" + Number(lanes.number[lane]) + " of " + (lanes.parent[lane] == 0 ? "g1" : "none") + ":";
    for (uint32_t t = lanes.tag_begin[lane]; t < lanes.tag_begin[lane + 1]; ++t) {
      tags += (lanes.tag_kind[t] == 0 ? " task=" : " label=") + std::string(trace->Text(StringId(lanes.tag_text[t])));
    }
    tags += "; ";
  }
  EXPECT_EQ(tags, "g1 of none: task=order label=money; g2 of g1: task=order label=pay label=money; ");
}

// Many spans of uneven lengths, some of them far longer than others.
std::string Busy(uint32_t rounds) {
  std::string text = "g1 main.main: running/p0 @0";
  uint64_t time = 0, seed = 7;
  for (uint32_t i = 0; i < rounds; ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const char* const reasons[] = {"sync", "chan send", "network", "sleep"};
    time += 1 + (seed >> 60) + (i % 97 == 0 ? 900 : 0);
    text += std::string(", waiting(") + reasons[(seed >> 40) % 4] + ") @" + std::to_string(time);
    time += 1 + (seed >> 50) % 5 + (i % 501 == 0 ? 90000 : 0);
    text += ", runnable @" + std::to_string(time);
    time += 1;
    text += ", running/p0 @" + std::to_string(time);
  }
  return text + "\nend " + std::to_string(time + 5) + "\n";
}

std::array<uint64_t, kTimelineStates> ExactTimes(const Trace& trace) {
  const std::vector<TimelineState> waiting = StatesOfReasons(trace);
  std::array<uint64_t, kTimelineStates> ns = {};
  const Goroutine& g = trace.goroutines[0];
  for (uint32_t i = 0; i < g.spans.size(); ++i) {
    ns[static_cast<size_t>(StateOf(g.spans[i], waiting))] += trace.SpanEnd(g, i) - g.spans[i].start;
  }
  return ns;
}

TEST(Timeline, NoTimeAndNoSpanIsLostAtAnyResolution) {
  const auto trace = GoTrace(Busy(3000));
  ASSERT_GT(trace->goroutines[0].spans.size(), TrackIndex::kSmallestTrack);
  Timeline timeline(*trace);
  const auto exact = ExactTimes(*trace);
  for (uint32_t level = 0; level <= kMaxTimelineLevel; ++level) {
    const SliceColumns slices = timeline.Slices(std::vector<Lane>{kFirst}, {0, trace->end, level});
    std::array<uint64_t, kTimelineStates> sum = {};
    uint64_t spans = 0;
    for (size_t m = 0; m < slices.mix_ns.size(); ++m) {
      sum[slices.mix_state[m]] += static_cast<uint64_t>(slices.mix_ns[m]);
    }
    for (const uint32_t count : slices.count) spans += count;
    EXPECT_EQ(sum, exact) << "level " << level;
    EXPECT_EQ(spans, trace->goroutines[0].spans.size()) << "level " << level;
    const uint64_t pixels = (trace->end >> level) + 1;
    EXPECT_LE(slices.size(), 2 * pixels) << "level " << level;
    for (size_t i = 0; i < slices.size(); ++i) {
      if (slices.count[i] > 1) EXPECT_LT(slices.end[i] - slices.start[i], static_cast<double>(uint64_t{2} << level));
    }
  }
}

TEST(Timeline, TheIndexGivesTheRunsThatTheSpansGive) {
  const auto trace = GoTrace(Busy(3000));
  Timeline timeline(*trace);
  const std::vector<TimelineState> waiting = StatesOfReasons(*trace);
  const GoroutineTrack track(*trace, trace->goroutines[0], waiting);
  for (uint32_t level = 0; level <= 20; ++level) {
    std::string walked;
    SliceMerger merger(level, [&](const Slice& slice) {
      walked += std::to_string(slice.start) + "+" + std::to_string(slice.count) + " ";
    });
    Slice slice;
    for (uint32_t i = 0; i < track.size(); ++i) {
      ASSERT_TRUE(track.Read(i, &slice));
      merger.Add(slice);
    }
    merger.Flush();
    const SliceColumns cut = timeline.Slices(std::vector<Lane>{kFirst}, {0, trace->end, level});
    std::string asked;
    for (size_t i = 0; i < cut.size(); ++i) asked += Number(cut.start[i]) + "+" + std::to_string(cut.count[i]) + " ";
    EXPECT_EQ(asked, walked) << "level " << level;
    // Any window shows a part of the same slices.
    const std::string part = Cut(&timeline, kFirst, {trace->end / 3, trace->end / 2, level});
    EXPECT_NE(Show(cut, 0).find(part), std::string::npos) << "level " << level;
  }
}

TEST(Timeline, LanesOfOneQuestionAreLimited) {
  const auto trace = GoTrace(kPicture);
  Timeline timeline(*trace);
  const std::vector<Lane> lanes(Timeline::kMaxLanes + 1, kFirst);
  EXPECT_EQ(timeline.Slices(lanes, {0, 10, 48}).size(), Timeline::kMaxLanes);
  EXPECT_EQ(timeline.Slices(std::vector<Lane>{kFirst}, {0, kNoTime, 99}).size(), 1u);
}

TEST(Strip, GoroutinesByStateAndTheHeap) {
  const auto trace = GoTrace(kPicture);
  const StripColumns strip = CountStrip(*trace);
  EXPECT_EQ(strip.bucket_ns, 1);
  EXPECT_EQ(strip.running.size(), 65u);
  EXPECT_EQ(strip.running[1], 1);
  EXPECT_EQ(strip.running[5], 2);
  EXPECT_EQ(strip.runnable[9], 1);
  EXPECT_EQ(strip.waiting[20], 1);
  EXPECT_EQ(strip.syscall[41], 1);
  EXPECT_EQ(strip.running[62], 0);
  double sum = 0;
  for (const double running : strip.running) sum += running;
  EXPECT_EQ(sum, 38 + 44);  // of both, without the system call
}

TEST(Strip, BucketsOfALongTraceKeepTheSum) {
  const auto trace = GoTrace(Busy(3000));
  const StripColumns strip = CountStrip(*trace);
  EXPECT_LE(strip.running.size(), StripColumns::kMaxBuckets);
  double running = 0;
  for (const double value : strip.running) running += value * strip.bucket_ns;
  EXPECT_NEAR(running, static_cast<double>(ExactTimes(*trace)[static_cast<size_t>(TimelineState::kRunning)]), 1e-3);
}

}  // namespace
}  // namespace flametrail
