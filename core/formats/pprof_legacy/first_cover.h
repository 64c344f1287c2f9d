// Which of many overlapping ranges is the first, in order of their numbers, that covers a point. A segment tree whose
// nodes hold the lowest number on top: adding costs O(log n) of n ranges, asking O(log n), whatever the file does.
#ifndef CORE_FORMATS_PPROF_LEGACY_FIRST_COVER_H_
#define CORE_FORMATS_PPROF_LEGACY_FIRST_COVER_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace flametrail::legacy {

class FirstCover {
 public:
  // All numbers that ranges may begin and end at.
  explicit FirstCover(std::vector<uint64_t> bounds);

  // Covers [begin, end); nothing if end <= begin. REQUIRES: both are bounds.
  void Add(uint64_t begin, uint64_t end, uint32_t number);
  // The lowest number that covers `point` and for which is_alive(number); the others on the way are forgotten.
  template <typename IsAlive>
  std::optional<uint32_t> Find(uint64_t point, IsAlive is_alive) {
    std::optional<uint32_t> best;
    for (size_t node = LeafOf(point); node > 0; node /= 2) {
      while (!heaps_[node].empty() && !is_alive(heaps_[node].front())) Pop(node);
      if (!heaps_[node].empty() && (!best || heaps_[node].front() < *best)) best = heaps_[node].front();
    }
    return best;
  }

 private:
  // 0: the point lies before every bound.
  size_t LeafOf(uint64_t point) const;
  void Push(size_t node, uint32_t number);
  void Pop(size_t node);

  std::vector<uint64_t> bounds_;              // sorted; leaf i covers [bounds_[i], bounds_[i + 1])
  std::vector<std::vector<uint32_t>> heaps_;  // by node: 1 is the root, node n has 2n and 2n + 1
  size_t leaves_ = 1;                         // power of two
};

}  // namespace flametrail::legacy

#endif  // CORE_FORMATS_PPROF_LEGACY_FIRST_COVER_H_
