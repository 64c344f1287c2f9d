// Events. Tables are in trace_tables.cc, ranges, tasks and regions in trace_annotations.cc.
#include "core/model/trace/trace_builder.h"

#include "core/base/check.h"

namespace flametrail {

TraceBuilder::TraceBuilder(Trace* trace, TraceListener* listener) : trace_(trace), listener_(listener) {
  trace_->stacks.parent.assign(1, StackId::None());
  trace_->stacks.location.assign(1, LocationId::None());
  root_.assign(1, LocationId::None());
  trace_->reasons.assign(1, StringPool::kEmpty);
  reason_of_text_.assign(1, uint16_t{0});
}

TraceTime TraceBuilder::Happen(EventKind kind, int64_t ns) {
  TraceTime time = 0;
  if (has_event_) {
    if (ns > trace_->origin) time = static_cast<uint64_t>(ns) - static_cast<uint64_t>(trace_->origin);
    if (time <= trace_->end) time = trace_->end + 1;
    if (time > kMaxTraceTime) return kNoTime;
  } else {
    trace_->origin = ns;
    has_event_ = true;
  }
  trace_->end = time;
  ++trace_->events_by_kind[static_cast<size_t>(kind)];
  if (!has_base_) {
    trace_->base = time;
    has_base_ = kind != EventKind::kSync;
  }
  return time;
}

TraceTime TraceBuilder::Sync(int64_t ns, std::optional<ClockSnapshot> clock) {
  const TraceTime time = Happen(EventKind::kSync, ns);
  if (time == kNoTime) return time;
  last_sync_ = time;
  trace_->syncs.push_back({time, clock});
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kSync, time, {}};
    view.value = trace_->syncs.size();
    Tell(view);
  }
  return time;
}

// The first thing that the trace tells of the goroutine.
void TraceBuilder::Appear(GoroutineIndex g, TraceTime time, const EventContext& context, GoState from, StackId stack,
                          StackId transition_stack) {
  Goroutine& row = trace_->goroutines[g.index()];
  if (from == GoState::kNotExist) {
    row.appeared = time;
    row.creation_seen = true;
    row.parent = context.goroutine;
    row.creator_stack = stack;
    row.start_stack = transition_stack;
    return;
  }
  row.appeared = last_sync_;
  if (last_sync_ < time) {
    Span unknown = {};
    unknown.start = last_sync_;
    unknown.state = static_cast<uint64_t>(GoState::kUndetermined);
    unknown.stack = StackTable::kEmpty;
    unknown.peer = PlacementId::kNoneValue;
    row.spans.Push(unknown, &trace_->span_arena);
  }
}

namespace {

bool OnProc(GoState state) { return state == GoState::kRunning || state == GoState::kSyscall; }

bool IsSameState(GoState kept, GoState told) {
  return kept == told || (kept == GoState::kSyscallBlocked && told == GoState::kSyscall);
}

}  // namespace

// Keeps who is on which P, and begins a run where a goroutine comes onto one.
inline void TraceBuilder::Occupy(GoroutineIndex g, const Goroutine& row, const EventContext& context, GoState from,
                                 GoState to) {
  if (context.proc.is_none()) return;
  GoroutineIndex& occupant = occupant_[context.proc.index()];
  if (!OnProc(to)) {
    if (occupant == g) occupant = GoroutineIndex::None();
    return;
  }
  if (occupant == g && OnProc(from)) return;
  occupant = g;
  trace_->procs[context.proc.index()].runs.push_back({g, row.spans.size() - 1});
}

TraceTime TraceBuilder::GoTransition(int64_t ns, const EventContext& context, GoroutineIndex g, GoState from,
                                     GoState to, uint16_t reason, StackId stack, StackId transition_stack) {
  const TraceTime time = Happen(EventKind::kStateTransition, ns);
  if (time == kNoTime) return time;
  ++trace_->go_transitions[static_cast<size_t>(from)][static_cast<size_t>(to)];
  Goroutine& row = trace_->goroutines[g.index()];
  ++row.transitions;
  if (row.spans.empty()) Appear(g, time, context, from, stack, transition_stack);
  if (transition_stack != StackTable::kEmpty && row.name == StringPool::kEmpty) Name(&row, transition_stack);
  if (row.spans.empty() || !IsSameState(row.state, to)) {
    Span span;
    span.start = time;
    span.state = static_cast<uint64_t>(to);
    span.reason = reason;
    span.stack = stack;
    if (to == GoState::kRunnable) {
      const bool is_woken = from == GoState::kWaiting || from == GoState::kNotExist;
      span.peer = is_woken ? context.goroutine.value : GoroutineIndex::kNoneValue;
    } else {
      const bool is_elsewhere = from == GoState::kUndetermined && to == GoState::kWaiting;
      span.peer = is_elsewhere ? PlacementId::kNoneValue : Place(context).value;
    }
    row.spans.Push(span, &trace_->span_arena);
    row.state = to;
    Occupy(g, row, context, from, to);
    if (to == GoState::kNotExist) CloseRegions(g, time);
  }
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kStateTransition, time, context};
    view.stack = stack;
    view.transition_stack = transition_stack;
    view.resource = g.value;
    view.from = static_cast<uint8_t>(from);
    view.to = static_cast<uint8_t>(to);
    view.text = trace_->reasons[reason];
    Tell(view);
  }
  return time;
}

