// What the handlers of single events share, and the table of handlers.
#include <utility>

#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

namespace {

template <typename Handler, size_t kSize>
constexpr std::array<Handler, kSize> FillFrom(std::initializer_list<std::pair<uint8_t, Handler>> rows,
                                              Handler experimental) {
  std::array<Handler, kSize> table = {};
  for (const auto& row : rows) table[row.first] = row.second;
  for (size_t code = kFirstExperimental; code <= kLastExperimental; ++code) table[code] = experimental;
  return table;
}

}  // namespace

const std::array<Ordering::Handler, kEventCodes> Ordering::kHandlers = FillFrom<Handler, kEventCodes>(
    {
        {kProcsChange, &Handle<&Ordering::OnProcsChange>},
        {kProcStart, &Handle<&Ordering::OnProcStart>},
        {kProcStop, &Handle<&Ordering::OnProcStop>},
        {kProcSteal, &Handle<&Ordering::OnProcSteal>},
        {kProcStatus, &Handle<&Ordering::OnProcStatus>},
        {kGoCreate, &Handle<&Ordering::OnGoCreate>},
        {kGoCreateBlocked, &Handle<&Ordering::OnGoCreate>},
        {kGoCreateSyscall, &Handle<&Ordering::OnGoCreateSyscall>},
        {kGoStart, &Handle<&Ordering::OnGoStart>},
        {kGoDestroy, &Handle<&Ordering::OnGoStop>},
        {kGoDestroySyscall, &Handle<&Ordering::OnGoDestroySyscall>},
        {kGoStop, &Handle<&Ordering::OnGoStop>},
        {kGoBlock, &Handle<&Ordering::OnGoStop>},
        {kGoUnblock, &Handle<&Ordering::OnGoUnblock>},
        {kGoSwitch, &Handle<&Ordering::OnGoSwitch>},
        {kGoSwitchDestroy, &Handle<&Ordering::OnGoSwitch>},
        {kGoSyscallBegin, &Handle<&Ordering::OnGoSyscallBegin>},
        {kGoSyscallEnd, &Handle<&Ordering::OnGoSyscallEnd>},
        {kGoSyscallEndBlocked, &Handle<&Ordering::OnGoSyscallEndBlocked>},
        {kGoStatus, &Handle<&Ordering::OnGoStatus>},
        {kGoStatusStack, &Handle<&Ordering::OnGoStatus>},
        {kStwBegin, &Handle<&Ordering::OnStwBegin>},
        {kStwEnd, &Handle<&Ordering::OnStwEnd>},
        {kGcActive, &Handle<&Ordering::OnGcActive>},
        {kGcBegin, &Handle<&Ordering::OnGcBegin>},
        {kGcEnd, &Handle<&Ordering::OnGcEnd>},
        {kGcSweepActive, &Handle<&Ordering::OnGcSweepActive>},
        {kGcSweepBegin, &Handle<&Ordering::OnGcSweepBegin>},
        {kGcSweepEnd, &Handle<&Ordering::OnGcSweepEnd>},
        {kGcMarkAssistActive, &Handle<&Ordering::OnGcMarkAssistActive>},
        {kGcMarkAssistBegin, &Handle<&Ordering::OnGcMarkAssistBegin>},
        {kGcMarkAssistEnd, &Handle<&Ordering::OnGcMarkAssistEnd>},
        {kHeapAlloc, &Handle<&Ordering::OnHeapMetric>},
        {kHeapGoal, &Handle<&Ordering::OnHeapMetric>},
        {kGoLabel, &Handle<&Ordering::OnGoLabel>},
        {kUserTaskBegin, &Handle<&Ordering::OnUserTaskBegin>},
        {kUserTaskEnd, &Handle<&Ordering::OnUserTaskEnd>},
        {kUserRegionBegin, &Handle<&Ordering::OnUserRegionBegin>},
        {kUserRegionEnd, &Handle<&Ordering::OnUserRegionEnd>},
        {kUserLog, &Handle<&Ordering::OnUserLog>},
    },
    &Handle<&Ordering::OnExperimental>);

Ordering::Step Ordering::Fail(std::string text) {
  fault_ = std::move(text);
  return Step::kFault;
}

