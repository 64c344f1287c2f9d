// The states of one goroutine in time order: the column that a trace mostly consists of.
#ifndef CORE_MODEL_TRACE_SPAN_TRACK_H_
#define CORE_MODEL_TRACE_SPAN_TRACK_H_

#include <cstdint>
#include <vector>

#include "core/base/ids.h"
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
  Span* Allocate(size_t spans);

 private:
  static constexpr size_t kSlabSpans = size_t{1} << 16;
  std::vector<std::vector<Span>> slabs_;
  size_t left_ = 0;
};

// Append-only. Blocks grow from 4 to 4096 spans, so that a million short-lived goroutines and one with ten million
// spans both waste little.
class SpanTrack {
 public:
  uint32_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Span& operator[](uint32_t i) const {
    const Place at = PlaceOf(i);
    return blocks_[at.block][at.row];
  }
  Span& operator[](uint32_t i) {
    const Place at = PlaceOf(i);
    return blocks_[at.block][at.row];
  }
  const Span& back() const { return (*this)[size_ - 1]; }
  Span& back() { return (*this)[size_ - 1]; }
  void Push(const Span& span, SpanArena* arena);

  // The span that holds at `time` (ns since origin): the last one with start <= time. size() when time is before the
  // first.
  uint32_t IndexAt(uint64_t time) const;

 private:
  static constexpr uint32_t kFirst = 4;
  static constexpr uint32_t kLargestShift = 10;  // kFirst << 10 = 4096

  struct Place {
    uint32_t block;
    uint32_t row;
  };
  static Place PlaceOf(uint32_t i);

  std::vector<Span*> blocks_;
  uint32_t size_ = 0;
};

}  // namespace flametrail

#endif  // CORE_MODEL_TRACE_SPAN_TRACK_H_
