// A long track at many resolutions: level L holds its slices at 2^L ns a pixel, made once from the level below.
#ifndef CORE_ANALYSIS_TRACE_TIMELINE_TRACK_INDEX_H_
#define CORE_ANALYSIS_TRACE_TIMELINE_TRACK_INDEX_H_

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/analysis/trace/timeline/slice_merger.h"

namespace flametrail {

class TrackIndex {
 public:
  // Shorter tracks are walked: that takes less than a screen of anything else.
  static constexpr uint32_t kSmallestTrack = 4096;
  // The finest level has about this many spans a slice, so that all levels together need less memory than the spans,
  // and a view just below the finest level walks about this many spans a pixel.
  static constexpr uint32_t kSpansPerSlice = 32;

  template <typename Track>
  explicit TrackIndex(const Track& track) {
    base_ = ChooseBase(track);
    std::vector<Slice> finest;
    SliceMerger merger(base_, [&](const Slice& slice) { finest.push_back(slice); });
    Slice slice;
    for (uint32_t i = 0; i < track.size(); ++i) {
      if (track.Read(i, &slice)) merger.Add(slice);
    }
    merger.Flush();
    BuildLevels(std::move(finest));
  }

  // Slices of the coarsest level that is not coarser than `level`; null: even the finest is coarser.
  const std::vector<Slice>* AtMost(uint32_t level) const;
  // The level that AtMost(level) has.
  uint32_t LevelOf(uint32_t level) const;

 private:
  template <typename Track>
  static uint32_t ChooseBase(const Track& track) {
    // Two neighbours start in different pixels of level L if their starts differ in a bit from L on.
    std::array<uint64_t, 65> differ_up_to = {};
    for (uint32_t i = 1; i < track.size(); ++i) ++differ_up_to[std::bit_width(track.Start(i - 1) ^ track.Start(i))];
    uint32_t level = kMaxTimelineLevel;
    for (uint64_t apart = 0; level > 0; --level) {
      apart += differ_up_to[level];
      if (apart > track.size() / kSpansPerSlice) break;
    }
    return level;
  }
  void BuildLevels(std::vector<Slice> finest);

  uint32_t base_ = 0;
  std::vector<std::vector<Slice>> levels_;  // from base_ on
};

}  // namespace flametrail

#endif  // CORE_ANALYSIS_TRACE_TIMELINE_TRACK_INDEX_H_
