// The page's frame ids. They only ever grow: whatever is filtered, pivoted or asked at another granularity, the same
// frame keeps its id, so a selection, a search or a colour of one view holds in every other.
#ifndef CORE_SESSION_PAGE_FRAMES_H_
#define CORE_SESSION_PAGE_FRAMES_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_columns.h"
#include "core/analysis/frame_table.h"
#include "core/base/index_table.h"

namespace flametrail {

class PageFrames {
 public:
  static constexpr uint32_t kNone = IndexTable::kNone;

  // The page's ids of `frames`, by FrameId; kNone for those that stand in no location of a stack. New ones are
  // described as `profile` has them.
  std::vector<uint32_t> Adopt(const Profile& profile, const FrameTable& frames, StringPool* texts);
  // By page id.
  const FrameColumns& columns() const { return columns_; }

 private:
  uint32_t Find(const FrameTable& frames, uint32_t frame) const;
  void Add(const FrameTable& frames, uint32_t frame);

  FrameTable known_;  // without frames of locations
  IndexTable index_;
  FrameColumns columns_;
};

}  // namespace flametrail

#endif  // CORE_SESSION_PAGE_FRAMES_H_
