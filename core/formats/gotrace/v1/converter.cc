#include "core/formats/gotrace/v1/converter.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace flametrail::gotrace::v1 {
namespace {

// Why a goroutine stops, by the event that tells it.
constexpr std::pair<EventType, std::string_view> kReasons[] = {
    {EventType::kGoStop, "forever"},
    {EventType::kGoSched, "runtime.Gosched"},
    {EventType::kGoPreempt, "preempted"},
    {EventType::kGoSleep, "sleep"},
    {EventType::kGoBlock, ""},
    {EventType::kGoBlockSend, "chan send"},
    {EventType::kGoBlockRecv, "chan receive"},
    {EventType::kGoBlockSelect, "select"},
    {EventType::kGoBlockSync, "sync"},
    {EventType::kGoBlockCond, "sync.(*Cond).Wait"},
    {EventType::kGoBlockNet, "network"},
    {EventType::kGoBlockGC, "GC mark assist wait for work"},
};

// Header 21. Before: 0 is mark termination, 1 sweep termination.
constexpr std::string_view kStopTheWorld[] = {
    "",
    "GC mark termination",
    "GC sweep termination",
    "write heap dump",
    "goroutine profile",
    "goroutine profile cleanup",
    "all goroutines stack trace",
    "read mem stats",
    "AllThreadsSyscall",
    "GOMAXPROCS",
    "start trace",
    "stop trace",
    "CountPagesInUse (test)",
    "ReadMetricsSlow (test)",
    "ReadMemStatsSlow (test)",
    "PageCachePagesLeaked (test)",
    "ResetDebugLog (test)",
};

constexpr uint32_t kNoScope = 0xFFFFFFFFu;

StringId TextOf(const RawTrace& raw, uint64_t id) {
  const auto at = raw.strings.find(id);
  return at == raw.strings.end() ? StringPool::kEmpty : at->second;
}

}  // namespace

StackMap::StackMap(const RawTrace& raw, TraceBuilder* builder) {
  uint64_t largest = 0;
  for (const RawStack& stack : raw.stacks) largest = std::max(largest, stack.id);
  if (largest <= 2 * raw.stacks.size() + 1024) dense_.assign(static_cast<size_t>(largest) + 1, StackTable::kEmpty);
  std::vector<LocationId> frames;
  for (const RawStack& stack : raw.stacks) {
    const uint8_t* at = raw.stack_slabs[stack.slab].bytes.get() + stack.begin;
    frames.clear();
    for (uint32_t i = 0; i < stack.frames; ++i) {
      const uint64_t pc = TakeUvarint(&at);
      if (raw.version < 7) {
        frames.push_back(builder->Frame(pc, StringPool::kEmpty, StringPool::kEmpty, 0));
        continue;
      }
      const StringId function = TextOf(raw, TakeUvarint(&at));
      const StringId file = TextOf(raw, TakeUvarint(&at));
      frames.push_back(builder->Frame(pc, function, file, TakeUvarint(&at)));
    }
    deepest_ = std::max<uint64_t>(deepest_, frames.size());
    frames_ += frames.size();
    const StackId id = builder->Stack(frames);
    if (dense_.empty()) {
      sparse_[stack.id] = id;
    } else {
      dense_[static_cast<size_t>(stack.id)] = id;
    }
  }
}

StackId StackMap::Find(uint64_t id) const {
  if (id < dense_.size()) return dense_[static_cast<size_t>(id)];
  if (sparse_.empty()) return StackTable::kEmpty;
  const auto at = sparse_.find(id);
  return at == sparse_.end() ? StackTable::kEmpty : at->second;
}

Converter::Converter(const RawTrace& raw, GoTable* goroutines, TraceBuilder* builder)
    : raw_(raw), goroutines_(goroutines), builder_(builder), stacks_(raw, builder), procs_(raw.procs.size() + 1) {
  for (const auto& [type, text] : kReasons) {
    reasons_[static_cast<size_t>(type)] = builder->Reason(builder->Text(text));
  }
  mark_phase_ = builder->Text("GC concurrent mark phase");
  sweep_ = builder->Text("GC incremental sweep");
  assist_ = builder->Text("GC mark assist");
  stop_the_world_ = StopTheWorld(~uint64_t{0});
}

