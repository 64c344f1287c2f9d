// The states of one goroutine in time order: the column that a trace mostly consists of.
#ifndef CORE_MODEL_TRACE_SPAN_TRACK_H_
#define CORE_MODEL_TRACE_SPAN_TRACK_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/ids.h"
#include "core/base/large_block.h"
#include "core/model/stack_table.h"

namespace flametrail {

enum class GoState : uint8_t {
  kUndetermined,    // before the first thing the trace tells of it
  kNotExist,        // ended (the last span of a goroutine that exited)
  kRunnable,        // wants a P
  kRunning,         //
  kSyscall,         // in a system call with its P
  kSyscallBlocked,  // in a system call after its P was taken away. The reader calls both Syscall.
  kWaiting,         // for span.reason
};
inline constexpr size_t kGoStates = 7;

// From `start` to the start of the next span of the track (of the last one: to the trace's end). 16 bytes: there is one
// for nearly every event of a trace.
struct Span {
  uint64_t start : 48;   // ns since Trace::origin
  uint64_t state : 4;    // GoState
  uint64_t reason : 12;  // Trace::reasons: why it waits, or why it stopped running
  // Stack of the context that executed the event that began the span: of the goroutine itself when it blocks, stops or
  // enters a system call; of the creator or waker when it becomes runnable. kEmpty: none.
  StackId stack;
  // Runnable: GoroutineIndex of who created or woke it. Running, Syscall: PlacementId where. Waiting: PlacementId where
  // it ran before. SyscallBlocked: PlacementId of who took the P. Id<>::kNoneValue: not known.
  uint32_t peer;

  GoState go_state() const { return static_cast<GoState>(state); }
};
static_assert(sizeof(Span) == 16);

// Gives blocks of spans to tracks and keeps them.
class SpanArena {
 public:
  // `spans` <= kSmallSlab.
  Span* Allocate(size_t spans);
  uint64_t ByteSize() const { return (small_.size() * kSmallSlab + large_.size() * kLargeSlab) * sizeof(Span); }

  static constexpr size_t kSmallSlab = size_t{1} << 14;  // spans

 private:
  static constexpr size_t kLargeSlab = kLargeBlockBytes / sizeof(Span);
  static constexpr size_t kMostSmall = 32;  // 8 MiB, before memory is taken in large blocks

  // Not set to anything: each byte is written once.
  std::vector<std::unique_ptr<std::byte[]>> small_;
  std::vector<LargeBlock> large_;
  Span* next_ = nullptr;
  size_t left_ = 0;
};

// Append-only. Blocks hold 4, 8, 16 ... 4096 and then always 4096 spans, so that a million short-lived goroutines and
// one with ten million spans both waste little. The first block stands apart: most goroutines need no list of blocks.
class SpanTrack {
 public:
  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Span& operator[](uint32_t i) const { return *At(i); }
  Span& operator[](uint32_t i) { return *At(i); }
  // REQUIRES: !empty().
  const Span& back() const { return next_[-1]; }
  Span& back() { return next_[-1]; }
  void Push(const Span& span, SpanArena* arena) {
    if (left_ == 0) AddBlock(arena);
    *next_++ = span;
    --left_;
    ++size_;
  }

  // The span that holds at `time` (ns since origin): the last one with start <= time. size() when time is before the
  // first.
  uint32_t IndexAt(uint64_t time) const;

 private:
  static constexpr uint32_t kFirst = 4;
  static constexpr uint32_t kLargestShift = 10;  // kFirst << 10 = 4096

  void AddBlock(SpanArena* arena);
  Span* At(uint32_t i) const;

  Span* first_ = nullptr;
  Span* next_ = nullptr;       // behind the last span, in its block
  std::vector<Span*> blocks_;  // from the second on
  uint32_t size_ = 0;
  uint32_t left_ = 0;  // free spans at next_
};

inline Span* SpanTrack::At(uint32_t i) const {
  if (i < kFirst) return first_ + i;
  constexpr uint32_t kDoubling = kFirst * ((2u << kLargestShift) - 1);  // spans in the blocks up to the largest
  if (i >= kDoubling) {
    constexpr uint32_t kLargest = kFirst << kLargestShift;
    return blocks_[kLargestShift + (i - kDoubling) / kLargest] + (i - kDoubling) % kLargest;
  }
  const auto shift = static_cast<uint32_t>(std::bit_width(i / kFirst + 1)) - 1;
  return blocks_[shift - 1] + (i - kFirst * ((1u << shift) - 1));
}

}  // namespace flametrail

#endif  // CORE_MODEL_TRACE_SPAN_TRACK_H_
