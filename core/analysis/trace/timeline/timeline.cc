#include "core/analysis/trace/timeline/timeline.h"

#include <algorithm>

#include "core/analysis/trace/scope.h"
#include "core/analysis/trace/timeline/lane_rows.h"
#include "core/base/check.h"

namespace flametrail {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFFu;

LaneRows MakeRows(const Trace& trace, LaneKind kind) {
  switch (kind) {
    case LaneKind::kCollector:
      return CollectorRows(trace);
    case LaneKind::kStopTheWorld:
      return StopTheWorldRows(trace);
    case LaneKind::kThread:
      return ThreadRows(trace);
    case LaneKind::kTask:
      return TaskRows(trace);
    case LaneKind::kRegion:
      return RegionRows(trace);
    case LaneKind::kLog:
      return LogRows(trace);
    case LaneKind::kSample:
      return SampleRows(trace);
    case LaneKind::kProc:
    case LaneKind::kGoroutine:
      break;
  }
  CHECK(false);
  return {};
}

// The first of `count` starts that is at or after `time`.
template <typename Start>
uint32_t FirstFrom(uint32_t count, TraceTime time, Start start) {
  uint32_t low = 0, high = count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (start(middle) < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Where the pixel before the window's first one begins: a run of it may reach into the window.
TraceTime FirstStart(const SliceQuery& query) {
  const TraceTime pixel = query.from >> query.level;
  return pixel == 0 ? 0 : (pixel - 1) << query.level;
}

// Calls visit(slice) for the slices of the window, from a track and its index.
template <typename Track, typename Visit>
void CutTrack(const Track& track, const TrackIndex* index, const SliceQuery& query, Visit visit) {
  const auto emit = [&](const Slice& slice) {
    const bool inside = slice.end > query.from || (slice.start == slice.end && slice.start == query.from);
    if (inside && slice.start < query.to) visit(slice);
  };
  const TraceTime first_start = FirstStart(query);
  // The last pixel to its end: its run must not depend on the window.
  const TraceTime behind = ((query.to >> query.level) + 1) << query.level;
  SliceMerger merger(query.level, emit);
  const std::vector<Slice>* const made = index == nullptr ? nullptr : index->AtMost(query.level);
  if (made != nullptr) {
    const bool exact = index->LevelOf(query.level) == query.level;
    uint32_t i =
        FirstFrom(static_cast<uint32_t>(made->size()), first_start, [&](uint32_t at) { return (*made)[at].start; });
    // What lies across the window's begin: a span of more than a pixel, else it is over before the window.
    if (i > 0) emit((*made)[i - 1]);
    for (; i < made->size() && (*made)[i].start < behind; ++i) {
      if (exact) {
        emit((*made)[i]);
      } else {
        merger.Add((*made)[i]);
      }
    }
  } else {
    uint32_t i = FirstFrom(track.size(), first_start, [&](uint32_t at) { return track.Start(at); });
    Slice slice;
    if (i > 0 && track.Read(i - 1, &slice)) emit(slice);
    for (; i < track.size() && track.Start(i) < behind; ++i) {
      if (track.Read(i, &slice)) merger.Add(slice);
    }
  }
  merger.Flush();
}

}  // namespace

Timeline::Timeline(const Trace& trace) : trace_(trace), waiting_(StatesOfReasons(trace)) {}

const Timeline::Rows& Timeline::RowsOf(LaneKind kind) {
  const auto found = rows_.find(kind);
  if (found != rows_.end()) return found->second;
  return rows_.emplace(kind, MakeRows(trace_, kind)).first->second;
}

TimelineState Timeline::StateOfRows(LaneKind kind) {
  switch (kind) {
    case LaneKind::kCollector:
      return TimelineState::kMark;
    case LaneKind::kStopTheWorld:
      return TimelineState::kStopTheWorld;
    case LaneKind::kTask:
      return TimelineState::kTask;
    case LaneKind::kRegion:
      return TimelineState::kRegion;
    case LaneKind::kLog:
      return TimelineState::kLog;
    case LaneKind::kSample:
      return TimelineState::kSample;
    default:
      return TimelineState::kRunning;
  }
}

size_t Timeline::CountOf(LaneKind kind) {
  if (kind == LaneKind::kProc) return trace_.procs.size();
  if (kind == LaneKind::kThread) return trace_.threads.size();
  if (kind == LaneKind::kGoroutine) return trace_.goroutines.size();
  return RowsOf(kind).size();
}

LaneColumns Timeline::Lanes() {
  LaneColumns out;
  for (size_t kind = 0; kind < kLaneKinds; ++kind) {
    const auto count = static_cast<uint32_t>(CountOf(static_cast<LaneKind>(kind)));
    for (uint32_t object = 0; object < count; ++object) AddLane({static_cast<LaneKind>(kind), object}, &out);
  }
  AddTags(&out);
  return out;
}

void Timeline::AddLane(const Lane& lane, LaneColumns* out) {
  out->kind.push_back(static_cast<uint8_t>(lane.kind));
  out->object.push_back(lane.object);
  if (lane.kind == LaneKind::kGoroutine) {
    AddGoroutine(trace_.goroutines[lane.object], out);
    return;
  }
  const bool is_proc = lane.kind == LaneKind::kProc, is_thread = lane.kind == LaneKind::kThread;
  Slice first, last;
  uint32_t spans = 0;
  if (!is_thread) {
    WithTrack(lane, [&](const auto& track) {
      spans = track.size();
      if (spans > 0 && track.Read(0, &first)) (void)track.Read(spans - 1, &last);
    });
  }
  const uint64_t number = is_proc ? trace_.procs[lane.object].id : is_thread ? trace_.threads[lane.object].id : 0;
  out->number.push_back(static_cast<double>(number));
  out->name.push_back(kNone);
  out->system.push_back(0);
  out->start.push_back(static_cast<double>(first.start));
  out->end.push_back(static_cast<double>(last.end));
  out->running.push_back(0);
  out->blocked.push_back(0);
  out->spans.push_back(spans);
  out->parent.push_back(kNone);
  out->states.push_back(0);
}

void Timeline::AddGoroutine(const Goroutine& g, LaneColumns* out) const {
  uint64_t running = 0, blocked = 0;
  uint32_t states = 0;
  TraceTime last = 0;
  ForEachSpan(trace_, g, [&](uint32_t, const Span& span, TraceTime end) {
    const GoState state = span.go_state();
    last = state == GoState::kNotExist ? TraceTime{span.start} : end;
    if (state != GoState::kNotExist) states |= 1u << static_cast<uint32_t>(StateOf(span, waiting_));
    if (state == GoState::kRunning) running += end - span.start;
    if (state == GoState::kWaiting || IsSyscall(state)) blocked += end - span.start;
  });
  out->start.push_back(g.spans.empty() ? 0 : static_cast<double>(g.spans[0].start));
  out->spans.push_back(g.spans.size());
  out->number.push_back(static_cast<double>(g.id));
  out->name.push_back(g.name.value);
  out->system.push_back(IsSystemGoroutine(trace_.Text(g.name)));
  out->end.push_back(static_cast<double>(last));
  out->running.push_back(static_cast<double>(running));
  out->blocked.push_back(static_cast<double>(blocked));
  out->parent.push_back(g.parent.value);
  out->states.push_back(states);
}

const TrackIndex* Timeline::IndexOf(const Lane& lane) {
  std::unique_ptr<TrackIndex>& index = indexes_[{lane.kind, lane.object}];
  if (!index) {
    index = WithTrack(lane, [](const auto& track) -> std::unique_ptr<TrackIndex> {
      return track.size() < TrackIndex::kSmallestTrack ? nullptr : std::make_unique<TrackIndex>(track);
    });
    if (!index) indexes_.erase({lane.kind, lane.object});
  }
  const auto found = indexes_.find({lane.kind, lane.object});
  return found == indexes_.end() ? nullptr : found->second.get();
}

SliceColumns Timeline::Slices(std::span<const Lane> lanes, const SliceQuery& asked) {
  SliceQuery query = asked;
  query.level = std::min(query.level, kMaxTimelineLevel);
  query.to = std::min(query.to, trace_.end + 1);
  SliceColumns out;
  for (const Lane& lane : lanes.first(std::min(lanes.size(), kMaxLanes))) {
    if (lane.object < CountOf(lane.kind) && query.from < query.to) {
      const TrackIndex* const index = IndexOf(lane);
      WithTrack(lane, [&](const auto& track) {
        CutTrack(track, index, query, [&](const Slice& slice) { AddSlice(lane, slice, &out); });
      });
    }
    if (lane.object < CountOf(lane.kind)) AddMarks(lane, query, &out);
    out.lane_begin.push_back(static_cast<uint32_t>(out.size()));
    out.mark_begin.push_back(static_cast<uint32_t>(out.mark_time.size()));
  }
  return out;
}

void Timeline::AddSlice(const Lane& lane, const Slice& slice, SliceColumns* out) {
  out->start.push_back(static_cast<double>(slice.start));
  out->end.push_back(static_cast<double>(slice.end));
  out->state.push_back(static_cast<uint8_t>(slice.Dominant()));
  out->count.push_back(slice.count);
  out->item.push_back(slice.item);
  uint32_t object = kNone, label = kNone;
  switch (lane.kind) {
    case LaneKind::kProc:
      object = trace_.procs[lane.object].runs[slice.item].goroutine.value;
      label = trace_.goroutines[object].name.value;
      break;
    case LaneKind::kThread:
      object = RowsOf(lane.kind)[lane.object][slice.item].object;
      label = trace_.goroutines[object].name.value;
      break;
    case LaneKind::kTask:
      object = RowsOf(lane.kind)[lane.object][slice.item].object;
      label = trace_.tasks[object].type.value;
      break;
    case LaneKind::kRegion:
      object = RowsOf(lane.kind)[lane.object][slice.item].object;
      label = trace_.regions[object].type.value;
      break;
    case LaneKind::kCollector:
    case LaneKind::kStopTheWorld:
      label = trace_.ranges[RowsOf(lane.kind)[lane.object][slice.item].object].name.value;
      break;
    case LaneKind::kLog:
      object = RowsOf(lane.kind)[lane.object][slice.item].object;
      label = trace_.logs[object].message.value;
      break;
    case LaneKind::kSample:
      object = RowsOf(lane.kind)[lane.object][slice.item].object;
      break;
    case LaneKind::kGoroutine: {
      const Span& span = trace_.goroutines[lane.object].spans[slice.item];
      if (span.go_state() == GoState::kRunnable) object = span.peer;
      if (span.go_state() == GoState::kWaiting) label = trace_.reasons[span.reason].value;
      break;
    }
  }
  out->object.push_back(object);
  out->label.push_back(slice.count == 1 ? label : kNone);
  for (size_t i = 0; i < kTimelineStates; ++i) {
    if (slice.ns[i] == 0) continue;
    out->mix_state.push_back(static_cast<uint8_t>(i));
    out->mix_ns.push_back(static_cast<double>(slice.ns[i]));
  }
  out->mix_begin.push_back(static_cast<uint32_t>(out->mix_state.size()));
}

std::optional<uint32_t> Timeline::ItemAt(const Lane& lane, TraceTime time) {
  if (lane.object >= CountOf(lane.kind)) return std::nullopt;
  return WithTrack(lane, [&](const auto& track) -> std::optional<uint32_t> {
    uint32_t i = FirstFrom(track.size(), time + 1, [&](uint32_t at) { return track.Start(at); });
    Slice slice;
    while (i > 0 && !track.Read(i - 1, &slice)) --i;
    return i == 0 ? std::nullopt : std::optional<uint32_t>(i - 1);
  });
}

}  // namespace flametrail