TraceTime TraceBuilder::ProcTransition(int64_t ns, const EventContext& context, ProcIndex p, ProcState from,
                                       ProcState to) {
  const TraceTime time = Happen(EventKind::kStateTransition, ns);
  if (time == kNoTime) return time;
  ++trace_->proc_transitions[static_cast<size_t>(from)][static_cast<size_t>(to)];
  Chunked<ProcSpan, 256>& spans = trace_->procs[p.index()].spans;
  if (spans.empty() || static_cast<ProcState>(spans.back().state) != to) {
    ProcSpan span;
    span.start = time;
    span.state = static_cast<uint64_t>(to);
    span.thread = context.thread;
    spans.push_back(span);
  }
  if (from != to && to == ProcState::kIdle) LoseProc(p, time, context);
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kStateTransition, time, context};
    view.of_proc = true;
    view.resource = p.value;
    view.from = static_cast<uint8_t>(from);
    view.to = static_cast<uint8_t>(to);
    Tell(view);
  }
  return time;
}

// From here on the system call of whoever sits in one with this P is a blocking one.
void TraceBuilder::LoseProc(ProcIndex p, TraceTime time, const EventContext& context) {
  const GoroutineIndex g = occupant_[p.index()];
  if (g.is_none()) return;
  Goroutine& row = trace_->goroutines[g.index()];
  if (row.state != GoState::kSyscall) return;
  SpanTrack& spans = row.spans;
  Span blocked = spans.back();
  blocked.start = time;
  blocked.state = static_cast<uint64_t>(GoState::kSyscallBlocked);
  blocked.peer = Place(context).value;
  spans.Push(blocked, &trace_->span_arena);
  row.state = GoState::kSyscallBlocked;
  occupant_[p.index()] = GoroutineIndex::None();
}

void TraceBuilder::FirstGomaxprocs(int64_t ns, uint64_t count) {
  CHECK(has_event_);
  const TraceTime time = ns > trace_->origin ? static_cast<TraceTime>(ns - trace_->origin) : 0;
  trace_->first_gomaxprocs = MetricSample{time, count};
}

TraceTime TraceBuilder::AddMetric(int64_t ns, const EventContext& context, Metric metric, uint64_t value,
                                  StackId stack) {
  const TraceTime time = Happen(EventKind::kMetric, ns);
  if (time == kNoTime) return time;
  trace_->metrics[static_cast<size_t>(metric)].push_back({time, value});
  if (metric == Metric::kGomaxprocs) trace_->gomaxprocs_changes.push_back({context.goroutine, stack});
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kMetric, time, context};
    view.stack = stack;
    view.resource = static_cast<uint32_t>(metric);
    view.value = value;
    Tell(view);
  }
  return time;
}

TraceTime TraceBuilder::Label(int64_t ns, const EventContext& context, StringId text) {
  const TraceTime time = Happen(EventKind::kLabel, ns);
  if (time == kNoTime) return time;
  trace_->labels.push_back({time, context.goroutine, text});
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kLabel, time, context};
    view.name = text;
    view.resource = context.goroutine.value;
    Tell(view);
  }
  return time;
}

TraceTime TraceBuilder::Sample(int64_t ns, const EventContext& context, StackId stack) {
  const TraceTime time = Happen(EventKind::kStackSample, ns);
  if (time == kNoTime) return time;
  trace_->cpu_samples.push_back({time, context.goroutine, Place(context), stack});
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kStackSample, time, context};
    view.stack = stack;
    Tell(view);
  }
  return time;
}

TraceTime TraceBuilder::Experimental(int64_t ns, const EventContext& context, std::string_view name,
                                     std::span<const uint64_t> arguments,
                                     std::span<const std::string_view> argument_names) {
  const TraceTime time = Happen(EventKind::kExperimental, ns);
  if (time == kNoTime) return time;
  WireCount* count = nullptr;
  for (WireCount& known : trace_->experimental) {
    if (known.name == name) count = &known;
  }
  if (count == nullptr) count = &trace_->experimental.emplace_back(WireCount{std::string(name)});
  ++count->count;
  if (listener_ != nullptr) {
    TraceEventView view{EventKind::kExperimental, time, context};
    view.name = Text(name);
    view.arguments = arguments;
    view.argument_names = argument_names;
    Tell(view);
  }
  return time;
}

}  // namespace flametrail
