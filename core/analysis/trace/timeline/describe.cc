// Timeline::Describe: all about one span.
#include <string>
#include <vector>

#include "core/analysis/trace/json_parts.h"
#include "core/analysis/trace/own_stack.h"
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

// The P and M of a span that is on them; of what follows, where it was before.
void Place(const Trace& trace, uint32_t peer, SpanFacts* facts) {
  if (peer >= trace.placements.size()) return;
  const Placement& place = trace.placements[peer];
  if (place.proc.index() < trace.procs.size()) facts->proc = trace.procs[place.proc.index()].id;
  if (place.thread.index() < trace.threads.size()) facts->thread = trace.threads[place.thread.index()].id;
}

}  // namespace

void Timeline::DescribeGoroutineSpan(GoroutineIndex index, uint32_t item, SpanFacts* facts) {
  const Goroutine& g = trace_.goroutine(index);
  const Span& span = g.spans[item];
  facts->goroutine = Lane{LaneKind::kGoroutine, index.value};
  facts->goroutine_item = item;
  if (span.reason < trace_.reasons.size()) facts->reason = trace_.Text(trace_.reasons[span.reason]);
  facts->stack = StackText(trace_, OwnStack(g, item));
  if (span.go_state() != GoState::kRunnable) {
    Place(trace_, span.peer, facts);
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
