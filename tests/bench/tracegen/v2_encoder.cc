// Long because: the table of codes, what each event writes, and batches share the numbers of one generation.
// Go 1.22 and later: batches by thread, generations, statuses before the first mention (specs/go-trace.md §5-7).
#include <algorithm>
#include <initializer_list>

#include "tests/bench/tracegen/encoder.h"

namespace flametrail::testing {
namespace {

constexpr size_t kBatchBytes = 60000;  // the reader refuses more than 65536
constexpr uint64_t kTicksPerSecond = 15'625'000;
constexpr uint64_t kNone = ~uint64_t{0};

enum EventCode : uint8_t {
  kEventBatch = 1,
  kStacks = 2,
  kStack = 3,
  kStrings = 4,
  kString = 5,
  kCPUSamples = 6,
  kCPUSample = 7,
  kFrequency = 8,
  kProcsChange = 9,
  kProcStart = 10,
  kProcStop = 11,
  kProcSteal = 12,
  kProcStatus = 13,
  kGoCreate = 14,
  kGoCreateSyscall = 15,
  kGoStart = 16,
  kGoDestroy = 17,
  kGoDestroySyscall = 18,
  kGoStop = 19,
  kGoBlock = 20,
  kGoUnblock = 21,
  kGoSyscallBegin = 22,
  kGoSyscallEnd = 23,
  kGoSyscallEndBlocked = 24,
  kGoStatus = 25,
  kSTWBegin = 26,
  kSTWEnd = 27,
  kGCActive = 28,
  kGCBegin = 29,
  kGCEnd = 30,
  kGCSweepActive = 31,
  kGCSweepBegin = 32,
  kGCSweepEnd = 33,
  kGCMarkAssistActive = 34,
  kGCMarkAssistBegin = 35,
  kGCMarkAssistEnd = 36,
  kHeapAlloc = 37,
  kHeapGoal = 38,
  kGoLabel = 39,
  kUserTaskBegin = 40,
  kUserTaskEnd = 41,
  kUserRegionBegin = 42,
  kUserRegionEnd = 43,
  kUserLog = 44,
  kGoSwitch = 45,
  kGoSwitchDestroy = 46,
  kGoCreateBlocked = 47,
  kGoStatusStack = 48,
  kExperimentalBatch = 49,
  kSync = 50,
  kClockSnapshot = 51,
  kEndOfGeneration = 52,
  kHeapObjectAlloc = 132,
  kHeapObjectFree = 133,
};

constexpr std::string_view kReasons[] = {
    "chan send", "chan receive",    "select",    "sync",    "sync.(*Cond).Wait",     "network",
    "sleep",     "runtime.Gosched", "preempted", "forever", "system goroutine wait", "GC mark assist wait for work",
};

class V2Encoder : public TraceEncoder {
 public:
  V2Encoder(const TraceOptions& options, const World& world, TraceSink sink)
      : TraceEncoder(options, world, std::move(sink)), generation_(options.first_generation) {}

  void Begin(const Actor&) override {
    Put(TraceHeader(options_.version));
    BeginGeneration();
  }
  void Finish(const Actor& who) override { EndGeneration(who); }
  void NextGeneration(const Actor& who) override {
    EndGeneration(who);
    ++generation_;
    BeginGeneration();
    if (world_.collecting && who.goroutine != kNobody) Event(who, kGCActive, {gc_sequence_++});
  }

  void ProcStart(const Actor& who, uint32_t proc) override {
    StateProc(who, proc);
    Event({who.thread}, kProcStart, {proc, ++proc_[proc].sequence});
  }
  void ProcStop(const Actor& who) override { Event(who, kProcStop, {}); }
  void Gomaxprocs(const Actor& who, uint32_t stack) override {
    Event(who, kProcsChange, {options_.procs, StackOf(stack)});
  }
  void Steal(const Actor& who, uint32_t proc) override {
    StateProc(who, proc);
    const uint32_t victim = world_.procs[proc].thread;
    Event({who.thread}, kProcSteal, {proc, ++proc_[proc].sequence, victim == kNobody ? kNone : ThreadOf(victim)});
  }

