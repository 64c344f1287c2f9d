// The rule by which a lane is drawn at a resolution of 2^level ns a pixel. A span at least a pixel long stays as it is.
// Thinner ones that start in the same pixel (the same multiple of the resolution) become one run that knows how many
// they are and how long they were in each state. A run is thus shorter than two pixels; and as every run at one level
// is thinner than a pixel at the next, the runs of a level can be made from those of any finer level.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_SLICE_MERGER_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_SLICE_MERGER_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/analysis/trace/timeline/lane.h"

namespace flametrail {

inline constexpr uint32_t kMaxTimelineLevel = 48;  // a pixel is as long as a trace can be

// A span or a run of one lane.
struct Slice {
  TraceTime start = 0;                            // of its first span
  TraceTime end = 0;                              // of its last span
  uint32_t count = 0;                             // spans
  uint32_t item = 0;                              // its first span in the lane's track
  std::array<uint64_t, kTimelineStates> ns = {};  // by state; less than end - start where there are gaps

  // The longest; of equal ones the first.
  TimelineState Dominant() const {
    return static_cast<TimelineState>(std::max_element(ns.begin(), ns.end()) - ns.begin());
  }
};

// Emit is called with each slice, in order of time.
template <typename Emit>
class SliceMerger {
 public:
  SliceMerger(uint32_t level, Emit emit) : level_(level), emit_(emit) {}

  // REQUIRES: ordered by start; spans, or slices of a finer level.
  void Add(const Slice& slice) {
    if (((slice.end - slice.start) >> level_) > 0) {
      Flush();
      emit_(slice);
      return;
    }
    if (run_.count == 0 || slice.start >> level_ != run_.start >> level_) {
      Flush();
      run_ = slice;
      return;
    }
    run_.end = std::max(run_.end, slice.end);
    run_.count += slice.count;
    for (size_t i = 0; i < kTimelineStates; ++i) run_.ns[i] += slice.ns[i];
  }
  void Flush() {
    if (run_.count > 0) emit_(run_);
    run_.count = 0;
  }

 private:
  const uint32_t level_;
  Emit emit_;
  Slice run_;
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_SLICE_MERGER_H_
