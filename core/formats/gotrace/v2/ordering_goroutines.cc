// Rules of goroutines outside system calls (specs/go-trace.md §9).
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {
namespace {

// By GoStatus: what the model calls it.
constexpr GoState kShown[] = {GoState::kUndetermined, GoState::kRunnable, GoState::kRunning, GoState::kSyscall,
                              GoState::kWaiting};
constexpr const char* kStatusNames[] = {"Bad", "Runnable", "Running", "Syscall", "Waiting"};

}  // namespace

Ordering::Step Ordering::OnGoStatus(const Cursor& event) {
  const uint64_t id = event.args[0];
  const uint64_t status = event.args[2];
  if (status > kGoWaiting) {
    return Fail("invalid status for goroutine " + std::to_string(id) + ": " + std::to_string(status));
  }
  GoState from = kShown[status];
  GoroutineIndex g = Known(id);
  if (!g.is_none()) {
    GoroutineState& state = StateOf(g);
    if (state.status != status) {
      return Fail("inconsistent status for goroutine " + std::to_string(id) + ": old " + kStatusNames[state.status] +
                  " vs. new " + kStatusNames[status]);
    }
    state.seq = First();
    SetGoroutine(g, state.status);
  } else if (IsInitial()) {
    g = Appear(id, static_cast<uint8_t>(status));
    from = GoState::kUndetermined;
  } else {
    return Fail("found goroutine status for new goroutine after the first generation: id=" + std::to_string(id) +
                " status=" + kStatusNames[status]);
  }
  EventContext shown = context_;
  if (status == kGoRunning) next_goroutine_ = g;
  if (status == kGoSyscall) {
    if (const Step step = BindSyscall(g, id, event.args[1], &shown); step != Step::kDone) return step;
  }
  const StackId stack = event.code == kGoStatusStack ? Stack(event, 3) : StackTable::kEmpty;
  TellGo(event, shown, g, from, kShown[status], StringPool::kEmpty, stack, stack);
  return Finished();
}

// A goroutine in a system call is bound to its thread, which need not be the one that tells of it.
Ordering::Step Ordering::BindSyscall(GoroutineIndex g, uint64_t id, uint64_t thread, EventContext* shown) {
  if (thread == kNoId) return Fail("found goroutine " + std::to_string(id) + " in syscall without a thread");
  const auto mismatch = [&](GoroutineIndex other) {
    const std::string found = other.is_none() ? "-1" : std::to_string(trace_->goroutine(other).id);
    return Fail("inconsistent thread for syscalling goroutine " + std::to_string(id) + ": thread has goroutine " +
                found);
  };
  ThreadIndex index;
  ThreadState& state = StateOfThread(thread, &index);
  if (index == context_.thread) {
    if (!IsInitial() && context_.goroutine != g) return mismatch(context_.goroutine);
    next_goroutine_ = g;
    return Step::kDone;
  }
  *shown = {};
  shown->thread = index;
  if (!IsKnown(state)) {
    state = {ProcIndex(), g, epoch_};
  } else if (state.goroutine != g) {
    return mismatch(state.goroutine);
  } else {
    shown->goroutine = g;
  }
  return Step::kDone;
}

Ordering::Step Ordering::OnGoCreate(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMay); step != Step::kDone) return step;
  if (!context_.goroutine.is_none()) {
    const GoroutineState& state = StateOf(context_.goroutine);
    if (IsKnown(state) && state.status != kGoRunning) {
      return Fail(std::string(EventName(event.code)) + " event for goroutine that's not Running");
    }
  }
  const uint64_t id = event.args[0];
  if (!Known(id).is_none()) return Fail("tried to create goroutine (" + std::to_string(id) + ") that already exists");
  const bool is_blocked = event.code == kGoCreateBlocked;
  const StackId own_stack = Stack(event, 1), stack = Stack(event, 2);
  const GoroutineIndex g = Appear(id, is_blocked ? kGoWaiting : kGoRunnable);
  TellGo(event, context_, g, GoState::kNotExist, is_blocked ? GoState::kWaiting : GoState::kRunnable,
         StringPool::kEmpty, stack, own_stack);
  return Finished();
}