Ordering::Step Ordering::Block(const Wait& wait) {
  wait_ = wait;
  return Step::kWait;
}

Ordering::Step Ordering::FailNeeds(Need thread, Need proc, Need goroutine) {
  struct Part {
    Need need;
    bool has;
    const char* what;
  };
  const Part parts[] = {{thread, !context_.thread.is_none(), "thread"},
                        {proc, !context_.proc.is_none(), "proc"},
                        {goroutine, !context_.goroutine.is_none(), "goroutine"}};
  for (const Part& part : parts) {
    if (Meets(part.need, part.has)) continue;
    const std::string what(part.what);
    return Fail(part.has ? "expected no " + what + " but had one" : "expected a " + what + " but didn't have one");
  }
  return Step::kDone;
}

// A sample may have named the goroutine before it appears; and after lost events one comes back under its number.
GoroutineIndex Ordering::Appear(uint64_t id, uint8_t status) {
  GoroutineIndex g = builder_->FindGoroutine(id);
  if (!g.is_none()) {
    const SpanTrack& spans = trace_->goroutine(g).spans;
    if (!spans.empty() && spans.back().go_state() == GoState::kNotExist) g = GoroutineIndex();
  }
  if (g.is_none()) g = builder_->AddGoroutine(id);
  if (g.index() >= goroutines_.size()) goroutines_.resize(trace_->goroutines.size());
  GoroutineState& state = StateOf(g);
  state = {};
  state.epoch = epoch_;
  state.seq = First();
  SetGoroutine(g, status);
  return g;
}

ProcIndex Ordering::KnownProc(uint64_t id) {
  const ProcIndex p = builder_->FindProc(id);
  return !p.is_none() && p.index() < procs_.size() && IsKnown(StateOf(p)) ? p : ProcIndex();
}

Ordering::ThreadState& Ordering::StateOfThread(uint64_t id, ThreadIndex* index) {
  *index = builder_->Thread(id);
  if (index->index() >= threads_.size()) threads_.resize(trace_->threads.size());
  return threads_[index->index()];
}

void Ordering::WakeFor(GoroutineIndex g) {
  const GoroutineState& state = StateOf(g);
  if (state.seq.generation != ordinal_) return;
  Wake({trace_->goroutine(g).id, state.seq.number, WaitFor::kGoroutine, state.status});
}

void Ordering::WakeFor(ProcIndex p) {
  const ProcState2& state = StateOf(p);
  const uint64_t id = trace_->procs[p.index()].id;
  const uint8_t waited = state.status == kProcSyscallAbandoned ? uint8_t{kProcSyscall} : state.status;
  if (state.seq.generation == ordinal_) Wake({id, state.seq.number, WaitFor::kProc, waited});
  if (state.status != kProcSyscall) Wake({id, 0, WaitFor::kProcLeftSyscall, 0});
}

Ordering::Step Ordering::FailStatus(const Cursor& event, const char* wanted) {
  return Fail(std::string(EventName(event.code)) + " event for goroutine that's not " + wanted);
}

StackId Ordering::MissStack(const Cursor& event, size_t arg) {
  if (strict_) {
    missing_ = "found invalid stack ID " + std::to_string(event.args[arg]) + " for event " +
               std::string(EventName(event.code));
  } else {
    diagnostics_->Count(Issue::kMissingTables, At(event, {}).offset, "stacks");
  }
  return StackTable::kEmpty;
}

StringId Ordering::MissText(const Cursor& event, size_t arg) {
  if (strict_) {
    missing_ = "found invalid string ID " + std::to_string(event.args[arg]) + " for event " +
               std::string(EventName(event.code));
    return StringPool::kEmpty;
  }
  diagnostics_->Count(Issue::kMissingTables, At(event, {}).offset, "texts");
  return builder_->Text("(name not in the trace)");
}

Ordering::Step Ordering::FailMissing() { return Fail(std::exchange(missing_, {})); }

void Ordering::TellProc(const Cursor& event, const EventContext& context, ProcIndex p, ProcState from, ProcState to) {
  if (Tells()) Told(builder_->ProcTransition(event.time, context, p, from, to));
}

}  // namespace flametrail::gotrace
