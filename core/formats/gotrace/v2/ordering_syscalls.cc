// Rules of system calls (specs/go-trace.md §9).
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

// The status that the context's goroutine must have.
Ordering::Step Ordering::RequireStatus(const Cursor& event, uint8_t status, const char* name) {
  return StateOf(context_.goroutine).status == status ? Step::kDone : FailStatus(event, name);
}

Ordering::Step Ordering::OnGoSyscallBegin(const Cursor& event) {
  if (const Step step = RequireRunning(event); step != Step::kDone) return step;
  ProcState2& proc = StateOf(context_.proc);
  if (!Follows(event.args[0], proc.seq)) {
    return Fail("failed to advance GoSyscallBegin: can't make sequence: " + std::to_string(proc.seq.number) + " -> " +
                std::to_string(event.args[0]));
  }
  proc.seq.number = event.args[0];
  SetProc(context_.proc, kProcSyscall);
  SetGoroutine(context_.goroutine, kGoSyscall);
  const StackId stack = Stack(event, 1);
  TellGo(event, context_, context_.goroutine, GoState::kRunning, GoState::kSyscall, StringPool::kEmpty, stack, stack);
  return Finished();
}

Ordering::Step Ordering::OnGoSyscallEnd(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  if (const Step step = RequireStatus(event, kGoSyscall, "Running"); step != Step::kDone) return step;
  const uint8_t status = StateOf(context_.proc).status;
  if (status != kProcSyscall) {
    return Fail("expected proc " + std::to_string(trace_->procs[context_.proc.index()].id) +
                " in state Syscall, but got another one instead");
  }
  SetProc(context_.proc, kProcRunning);
  SetGoroutine(context_.goroutine, kGoRunning);
  TellGo(event, context_, context_.goroutine, GoState::kSyscall, GoState::kRunning, StringPool::kEmpty,
         StackTable::kEmpty, StackTable::kEmpty);
  return Finished();
}

// It has lost its P: as long as it seems to have one in a system call, the theft is still to come.
Ordering::Step Ordering::OnGoSyscallEndBlocked(const Cursor& event) {
  if (!context_.proc.is_none() && StateOf(context_.proc).status == kProcSyscall) {
    return Block({trace_->procs[context_.proc.index()].id, 0, WaitFor::kProcLeftSyscall, 0});
  }
  if (const Step step = Require(Need::kMust, Need::kMay, Need::kMust); step != Step::kDone) return step;
  if (const Step step = RequireStatus(event, kGoSyscall, "Running"); step != Step::kDone) return step;
  SetGoroutine(context_.goroutine, kGoRunnable);
  next_goroutine_ = GoroutineIndex();
  TellGo(event, context_, context_.goroutine, GoState::kSyscall, GoState::kRunnable, StringPool::kEmpty,
         StackTable::kEmpty, StackTable::kEmpty);
  return Finished();
}

// A thread of C code enters Go.
Ordering::Step Ordering::OnGoCreateSyscall(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMay, Need::kMustNot); step != Step::kDone) return step;
  const uint64_t id = event.args[0];
  if (!Known(id).is_none()) {
    return Fail("tried to create goroutine (" + std::to_string(id) + ") in syscall that already exists");
  }
  const GoroutineIndex g = Appear(id, kGoSyscall);
  next_goroutine_ = g;
  TellGo(event, context_, g, GoState::kNotExist, GoState::kSyscall, StringPool::kEmpty, StackTable::kEmpty,
         StackTable::kEmpty);
  return Finished();
}

// And leaves it. A P that it still has is lost: numbers of threads are used again.
Ordering::Step Ordering::OnGoDestroySyscall(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMay, Need::kMust); step != Step::kDone) return step;
  if (const Step step = RequireStatus(event, kGoSyscall, "Syscall"); step != Step::kDone) return step;
  const GoroutineIndex g = context_.goroutine;
  next_goroutine_ = GoroutineIndex();
  if (!context_.proc.is_none()) {
    const ProcIndex p = context_.proc;
    if (StateOf(p).status != kProcSyscall) {
      return Fail("proc " + std::to_string(trace_->procs[p.index()].id) +
                  " in unexpected state during GoDestroySyscall");
    }
    SetProc(p, kProcSyscallAbandoned);
    next_proc_ = ProcIndex();
    TellProc(event, context_, p, ProcState::kRunning, ProcState::kIdle);
  }
  Remove(g);
  TellGo(event, context_, g, GoState::kSyscall, GoState::kNotExist, StringPool::kEmpty, StackTable::kEmpty,
         StackTable::kEmpty);
  return Finished();
}

}  // namespace flametrail::gotrace
