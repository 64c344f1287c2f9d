#include "core/model/trace/span_track.h"

#include <algorithm>

#include "core/base/check.h"

namespace flametrail {

// A block that does not fit into the rest of a slab leaves that rest unused: less than a block, a quarter of a slab.
Span* SpanArena::Allocate(size_t spans) {
  CHECK(spans <= kSmallSlab);
  if (spans > left_) {
    const bool is_small = small_.size() < kMostSmall;
    if (is_small) {
      small_.emplace_back(new std::byte[kSmallSlab * sizeof(Span)]);
    } else {
      large_.push_back(NewLargeBlock());
    }
    left_ = is_small ? kSmallSlab : kLargeSlab;
    next_ = reinterpret_cast<Span*>(is_small ? small_.back().get() : large_.back().get());
  }
  Span* const block = next_;
  next_ += spans;
  left_ -= spans;
  return block;
}

void SpanTrack::AddBlock(SpanArena* arena) {
  const auto shift =
      first_ == nullptr ? 0u : static_cast<uint32_t>(std::min<size_t>(blocks_.size() + 1, kLargestShift));
  left_ = kFirst << shift;
  next_ = arena->Allocate(left_);
  if (first_ == nullptr) {
    first_ = next_;
  } else {
    blocks_.push_back(next_);
  }
}

uint32_t SpanTrack::IndexAt(uint64_t time) const {
  uint32_t low = 0, high = size_;  // the answer is below the first span that starts after `time`
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if ((*this)[middle].start <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? size_ : low - 1;
}

}  // namespace flametrail
