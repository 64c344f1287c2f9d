// Go 1.11 to 1.21: batches by processor, numbers per goroutine, tables at the end (specs/go-trace.md §2, §3).
#include <algorithm>
#include <initializer_list>

#include "tests/bench/tracegen/encoder.h"

namespace flametrail::testing {
namespace {

constexpr size_t kBatchBytes = 64000;
constexpr uint64_t kTicksPerSecond = 15'625'000;

enum EventCode : uint8_t {
  kBatch = 1,
  kFrequency = 2,
  kStack = 3,
  kGomaxprocs = 4,
  kProcStart = 5,
  kProcStop = 6,
  kGCStart = 7,
  kGCDone = 8,
  kSTWStart = 9,
  kSTWDone = 10,
  kGCSweepStart = 11,
  kGCSweepDone = 12,
  kGoCreate = 13,
  kGoStart = 14,
  kGoEnd = 15,
  kGoStop = 16,
  kGoSched = 17,
  kGoPreempt = 18,
  kGoSleep = 19,
  kGoBlock = 20,
  kGoUnblock = 21,
  kGoBlockSend = 22,
  kGoBlockRecv = 23,
  kGoBlockSelect = 24,
  kGoBlockSync = 25,
  kGoBlockCond = 26,
  kGoBlockNet = 27,
  kGoSysCall = 28,
  kGoSysExit = 29,
  kGoSysBlock = 30,
  kGoWaiting = 31,
  kHeapAlloc = 33,
  kHeapGoal = 34,
  kString = 37,
  kGoStartLocal = 38,
  kGoUnblockLocal = 39,
  kGoStartLabel = 41,
  kGoBlockGC = 42,
  kGCMarkAssistStart = 43,
  kGCMarkAssistDone = 44,
  kUserTaskCreate = 45,
  kUserTaskEnd = 46,
  kUserRegion = 47,
  kUserLog = 48,
  kCPUSample = 49,
};

// By SimReason.
constexpr EventCode kBlockCodes[] = {
    kGoBlockSend, kGoBlockRecv, kGoBlockSelect, kGoBlockSync, kGoBlockCond, kGoBlockNet,
    kGoSleep,     kGoSched,     kGoPreempt,     kGoStop,      kGoBlock,     kGoBlockGC,
};

class V1Encoder : public TraceEncoder {
 public:
  using TraceEncoder::TraceEncoder;
  V1Encoder(const TraceOptions& options, const World& world, TraceSink sink)
      : TraceEncoder(options, world, std::move(sink)), batches_(world.procs.size()) {}

  // Everything that existed already, on the first processor; then who began the trace runs.
  void Begin(const Actor& who) override {
    Put(TraceHeader(options_.version));
    for (uint32_t g = 0; g < world_.goroutines.size(); ++g) {
      if (world_.goroutines[g].state == SimState::kDead) continue;
      Write(0, kGoCreate, {IdOf(g), StackOf(1), 0});
      goroutine(g).sequence = 1;
      if (world_.goroutines[g].state != SimState::kWaiting) continue;
      Write(0, kGoWaiting, {IdOf(g)});
      goroutine(g).sequence = 2;
    }
    if (who.goroutine == kNobody) return;
    Write(who.proc, kProcStart, {ThreadOf(who.thread)});
    Write(who.proc, kGoStart, {IdOf(who.goroutine), goroutine(who.goroutine).sequence++});
    Gomaxprocs(who, 1);
  }
  void Finish(const Actor&) override {
    for (uint32_t p = 0; p < batches_.size(); ++p) Flush(p);
    if (!samples_.empty()) PutBatch(0, &samples_);
    if (options_.missing != MissingTable::kFrequency) {
      std::string frequency(1, static_cast<char>(kFrequency));
      PutVarint(&frequency, kTicksPerSecond);
      Put(frequency);
    }
    if (options_.missing != MissingTable::kStacks) PutStacks();
    if (options_.missing != MissingTable::kStrings) Put(strings_);
  }
  void NextGeneration(const Actor&) override {}

  void ProcStart(const Actor& who, uint32_t proc) override { Write(proc, kProcStart, {ThreadOf(who.thread)}); }
  void ProcStop(const Actor& who) override { Write(who.proc, kProcStop, {}); }
  void Gomaxprocs(const Actor& who, uint32_t stack) override {
    Write(who.proc, kGomaxprocs, {options_.procs, StackOf(stack)});
  }
  void Steal(const Actor&, uint32_t proc) override {
    Write(proc, kGoSysBlock, {});
    Write(proc, kProcStop, {});
  }

