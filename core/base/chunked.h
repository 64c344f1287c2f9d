// A column that only grows: rows never move, and growing costs one block, not a copy of everything.
#ifndef CORE_BASE_CHUNKED_H_
#define CORE_BASE_CHUNKED_H_

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace flametrail {

// Like std::vector for append, index and size. A column of a hundred million rows then needs its own bytes and at most
// one block more, where a doubling vector needs up to three times as much while it grows.
template <typename T, size_t kBlockRows = 4096>
class Chunked {
 public:
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t i) { return blocks_[i / kBlockRows][i % kBlockRows]; }
  const T& operator[](size_t i) const { return blocks_[i / kBlockRows][i % kBlockRows]; }
  T& back() { return (*this)[size_ - 1]; }
  const T& back() const { return (*this)[size_ - 1]; }

  T& push_back(T row) {
    if (size_ % kBlockRows == 0) blocks_.push_back(std::make_unique<T[]>(kBlockRows));
    T& place = blocks_.back()[size_++ % kBlockRows];
    place = std::move(row);
    return place;
  }

 private:
  std::vector<std::unique_ptr<T[]>> blocks_;
  size_t size_ = 0;
};

}  // namespace flametrail

#endif  // CORE_BASE_CHUNKED_H_