GoroutineIndex Converter::Known(uint32_t row, uint64_t id) {
  GoRow& g = Row(row);
  if (g.index.is_none()) g.index = builder_->AddGoroutine(id);
  return g.index;
}

StringId Converter::Text(uint64_t id) const { return TextOf(raw_, id); }

StringId Converter::StopTheWorld(uint64_t kind) {
  size_t reason = 0;
  if (raw_.version < 21) {
    if (kind <= 1) reason = static_cast<size_t>(kind) + 1;
  } else if (kind < std::size(kStopTheWorld)) {
    reason = static_cast<size_t>(kind);
  }
  return builder_->Text("stop-the-world (" + std::string(kStopTheWorld[reason]) + ")");
}

EventContext Converter::ContextOf(const Event& event) {
  EventContext context;
  ProcNow& p = procs_[event.stream];
  if (event.proc >= 0) {
    if (p.index.is_none()) p.index = builder_->Proc(static_cast<uint64_t>(event.proc));
    context.proc = p.index;
    context.thread = p.thread;
  }
  if (event.goroutine != 0) context.goroutine = Known(event.row, event.goroutine);
  return context;
}

void Converter::Take(const Event& event, int64_t ns, bool from_timer, bool from_netpoll) {
  switch (event.type) {
    case EventType::kGoCreate:
      if (before_first_gomaxprocs_) {
        existed_.push_back({event.target, event.args[0]});
        return;
      }
      break;
    case EventType::kCPUSample:
      TakeSample(event, ns);
      return;
    case EventType::kGoSysBlock:  // GoSysCall told it
    case EventType::kFutileWakeup:
      return;
    default:
      break;
  }
  EventContext context;
  const auto pseudo = [&](ProcIndex* proc, uint64_t id) {
    if (proc->is_none()) *proc = builder_->Proc(id);
    context.proc = *proc;
    context.thread = ThreadIndex::None();
    if (event.goroutine != 0) context.goroutine = Known(event.row, event.goroutine);
  };
  if (event.type == EventType::kGoSysExit) {
    pseudo(&syscalls_, kSyscallProc);
  } else if (event.type == EventType::kGCStart) {
    pseudo(&gc_, kGCProc);
  } else if (event.type == EventType::kGoUnblock && from_netpoll) {
    pseudo(&netpoll_, kNetpollProc);
  } else if (event.type == EventType::kGoUnblock && from_timer) {
    pseudo(&timers_, kTimerProc);
  } else {
    context = ContextOf(event);
  }
  TakeGoroutine(event, ns, context);
}

void Converter::TakeGoroutine(const Event& event, int64_t ns, const EventContext& context) {
  const bool is_status = event.type == EventType::kGoWaiting || event.type == EventType::kGoInSyscall;
  if (context.goroutine.is_none() && (is_status || IsStart(event.type))) return;  // number 0 is no goroutine
  switch (event.type) {
    case EventType::kGoCreate:
      TakeCreate(event, ns, context);
      break;
    case EventType::kGoStart:
    case EventType::kGoStartLabel:
      TakeStart(event, ns, context);
      break;
    case EventType::kGoWaiting:
    case EventType::kGoInSyscall: {
      Row(event.row).stated = true;
      const GoState state = event.type == EventType::kGoWaiting ? GoState::kWaiting : GoState::kSyscall;
      builder_->GoTransition(ns, context, context.goroutine, GoState::kUndetermined, state, 0, StackTable::kEmpty,
                             StackTable::kEmpty);
      break;
    }
    case EventType::kGoUnblock:
      builder_->GoTransition(ns, context, Known(event.target, event.args[0]), GoState::kWaiting, GoState::kRunnable, 0,
                             stacks_.Find(event.stack), StackTable::kEmpty);
      break;
    case EventType::kGoSysCall:
    case EventType::kGoSysExit:
      TakeSyscall(event, ns, context);
      break;
    case EventType::kProcStart:
    case EventType::kProcStop:
      TakeProc(event, ns, context);
      break;
    case EventType::kGomaxprocs:
      TakeGomaxprocs(event, ns, context);
      break;
    case EventType::kHeapAlloc:
      builder_->AddMetric(ns, context, Metric::kHeapObjects, event.args[0], StackTable::kEmpty);
      break;
    case EventType::kHeapGoal:
      builder_->AddMetric(ns, context, Metric::kHeapGoal, event.args[0], StackTable::kEmpty);
      break;
    case EventType::kUserTaskCreate:
    case EventType::kUserTaskEnd:
    case EventType::kUserRegion:
    case EventType::kUserLog:
      TakeUser(event, ns, context);
      break;
    default:
      if (LeavesProc(event.type)) {
        TakeStop(event, ns, context);
      } else {
        TakeRange(event, ns, context);
      }
  }
}

