#include "core/formats/pprof_legacy/first_cover.h"

#include <algorithm>
#include <functional>

namespace flametrail::legacy {

FirstCover::FirstCover(std::vector<uint64_t> bounds) : bounds_(std::move(bounds)) {
  std::sort(bounds_.begin(), bounds_.end());
  bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
  while (leaves_ < bounds_.size()) leaves_ *= 2;
  heaps_.resize(2 * leaves_);
}

size_t FirstCover::LeafOf(uint64_t point) const {
  const auto above = std::upper_bound(bounds_.begin(), bounds_.end(), point);
  return above == bounds_.begin() ? 0 : leaves_ + static_cast<size_t>(above - bounds_.begin()) - 1;
}

void FirstCover::Add(uint64_t begin, uint64_t end, uint32_t number) {
  if (end <= begin) return;
  size_t from = LeafOf(begin);
  size_t to = LeafOf(end);
  for (; from < to; from /= 2, to /= 2) {
    if ((from & 1) != 0) Push(from++, number);
    if ((to & 1) != 0) Push(--to, number);
  }
}

void FirstCover::Push(size_t node, uint32_t number) {
  heaps_[node].push_back(number);
  std::push_heap(heaps_[node].begin(), heaps_[node].end(), std::greater<>());
}

void FirstCover::Pop(size_t node) {
  std::pop_heap(heaps_[node].begin(), heaps_[node].end(), std::greater<>());
  heaps_[node].pop_back();
}

}  // namespace flametrail::legacy
