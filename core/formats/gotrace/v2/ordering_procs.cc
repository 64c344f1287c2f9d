// Rules of Ps (specs/go-trace.md §9).
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {
namespace {

// By ProcStatus: what the model calls it.
constexpr ProcState kShown[] = {ProcState::kUndetermined, ProcState::kRunning, ProcState::kIdle, ProcState::kRunning,
                                ProcState::kIdle};
constexpr const char* kStatusNames[] = {"Bad", "Running", "Idle", "Syscall", "SyscallAbandoned"};

}  // namespace

Ordering::Step Ordering::OnProcsChange(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const StackId stack = Stack(event, 1);
  if (Tells()) Told(builder_->AddMetric(event.time, context_, Metric::kGomaxprocs, event.args[0], stack));
  return Finished();
}

Ordering::Step Ordering::OnProcStatus(const Cursor& event) {
  const uint64_t id = event.args[0];
  const uint64_t status = event.args[1];
  if (status > kProcSyscallAbandoned) {
    return Fail("invalid status for proc " + std::to_string(id) + ": " + std::to_string(status));
  }
  const ProcIndex p = builder_->Proc(id);
  if (p.index() >= procs_.size()) procs_.resize(trace_->procs.size());
  ProcState2& state = StateOf(p);
  ProcState from = kShown[status], to = kShown[status];
  EventContext shown = context_;
  if (!IsKnown(state)) {
    from = IsInitial() ? ProcState::kUndetermined : ProcState::kNotExist;
    state = {};
    state.epoch = epoch_;
    state.status = static_cast<uint8_t>(status);
  } else if (status == kProcSyscallAbandoned && state.status == kProcSyscall) {
    // About to be stolen: told where it is still bound.
    const ThreadIndex holder = state.holder;
    if (holder.is_none() || threads_[holder.index()].proc != p) {
      return Fail("failed to find sched context for proc " + std::to_string(id) + " that's about to be stolen");
    }
    shown = {holder, p, threads_[holder.index()].goroutine};
    from = to = ProcState::kRunning;
  } else if (state.status != status) {
    return Fail("inconsistent status for proc " + std::to_string(id) + ": old " + kStatusNames[state.status] +
                " vs. new " + kStatusNames[status]);
  }
  state.seq = First();
  SetProc(p, state.status);
  if (status == kProcRunning || status == kProcSyscall) {
    next_proc_ = p;
    state.holder = context_.thread;
  }
  TellProc(event, shown, p, from, to);
  return Finished();
}

Ordering::Step Ordering::OnProcStart(const Cursor& event) {
  const uint64_t id = event.args[0];
  const ProcIndex p = KnownProc(id);
  if (p.is_none() || StateOf(p).status != kProcIdle || !Follows(event.args[1], StateOf(p).seq)) {
    return Block({id, event.args[1] - 1, WaitFor::kProc, kProcIdle});
  }
  if (!context_.proc.is_none()) return Block({context_.thread.value, 0, WaitFor::kOwnProcLost, 0});
  if (const Step step = Require(Need::kMust, Need::kMustNot, Need::kMay); step != Step::kDone) return step;
  ProcState2& state = StateOf(p);
  state.seq.number = event.args[1];
  state.holder = context_.thread;
  SetProc(p, kProcRunning);
  next_proc_ = p;
  TellProc(event, context_, p, ProcState::kIdle, ProcState::kRunning);
  return Finished();
}

Ordering::Step Ordering::OnProcStop(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMay); step != Step::kDone) return step;
  const ProcIndex p = context_.proc;
  const uint8_t status = StateOf(p).status;
  if (status != kProcRunning && status != kProcSyscall) {
    return Fail("ProcStop event for proc that's not Running or Syscall");
  }
  SetProc(p, kProcIdle);
  next_proc_ = ProcIndex();
  TellProc(event, context_, p, ProcState::kRunning, ProcState::kIdle);
  return Finished();
}

Ordering::Step Ordering::OnProcSteal(const Cursor& event) {
  const uint64_t id = event.args[0];
  const ProcIndex p = KnownProc(id);
  const uint8_t status = p.is_none() ? uint8_t{kProcBad} : StateOf(p).status;
  if ((status != kProcSyscall && status != kProcSyscallAbandoned) || !Follows(event.args[1], StateOf(p).seq)) {
    return Block({id, event.args[1] - 1, WaitFor::kProc, kProcSyscall});
  }
  if (const Step step = Require(Need::kMust, Need::kMay, Need::kMay); step != Step::kDone) return step;
  StateOf(p).seq.number = event.args[1];
  SetProc(p, kProcIdle);
  if (status == kProcSyscallAbandoned) {
    TellProc(event, context_, p, ProcState::kIdle, ProcState::kIdle);  // the victim is not known
    return Finished();
  }
  ThreadIndex victim;
  const bool is_thread = event.args[2] != kNoId;
  ThreadState* const other = is_thread ? &StateOfThread(event.args[2], &victim) : nullptr;
  if (is_thread && victim == context_.thread) {
    if (context_.proc != p) {
      return Fail("tried to self-steal proc " + std::to_string(id) + " (thread " + std::to_string(event.args[2]) +
                  "), but got another proc instead");
    }
    next_proc_ = ProcIndex();
  } else if (!is_thread || !IsKnown(*other)) {
    return Fail("stole proc from non-existent thread " + std::to_string(event.args[2]));
  } else if (other->proc != p) {
    return Fail("tried to steal proc " + std::to_string(id) + " from thread " + std::to_string(event.args[2]) +
                ", but got another proc instead");
  } else {
    other->proc = ProcIndex();
    if (parked_count_ > 0) Wake({victim.value, 0, WaitFor::kOwnProcLost, 0});
  }
  TellProc(event, context_, p, ProcState::kRunning, ProcState::kIdle);
  return Finished();
}

}  // namespace flametrail::gotrace
