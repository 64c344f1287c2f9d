// Lenient reading behind lost bytes: an event that does not fit what is known says what must have been before it, and
// that is taken for true. What it does not say is forgotten: a thread whose goroutine or P is not known tells nothing
// until it says whose it is. Nothing is told here; the model sees the event that follows.
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

// Its thread is found where it was last told to run.
void Ordering::Unbind(GoroutineIndex g) {
  const SpanTrack& spans = trace_->goroutine(g).spans;
  if (spans.empty() || spans.back().peer >= trace_->placements.size()) return;
  const ThreadIndex thread = trace_->placements[spans.back().peer].thread;
  if (thread.index() < threads_.size() && threads_[thread.index()].goroutine == g) {
    threads_[thread.index()].goroutine = GoroutineIndex();
  }
}

void Ordering::Unbind(ProcIndex p) {
  const ThreadIndex holder = StateOf(p).holder;
  if (holder.index() < threads_.size() && threads_[holder.index()].proc == p) {
    threads_[holder.index()].proc = ProcIndex();
  }
}

void Ordering::AssumeProc(uint64_t id, uint8_t status, uint64_t number) {
  const ProcIndex p = builder_->Proc(id);
  if (p.index() >= procs_.size()) procs_.resize(trace_->procs.size());
  ProcState2& state = StateOf(p);
  if (IsKnown(state)) Unbind(p);
  state.epoch = epoch_;
  state.seq = {number, ordinal_};
  SetProc(p, status);
}

void Ordering::AssumeGoroutine(uint64_t id, uint8_t status, uint64_t number) {
  GoroutineIndex g = Known(id);
  if (g.is_none()) g = Appear(id, status);
  Unbind(g);
  StateOf(g).seq = {number, ordinal_};
  SetGoroutine(g, status);
}

// No goroutine has the number: the end of the one that had it was lost.
void Ordering::AssumeNew(uint64_t id) {
  const GoroutineIndex g = Known(id);
  if (g.is_none()) return;
  Unbind(g);
  Remove(g);
  builder_->AddGoroutine(id);
}

void Ordering::AssumeHeld(uint64_t thread, ProcIndex p) {
  ThreadIndex index;
  ThreadState& state = StateOfThread(thread, &index);
  if (!IsKnown(state)) state = {ProcIndex(), GoroutineIndex(), epoch_};
  state.proc = p;
  StateOf(p).holder = index;
}

void Ordering::Repair(const Cursor& event) {
  if (event.thread.is_none()) return;
  ThreadState* const own = &threads_[event.thread.index()];
  if (event.code <= kProcStatus) {
    RepairProc(event, own);
  } else if (event.code < kStwBegin || event.code >= kGoSwitch) {
    RepairGoroutine(event, own);
  } else {
    RepairRange(event, own);
  }
}

void Ordering::RepairProc(const Cursor& event, ThreadState* own) {
  switch (event.code) {
    case kProcStart:
      if (!own->proc.is_none()) {
        SetProc(own->proc, kProcIdle);
        own->proc = ProcIndex();
      }
      AssumeProc(event.args[0], kProcIdle, event.args[1] - 1);
      break;
    case kProcStop:
      if (!own->proc.is_none()) SetProc(own->proc, kProcRunning);
      break;
    case kProcSteal:
      AssumeProc(event.args[0], event.args[2] == kNoId ? kProcSyscallAbandoned : kProcSyscall, event.args[1] - 1);
      if (event.args[2] != kNoId) AssumeHeld(event.args[2], KnownProc(event.args[0]));
      break;
    case kProcStatus:
      if (const ProcIndex p = KnownProc(event.args[0]); !p.is_none()) {
        Unbind(p);
        StateOf(p).epoch = 0;
      }
      break;
    default:
      break;
  }
}

