// Which thread's event is the earliest. The same steps as the reference's heap (x/exp/trace batchcursor.go), because
// they decide which of several equal times goes first.
#ifndef CORE_FORMATS_GOTRACE_V2_CURSOR_HEAP_H_
#define CORE_FORMATS_GOTRACE_V2_CURSOR_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace flametrail::gotrace {

class CursorHeap {
 public:
  struct Entry {
    int64_t time;
    uint32_t cursor;
  };

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  const Entry& operator[](size_t i) const { return entries_[i]; }
  void Clear() { entries_.clear(); }
  // Of all entries but the first; INT64_MAX if there are none.
  int64_t SecondTime() const {
    int64_t time = INT64_MAX;
    for (size_t i = 1; i < 3 && i < entries_.size(); ++i) time = std::min(time, entries_[i].time);
    return time;
  }

  void Insert(const Entry& entry) {
    entries_.push_back(entry);
    SiftUp(entries_.size() - 1);
  }
  // Entry i has a new time.
  void Update(size_t i, int64_t time) {
    entries_[i].time = time;
    if (SiftUp(i) == i) SiftDown(i);
  }
  void Remove(size_t i) {
    for (; i > 0; i = (i - 1) / 2) std::swap(entries_[(i - 1) / 2], entries_[i]);
    std::swap(entries_.front(), entries_.back());
    entries_.pop_back();
    SiftDown(0);
  }
  // By time; equal ones keep their order. For few entries.
  void Sort() {
    for (size_t i = 1; i < entries_.size(); ++i) {
      for (size_t j = i; j > 0 && entries_[j].time < entries_[j - 1].time; --j) std::swap(entries_[j], entries_[j - 1]);
    }
  }

 private:
  size_t SiftUp(size_t i) {
    for (; i > 0 && entries_[(i - 1) / 2].time > entries_[i].time; i = (i - 1) / 2) {
      std::swap(entries_[(i - 1) / 2], entries_[i]);
    }
    return i;
  }

  void SiftDown(size_t i) {
    const size_t size = entries_.size();
    if (i >= size) return;
    const Entry entry = entries_[i];
    while (true) {
      const size_t left = 2 * i + 1;
      size_t least = i;
      int64_t time = entry.time;
      if (left < size && entries_[left].time < time) {
        time = entries_[left].time;
        least = left;
      }
      if (left + 1 < size && entries_[left + 1].time < time) least = left + 1;
      if (least == i) break;
      entries_[i] = entries_[least];
      i = least;
    }
    entries_[i] = entry;
  }

  std::vector<Entry> entries_;
};

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_CURSOR_HEAP_H_