  void Create(const Actor& who, uint32_t g, uint32_t start_stack, uint32_t stack, bool blocked) override {
    Event(who, blocked ? kGoCreateBlocked : kGoCreate, {IdOf(g), StackOf(start_stack), StackOf(stack)});
    goroutine(g) = {generation_, 0};
  }
  void Start(const Actor& who, uint32_t g) override {
    StateProc(who, who.proc);
    StateGoroutine(who, g);
    Event(who, kGoStart, {IdOf(g), ++goroutine(g).sequence});
  }
  void Stop(const Actor& who, SimReason reason, uint32_t stack) override {
    Event(who, kGoStop, {TextOf(kReasons[static_cast<size_t>(reason)]), StackOf(stack)});
  }
  void Block(const Actor& who, SimReason reason, uint32_t stack) override {
    Event(who, kGoBlock, {TextOf(kReasons[static_cast<size_t>(reason)]), StackOf(stack)});
  }
  void Unblock(const Actor& who, uint32_t g, uint32_t stack) override {
    StateContext(who);
    StateGoroutine(who, g);
    Event(who, kGoUnblock, {IdOf(g), ++goroutine(g).sequence, StackOf(stack)});
  }
  void End(const Actor& who) override { Event(who, kGoDestroy, {}); }
  void Switch(const Actor& who, uint32_t g, bool ends) override {
    StateContext(who);
    StateGoroutine(who, g);
    Event(who, ends ? kGoSwitchDestroy : kGoSwitch, {IdOf(g), ++goroutine(g).sequence});
  }
  void SyscallBegin(const Actor& who, uint32_t stack) override {
    StateContext(who);
    Event(who, kGoSyscallBegin, {++proc_[who.proc].sequence, StackOf(stack)});
  }
  void SyscallEnd(const Actor& who) override { Event(who, kGoSyscallEnd, {}); }
  void SyscallEndBlocked(const Actor& who) override { Event(who, kGoSyscallEndBlocked, {}); }
  void CreateInSyscall(const Actor& who, uint32_t g) override {
    Event(who, kGoCreateSyscall, {IdOf(g)});
    goroutine(g) = {generation_, 0};
  }
  void DestroyInSyscall(const Actor& who) override { Event(who, kGoDestroySyscall, {}); }

  void StopTheWorld(const Actor& who, bool begins, bool mark_termination, uint32_t stack) override {
    if (!begins) return Event(who, kSTWEnd, {});
    Event(who, kSTWBegin, {TextOf(mark_termination ? "GC mark termination" : "GC sweep termination"), StackOf(stack)});
  }
  void Collect(const Actor& who, bool begins, uint32_t stack) override {
    StateContext(who);
    if (!begins) return Event(who, kGCEnd, {gc_sequence_++});
    Event(who, kGCBegin, {gc_sequence_++, StackOf(stack)});
  }
  void Sweep(const Actor& who, bool begins, uint32_t stack, uint64_t swept, uint64_t reclaimed) override {
    if (begins) return Event(who, kGCSweepBegin, {StackOf(stack)});
    Event(who, kGCSweepEnd, {swept, reclaimed});
  }
  void Assist(const Actor& who, bool begins, uint32_t stack) override {
    if (begins) return Event(who, kGCMarkAssistBegin, {StackOf(stack)});
    Event(who, kGCMarkAssistEnd, {});
  }
  void Heap(const Actor& who, bool goal, uint64_t bytes) override {
    Event(who, goal ? kHeapGoal : kHeapAlloc, {bytes});
  }
  void Label(const Actor& who, uint32_t text) override { Event(who, kGoLabel, {TextOf(text)}); }

  void Task(const Actor& who, bool begins, uint64_t task, uint64_t parent, uint32_t text, uint32_t stack) override {
    if (begins) return Event(who, kUserTaskBegin, {task, parent, TextOf(text), StackOf(stack)});
    Event(who, kUserTaskEnd, {task, StackOf(stack)});
  }
  void Region(const Actor& who, bool begins, uint64_t task, uint32_t text, uint32_t stack) override {
    Event(who, begins ? kUserRegionBegin : kUserRegionEnd, {task, TextOf(text), StackOf(stack)});
  }
  void Log(const Actor& who, uint64_t task, uint32_t category, uint32_t message, uint32_t stack) override {
    Event(who, kUserLog, {task, TextOf(category), TextOf(message), StackOf(stack)});
  }
  void Sample(const Actor& who, uint32_t stack) override {
    if (samples_.empty()) samples_.push_back(kCPUSamples);
    samples_.push_back(kCPUSample);
    PutVarint(&samples_, world_.now);
    PutVarint(&samples_, who.thread == kNobody ? kNone : ThreadOf(who.thread));
    PutVarint(&samples_, who.proc == kNobody ? kNone : who.proc);
    PutVarint(&samples_, who.goroutine == kNobody ? 0 : IdOf(who.goroutine));
    PutVarint(&samples_, StackOf(stack));
    if (samples_.size() > kBatchBytes) PutBatch(kNone, world_.now, &samples_);
    ++events_;
  }
  void Experiment(const Actor& who, uint64_t object, bool allocates) override {
    if (allocates) return Event(who, kHeapObjectAlloc, {object, 0});
    Event(who, kHeapObjectFree, {object});
  }

 private:
  // Numbers of this generation for things of the world; valid if `generation` is the present one.
  struct Numbered {
    uint64_t generation = 0;
    uint64_t sequence = 0;
  };
  struct Batch {
    std::string data;
    uint64_t begin = 0;
    uint64_t last = 0;
  };