Ordering::Step Ordering::OnGoStart(const Cursor& event) {
  const uint64_t id = event.args[0];
  const GoroutineIndex g = Known(id);
  if (g.is_none() || StateOf(g).status != kGoRunnable || !Follows(event.args[1], StateOf(g).seq)) {
    return Block({id, event.args[1] - 1, WaitFor::kGoroutine, kGoRunnable});
  }
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMustNot); step != Step::kDone) return step;
  StateOf(g).seq.number = event.args[1];
  SetGoroutine(g, kGoRunning);
  next_goroutine_ = g;
  TellGo(event, context_, g, GoState::kRunnable, GoState::kRunning, StringPool::kEmpty, StackTable::kEmpty,
         StackTable::kEmpty);
  return Finished();
}

// GoStop, GoBlock and GoDestroy.
Ordering::Step Ordering::OnGoStop(const Cursor& event) {
  if (const Step step = RequireRunning(event); step != Step::kDone) return step;
  const GoroutineIndex g = context_.goroutine;
  next_goroutine_ = GoroutineIndex();
  if (event.code == kGoDestroy) {
    Remove(g);
    TellGo(event, context_, g, GoState::kRunning, GoState::kNotExist, StringPool::kEmpty, StackTable::kEmpty,
           StackTable::kEmpty);
    return Finished();
  }
  const bool is_blocked = event.code == kGoBlock;
  SetGoroutine(g, is_blocked ? kGoWaiting : kGoRunnable);
  const StringId reason = Text(event, 0);
  const StackId stack = Stack(event, 1);
  TellGo(event, context_, g, GoState::kRunning, is_blocked ? GoState::kWaiting : GoState::kRunnable, reason, stack,
         stack);
  return Finished();
}

Ordering::Step Ordering::OnGoUnblock(const Cursor& event) {
  const uint64_t id = event.args[0];
  const GoroutineIndex g = Known(id);
  if (g.is_none() || StateOf(g).status != kGoWaiting || !Follows(event.args[1], StateOf(g).seq)) {
    return Block({id, event.args[1] - 1, WaitFor::kGoroutine, kGoWaiting});
  }
  StateOf(g).seq.number = event.args[1];
  SetGoroutine(g, kGoRunnable);
  TellGo(event, context_, g, GoState::kWaiting, GoState::kRunnable, StringPool::kEmpty, Stack(event, 2),
         StackTable::kEmpty);
  return Finished();
}

// GoSwitch and GoSwitchDestroy: one event on the wire, three to tell.
Ordering::Step Ordering::OnGoSwitch(const Cursor& event) {
  if (const Step step = RequireRunning(event); step != Step::kDone) return step;
  const uint64_t id = event.args[0];
  const GoroutineIndex next = Known(id);
  if (next.is_none() || StateOf(next).status != kGoWaiting || !Follows(event.args[1], StateOf(next).seq)) {
    return Block({id, event.args[1] - 1, WaitFor::kGoroutine, kGoWaiting});
  }
  const GoroutineIndex own = context_.goroutine;
  const bool is_destroyed = event.code == kGoSwitchDestroy;
  constexpr StackId kNoStack = StackTable::kEmpty;
  TellGo(event, context_, next, GoState::kWaiting, GoState::kRunnable, StringPool::kEmpty, kNoStack, kNoStack);
  if (is_destroyed) {
    Remove(own);
  } else {
    SetGoroutine(own, kGoWaiting);
  }
  TellGo(event, context_, own, GoState::kRunning, is_destroyed ? GoState::kNotExist : GoState::kWaiting,
         StringPool::kEmpty, kNoStack, kNoStack);
  StateOf(next).seq.number = event.args[1];
  SetGoroutine(next, kGoRunning);
  EventContext free = context_;
  free.goroutine = GoroutineIndex();
  TellGo(event, free, next, GoState::kRunnable, GoState::kRunning, StringPool::kEmpty, kNoStack, kNoStack);
  next_goroutine_ = next;
  return Finished();
}

void Ordering::Remove(GoroutineIndex g) {
  GoroutineState& state = StateOf(g);
  while (state.regions != kNone) PopRegion(&state);
  state = {};
}

}  // namespace flametrail::gotrace
