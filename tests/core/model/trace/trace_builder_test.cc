#include "core/model/trace/trace_builder.h"

#include <gtest/gtest.h>

#include "tests/core/support/trace_text.h"

namespace flametrail {
namespace {

using testing::ShowAnnotations;
using testing::ShowGoroutines;
using testing::ShowProcs;

class TraceBuilderTest : public ::testing::Test {
 protected:
  // Root first, as in "main.main>main.work".
  StackId Stack(std::initializer_list<std::string_view> root_first) {
    std::vector<LocationId> leaf_first;
    for (const std::string_view function : root_first) {
      const StringId name = builder_.Text(function);
      leaf_first.insert(leaf_first.begin(), builder_.Frame(name.value, name, builder_.Text("main.go"), 1));
    }
    return builder_.Stack(leaf_first);
  }
  uint16_t Reason(std::string_view text) { return builder_.Reason(builder_.Text(text)); }
  void Go(int64_t ns, const EventContext& context, GoroutineIndex g, GoState from, GoState to, uint16_t reason = 0,
          StackId stack = StackTable::kEmpty, StackId own = StackTable::kEmpty) {
    EXPECT_NE(builder_.GoTransition(ns, context, g, from, to, reason, stack, own), kNoTime);
  }

  Trace trace_;
  TraceBuilder builder_{&trace_};
};

using enum GoState;

TEST_F(TraceBuilderTest, AGoroutineIsCreatedRunsBlocksIsWokenAndEnds) {
  const ThreadIndex m = builder_.Thread(3);
  const ProcIndex p = builder_.Proc(0);
  builder_.Sync(1000, std::nullopt);
  const GoroutineIndex g1 = builder_.AddGoroutine(1);
  Go(1010, {m, p, {}}, g1, kUndetermined, kRunning);
  const GoroutineIndex g2 = builder_.AddGoroutine(2);
  Go(1020, {m, p, g1}, g2, kNotExist, kRunnable, 0, Stack({"main.main"}), Stack({"main.work"}));
  Go(1030, {m, p, g1}, g1, kRunning, kWaiting, Reason("select"), Stack({"main.main"}), Stack({"main.main"}));
  Go(1040, {m, p, {}}, g2, kRunnable, kRunning);
  Go(1050, {m, p, g2}, g1, kWaiting, kRunnable, 0, Stack({"main.work", "runtime.ready"}));
  Go(1060, {m, p, g2}, g2, kRunning, kNotExist);
  EXPECT_EQ(ShowGoroutines(trace_),
            "g1 main.main from 0: Undetermined 0, Running 10 @P0/M3, Waiting(select) 30 @P0/M3 [main.main], "
            "Runnable 50 <-g2 [main.work>runtime.ready]\n"
            "g2! <g1 main.work from 20: Runnable 20 <-g1 [main.main], Running 40 @P0/M3, NotExist 60 @P0/M3\n");
  EXPECT_EQ(ShowProcs(trace_), "P0:; g1@10 g2@40\n");
  EXPECT_EQ(trace_.origin, 1000);
  EXPECT_EQ(trace_.base, 10u);
  EXPECT_EQ(trace_.end, 60u);
}

TEST_F(TraceBuilderTest, ASystemCallBlocksWhenItsProcGoesIdle) {
  const ThreadIndex m1 = builder_.Thread(1), m2 = builder_.Thread(2);
  const ProcIndex p = builder_.Proc(0);
  const GoroutineIndex g = builder_.AddGoroutine(1);
  builder_.ProcTransition(0, {m1, {}, {}}, p, ProcState::kUndetermined, ProcState::kRunning);
  Go(1, {m1, p, {}}, g, kUndetermined, kRunning);
  Go(2, {m1, p, g}, g, kRunning, kSyscall);
  Go(3, {m1, p, g}, g, kSyscall, kRunning);
  Go(4, {m1, p, g}, g, kRunning, kSyscall, 0, Stack({"main.read"}));
  builder_.ProcTransition(6, {m2, {}, {}}, p, ProcState::kRunning, ProcState::kIdle);
  Go(8, {m1, {}, g}, g, kSyscall, kRunnable);
  EXPECT_EQ(ShowGoroutines(trace_),
            "g1  from 0: Undetermined 0, Running 1 @P0/M1, Syscall 2 @P0/M1, Running 3 @P0/M1, "
            "Syscall 4 @P0/M1 [main.read], SyscallBlocked 6 @P-/M2 [main.read], Runnable 8\n");
  EXPECT_EQ(ShowProcs(trace_), "P0: Running 0 M1, Idle 6 M2; g1@1\n");
  EXPECT_EQ(trace_.go_transitions[static_cast<size_t>(kSyscall)][static_cast<size_t>(kRunnable)], 1u);
}

TEST_F(TraceBuilderTest, AStatusThatIsKnownAlreadyCountsButMakesNoSpan) {
  const GoroutineIndex g = builder_.AddGoroutine(1);
  Go(0, {}, g, kUndetermined, kWaiting);
  Go(5, {}, g, kWaiting, kWaiting);
  EXPECT_EQ(ShowGoroutines(trace_), "g1  from 0: Waiting 0\n");
  EXPECT_EQ(trace_.goroutine(g).transitions, 2u);
}

TEST_F(TraceBuilderTest, TimesAreMovedApartAndTooLateOnesRefused) {
  EXPECT_EQ(builder_.Sync(-50, std::nullopt), 0u);
  EXPECT_EQ(builder_.Label(-50, {}, builder_.Text("a")), 1u);
  EXPECT_EQ(builder_.Label(-70, {}, builder_.Text("b")), 2u);
  EXPECT_EQ(builder_.Label(INT64_MIN, {}, builder_.Text("c")), 3u);
  EXPECT_EQ(builder_.Label(INT64_MAX, {}, builder_.Text("d")), kNoTime);
  EXPECT_EQ(builder_.Label(static_cast<int64_t>(kMaxTraceTime) - 50, {}, builder_.Text("e")), kMaxTraceTime);
  EXPECT_EQ(builder_.Label(0, {}, builder_.Text("f")), kNoTime);
  EXPECT_EQ(trace_.labels.size(), 4u);
}

TEST_F(TraceBuilderTest, ANumberIsUsedAgainAfterTheGoroutineEnded) {
  const GoroutineIndex old = builder_.AddGoroutine(7);
  EXPECT_EQ(builder_.FindGoroutine(7), old);
  const GoroutineIndex fresh = builder_.AddGoroutine(7);
  EXPECT_NE(old, fresh);
  EXPECT_EQ(builder_.FindGoroutine(7), fresh);
  EXPECT_TRUE(builder_.FindGoroutine(8).is_none());
}

TEST_F(TraceBuilderTest, RangesBeginEndAndWereActive) {
  const GoroutineIndex g = builder_.AddGoroutine(1);
  const ProcIndex p = builder_.Proc(2);
  const StringId sweep = builder_.Text("GC incremental sweep"), mark = builder_.Text("GC concurrent mark phase");
  builder_.Sync(0, std::nullopt);
  builder_.RangeActive(2, {}, sweep, RangeScope::kProc, p.value);
  builder_.RangeBegin(3, {{}, {}, g}, mark, RangeScope::kGlobal, 0, StackTable::kEmpty);
  builder_.RangeActive(4, {}, mark, RangeScope::kGlobal, 0);
  builder_.RangeEnd(5, {{}, p, g}, sweep, RangeScope::kProc, p.value, std::pair<uint64_t, uint64_t>(8192, 100));
  builder_.RangeEnd(6, {{}, {}, g}, builder_.Text("GC mark assist"), RangeScope::kGoroutine, g.value);
  EXPECT_EQ(ShowAnnotations(trace_),
            "range \"GC incremental sweep\" 0..5 P2 active by -\n"
            "range \"GC concurrent mark phase\" 3.. global by g1\n"
            "range \"GC mark assist\" ..6 g1 by g1\n"
            "sweep of range 0 8192 100\n"
            "sync 0\n");
}

TEST_F(TraceBuilderTest, RegionsNestAndEndWithTheirGoroutine) {
  const GoroutineIndex g = builder_.AddGoroutine(1);
  const EventContext context = {{}, {}, g};
  const TaskIndex task = builder_.Task(5), none = builder_.Task(TraceTask::kBackground);
  Go(0, {}, g, kUndetermined, kRunning);
  builder_.TaskBegin(1, context, task, none, builder_.Text("order"), StackTable::kEmpty);
  builder_.RegionEnd(2, context, none, builder_.Text("early"), StackTable::kEmpty);
  builder_.RegionBegin(3, context, task, builder_.Text("outer"), StackTable::kEmpty);
  builder_.RegionBegin(4, context, task, builder_.Text("inner"), StackTable::kEmpty);
  builder_.Log(5, context, task, builder_.Text("key"), builder_.Text("value"), StackTable::kEmpty);
  builder_.RegionEnd(6, context, task, builder_.Text("inner"), StackTable::kEmpty);
  builder_.TaskEnd(7, context, task, StackTable::kEmpty);
  builder_.TaskEnd(8, context, task, StackTable::kEmpty);
  Go(9, context, g, kRunning, kNotExist);
  EXPECT_EQ(ShowAnnotations(trace_),
            "task 5 \"order\" 1..7 parent task 0 by g1\n"
            "task 0 \"\" .. parent - by -\n"
            "region \"early\" ..2 g1 task 0 ended\n"
            "region \"outer\" 3..9 g1 task 5 exit\n"
            "region \"inner\" 4..6 g1 task 5 ended\n"
            "log 5 g1 task 5 \"key\" \"value\"\n");
}

TEST_F(TraceBuilderTest, ReasonsBeyondTheLimitAreOther) {
  for (int i = 0; i < 5000; ++i) Reason("reason " + std::to_string(i));
  EXPECT_EQ(trace_.reasons.size(), 4096u);
  EXPECT_EQ(Reason(""), 0);
  EXPECT_EQ(Reason("reason 0"), 1);
  EXPECT_EQ(trace_.Text(trace_.reasons[Reason("reason 4999")]), "other");
}

class Recorder : public TraceListener {
 public:
  void OnEvent(const Trace&, const TraceEventView& event) override { kinds.push_back(event.kind); }
  std::vector<EventKind> kinds;
};

TEST(TraceListenerTest, HearsOfEachEventOnce) {
  Trace trace;
  Recorder recorder;
  TraceBuilder builder(&trace, &recorder);
  const GoroutineIndex g = builder.AddGoroutine(1);
  builder.Sync(0, std::nullopt);
  builder.GoTransition(1, {}, g, kUndetermined, kRunning, 0, StackTable::kEmpty, StackTable::kEmpty);
  builder.AddMetric(2, {}, Metric::kHeapGoal, 7, StackTable::kEmpty);
  builder.Sample(3, {}, StackTable::kEmpty);
  using enum EventKind;
  EXPECT_EQ(recorder.kinds, (std::vector<EventKind>{kSync, kStateTransition, kMetric, kStackSample}));
  EXPECT_EQ(trace.events_by_kind[static_cast<size_t>(kMetric)], 1u);
}

}  // namespace
}  // namespace flametrail