  Numbered& goroutine(uint32_t g) {
    if (g >= goroutine_.size()) goroutine_.resize(size_t{g} + g / 2 + 16);
    return goroutine_[g];
  }
  uint64_t IdOf(uint32_t g) const { return world_.goroutines[g].id; }
  uint64_t ThreadOf(uint32_t thread) const { return world_.threads[thread].id; }

  uint64_t TextOf(uint32_t text) {
    if (text == 0) return 0;
    if (text >= text_.size()) text_.resize(world_.texts.size());
    if (text_[text].generation != generation_) {
      used_texts_.push_back(world_.texts[text]);
      text_[text] = {generation_, used_texts_.size()};
    }
    return text_[text].sequence;
  }
  // Reasons and kinds: few, so that looking through them is quick.
  uint64_t TextOf(std::string_view text) {
    for (const auto& [known, id] : own_texts_) {
      if (known == text) return id;
    }
    used_texts_.push_back(std::string(text));
    own_texts_.push_back({text, used_texts_.size()});
    return used_texts_.size();
  }
  uint64_t StackOf(uint32_t stack) {
    if (stack == 0) return 0;
    if (stack >= stack_.size()) stack_.resize(world_.stacks.size());
    if (stack_[stack].generation != generation_) {
      used_stacks_.push_back(stack);
      stack_[stack] = {generation_, used_stacks_.size()};
    }
    return stack_[stack].sequence;
  }

  // --- Statuses: what a reader that begins here must know ---
  void StateContext(const Actor& who) {
    if (who.proc != kNobody) StateProc(who, who.proc);
    if (who.goroutine != kNobody) StateGoroutine(who, who.goroutine);
  }
  void StateProc(const Actor& who, uint32_t p) {
    if (proc_.size() <= p) proc_.resize(world_.procs.size());
    if (proc_[p].generation == generation_) return;
    proc_[p] = {generation_, 0};
    const SimProc& proc = world_.procs[p];
    uint64_t status = 2;
    if (proc.state == SimProcState::kRunning) status = 1;
    if (proc.state == SimProcState::kSyscall) status = proc.thread == who.thread ? 3 : 4;
    if (proc.state == SimProcState::kAbandoned) status = 4;
    Write(who.thread, kProcStatus, {p, status});
    if (proc.sweeps) Write(who.thread, kGCSweepActive, {p});
  }
  void StateGoroutine(const Actor& who, uint32_t g) {
    Numbered& known = goroutine(g);
    if (known.generation == generation_) return;
    known = {generation_, 0};
    const SimGoroutine& now = world_.goroutines[g];
    const uint64_t thread = now.thread == kNobody ? kNone : ThreadOf(now.thread);
    const uint64_t status = static_cast<uint64_t>(now.state);
    if (options_.version >= 23 && now.state == SimState::kWaiting) {
      Write(who.thread, kGoStatusStack, {now.id, thread, status, StackOf(now.stack)});
    } else {
      Write(who.thread, kGoStatus, {now.id, thread, status});
    }
    if (now.assists) Write(who.thread, kGCMarkAssistActive, {now.id});
  }

  // --- Events ---
  void Event(const Actor& who, EventCode code, std::initializer_list<uint64_t> args) {
    StateContext(who);
    Write(who.thread, code, args);
  }
  void Write(uint32_t thread, EventCode code, std::initializer_list<uint64_t> args) {
    if (batches_.size() <= thread) batches_.resize(world_.threads.size());
    Batch& batch = batches_[thread];
    if (batch.data.empty()) batch.begin = batch.last = world_.now;
    batch.data.push_back(static_cast<char>(code));
    PutVarint(&batch.data, world_.now - batch.last);
    for (const uint64_t value : args) PutVarint(&batch.data, value);
    batch.last = world_.now;
    ++events_;
    if (batch.data.size() > kBatchBytes) PutBatch(ThreadOf(thread), batch.begin, &batch.data);
  }