  void Create(const Actor& who, uint32_t g, uint32_t start_stack, uint32_t stack, bool) override {
    Write(who.proc, kGoCreate, {IdOf(g), StackOf(start_stack), StackOf(stack)});
    goroutine(g) = {1, who.proc, 0};
  }
  // An exit from a system call is only told when the goroutine has a processor again.
  void Start(const Actor& who, uint32_t g) override {
    Sequence& now = goroutine(g);
    if (now.exit != 0) {
      Write(who.proc, kGoSysExit, {IdOf(g), now.sequence++, now.exit});
      now.exit = 0;
      now.proc = who.proc;
    }
    if (world_.goroutines[g].is_worker) {
      // A start with its label: written by Label.
      labelled_sequence_ = now.sequence++;
    } else if (now.proc == who.proc) {
      Write(who.proc, kGoStartLocal, {IdOf(g)});
      ++now.sequence;
    } else {
      Write(who.proc, kGoStart, {IdOf(g), now.sequence++});
    }
    now.proc = who.proc;
  }
  void Label(const Actor& who, uint32_t text) override {
    Write(who.proc, kGoStartLabel, {IdOf(who.goroutine), labelled_sequence_, TextOf(text)});
  }
  void Stop(const Actor& who, SimReason reason, uint32_t stack) override { Block(who, reason, stack); }
  void Block(const Actor& who, SimReason reason, uint32_t stack) override {
    Write(who.proc, kBlockCodes[static_cast<size_t>(reason)], {StackOf(stack)});
    goroutine(who.goroutine).proc = who.proc;
  }
  void Unblock(const Actor& who, uint32_t g, uint32_t stack) override {
    Sequence& now = goroutine(g);
    if (now.proc == who.proc) {
      Write(who.proc, kGoUnblockLocal, {IdOf(g), StackOf(stack)});
      ++now.sequence;
    } else {
      Write(who.proc, kGoUnblock, {IdOf(g), now.sequence++, StackOf(stack)});
    }
    now.proc = who.proc;
  }
  void End(const Actor& who) override { Write(who.proc, kGoEnd, {}); }
  void SyscallBegin(const Actor& who, uint32_t stack) override {
    Write(who.proc, kGoSysCall, {StackOf(stack)});
    goroutine(who.goroutine).proc = who.proc;
  }
  void SyscallEnd(const Actor&) override {}
  void SyscallEndBlocked(const Actor& who) override { goroutine(who.goroutine).exit = world_.now; }

  // Not in these versions.
  void Switch(const Actor&, uint32_t, bool) override {}
  void CreateInSyscall(const Actor&, uint32_t) override {}
  void DestroyInSyscall(const Actor&) override {}
  void Experiment(const Actor&, uint64_t, bool) override {}

  void StopTheWorld(const Actor& who, bool begins, bool mark_termination, uint32_t) override {
    if (!begins) return Write(who.proc, kSTWDone, {});
    const uint64_t kind = mark_termination ? 0 : 1;
    Write(who.proc, kSTWStart, {options_.version >= 21 ? kind + 1 : kind});
  }
  void Collect(const Actor& who, bool begins, uint32_t stack) override {
    if (!begins) return Write(who.proc, kGCDone, {});
    Write(who.proc, kGCStart, {gc_sequence_++, StackOf(stack)});
  }
  void Sweep(const Actor& who, bool begins, uint32_t stack, uint64_t swept, uint64_t reclaimed) override {
    if (begins) return Write(who.proc, kGCSweepStart, {StackOf(stack)});
    Write(who.proc, kGCSweepDone, {swept, reclaimed});
  }
  void Assist(const Actor& who, bool begins, uint32_t stack) override {
    if (begins) return Write(who.proc, kGCMarkAssistStart, {StackOf(stack)});
    Write(who.proc, kGCMarkAssistDone, {});
  }
  void Heap(const Actor& who, bool goal, uint64_t bytes) override {
    Write(who.proc, goal ? kHeapGoal : kHeapAlloc, {bytes});
  }
  void Task(const Actor& who, bool begins, uint64_t task, uint64_t parent, uint32_t text, uint32_t stack) override {
    if (begins) return Write(who.proc, kUserTaskCreate, {task, parent, TextOf(text), StackOf(stack)});
    Write(who.proc, kUserTaskEnd, {task, StackOf(stack)});
  }
  void Region(const Actor& who, bool begins, uint64_t task, uint32_t text, uint32_t stack) override {
    Write(who.proc, kUserRegion, {task, begins ? 0u : 1u, TextOf(text), StackOf(stack)});
  }
  void Log(const Actor& who, uint64_t task, uint32_t category, uint32_t message, uint32_t stack) override {
    Write(who.proc, kUserLog, {task, TextOf(category), StackOf(stack)});
    const std::string& text = world_.texts[message];
    PutVarint(&batches_[who.proc].data, text.size());
    batches_[who.proc].data += text;
  }
  void Sample(const Actor& who, uint32_t stack) override {
    if (options_.version < 19) return;
    const uint64_t proc = who.proc == kNobody ? ~uint64_t{0} : who.proc;
    const uint64_t id = who.goroutine == kNobody ? 0 : IdOf(who.goroutine);
    PutEvent(&samples_, kCPUSample, 0, {world_.now, proc, id, StackOf(stack)});
    ++events_;
  }

