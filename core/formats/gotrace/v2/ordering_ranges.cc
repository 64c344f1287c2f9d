// Rules of the collector's ranges and of metrics (specs/go-trace.md §9).
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

Ordering::Step Ordering::BeginRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope, uint32_t index,
                                    StackId stack) {
  if (*is_open) {
    return Fail("discovered event already in-flight for when starting event " + std::string(EventName(event.code)));
  }
  *is_open = true;
  if (Tells()) Told(builder_->RangeBegin(event.time, context_, name, scope, index, stack));
  return Finished();
}

Ordering::Step Ordering::EndRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope, uint32_t index) {
  if (!*is_open) return Fail("tried to end event " + std::string(EventName(event.code - 1)) + ", but not in-flight");
  *is_open = false;
  std::optional<std::pair<uint64_t, uint64_t>> swept;
  if (event.code == kGcSweepEnd) swept = {event.args[0], event.args[1]};
  if (Tells()) Told(builder_->RangeEnd(event.time, context_, name, scope, index, swept));
  return Finished();
}

// A range that was open when the generation began: news in the first one, a repetition later.
Ordering::Step Ordering::ContinueRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope,
                                       uint32_t index) {
  if (IsInitial() && *is_open) {
    return Fail("found named active range already in first gen: " + std::string(EventName(event.code)));
  }
  if (!IsInitial() && !*is_open) return Fail("resource is missing active range: " + std::string(EventName(event.code)));
  *is_open = true;
  if (Tells()) Told(builder_->RangeActive(event.time, context_, name, scope, index));
  return Finished();
}

StringId Ordering::StwName(StringId kind) {
  const auto [at, is_new] = stw_names_.emplace(kind.value, StringId());
  if (is_new) at->second = builder_->Text("stop-the-world (" + std::string(trace_->Text(kind)) + ")");
  return at->second;
}

Ordering::Step Ordering::OnStwBegin(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  GoroutineState& state = StateOf(context_.goroutine);
  const StringId name = StwName(Text(event, 0));
  bool is_open = !state.stw.is_none();
  if (!is_open) state.stw = name;
  return BeginRange(event, &is_open, name, RangeScope::kGoroutine, context_.goroutine.value, Stack(event, 1));
}

Ordering::Step Ordering::OnStwEnd(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  GoroutineState& state = StateOf(context_.goroutine);
  const StringId name = state.stw;
  bool is_open = !name.is_none();
  state.stw = StringId();
  return EndRange(event, &is_open, name, RangeScope::kGoroutine, context_.goroutine.value);
}

Ordering::Step Ordering::OnGcMarkAssistBegin(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const GoroutineIndex g = context_.goroutine;
  return BeginRange(event, &StateOf(g).in_assist, assist_name_, RangeScope::kGoroutine, g.value, Stack(event, 0));
}

Ordering::Step Ordering::OnGcMarkAssistEnd(const Cursor& event) {
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  const GoroutineIndex g = context_.goroutine;
  return EndRange(event, &StateOf(g).in_assist, assist_name_, RangeScope::kGoroutine, g.value);
}

Ordering::Step Ordering::OnGcMarkAssistActive(const Cursor& event) {
  const GoroutineIndex g = Known(event.args[0]);
  if (g.is_none()) {
    return Fail("uninitialized goroutine " + std::to_string(event.args[0]) + " found during GCMarkAssistActive");
  }
  return ContinueRange(event, &StateOf(g).in_assist, assist_name_, RangeScope::kGoroutine, g.value);
}

Ordering::Step Ordering::OnGcSweepBegin(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMay); step != Step::kDone) return step;
  const ProcIndex p = context_.proc;
  return BeginRange(event, &StateOf(p).in_sweep, sweep_name_, RangeScope::kProc, p.value, Stack(event, 0));
}

Ordering::Step Ordering::OnGcSweepEnd(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMay); step != Step::kDone) return step;
  const ProcIndex p = context_.proc;
  return EndRange(event, &StateOf(p).in_sweep, sweep_name_, RangeScope::kProc, p.value);
}

Ordering::Step Ordering::OnGcSweepActive(const Cursor& event) {
  const ProcIndex p = KnownProc(event.args[0]);
  if (p.is_none()) return Fail("encountered GCSweepActive for unknown proc " + std::to_string(event.args[0]));
  return ContinueRange(event, &StateOf(p).in_sweep, sweep_name_, RangeScope::kProc, p.value);
}

void Ordering::SetGc(GcState state, uint64_t seq) {
  gc_state_ = state;
  gc_seq_ = seq;
  if (parked_count_ > 0) Wake({0, seq, WaitFor::kGc, 0});
}

Ordering::Step Ordering::OnGcActive(const Cursor& event) {
  const uint64_t seq = event.args[0];
  if (IsInitial()) {
    if (gc_state_ != GcState::kUndetermined) return Fail("GCActive in the first generation isn't first GC event");
  } else {
    if (seq != gc_seq_ + 1) return Block({0, seq - 1, WaitFor::kGc, 0});
    if (gc_state_ != GcState::kRunning) return Fail("encountered GCActive while GC was not in progress");
    if (const Step step = RequireUser(); step != Step::kDone) return step;
  }
  SetGc(GcState::kRunning, seq);
  if (Tells()) Told(builder_->RangeActive(event.time, context_, mark_name_, RangeScope::kGlobal, 0));
  return Finished();
}

Ordering::Step Ordering::OnGcBegin(const Cursor& event) {
  const uint64_t seq = event.args[0];
  if (gc_state_ != GcState::kUndetermined) {
    if (seq != gc_seq_ + 1) return Block({0, seq - 1, WaitFor::kGc, 0});
    if (gc_state_ == GcState::kRunning) return Fail("encountered GCBegin while GC was already in progress");
    if (const Step step = RequireUser(); step != Step::kDone) return step;
  }
  SetGc(GcState::kRunning, seq);
  const StackId stack = Stack(event, 1);
  if (Tells()) Told(builder_->RangeBegin(event.time, context_, mark_name_, RangeScope::kGlobal, 0, stack));
  return Finished();
}

Ordering::Step Ordering::OnGcEnd(const Cursor& event) {
  const uint64_t seq = event.args[0];
  if (seq != gc_seq_ + 1) return Block({0, seq - 1, WaitFor::kGc, 0});
  if (gc_state_ == GcState::kNotRunning) return Fail("encountered GCEnd when GC was not in progress");
  if (gc_state_ == GcState::kUndetermined) return Fail("encountered GCEnd when GC was in an undetermined state");
  if (const Step step = RequireUser(); step != Step::kDone) return step;
  SetGc(GcState::kNotRunning, seq);
  if (Tells()) Told(builder_->RangeEnd(event.time, context_, mark_name_, RangeScope::kGlobal, 0));
  return Finished();
}

Ordering::Step Ordering::OnHeapMetric(const Cursor& event) {
  if (const Step step = Require(Need::kMust, Need::kMust, Need::kMay); step != Step::kDone) return step;
  const Metric metric = event.code == kHeapAlloc ? Metric::kHeapObjects : Metric::kHeapGoal;
  if (Tells()) Told(builder_->AddMetric(event.time, context_, metric, event.args[0], StackTable::kEmpty));
  return Finished();
}

}  // namespace flametrail::gotrace
