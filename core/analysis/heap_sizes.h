// A heap profile by object size: what each of Go's size classes holds, and where objects stay or go. Sizes come from
// the label "bytes", which Go writes beside every heap sample; without it, from bytes per object.
#ifndef CORE_ANALYSIS_HEAP_SIZES_H_
#define CORE_ANALYSIS_HEAP_SIZES_H_

#include <cstdint>
#include <vector>

#include "core/analysis/frame_table.h"
#include "core/model/profile.h"

namespace flametrail {

// Objects above this size have spans of their own, in whole pages (runtime/sizeclasses.go, runtime/malloc.go).
inline constexpr int64_t kMaxSmallSize = 32768;
inline constexpr int64_t kPageSize = 8192;

// What an object of this many bytes takes: its size class, or whole pages above kMaxSmallSize. At least 0.
int64_t SizeClassOf(int64_t bytes);

// One row for each class that has objects, ascending; large objects are one last row with class 0. Same names and order
// as web/src/protocol/columns.ts.
struct SizeColumns {
  std::vector<double> size_class;  // bytes; 0: larger than kMaxSmallSize
  std::vector<double> inuse_objects;
  std::vector<double> inuse_space;
  std::vector<double> alloc_objects;
  std::vector<double> alloc_space;
  std::vector<double> waste;  // bytes that rounding up to the class adds to objects in use
  double is_heap = 0;         // 1: the profile has the types of a heap profile
};

SizeColumns SizesOf(const Profile& profile);

// One row for each allocating frame, by allocated bytes descending (in-use bytes where nothing says what was
// allocated), then name.
struct SiteColumns {
  std::vector<uint32_t> frame;
  std::vector<double> inuse_objects;
  std::vector<double> inuse_space;
  std::vector<double> alloc_objects;
  std::vector<double> alloc_space;
};

SiteColumns SitesOf(const Profile& profile, const FrameTable& frames);

}  // namespace flametrail

#endif  // CORE_ANALYSIS_HEAP_SIZES_H_