 private:
  struct Sequence {
    uint64_t sequence = 0;
    uint32_t proc = kNobody;  // where its number grew last
    uint64_t exit = 0;        // when it left a system call that was not told yet
  };
  struct Batch {
    std::string data;
    uint64_t begin = 0;
    uint64_t last = 0;
  };

  Sequence& goroutine(uint32_t g) {
    if (g >= goroutine_.size()) goroutine_.resize(size_t{g} + g / 2 + 16);
    return goroutine_[g];
  }
  uint64_t IdOf(uint32_t g) const { return world_.goroutines[g].id; }
  uint64_t ThreadOf(uint32_t thread) const { return world_.threads[thread].id; }
  uint64_t TextOf(uint32_t text) {
    if (text == 0) return 0;
    if (text >= text_used_.size()) text_used_.resize(world_.texts.size());
    if (!text_used_[text]) {
      text_used_[text] = true;
      strings_.push_back(static_cast<char>(kString));
      PutVarint(&strings_, text);
      PutVarint(&strings_, world_.texts[text].size());
      strings_ += world_.texts[text];
    }
    return text;
  }
  uint64_t StackOf(uint32_t stack) {
    if (stack >= stack_used_.size()) stack_used_.resize(world_.stacks.size());
    stack_used_[stack] = true;
    return stack;
  }

  static void PutEvent(std::string* out, EventCode code, uint64_t ticks, std::initializer_list<uint64_t> args) {
    const size_t narg = std::min<size_t>(args.size(), 3);
    out->push_back(static_cast<char>(narg << 6 | code));
    if (narg < 3) {
      PutVarint(out, ticks);
      for (const uint64_t value : args) PutVarint(out, value);
      return;
    }
    std::string body;
    PutVarint(&body, ticks);
    for (const uint64_t value : args) PutVarint(&body, value);
    PutVarint(out, body.size());
    *out += body;
  }
  void Write(uint32_t proc, EventCode code, std::initializer_list<uint64_t> args) {
    Batch& batch = batches_[proc];
    if (batch.data.size() > kBatchBytes) Flush(proc);
    if (batch.data.empty()) batch.begin = batch.last = world_.now;
    PutEvent(&batch.data, code, world_.now - batch.last, args);
    batch.last = world_.now;
    ++events_;
  }
  void Flush(uint32_t proc) {
    Batch& batch = batches_[proc];
    if (!batch.data.empty()) PutBatch(proc, &batch.data, batch.begin);
  }
  void PutBatch(uint64_t proc, std::string* data, uint64_t ticks = 1) {
    std::string head(1, static_cast<char>(1 << 6 | kBatch));
    PutVarint(&head, proc);
    PutVarint(&head, ticks);
    Put(head);
    Put(*data);
    data->clear();
  }
  void PutStacks() {
    for (uint32_t i = 1; i < stack_used_.size(); ++i) {
      if (!stack_used_[i]) continue;
      std::string body;
      PutVarint(&body, i);
      PutVarint(&body, world_.stacks[i].size());
      for (const SimFrame& frame : world_.stacks[i]) {
        PutVarint(&body, frame.pc);
        PutVarint(&body, TextOf(frame.function));
        PutVarint(&body, TextOf(frame.file));
        PutVarint(&body, frame.line);
      }
      std::string record(1, static_cast<char>(3 << 6 | kStack));
      PutVarint(&record, body.size());
      Put(record + body);
    }
  }

  uint64_t gc_sequence_ = 0;
  uint64_t labelled_sequence_ = 0;
  std::vector<Sequence> goroutine_;
  std::vector<bool> text_used_, stack_used_;
  std::vector<Batch> batches_;  // by processor
  std::string samples_;
  std::string strings_;
};

}  // namespace

std::unique_ptr<TraceEncoder> MakeV1Encoder(const TraceOptions& options, const World& world, TraceSink sink) {
  return std::make_unique<V1Encoder>(options, world, std::move(sink));
}

}  // namespace flametrail::testing
