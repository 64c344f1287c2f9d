// The events of a trace in their final order: merged (order.h, sequence_order.h), with system calls left when they
// were left (specs/go-trace.md §3.2), and "Local" events renamed.
#ifndef CORE_FORMATS_GOTRACE_V1_HISTORY_H_
#define CORE_FORMATS_GOTRACE_V1_HISTORY_H_

#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/formats/gotrace/v1/event.h"
#include "core/formats/gotrace/v1/order.h"
#include "core/formats/gotrace/v1/sequence_order.h"

namespace flametrail::gotrace::v1 {

class History {
 public:
  // `strict`: as the reference, which gives up where events contradict each other. Else they are kept, and counted.
  History(RawTrace* raw, GoTable* goroutines, bool strict);

  // Good until the next call; null at the end.
  const Event* Next();
  // After the end: why the reference refuses the trace, if it does. Not `strict`: what was survived is in
  // `diagnostics`.
  std::optional<Error> Finish(Diagnostics* diagnostics) const;

 private:
  // Faults of one kind.
  struct Faults {
    uint64_t count = 0;
    uint64_t offset = 0;  // of the first

    void Add(uint64_t at) {
      if (count++ == 0) offset = at;
    }
  };

  bool Pull();
  const Event* TakeCurrent();
  const Event* TakeDueExit();
  bool IsPossible(const SyscallExit& exit) const;
  void CheckExit(const Event& event, int64_t exit_ticks);

  RawTrace* raw_;
  GoTable* table_;
  bool strict_;
  std::optional<Order> order_;
  std::optional<SequenceOrder> sequence_order_;

  Event* current_ = nullptr;         // the next of those that were merged
  uint32_t current_exit_ = kNoExit;  // of current_, if it is an exit that says its time
  Event exit_;
  bool at_end_ = false;
  bool has_ticks_ = false;
  int64_t last_ticks_ = 0;

  std::vector<uint32_t> exits_;  // by time
  size_t next_exit_ = 0;
  int64_t due_ticks_ = 0;                             // no exit that is still to come is earlier
  std::vector<uint32_t> stream_exit_;                 // by stream: the exit that its next one is
  std::unordered_map<uint64_t, int64_t> last_block_;  // by goroutine: when it last blocked in a system call

  Faults time_faults_;
  Faults stray_exits_;
  Faults early_exits_;
  bool stray_came_first_ = false;
};

}  // namespace flametrail::gotrace::v1

#endif  // CORE_FORMATS_GOTRACE_V1_HISTORY_H_