void Converter::TakeCreate(const Event& event, int64_t ns, const EventContext& context) {
  GoRow& g = Row(event.target);
  g.index = builder_->AddGoroutine(event.args[0]);
  StackId start = StackTable::kEmpty;
  if (raw_.version < 7) {
    // The address of the function; a stack has return addresses.
    const LocationId frame = builder_->Frame(event.args[1] + 1, StringPool::kEmpty, StringPool::kEmpty, 0);
    start = builder_->Stack({&frame, 1});
  } else {
    start = stacks_.Find(event.args[1]);
  }
  builder_->GoTransition(ns, context, g.index, GoState::kNotExist, GoState::kRunnable, 0, stacks_.Find(event.stack),
                         start);
}

void Converter::TakeStart(const Event& event, int64_t ns, const EventContext& context) {
  // Before the first Gomaxprocs: the goroutine that started the trace.
  const bool states = before_first_gomaxprocs_ && event.type == EventType::kGoStart;
  if (states) Row(event.row).stated = true;
  builder_->GoTransition(ns, context, context.goroutine, states ? GoState::kUndetermined : GoState::kRunnable,
                         GoState::kRunning, 0, StackTable::kEmpty, StackTable::kEmpty);
  if (event.type == EventType::kGoStartLabel) builder_->Label(ns, context, Text(event.args[2]));
}

void Converter::TakeStop(const Event& event, int64_t ns, const EventContext& context) {
  if (context.goroutine.is_none()) return;  // breaks a rule, and no goroutine changes
  GoState state = GoState::kWaiting;
  if (event.type == EventType::kGoEnd) state = GoState::kNotExist;
  if (event.type == EventType::kGoSched || event.type == EventType::kGoPreempt) state = GoState::kRunnable;
  const StackId stack = stacks_.Find(event.stack);
  builder_->GoTransition(ns, context, context.goroutine, GoState::kRunning, state,
                         reasons_[static_cast<size_t>(event.type)], stack, stack);
}

// How long a call took that kept its processor was not written: it gets 1 ns.
void Converter::TakeSyscall(const Event& event, int64_t ns, const EventContext& context) {
  if (context.goroutine.is_none()) return;
  if (event.type == EventType::kGoSysExit) {
    builder_->GoTransition(ns, context, context.goroutine, GoState::kSyscall, GoState::kRunnable, 0, StackTable::kEmpty,
                           StackTable::kEmpty);
    return;
  }
  const StackId stack = stacks_.Find(event.stack);
  builder_->GoTransition(ns, context, context.goroutine, GoState::kRunning, GoState::kSyscall, 0, stack, stack);
  if (event.blocks) return;
  builder_->GoTransition(ns + 1, context, context.goroutine, GoState::kSyscall, GoState::kRunning, 0,
                         StackTable::kEmpty, StackTable::kEmpty);
}

void Converter::TakeProc(const Event& event, int64_t ns, const EventContext& before) {
  ProcNow& p = procs_[event.stream];
  EventContext context = before;
  const bool starts = event.type == EventType::kProcStart;
  if (starts) context.thread = p.thread = builder_->Thread(event.args[0]);
  if (!starts) p.thread = ThreadIndex::None();
  if (context.proc.is_none()) return;  // a batch of no processor
  ProcState from = starts ? ProcState::kIdle : ProcState::kRunning;
  if (!p.seen) from = ProcState::kUndetermined;
  p.seen = true;
  builder_->ProcTransition(ns, context, context.proc, from, starts ? ProcState::kRunning : ProcState::kIdle);
}

