#include "core/analysis/trace/timeline/track_index.h"

#include <algorithm>
#include <utility>

namespace flametrail {

void TrackIndex::BuildLevels(std::vector<Slice> finest) {
  // Coarser levels than this are made from the last one on the way: it is small.
  constexpr size_t kSmallestLevel = 256;
  levels_.push_back(std::move(finest));
  while (levels_.back().size() > kSmallestLevel && base_ + levels_.size() <= kMaxTimelineLevel) {
    std::vector<Slice> coarser;
    SliceMerger merger(base_ + static_cast<uint32_t>(levels_.size()),
                       [&](const Slice& slice) { coarser.push_back(slice); });
    for (const Slice& slice : levels_.back()) merger.Add(slice);
    merger.Flush();
    coarser.shrink_to_fit();
    levels_.push_back(std::move(coarser));
  }
}

uint32_t TrackIndex::LevelOf(uint32_t level) const {
  return std::min(level, base_ + static_cast<uint32_t>(levels_.size()) - 1);
}

const std::vector<Slice>* TrackIndex::AtMost(uint32_t level) const {
  return level < base_ ? nullptr : &levels_[LevelOf(level) - base_];
}

}  // namespace flametrail
