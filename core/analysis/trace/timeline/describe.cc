// Timeline::Describe: all about one span.
#include <algorithm>
#include <string>
#include <vector>

#include "core/analysis/trace/json_parts.h"
#include "core/analysis/trace/own_stack.h"
#include "core/analysis/trace/scope.h"
#include "core/analysis/trace/timeline/timeline.h"

namespace flametrail {
namespace {

std::vector<std::string> StackText(const Trace& trace, StackId stack) {
  std::vector<LocationId> frames;
  trace.stacks.Expand(stack, &frames);
  std::vector<std::string> texts;
  texts.reserve(frames.size());
  for (const LocationId frame : frames) texts.push_back(FrameText(trace, frame));
  return texts;
}

}  // namespace

// The P and M of a span that is on them; of what follows, where it was before.
void Timeline::DescribePlace(uint32_t placement, SpanFacts* facts) {
  if (placement >= trace_.placements.size()) return;
  const Placement& place = trace_.placements[placement];
  const auto find = [&](LaneKind kind, uint32_t object, std::optional<Lane>* lane, uint32_t* item) {
    const auto its = ItemAt({kind, object}, facts->start);
    if (!its) return;
    *lane = Lane{kind, object};
    *item = *its;
  };
  if (place.proc.index() < trace_.procs.size()) {
    facts->proc = trace_.procs[place.proc.index()].id;
    find(LaneKind::kProc, place.proc.value, &facts->proc_lane, &facts->proc_item);
  }
  if (place.thread.index() < trace_.threads.size()) {
    facts->thread = trace_.threads[place.thread.index()].id;
    find(LaneKind::kThread, place.thread.value, &facts->thread_lane, &facts->thread_item);
  }
}

// Nobody keeps a list of wake-ups: each goroutine is looked through for this stretch of time, which is short.
void Timeline::DescribeWoken(GoroutineIndex waker, SpanFacts* facts) const {
  const auto before = [](const WokenSpan& a, const WokenSpan& b) { return a.time < b.time; };
  std::vector<WokenSpan>& woken = facts->woken;
  for (uint32_t g = 0; g < trace_.goroutines.size(); ++g) {
    const SpanTrack& spans = trace_.goroutines[g].spans;
    uint32_t i = spans.IndexAt(facts->start);
    if (i == spans.size()) i = 0;
    for (; i < spans.size() && spans[i].start < facts->end; ++i) {
      const Span& span = spans[i];
      if (span.go_state() != GoState::kRunnable || span.peer != waker.value || span.start < facts->start) continue;
      ++facts->woken_count;
      woken.insert(std::upper_bound(woken.begin(), woken.end(), WokenSpan{{}, 0, span.start}, before),
                   {{LaneKind::kGoroutine, g}, i, span.start});
      if (woken.size() > kMaxWoken) woken.pop_back();
    }
  }
}

void Timeline::DescribeGoroutineSpan(GoroutineIndex index, uint32_t item, SpanFacts* facts) {
  const Goroutine& g = trace_.goroutine(index);
  const Span& span = g.spans[item];
  facts->goroutine = Lane{LaneKind::kGoroutine, index.value};
  facts->goroutine_item = item;
  if (span.reason < trace_.reasons.size()) facts->reason = trace_.Text(trace_.reasons[span.reason]);
  facts->stack = StackText(trace_, OwnStack(g, item));
  if (span.go_state() != GoState::kRunnable) {
    DescribePlace(span.peer, facts);
    if (span.go_state() == GoState::kRunning || IsSyscall(span.go_state())) DescribeWoken(index, facts);
    return;
  }
  if (span.peer >= trace_.goroutines.size()) return;
  const Lane waker = {LaneKind::kGoroutine, span.peer};
  facts->waker_stack = StackText(trace_, span.stack);
  if (const auto its = ItemAt(waker, span.start)) {
    facts->waker = waker;
    facts->waker_item = *its;
  }
}

std::optional<SpanFacts> Timeline::Describe(const Lane& lane, uint32_t item) {
  if (lane.object >= CountOf(lane.kind)) return std::nullopt;
  SpanFacts facts;
  const bool is_there = WithTrack(lane, [&](const auto& track) {
    Slice slice;
    if (item >= track.size() || !track.Read(item, &slice)) return false;
    facts.state = slice.Dominant();
    facts.start = slice.start;
    facts.end = slice.end;
    Slice other;
    if (item > 0 && track.Read(item - 1, &other)) facts.previous = item - 1;
    if (item + 1 < track.size() && track.Read(item + 1, &other)) facts.next = item + 1;
    return true;
  });
  if (!is_there) return std::nullopt;
  const auto interval = [&]() -> const LaneInterval& { return RowsOf(lane.kind)[lane.object][item]; };
  switch (lane.kind) {
    case LaneKind::kGoroutine:
      DescribeGoroutineSpan(GoroutineIndex(lane.object), item, &facts);
      break;
    case LaneKind::kProc: {
      const ProcRun& run = trace_.procs[lane.object].runs[item];
      DescribeGoroutineSpan(run.goroutine, run.span, &facts);
      break;
    }
    case LaneKind::kThread:
      DescribeGoroutineSpan(GoroutineIndex(interval().object), interval().span, &facts);
      break;
    case LaneKind::kCollector:
    case LaneKind::kStopTheWorld: {
      const TraceRange& range = trace_.ranges[interval().object];
      facts.title = trace_.Text(range.name);
      facts.stack = StackText(trace_, range.stack);
      DescribeActor(range.goroutine, &facts);
      break;
    }
    case LaneKind::kTask: {
      const TraceTask& task = trace_.tasks[interval().object];
      facts.title = trace_.Text(task.type);
      facts.stack = StackText(trace_, task.start_stack);
      DescribeActor(task.creator, &facts);
      break;
    }
    case LaneKind::kRegion: {
      const TraceRegion& region = trace_.regions[interval().object];
      facts.title = trace_.Text(region.type);
      facts.stack = StackText(trace_, region.start_stack);
      DescribeActor(region.goroutine, &facts);
      break;
    }
    case LaneKind::kLog: {
      const TraceLog& log = trace_.logs[interval().object];
      facts.title = trace_.Text(log.message);
      facts.reason = trace_.Text(log.category);
      facts.stack = StackText(trace_, log.stack);
      DescribeActor(log.goroutine, &facts);
      break;
    }
    case LaneKind::kSample: {
      const CpuSample& sample = trace_.cpu_samples[interval().object];
      facts.stack = StackText(trace_, sample.stack);
      DescribePlace(sample.placement.value, &facts);
      DescribeActor(sample.goroutine, &facts);
      break;
    }
  }
  return facts;
}

void Timeline::DescribeActor(GoroutineIndex goroutine, SpanFacts* facts) {
  if (goroutine.index() >= trace_.goroutines.size()) return;
  const Lane lane = {LaneKind::kGoroutine, goroutine.value};
  const auto item = ItemAt(lane, facts->start);
  if (!item) return;
  facts->goroutine = lane;
  facts->goroutine_item = *item;
}

}  // namespace flametrail