// The first one ends the list of goroutines that existed already. Those whose state was not told are runnable.
void Converter::TakeGomaxprocs(const Event& event, int64_t ns, const EventContext& context) {
  if (!before_first_gomaxprocs_) {
    builder_->AddMetric(ns, context, Metric::kGomaxprocs, event.args[0], stacks_.Find(event.stack));
    return;
  }
  before_first_gomaxprocs_ = false;
  builder_->FirstGomaxprocs(ns, event.args[0]);
  for (const auto& [row, id] : existed_) {
    if (Row(row).stated) continue;
    Row(row).stated = true;
    builder_->GoTransition(ns, EventContext(), Known(row, id), GoState::kUndetermined, GoState::kRunnable, 0,
                           StackTable::kEmpty, StackTable::kEmpty);
  }
  existed_ = {};
}

void Converter::TakeRange(const Event& event, int64_t ns, const EventContext& context) {
  const StackId stack = stacks_.Find(event.stack);
  switch (event.type) {
    case EventType::kGCStart:
      builder_->RangeBegin(ns, context, mark_phase_, RangeScope::kGlobal, kNoScope, stack);
      break;
    case EventType::kGCDone:
      builder_->RangeEnd(ns, context, mark_phase_, RangeScope::kGlobal, kNoScope);
      break;
    case EventType::kSTWStart:
      stop_the_world_ = StopTheWorld(event.args[0]);
      stops_the_world_ = context.goroutine;
      builder_->RangeBegin(ns, context, stop_the_world_, RangeScope::kGoroutine, stops_the_world_.value, stack);
      break;
    case EventType::kSTWDone:
      builder_->RangeEnd(ns, context, stop_the_world_, RangeScope::kGoroutine, stops_the_world_.value);
      break;
    case EventType::kGCSweepStart:
      builder_->RangeBegin(ns, context, sweep_, RangeScope::kProc, context.proc.value, stack);
      break;
    case EventType::kGCSweepDone:
      builder_->RangeEnd(ns, context, sweep_, RangeScope::kProc, context.proc.value,
                         std::pair(event.args[0], event.args[1]));
      break;
    case EventType::kGCMarkAssistStart:
      builder_->RangeBegin(ns, context, assist_, RangeScope::kGoroutine, context.goroutine.value, stack);
      break;
    case EventType::kGCMarkAssistDone:
      builder_->RangeEnd(ns, context, assist_, RangeScope::kGoroutine, context.goroutine.value);
      break;
    default:
      break;  // not an event of a history
  }
}

void Converter::TakeUser(const Event& event, int64_t ns, const EventContext& context) {
  const StackId stack = stacks_.Find(event.stack);
  const TaskIndex task = builder_->Task(event.args[0]);
  switch (event.type) {
    case EventType::kUserTaskCreate: {
      const TaskIndex parent = event.args[1] == 0 ? TaskIndex::None() : builder_->Task(event.args[1]);
      builder_->TaskBegin(ns, context, task, parent, Text(event.args[2]), stack);
      break;
    }
    case EventType::kUserTaskEnd:
      builder_->TaskEnd(ns, context, task, stack);
      break;
    case EventType::kUserRegion:
      if (event.args[1] == 0) {
        builder_->RegionBegin(ns, context, task, Text(event.args[2]), stack);
      } else {
        builder_->RegionEnd(ns, context, task, Text(event.args[2]), stack);
      }
      break;
    default:
      builder_->Log(ns, context, task, Text(event.args[1]), builder_->Text(event.message), stack);
  }
}

void Converter::TakeSample(const Event& event, int64_t ns) {
  EventContext context;
  if (event.proc >= 0) context.proc = builder_->Proc(static_cast<uint64_t>(event.proc));
  if (event.goroutine != 0) context.goroutine = Known(event.row, event.goroutine);
  builder_->Sample(ns, context, stacks_.Find(event.stack));
}

}  // namespace flametrail::gotrace::v1
