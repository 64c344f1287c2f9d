// The spans of a lane in order of time, read from the trace's own columns where they serve. A track has size(),
// Start(i) and Read(i, &slice), which is false for what is not drawn.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_LANE_TRACKS_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_LANE_TRACKS_H_

#include <cstdint>
#include <vector>

#include "core/analysis/trace/timeline/lane.h"
#include "core/analysis/trace/timeline/slice_merger.h"

namespace flametrail {

inline void FillSlice(TraceTime start, TraceTime end, TimelineState state, uint32_t item, Slice* slice) {
  slice->start = start;
  slice->end = end;
  slice->count = 1;
  slice->item = item;
  slice->ns = {};
  slice->ns[static_cast<size_t>(state)] = end - start;
}

// Items are the goroutine's spans.
class GoroutineTrack {
 public:
  GoroutineTrack(const Trace& trace, const Goroutine& goroutine, const std::vector<TimelineState>& waiting)
      : trace_(trace), goroutine_(goroutine), waiting_(waiting) {}

  uint32_t size() const { return goroutine_.spans.size(); }
  TraceTime Start(uint32_t i) const { return goroutine_.spans[i].start; }
  bool Read(uint32_t i, Slice* slice) const {
    const Span& span = goroutine_.spans[i];
    if (span.go_state() == GoState::kNotExist) return false;
    FillSlice(span.start, trace_.SpanEnd(goroutine_, i), StateOf(span, waiting_), i, slice);
    return true;
  }

 private:
  const Trace& trace_;
  const Goroutine& goroutine_;
  const std::vector<TimelineState>& waiting_;
};

// When a stretch on a P ends that began with span `first` of `g`: with its next span that is neither Running nor
// Syscall.
inline TraceTime StretchEnd(const Trace& trace, const Goroutine& g, uint32_t first) {
  uint32_t i = first;
  while (i < g.spans.size() &&
         (g.spans[i].go_state() == GoState::kRunning || g.spans[i].go_state() == GoState::kSyscall)) {
    ++i;
  }
  return i < g.spans.size() ? TraceTime{g.spans[i].start} : trace.end;
}

// Items are Proc::runs.
class ProcTrack {
 public:
  ProcTrack(const Trace& trace, const Proc& proc) : trace_(trace), proc_(proc) {}

  uint32_t size() const { return static_cast<uint32_t>(proc_.runs.size()); }
  TraceTime Start(uint32_t i) const {
    const ProcRun& run = proc_.runs[i];
    return trace_.goroutine(run.goroutine).spans[run.span].start;
  }
  bool Read(uint32_t i, Slice* slice) const {
    const ProcRun& run = proc_.runs[i];
    FillSlice(Start(i), StretchEnd(trace_, trace_.goroutine(run.goroutine), run.span), TimelineState::kRunning, i,
              slice);
    return true;
  }

 private:
  const Trace& trace_;
  const Proc& proc_;
};

// A span that stands for itself.
struct LaneInterval {
  TraceTime start = 0;
  TraceTime end = 0;
  uint32_t object = 0;  // of a thread: GoroutineIndex; else an index into Trace::ranges, tasks or regions
  uint32_t span = 0;    // of a thread: of the goroutine
};

// Items are `intervals`, which are ordered by start and do not overlap.
class IntervalTrack {
 public:
  IntervalTrack(const std::vector<LaneInterval>& intervals, TimelineState state)
      : intervals_(intervals), state_(state) {}

  uint32_t size() const { return static_cast<uint32_t>(intervals_.size()); }
  TraceTime Start(uint32_t i) const { return intervals_[i].start; }
  bool Read(uint32_t i, Slice* slice) const {
    FillSlice(intervals_[i].start, intervals_[i].end, state_, i, slice);
    return true;
  }

 private:
  const std::vector<LaneInterval>& intervals_;
  const TimelineState state_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_LANE_TRACKS_H_