void Ordering::RepairGoroutine(const Cursor& event, ThreadState* own) {
  const GoroutineIndex current = own->goroutine;
  const auto assume_current = [&](uint8_t status) {
    if (!current.is_none()) SetGoroutine(current, status);
  };
  const auto forget_current = [&] {
    if (!current.is_none()) StateOf(current).epoch = 0;
    own->goroutine = GoroutineIndex();
  };
  switch (event.code) {
    case kGoCreate:
    case kGoCreateBlocked:
      assume_current(kGoRunning);
      AssumeNew(event.args[0]);
      break;
    case kGoCreateSyscall:
      forget_current();
      AssumeNew(event.args[0]);
      break;
    case kGoStart:
      forget_current();
      AssumeGoroutine(event.args[0], kGoRunnable, event.args[1] - 1);
      break;
    case kGoUnblock:
      AssumeGoroutine(event.args[0], kGoWaiting, event.args[1] - 1);
      break;
    case kGoSwitch:
    case kGoSwitchDestroy:
      AssumeGoroutine(event.args[0], kGoWaiting, event.args[1] - 1);
      if (!own->goroutine.is_none()) SetGoroutine(own->goroutine, kGoRunning);
      break;
    case kGoDestroy:
    case kGoStop:
    case kGoBlock:
      assume_current(kGoRunning);
      break;
    case kGoSyscallBegin:
      assume_current(kGoRunning);
      if (!own->proc.is_none()) StateOf(own->proc).seq = {event.args[0] - 1, ordinal_};
      break;
    case kGoSyscallEnd:
    case kGoDestroySyscall:
      assume_current(kGoSyscall);
      if (!own->proc.is_none()) SetProc(own->proc, kProcSyscall);
      break;
    case kGoSyscallEndBlocked:
      assume_current(kGoSyscall);
      own->proc = ProcIndex();
      break;
    case kGoStatus:
    case kGoStatusStack: {
      if (event.args[2] > kGoWaiting || (event.args[2] == kGoSyscall && event.args[1] == kNoId)) break;
      AssumeGoroutine(event.args[0], static_cast<uint8_t>(event.args[2]), 0);
      if (event.args[2] != kGoSyscall) break;
      ThreadIndex index;
      ThreadState& holder = StateOfThread(event.args[1], &index);
      if (!IsKnown(holder)) holder = {ProcIndex(), GoroutineIndex(), epoch_};
      holder.goroutine = Known(event.args[0]);
      break;
    }
    default:
      break;
  }
}

void Ordering::RepairRange(const Cursor& event, ThreadState* own) {
  GoroutineState* const g = own->goroutine.is_none() ? nullptr : &StateOf(own->goroutine);
  ProcState2* const p = own->proc.is_none() ? nullptr : &StateOf(own->proc);
  const uint64_t before = event.args[0] - 1;
  switch (event.code) {
    case kStwBegin:
      if (g != nullptr) g->stw = StringId();
      break;
    case kGcMarkAssistBegin:
    case kGcMarkAssistEnd:
      if (g != nullptr) g->in_assist = event.code == kGcMarkAssistEnd;
      break;
    case kGcSweepBegin:
    case kGcSweepEnd:
      if (p != nullptr) p->in_sweep = event.code == kGcSweepEnd;
      break;
    case kGcMarkAssistActive:
      if (const GoroutineIndex known = Known(event.args[0]); !known.is_none()) StateOf(known).in_assist = !IsInitial();
      break;
    case kGcSweepActive:
      if (const ProcIndex known = KnownProc(event.args[0]); !known.is_none()) StateOf(known).in_sweep = !IsInitial();
      break;
    case kGcActive:
      SetGc(IsInitial() ? GcState::kUndetermined : GcState::kRunning, before);
      break;
    case kGcBegin:
      SetGc(GcState::kNotRunning, before);
      break;
    case kGcEnd:
      SetGc(GcState::kRunning, before);
      break;
    default:
      break;
  }
}

}  // namespace flametrail::gotrace