  // --- Batches ---
  void PutBatch(uint64_t thread, uint64_t time, std::string* data) {
    if (data->empty()) return;
    std::string head(1, static_cast<char>(kEventBatch));
    PutVarint(&head, generation_);
    PutVarint(&head, thread);
    PutVarint(&head, time);
    PutVarint(&head, data->size());
    Put(head);
    Put(*data);
    data->clear();
  }
  void BeginGeneration() {
    first_time_ = world_.now;
    if (options_.version >= 25 && !Lacks(MissingTable::kFrequency)) {
      std::string sync(1, static_cast<char>(kSync));
      PutFrequency(&sync);
      sync.push_back(static_cast<char>(kClockSnapshot));
      PutVarint(&sync, 0);
      PutVarint(&sync, world_.now * 64);
      PutVarint(&sync, 1'790'000'000 + world_.now / kTicksPerSecond);
      PutVarint(&sync, world_.now % kTicksPerSecond * 64);
      PutBatch(kNone, world_.now, &sync);
    }
    if (options_.experiments > 0 && options_.version >= 23) PutExperimentInfo();
  }
  // AllocFree: addresses and sizes that its events count in.
  void PutExperimentInfo() {
    std::string info(1, 1);
    for (const uint64_t value : {uint64_t{0xC000000000}, uint64_t{8192}, uint64_t{8}, uint64_t{2048}}) {
      PutVarint(&info, value);
    }
    std::string head = {static_cast<char>(kExperimentalBatch), 1};
    PutVarint(&head, generation_);
    PutVarint(&head, kNone);
    PutVarint(&head, world_.now);
    PutVarint(&head, info.size());
    Put(head + info);
  }
  void EndGeneration(const Actor& who) {
    StateRest(who);
    for (uint32_t thread = 0; thread < batches_.size(); ++thread) {
      PutBatch(ThreadOf(thread), batches_[thread].begin, &batches_[thread].data);
    }
    if (options_.version < 25 && !Lacks(MissingTable::kFrequency)) {
      std::string frequency;
      PutFrequency(&frequency);
      PutBatch(kNone, first_time_, &frequency);
    }
    PutBatch(kNone, world_.now, &samples_);
    PutStacks();
    PutStrings();
    if (options_.version >= 26) Put(std::string_view("\x34", 1));
    used_texts_.clear();
    own_texts_.clear();
    used_stacks_.clear();
  }
  // Everything that did nothing in the generation.
  void StateRest(const Actor& who) {
    for (uint32_t g = 0; g < world_.goroutines.size(); ++g) {
      const SimGoroutine& now = world_.goroutines[g];
      if (now.state == SimState::kDead || goroutine(g).generation == generation_) continue;
      if (now.state == SimState::kRunning || (now.state == SimState::kSyscall && HoldsProc(now.thread))) {
        StateContext({now.thread, world_.threads[now.thread].proc, g});
      } else {
        StateContext(who);
        StateGoroutine(who, g);
      }
    }
  }
  bool HoldsProc(uint32_t thread) const { return world_.threads[thread].proc != kNobody; }
  bool Lacks(MissingTable table) const {
    return options_.missing == table && generation_ - options_.first_generation == options_.missing_generation;
  }

  static void PutFrequency(std::string* out) {
    out->push_back(static_cast<char>(kFrequency));
    PutVarint(out, kTicksPerSecond);
  }
  void PutStacks() {
    std::string table;
    for (size_t i = 0; i < used_stacks_.size(); ++i) {
      const std::vector<SimFrame>& frames = world_.stacks[used_stacks_[i]];
      if (table.empty()) table.push_back(static_cast<char>(kStacks));
      table.push_back(static_cast<char>(kStack));
      PutVarint(&table, i + 1);
      PutVarint(&table, frames.size());
      for (const SimFrame& frame : frames) {
        PutVarint(&table, frame.pc);
        PutVarint(&table, TextOf(frame.function));
        PutVarint(&table, TextOf(frame.file));
        PutVarint(&table, frame.line);
      }
      if (table.size() > kBatchBytes) PutTable(MissingTable::kStacks, &table);
    }
    PutTable(MissingTable::kStacks, &table);
  }
  void PutStrings() {
    std::string table;
    for (size_t i = 0; i < used_texts_.size(); ++i) {
      if (table.empty()) table.push_back(static_cast<char>(kStrings));
      table.push_back(static_cast<char>(kString));
      PutVarint(&table, i + 1);
      PutVarint(&table, used_texts_[i].size());
      table += used_texts_[i];
      if (table.size() > kBatchBytes) PutTable(MissingTable::kStrings, &table);
    }
    PutTable(MissingTable::kStrings, &table);
  }
  void PutTable(MissingTable kind, std::string* table) {
    if (Lacks(kind)) table->clear();
    PutBatch(kNone, first_time_, table);
  }

  uint64_t generation_;
  uint64_t first_time_ = 0;
  uint64_t gc_sequence_ = 1;
  std::vector<Numbered> goroutine_, proc_, text_, stack_;
  std::vector<std::string> used_texts_;
  std::vector<std::pair<std::string_view, uint64_t>> own_texts_;
  std::vector<uint32_t> used_stacks_;
  std::vector<Batch> batches_;  // by thread
  std::string samples_;
};

}  // namespace

std::unique_ptr<TraceEncoder> MakeV2Encoder(const TraceOptions& options, const World& world, TraceSink sink) {
  return std::make_unique<V2Encoder>(options, world, std::move(sink));
}

}  // namespace flametrail::testing
