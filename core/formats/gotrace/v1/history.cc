#include "core/formats/gotrace/v1/history.h"

#include <algorithm>
#include <numeric>

namespace flametrail::gotrace::v1 {
namespace {

constexpr const char* kTimeOrder = "time stamps out of order";

EventType PlainForm(EventType type) {
  switch (type) {
    case EventType::kGoStartLocal:
      return EventType::kGoStart;
    case EventType::kGoUnblockLocal:
      return EventType::kGoUnblock;
    case EventType::kGoSysExitLocal:
      return EventType::kGoSysExit;
    default:
      return type;
  }
}

}  // namespace

History::History(RawTrace* raw, GoTable* goroutines, bool strict) : raw_(raw), table_(goroutines), strict_(strict) {
  if (raw->version < 7) {
    sequence_order_.emplace(raw, goroutines);
    return;
  }
  order_.emplace(raw, goroutines, !strict);
  exits_.resize(raw->exits.size());
  std::iota(exits_.begin(), exits_.end(), 0u);
  std::sort(exits_.begin(), exits_.end(), [&](uint32_t a, uint32_t b) {
    return raw->exits[a].ticks != raw->exits[b].ticks ? raw->exits[a].ticks < raw->exits[b].ticks : a < b;
  });
  for (const ProcStream& stream : raw->procs) stream_exit_.push_back(stream.first_exit);
  if (!exits_.empty()) due_ticks_ = raw->exits[exits_[0]].ticks;
}

// Takes the next event as merged.
bool History::Pull() {
  if (at_end_) return false;
  current_ = order_ ? order_->Next() : sequence_order_->Next();
  at_end_ = current_ == nullptr;
  if (at_end_) return false;
  if (has_ticks_ && current_->ticks < last_ticks_) {
    time_faults_.Add(current_->offset);
  } else {
    last_ticks_ = current_->ticks;
  }
  has_ticks_ = true;
  current_exit_ = kNoExit;
  if (!order_) return true;
  if (current_->type == EventType::kGoSysBlock || current_->type == EventType::kGoInSyscall) {
    last_block_[current_->goroutine] = current_->ticks;
  }
  const int64_t exit_ticks = ExitTicks(*current_);
  if (exit_ticks != 0) CheckExit(*current_, exit_ticks);
  return true;
}

void History::CheckExit(const Event& event, int64_t exit_ticks) {
  current_exit_ = stream_exit_[event.stream];
  stream_exit_[event.stream] = raw_->exits[current_exit_].next;
  const auto block = last_block_.find(event.goroutine);
  if (block == last_block_.end() || block->second == 0) {
    if (early_exits_.count == 0) stray_came_first_ = true;
    stray_exits_.Add(event.offset);
  } else if (exit_ticks < block->second) {
    early_exits_.Add(event.offset);
  }
}

// The goroutine is known to be in a system call then. If not, the exit stays where it was written.
bool History::IsPossible(const SyscallExit& exit) const {
  const auto block = last_block_.find(exit.goroutine);
  return block != last_block_.end() && exit.ticks >= block->second;
}

// An exit before the current event. What was merged so far is all that is earlier, so its block is known if it has one.
const Event* History::TakeDueExit() {
  for (; next_exit_ < exits_.size(); ++next_exit_) {
    SyscallExit& exit = raw_->exits[exits_[next_exit_]];
    if (exit.delivered) continue;
    if (current_ != nullptr && exit.ticks >= current_->ticks) {
      due_ticks_ = exit.ticks;
      return nullptr;
    }
    if (!IsPossible(exit)) continue;
    exit.delivered = true;
    exit_ = Event();
    exit_.type = EventType::kGoSysExit;
    exit_.ticks = exit.ticks;
    exit_.goroutine = exit.goroutine;
    exit_.args[0] = exit.goroutine;
    FindRows(&exit_, table_);
    return &exit_;
  }
  return nullptr;
}

const Event* History::TakeCurrent() {
  Event* event = current_;
  current_ = nullptr;
  if (current_exit_ != kNoExit) {
    SyscallExit& exit = raw_->exits[current_exit_];
    if (exit.delivered) return nullptr;
    // Clocks of processors differ: left after it was written. The reference then moves it behind the goroutine's next
    // start, and refuses the trace.
    if (exit.ticks > event->ticks && strict_ && IsPossible(exit)) return nullptr;
    exit.delivered = true;
  }
  event->type = PlainForm(event->type);
  return event;
}

const Event* History::Next() {
  for (;;) {
    if (current_ == nullptr) Pull();
    if (next_exit_ < exits_.size() && (current_ == nullptr || current_->ticks > due_ticks_)) {
      if (const Event* exit = TakeDueExit()) return exit;
    }
    if (current_ == nullptr) return nullptr;
    if (const Event* event = TakeCurrent()) return event;
  }
}

std::optional<Error> History::Finish(Diagnostics* diagnostics) const {
  if (strict_) {
    if (order_ && order_->disorder() == Disorder::kNoOrder) {
      return Error{Code::kCorrupt, std::nullopt, "no consistent ordering of events possible"};
    }
    if (order_ && order_->disorder() == Disorder::kImpossible) {
      return Error{Code::kCorrupt, std::nullopt, "encountered impossible goroutine state transition"};
    }
    if (time_faults_.count > 0) return Error{Code::kCorrupt, time_faults_.offset, kTimeOrder};
    if (stray_exits_.count > 0 && stray_came_first_) {
      return Error{Code::kCorrupt, stray_exits_.offset, "stray syscall exit"};
    }
    if (early_exits_.count > 0) return Error{Code::kCorrupt, early_exits_.offset, kTimeOrder};
    return std::nullopt;
  }
  const auto tell = [&](Issue issue, uint64_t count, uint64_t offset, std::string_view detail) {
    if (count > 0) diagnostics->Count(issue, offset, detail, count);
  };
  if (order_) {
    tell(Issue::kTraceForcedOrder, order_->forced(), order_->forced_offset(),
         "no consistent ordering of events possible");
  }
  tell(Issue::kTraceTimeOrder, time_faults_.count, time_faults_.offset, kTimeOrder);
  tell(Issue::kTraceStateMismatch, stray_exits_.count, stray_exits_.offset, "stray syscall exit");
  tell(Issue::kTraceStateMismatch, early_exits_.count, early_exits_.offset, "a system call ends before it blocks");
  return std::nullopt;
}

}  // namespace flametrail::gotrace::v1
