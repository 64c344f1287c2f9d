// The timeline of one trace: its lanes, what of them is on screen, and all about one span. Keeps what it made for the
// next question: indexes of long tracks, and lanes that the trace has no column for.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_TIMELINE_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_TIMELINE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/trace/timeline/lane.h"
#include "core/analysis/trace/timeline/lane_tracks.h"
#include "core/analysis/trace/timeline/track_index.h"
#include "core/model/trace/trace.h"

namespace flametrail {

// Rows: lanes by kind, in the order of LaneKind, then by object; of the collector only where it has spans. Times in ns.
// Same names and order as web/src/protocol/trace.ts, here and below.
struct LaneColumns {
  std::vector<uint8_t> kind;
  std::vector<uint32_t> object;
  std::vector<double> number;   // Go's id of the P, M, goroutine; of others 0
  std::vector<uint32_t> name;   // goroutines: StringId of the start function
  std::vector<uint8_t> system;  // goroutines: 1 of the runtime's own
  // Of its first and its last span; 0 where there is none. Of Ms these and `spans` are 0: their lanes are made when
  // they are looked at.
  std::vector<double> start;
  std::vector<double> end;
  std::vector<double> running;  // goroutines: sum of the state
  std::vector<double> blocked;  // goroutines: waiting, also in system calls
  std::vector<uint32_t> spans;
  std::vector<uint32_t> parent;  // goroutines: GoroutineIndex of who created it; else none
  std::vector<uint32_t> states;  // goroutines: a bit for each TimelineState that it is ever in
  // Words that a goroutine can be found by, entries [tag_begin[lane], tag_begin[lane + 1]): by kind, then text.
  std::vector<uint32_t> tag_begin = {0};
  std::vector<uint8_t> tag_kind;  // TagKind
  std::vector<uint32_t> tag_text;
};

enum class TagKind : uint8_t {
  kTask,   // types of the tasks that it created or has regions or logs of
  kLabel,  // its labels, categories of its logs, types of its regions
};

struct SliceQuery {
  TraceTime from = 0;
  TraceTime to = 0;
  uint32_t level = 0;  // 2^level ns a pixel
};

struct SliceColumns {
  std::vector<uint32_t> lane_begin = {0};  // slices of the i-th lane asked for: [lane_begin[i], lane_begin[i + 1])
  std::vector<double> start;
  std::vector<double> end;
  std::vector<uint8_t> state;   // TimelineState, of a run the longest
  std::vector<uint32_t> count;  // spans; 1: a span as it is
  std::vector<uint32_t> item;   // the first of them, for Describe
  // The item's: Ps and Ms: GoroutineIndex; tasks, regions, logs, samples: index; Runnable of a goroutine:
  // GoroutineIndex of who woke or created it; else none.
  std::vector<uint32_t> object;
  std::vector<uint32_t> label;  // StringId of what stands on the slice; else none
  // Time by state, entries [mix_begin[slice], mix_begin[slice + 1]), by state.
  std::vector<uint32_t> mix_begin = {0};
  std::vector<uint8_t> mix_state;
  std::vector<double> mix_ns;
  // Logs and CPU samples on goroutines, Ps and Ms, entries [mark_begin[lane], mark_begin[lane + 1]), by time: those of
  // one kind that are in the same pixel are one.
  std::vector<uint32_t> mark_begin = {0};
  std::vector<double> mark_time;     // of the first
  std::vector<uint8_t> mark_kind;    // LaneKind: kLog, kSample
  std::vector<uint32_t> mark_item;   // of the first, on the lane of its kind
  std::vector<uint32_t> mark_count;  // how many
  std::vector<uint32_t> mark_label;  // StringId of the first log's message; else none

