// Long because: one scheduler; what a goroutine may do and how it then leaves its processor belong together.
#include "tests/bench/tracegen/simulation.h"

#include <algorithm>

namespace flametrail::testing {
namespace {

constexpr uint32_t kRegionNames = 4;
constexpr uint32_t kSampleInterval = 156250;  // units of 64 ns: 10 ms

}  // namespace

Simulation::Simulation(const TraceOptions& options, TraceSink sink) : options_(options), random_(options.seed) {
  world_.now = 1'000'000 + random_.Below(1'000'000);
  world_.texts.push_back("");
  MakeStacks();
  world_.procs.resize(std::max(options.procs, 1u));
  idle_procs_ = static_cast<uint32_t>(world_.procs.size());
  const uint32_t threads = std::max<uint32_t>(options.threads, static_cast<uint32_t>(world_.procs.size()) + 2);
  for (uint32_t i = 0; i < threads; ++i) world_.threads.push_back({.id = 4711 + i * 2});
  for (uint32_t i = threads; i-- > 0;) idle_threads_.push_back(i);
  for (uint32_t i = 0; i < std::max(options.goroutines, 1u); ++i) NewGoroutine(SimState::kRunnable);
  for (uint32_t i = 0; options.collects_garbage && i < world_.procs.size(); ++i) {
    const uint32_t worker = NewGoroutine(SimState::kWaiting);
    G(worker).is_worker = true;
    workers_.push_back(worker);
  }
  for (uint32_t g = 1; g < world_.goroutines.size(); ++g) {
    if (G(g).is_worker) continue;
    if (g % 3 == 0 || options.goroutines > 1000) {
      G(g).state = SimState::kWaiting;
      G(g).reason = SimReason::kReceive;
      G(g).stack = RandomStack();
      channel_.push_back(g);
    } else {
      runnable_.push_back(g);
    }
  }
  MakeChoices();
  const bool is_v1 = options.version < 22;
  encoder_ =
      is_v1 ? MakeV1Encoder(options_, world_, std::move(sink)) : MakeV2Encoder(options_, world_, std::move(sink));
}

uint32_t Simulation::Text(std::string text) {
  world_.texts.push_back(std::move(text));
  return static_cast<uint32_t>(world_.texts.size() - 1);
}

// Stack 1 is the start of every goroutine. The others begin there or at main.main and are up to 24 frames deep.
void Simulation::MakeStacks() {
  std::vector<SimFrame> frames;
  const uint32_t files[] = {Text("/src/shop/cart.go"), Text("/src/shop/stock.go"), Text("/go/src/runtime/proc.go")};
  const uint32_t functions = std::max(options_.stacks / 3, 8u);
  for (uint32_t i = 0; i < functions; ++i) {
    const uint32_t name = Text(i == 0 ? "main.serve" : i == 1 ? "main.main" : "main.(*Shop).step" + std::to_string(i));
    frames.push_back({0x401000 + i * 0x40ull, name, files[i % 3], 10 + i});
  }
  world_.stacks.push_back({});
  world_.stacks.push_back({frames[0]});
  for (uint32_t i = 0; i < std::max(options_.stacks, 2u); ++i) {
    std::vector<SimFrame> stack;
    for (uint64_t depth = random_.Below(23); depth > 0; --depth)
      stack.push_back(frames[2 + random_.Below(functions - 2)]);
    stack.push_back(frames[i % 2]);
    world_.stacks.push_back(std::move(stack));
  }
  first_label_ = Text("GC (dedicated)");
  Text("GC (fractional)");
  Text("GC (idle)");
  first_region_ = Text("parse");
  for (const char* name : {"query", "render", "write"}) Text(name);
  task_name_ = Text("request");
  first_log_ = Text("cache");
  for (const char* text : {"miss", "hit, after a while", "evicted 3 entries"}) Text(text);
}

uint32_t Simulation::NewGoroutine(SimState state) {
  uint32_t row = static_cast<uint32_t>(world_.goroutines.size());
  if (free_rows_.empty()) {
    world_.goroutines.push_back({});
  } else {
    row = free_rows_.back();
    free_rows_.pop_back();
    G(row) = SimGoroutine();
  }
  G(row).id = next_goroutine_++;
  G(row).state = state;
  return row;
}

void Simulation::MakeChoices() {
  const bool is_23 = options_.version >= 23;
  const std::pair<uint32_t, Act> weights[] = {
      {options_.channels, &Simulation::DoChannel},
      {options_.sleeps, &Simulation::DoSleep},
      {options_.mutexes, &Simulation::DoMutex},
      {options_.network, &Simulation::DoNetwork},
      {options_.syscalls, &Simulation::DoSyscall},
      {options_.yields, &Simulation::DoYield},
      {options_.short_lived, &Simulation::DoShortLived},
      {options_.allocations, &Simulation::DoAllocate},
      {options_.annotations, &Simulation::DoAnnotate},
      {is_23 ? options_.coroutines : 0, &Simulation::DoCoroutine},
      {options_.version >= 22 ? options_.c_threads : 0, &Simulation::DoCThread},
      {is_23 ? options_.experiments : 0, &Simulation::DoExperiment},
  };
  uint64_t sum = 0;
  for (const auto& [weight, act] : weights) {
    if (weight > 0) choices_.push_back({sum += weight, act});
  }
  if (choices_.empty()) choices_.push_back({1, &Simulation::DoAllocate});
}

Actor Simulation::Who(uint32_t proc) const { return {world_.procs[proc].thread, proc, world_.procs[proc].goroutine}; }

// Mostly small steps: a delta of one byte.
void Simulation::Tick() {
  const uint64_t kind = random_.Below(16);
  world_.now += 1 + (kind < 13 ? random_.Below(20) : random_.Below(400));
}

bool Simulation::Enough() const {
  return encoder_->bytes() >= options_.bytes || (options_.events != 0 && encoder_->events() >= options_.events);
}

void Simulation::Run() {
  // The program's first goroutine, on the first processor, begins the trace.
  const bool is_v1 = options_.version < 22;
  encoder_->Begin(is_v1 ? Actor{idle_threads_.back(), 0, 0} : Actor());
  if (!is_v1) {
    BindProc(idle_threads_.back(), 0);
    Tick();
    StartGoroutine(0, 0);
    encoder_->Gomaxprocs(Who(0), 1);
  } else {
    P(0) = {SimProcState::kRunning, idle_threads_.back(), 0, false};
    M(idle_threads_.back()).proc = 0;
    M(idle_threads_.back()).goroutine = 0;
    G(0).state = SimState::kRunning;
    G(0).thread = idle_threads_.back();
    --idle_procs_;
  }
  idle_threads_.pop_back();
  generation_end_ = options_.generation_events;
  while (!Enough() || RunningProc() == kNobody) Step();
  encoder_->Finish(Who(RunningProc()));
}

// One of those that run, or nobody: all may be in system calls.
uint32_t Simulation::RunningProc() {
  const uint64_t count = world_.procs.size();
  for (uint64_t i = 0, at = random_.Below(count); i < count; ++i, ++at) {
    if (P(static_cast<uint32_t>(at % count)).state == SimProcState::kRunning) return static_cast<uint32_t>(at % count);
  }
  return kNobody;
}

void Simulation::Step() {
  Tick();
  const uint32_t witness = RunningProc();
  if (encoder_->events() >= generation_end_ && witness != kNobody) {
    encoder_->NextGeneration(Who(witness));
    generation_end_ = encoder_->events() + options_.generation_events;
    Tick();
  }
  if (options_.cpu_samples && world_.now >= next_sample_ && witness != kNobody) {
    next_sample_ = world_.now + kSampleInterval / 2 + random_.Below(kSampleInterval);
    encoder_->Sample(Who(witness), RandomStack());
    Tick();
  }
  if (!returning_.empty() && returning_.front().at <= world_.now && ThreadReturns()) return;
  if (idle_procs_ > 0 && (runnable_.size() > 1 || witness == kNobody)) StartIdleProc();
  const auto proc = static_cast<uint32_t>(random_.Below(world_.procs.size()));
  switch (P(proc).state) {
    case SimProcState::kRunning:
      P(proc).goroutine == kNobody ? Schedule(proc) : ActOn(proc);
      break;
    case SimProcState::kSyscall:
      InSyscall(proc);
      break;
    default:
      break;
  }
}

// --- Processors ---

bool Simulation::BindProc(uint32_t thread, uint32_t proc) {
  if (P(proc).state == SimProcState::kAbandoned) {
    encoder_->Steal({thread}, proc);
    P(proc).state = SimProcState::kIdle;
    Tick();
  }
  encoder_->ProcStart({thread, kNobody, M(thread).goroutine}, proc);
  P(proc).state = SimProcState::kRunning;
  P(proc).thread = thread;
  M(thread).proc = proc;
  --idle_procs_;
  return true;
}

void Simulation::StartIdleProc() {
  if (idle_threads_.empty()) return;
  for (uint32_t p = 0; p < world_.procs.size(); ++p) {
    if (P(p).state != SimProcState::kIdle && P(p).state != SimProcState::kAbandoned) continue;
    const uint32_t thread = idle_threads_.back();
    idle_threads_.pop_back();
    BindProc(thread, p);
    Tick();
    return;
  }
}

void Simulation::StopProc(uint32_t proc) {
  encoder_->ProcStop(Who(proc));
  idle_threads_.push_back(P(proc).thread);
  M(P(proc).thread).proc = kNobody;
  P(proc) = SimProc();
  ++idle_procs_;
}

// Without a goroutine: sleepers and the network first, then whoever waits longest to run.
void Simulation::Schedule(uint32_t proc) {
  if (WakeSleepers(proc)) return;
  if (!network_.empty() && random_.OneIn(3)) {
    WakeFrom(proc, &network_, 0);
    return;
  }
  if (world_.collecting && !workers_.empty() && random_.OneIn(6)) {
    const uint32_t worker = workers_.back();
    workers_.pop_back();
    encoder_->Unblock(Who(proc), worker, 0);
    G(worker).state = SimState::kRunnable;
    Tick();
    StartGoroutine(proc, worker);
    return;
  }
  if (!runnable_.empty()) {
    const uint32_t g = runnable_.front();
    runnable_.pop_front();
    StartGoroutine(proc, g);
    return;
  }
  const uint64_t running = static_cast<uint64_t>(std::count_if(
      world_.procs.begin(), world_.procs.end(), [](const SimProc& p) { return p.state == SimProcState::kRunning; }));
  if (running > 1) {
    StopProc(proc);
  } else if (!sleepers_.empty()) {
    world_.now = std::max(world_.now, sleepers_.top().until);
  } else if (!channel_.empty()) {
    WakeFrom(proc, &channel_, 0);
  } else if (!mutex_.empty()) {
    WakeFrom(proc, &mutex_, 0);
  } else if (!network_.empty()) {
    WakeFrom(proc, &network_, 0);
  } else {
    // Everybody is in a system call, or ended: the program goes on with a new goroutine.
    const uint32_t g = NewGoroutine(SimState::kRunnable);
    encoder_->Create(Who(proc), g, 1, 0, false);
    runnable_.push_back(g);
  }
}

bool Simulation::WakeSleepers(uint32_t proc) {
  if (sleepers_.empty() || sleepers_.top().until > world_.now) return false;
  const uint32_t g = sleepers_.top().goroutine;
  sleepers_.pop();
  encoder_->Unblock(Who(proc), g, 0);
  G(g).state = SimState::kRunnable;
  runnable_.push_back(g);
  return true;
}

void Simulation::WakeFrom(uint32_t proc, std::vector<uint32_t>* waiters, uint32_t stack) {
  std::swap((*waiters)[random_.Below(waiters->size())], waiters->back());
  const uint32_t g = waiters->back();
  waiters->pop_back();
  encoder_->Unblock(Who(proc), g, stack);
  G(g).state = SimState::kRunnable;
  runnable_.push_back(g);
}

void Simulation::StartGoroutine(uint32_t proc, uint32_t g) {
  const Actor who = {P(proc).thread, proc, kNobody};
  encoder_->Start(who, g);
  G(g).state = SimState::kRunning;
  G(g).thread = who.thread;
  P(proc).goroutine = g;
  M(who.thread).goroutine = g;
  if (G(g).is_worker) encoder_->Label(Who(proc), first_label_ + static_cast<uint32_t>(random_.Below(3)));
}

// After the event that tells it.
void Simulation::Leave(uint32_t proc, SimState state, SimReason reason, uint32_t stack) {
  SimGoroutine& g = G(P(proc).goroutine);
  g.state = state;
  g.reason = reason;
  g.stack = stack;
  M(g.thread).goroutine = kNobody;
  g.thread = kNobody;
  P(proc).goroutine = kNobody;
}

void Simulation::BlockOn(uint32_t proc, SimReason reason) {
  const uint32_t stack = RandomStack();
  encoder_->Block(Who(proc), reason, stack);
  Leave(proc, SimState::kWaiting, reason, stack);
}

// --- Goroutines ---

void Simulation::ActOn(uint32_t proc) {
  const uint32_t g = P(proc).goroutine;
  if (g == collector_ && world_.now >= mark_until_) return EndCollection(proc);
  if (G(g).is_worker) {
    if (!random_.OneIn(4)) return;
    BlockOn(proc, SimReason::kSystem);
    workers_.push_back(g);
    return;
  }
  if (G(g).from_c && random_.OneIn(3)) return LeaveC(proc);
  if (G(g).short_lived && random_.OneIn(3)) return EndGoroutine(proc);
  // Somebody must run: its own events are left to it.
  if (g == collector_) return DoAllocate(proc);
  const uint64_t pick = random_.Below(choices_.back().until);
  const auto choice = std::find_if(choices_.begin(), choices_.end(), [&](const Choice& c) { return pick < c.until; });
  (this->*choice->act)(proc);
}

void Simulation::DoChannel(uint32_t proc) {
  if (!channel_.empty() && random_.OneIn(2)) return WakeFrom(proc, &channel_, RandomStack());
  const SimReason reasons[] = {SimReason::kSend, SimReason::kReceive, SimReason::kSelect};
  channel_.push_back(P(proc).goroutine);
  BlockOn(proc, reasons[random_.Below(3)]);
}

void Simulation::DoSleep(uint32_t proc) {
  sleepers_.push({world_.now + 200 + random_.Below(4000), P(proc).goroutine});
  BlockOn(proc, SimReason::kSleep);
}

void Simulation::DoMutex(uint32_t proc) {
  if (!mutex_.empty() && random_.OneIn(2)) return WakeFrom(proc, &mutex_, RandomStack());
  mutex_.push_back(P(proc).goroutine);
  BlockOn(proc, random_.OneIn(4) ? SimReason::kCond : SimReason::kMutex);
}

void Simulation::DoNetwork(uint32_t proc) {
  network_.push_back(P(proc).goroutine);
  BlockOn(proc, SimReason::kNetwork);
}

void Simulation::DoYield(uint32_t proc) {
  const uint32_t g = P(proc).goroutine;
  const uint32_t stack = RandomStack();
  const SimReason reason = random_.OneIn(2) ? SimReason::kGosched : SimReason::kPreempted;
  encoder_->Stop(Who(proc), reason, stack);
  Leave(proc, SimState::kRunnable, reason, stack);
  runnable_.push_back(g);
}

void Simulation::DoShortLived(uint32_t proc) {
  const uint32_t g = NewGoroutine(SimState::kRunnable);
  G(g).short_lived = true;
  encoder_->Create(Who(proc), g, 1, RandomStack(), false);
  runnable_.push_back(g);
}

void Simulation::CloseRegions(uint32_t proc) {
  SimGoroutine& g = G(P(proc).goroutine);
  while (g.regions > 0) {
    --g.regions;
    encoder_->Region(Who(proc), false, g.task, first_region_ + g.regions, RandomStack());
    Tick();
  }
  if (g.task != 0) {
    encoder_->Task(Who(proc), false, g.task, 0, 0, RandomStack());
    g.task = 0;
    Tick();
  }
}

void Simulation::EndGoroutine(uint32_t proc) {
  const uint32_t g = P(proc).goroutine;
  CloseRegions(proc);
  encoder_->End(Who(proc));
  Leave(proc, SimState::kDead, SimReason::kSystem, 0);
  free_rows_.push_back(g);
}

void Simulation::DoAllocate(uint32_t proc) {
  heap_ += random_.Below(64 << 10);
  encoder_->Heap(Who(proc), false, heap_);
  SimProc& p = P(proc);
  if (world_.collecting && P(proc).goroutine != collector_ && random_.OneIn(8)) {
    Tick();
    encoder_->Assist(Who(proc), true, RandomStack());
    G(p.goroutine).assists = true;
    world_.now += random_.Below(2000);
    encoder_->Assist(Who(proc), false, 0);
    G(p.goroutine).assists = false;
  } else if (!world_.collecting && options_.collects_garbage && heap_ > goal_ && collector_ == kNobody) {
    Tick();
    BeginCollection(proc);
  } else if (!world_.collecting && random_.OneIn(10)) {
    Tick();
    encoder_->Sweep(Who(proc), true, RandomStack(), 0, 0);
    p.sweeps = true;
    world_.now += random_.Below(500);
    encoder_->Sweep(Who(proc), false, 0, 8192, random_.Below(8192));
    p.sweeps = false;
  }
}

void Simulation::BeginCollection(uint32_t proc) {
  const uint32_t stack = RandomStack();
  encoder_->StopTheWorld(Who(proc), true, false, stack);
  Tick();
  encoder_->Collect(Who(proc), true, stack);
  world_.collecting = true;
  Tick();
  encoder_->StopTheWorld(Who(proc), false, false, 0);
  collector_ = P(proc).goroutine;
  mark_until_ = world_.now + 5000 + random_.Below(20000);
}

void Simulation::EndCollection(uint32_t proc) {
  encoder_->StopTheWorld(Who(proc), true, true, RandomStack());
  Tick();
  encoder_->Collect(Who(proc), false, 0);
  world_.collecting = false;
  Tick();
  encoder_->StopTheWorld(Who(proc), false, true, 0);
  heap_ = (2 << 20) + random_.Below(2 << 20);
  goal_ = heap_ * 2;
  Tick();
  encoder_->Heap(Who(proc), true, goal_);
  collector_ = kNobody;
}

void Simulation::DoAnnotate(uint32_t proc) {
  SimGoroutine& g = G(P(proc).goroutine);
  switch (random_.Below(5)) {
    case 0:
      if (g.task != 0) return CloseRegions(proc);
      if (g.regions > 0) return;
      g.task = next_task_++;
      encoder_->Task(Who(proc), true, g.task, random_.OneIn(4) && g.task > 1 ? g.task - 1 : 0, task_name_,
                     RandomStack());
      return;
    case 1:
      encoder_->Log(Who(proc), g.task, first_log_, first_log_ + 1 + static_cast<uint32_t>(random_.Below(3)),
                    RandomStack());
      return;
    default:
      if (g.regions < kRegionNames && random_.OneIn(2)) {
        encoder_->Region(Who(proc), true, g.task, first_region_ + g.regions, RandomStack());
        ++g.regions;
      } else if (g.regions > 0) {
        --g.regions;
        encoder_->Region(Who(proc), false, g.task, first_region_ + g.regions, RandomStack());
      }
  }
}

// A pair, as of iter.Pull: each switch hands the processor over.
void Simulation::DoCoroutine(uint32_t proc) {
  const uint32_t own = P(proc).goroutine;
  if (G(own).partner == kNobody) {
    const uint32_t other = NewGoroutine(SimState::kWaiting);
    encoder_->Create(Who(proc), other, 1, RandomStack(), true);
    G(own).partner = other;
    G(other).partner = own;
    G(other).short_lived = false;
    return;
  }
  const uint32_t other = G(own).partner;
  if (G(other).state != SimState::kWaiting || G(other).reason != SimReason::kSystem) return;
  encoder_->Switch(Who(proc), other, false);
  const uint32_t thread = P(proc).thread;
  Leave(proc, SimState::kWaiting, SimReason::kSystem, 0);
  G(other).state = SimState::kRunning;
  G(other).thread = thread;
  P(proc).goroutine = other;
  M(thread).goroutine = other;
}

void Simulation::DoExperiment(uint32_t proc) {
  encoder_->Experiment(Who(proc), random_.Below(100000), random_.OneIn(2));
}

// --- System calls ---

void Simulation::DoSyscall(uint32_t proc) {
  const uint32_t stack = RandomStack();
  encoder_->SyscallBegin(Who(proc), stack);
  G(P(proc).goroutine).state = SimState::kSyscall;
  G(P(proc).goroutine).stack = stack;
  P(proc).state = SimProcState::kSyscall;
}

// It ends, or another thread takes its processor.
void Simulation::InSyscall(uint32_t proc) {
  const uint32_t g = P(proc).goroutine;
  if (!random_.OneIn(5) || idle_threads_.empty()) {
    encoder_->SyscallEnd(Who(proc));
    G(g).state = SimState::kRunning;
    P(proc).state = SimProcState::kRunning;
    return;
  }
  const uint32_t thief = idle_threads_.back();
  idle_threads_.pop_back();
  encoder_->Steal({thief}, proc);
  returning_.push_back({world_.now + 300 + random_.Below(3000), P(proc).thread});
  M(P(proc).thread).proc = kNobody;
  P(proc) = SimProc();
  ++idle_procs_;
  Tick();
  BindProc(thief, proc);
}

// A thread comes back from a system call without a processor: it finds another one, or its goroutine has to wait.
bool Simulation::ThreadReturns() {
  const uint32_t thread = returning_.front().thread;
  returning_.pop_front();
  const uint32_t g = M(thread).goroutine;
  uint32_t proc = kNobody;
  for (uint32_t p = 0; p < world_.procs.size(); ++p) {
    if (P(p).state == SimProcState::kIdle || P(p).state == SimProcState::kAbandoned) proc = p;
  }
  if (proc != kNobody) {
    BindProc(thread, proc);
    Tick();
  }
  encoder_->SyscallEndBlocked({thread, proc, g});
  G(g).state = SimState::kRunnable;
  G(g).thread = kNobody;
  M(thread).goroutine = kNobody;
  Tick();
  if (proc != kNobody) {
    StartGoroutine(proc, g);
  } else {
    idle_threads_.push_back(thread);
    runnable_.push_back(g);
  }
  return true;
}

// A thread of C calls a Go function: a goroutine appears in a system call, takes a processor, and goes.
void Simulation::DoCThread(uint32_t) {
  if (idle_procs_ == 0 || idle_threads_.empty()) return;
  const uint32_t thread = idle_threads_.back();
  idle_threads_.pop_back();
  const uint32_t g = NewGoroutine(SimState::kSyscall);
  G(g).from_c = true;
  G(g).thread = thread;
  encoder_->CreateInSyscall({thread}, g);
  M(thread).goroutine = g;
  returning_.push_front({world_.now, thread});
  Tick();
  ThreadReturns();
}

void Simulation::LeaveC(uint32_t proc) {
  const uint32_t g = P(proc).goroutine;
  const uint32_t thread = P(proc).thread;
  CloseRegions(proc);
  encoder_->SyscallBegin(Who(proc), RandomStack());
  G(g).state = SimState::kSyscall;
  P(proc).state = SimProcState::kSyscall;
  Tick();
  encoder_->DestroyInSyscall(Who(proc));
  G(g).state = SimState::kDead;
  free_rows_.push_back(g);
  M(thread).goroutine = kNobody;
  M(thread).proc = kNobody;
  P(proc) = {SimProcState::kAbandoned, kNobody, kNobody, false};
  ++idle_procs_;
  idle_threads_.push_back(thread);
}

}  // namespace flametrail::testing