  size_t size() const { return start.size(); }
};

struct WokenSpan {
  Lane lane;
  uint32_t item = 0;
  TraceTime time = 0;
};

// A span and those around it.
struct SpanFacts {
  TimelineState state = TimelineState::kUndetermined;
  TraceTime start = 0;
  TraceTime end = 0;
  std::string title;              // of a task or region its type, of a pause its name
  std::string reason;             // of a goroutine that waits or stopped
  std::optional<Lane> goroutine;  // whose, or who did it, and its span that began it
  uint32_t goroutine_item = 0;
  std::optional<Lane> waker;  // of Runnable: who created or woke it, and its span then
  uint32_t waker_item = 0;
  std::optional<uint64_t> proc;  // Go's numbers
  std::optional<uint64_t> thread;
  std::optional<uint32_t> previous;  // items of the same lane
  std::optional<uint32_t> next;
  // Who was made runnable in this span, earliest first, and how many were in all: the spans that this began.
  std::vector<WokenSpan> woken;
  uint32_t woken_count = 0;
  // The same moment on the lanes of its P and its M.
  std::optional<Lane> proc_lane;
  uint32_t proc_item = 0;
  std::optional<Lane> thread_lane;
  uint32_t thread_item = 0;
  std::vector<std::string> stack;        // "FUNCTION FILE:LINE", leaf first: where the goroutine itself is
  std::vector<std::string> waker_stack;  // of Runnable: of the waker
};

class Timeline {
 public:
  // Lanes of one question; what is beyond is left out.
  static constexpr size_t kMaxLanes = 4096;
  // SpanFacts::woken.
  static constexpr size_t kMaxWoken = 16;

  // `trace` outlives it.
  explicit Timeline(const Trace& trace);

  LaneColumns Lanes();
  // Slices that overlap [from, to), whole. Lanes that do not exist are empty.
  SliceColumns Slices(std::span<const Lane> lanes, const SliceQuery& query);
  // Nothing: no such lane or item.
  std::optional<SpanFacts> Describe(const Lane& lane, uint32_t item);
  // The span of the lane that holds at `time`, or the last before it; nothing: none.
  std::optional<uint32_t> ItemAt(const Lane& lane, TraceTime time);
  // How many lanes there are of a kind.
  size_t CountOf(LaneKind kind);

 private:
  using Rows = std::vector<std::vector<LaneInterval>>;

  static TimelineState StateOfRows(LaneKind kind);
  const Rows& RowsOf(LaneKind kind);
  // REQUIRES: the lane exists.
  template <typename Visit>
  auto WithTrack(const Lane& lane, Visit visit) {
    if (lane.kind == LaneKind::kGoroutine) {
      return visit(GoroutineTrack(trace_, trace_.goroutines[lane.object], waiting_));
    }
    if (lane.kind == LaneKind::kProc) return visit(ProcTrack(trace_, trace_.procs[lane.object]));
    return visit(IntervalTrack(RowsOf(lane.kind)[lane.object], StateOfRows(lane.kind)));
  }
  void AddLane(const Lane& lane, LaneColumns* out);
  void AddGoroutine(const Goroutine& g, LaneColumns* out) const;
  const TrackIndex* IndexOf(const Lane& lane);
  void AddTags(LaneColumns* out) const;
  void AddMarks(const Lane& lane, const SliceQuery& query, SliceColumns* out);
  void AddSlice(const Lane& lane, const Slice& slice, SliceColumns* out);
  // Who did it.
  void DescribeActor(GoroutineIndex goroutine, SpanFacts* facts);
  void DescribeGoroutineSpan(GoroutineIndex index, uint32_t item, SpanFacts* facts);
  void DescribeWoken(GoroutineIndex waker, SpanFacts* facts) const;
  void DescribePlace(uint32_t placement, SpanFacts* facts);

  const Trace& trace_;
  const std::vector<TimelineState> waiting_;
  std::map<LaneKind, Rows> rows_;
  // By kind of lane and of mark: object and item, sorted.
  std::map<std::pair<LaneKind, LaneKind>, std::vector<std::pair<uint32_t, uint32_t>>> marks_;
  std::map<std::pair<LaneKind, uint32_t>, std::unique_ptr<TrackIndex>> indexes_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_TIMELINE_H_
