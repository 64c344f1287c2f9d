// Puts the events of a generation's threads into one order and tells them to the builder: merge algorithm and rules of
// specs/go-trace.md §8 and §9 (x/exp/trace order.go, reader.go). Timestamps only suggest the order; sequence numbers
// and states of goroutines and Ps decide. Among equal times the heap decides, by the same steps as in the reference.
//
// Where the earliest event must wait, the reference tries the other threads in turn. So do we with few threads. With
// many of them a thread whose next event must wait is parked on the exact condition that it waits for, and looked at
// again when that holds: no file makes this quadratic, and only the order of equal times may differ.
#ifndef CORE_FORMATS_GOTRACE_V2_ORDERING_H_
#define CORE_FORMATS_GOTRACE_V2_ORDERING_H_

#include <array>
#include <cstdint>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/diagnostics.h"
#include "core/base/result.h"
#include "core/formats/gotrace/decoder.h"
#include "core/formats/gotrace/v2/cursor_heap.h"
#include "core/formats/gotrace/v2/generation.h"

namespace flametrail::gotrace {

// What the wire calls them, in its numbers.
enum GoStatus : uint8_t { kGoBad, kGoRunnable, kGoRunning, kGoSyscall, kGoWaiting };
enum ProcStatus : uint8_t { kProcBad, kProcRunning, kProcIdle, kProcSyscall, kProcSyscallAbandoned };

class Ordering {
 public:
  Ordering(const DecoderInput& input, WireTally* tally);

  // Delivers one generation: a Sync, then its events. The first fault met; strict: its text is the reference's, and
  // nothing is delivered behind it. Lenient: behind a broken batch the thread goes on with its next one, and an event
  // that breaks the rules, or waits for what never comes, is told as what it says of its goroutine or P, which it then
  // is from there on, or left out where it does not say whose it is.
  // `is_damaged`: bytes of it are lost, so what an event waits for may never come; it is not waited for long then.
  std::optional<Error> Deliver(const GenerationData& generation, bool is_damaged);
  // Forgets all states: the next generation is taken as a first one, which tells all states anew.
  void Forget();
  // A Sync right behind what was delivered.
  void FinalSync();

 private:
  enum class Step : uint8_t { kDone, kWait, kFault };
  enum class Next : uint8_t { kEvent, kEnd, kFault };

  // What an event waits for. Sequence numbers stand in `value`, states in `state`.
  enum class WaitFor : uint8_t { kGoroutine, kProc, kProcLeftSyscall, kOwnProcLost, kGc };
  struct Wait {
    uint64_t id = 0;
    uint64_t value = 0;
    WaitFor kind = WaitFor::kGc;
    uint8_t state = 0;
    bool operator==(const Wait&) const = default;
  };
  struct HashWait {
    size_t operator()(const Wait& wait) const;
  };

  struct Cursor {
    int64_t time = 0;  // of the event that stands here
    std::array<uint64_t, kMaxEventArgs> args;
    uint8_t code = 0;
    bool is_forced = false;          // lenient: what it waits for never comes
    bool is_muted = false;           // strict: the event behind this one cannot be read, so this one is not delivered
    const uint8_t* at = nullptr;     // behind the event
    const uint8_t* event = nullptr;  // its first byte
    const uint8_t* end = nullptr;    // of the batch
    const ThreadStream* stream = nullptr;
    size_t next_batch = 0;
    ThreadIndex thread;  // None: batches without an M
    uint32_t next_parked = kNone;
    Wait wait;  // while it is parked
  };
  struct IsLater {
    bool operator()(const CursorHeap::Entry& a, const CursorHeap::Entry& b) const { return a.time > b.time; }
  };

  // Numbers count within a generation: (generation, number) must follow its predecessor.
  struct Sequence {
    uint64_t number = 0;
    uint64_t generation = 0;
  };
  struct ThreadState {
    ProcIndex proc;
    GoroutineIndex goroutine;
    uint32_t epoch = 0;  // known if it is epoch_
  };
  // 32 bytes: each event looks at another one.
  struct GoroutineState {
    Sequence seq;
    uint32_t epoch = 0;        // known if it is epoch_
    uint32_t regions = kNone;  // innermost open one, in regions_
    StringId stw;              // None: has not stopped the world
    uint8_t status = kGoBad;
    bool in_assist = false;
  };
  struct ProcState2 {
    Sequence seq;
    ThreadIndex holder;  // thread that was bound to it last
    uint8_t status = kProcBad;
    uint32_t epoch = 0;  // known if it is epoch_
    bool in_sweep = false;
  };
  struct OpenRegion {
    uint64_t task;
    StringId name;
    uint32_t outer;
  };
  enum class GcState : uint8_t { kUndetermined, kNotRunning, kRunning };
  enum class Need : uint8_t { kMust, kMustNot, kMay };

  // Plain functions: a call by a pointer to a member first looks whether that is virtual.
  using Handler = Step (*)(Ordering*, const Cursor&);
  static const std::array<Handler, kEventCodes> kHandlers;
  template <Step (Ordering::*kMember)(const Cursor&)>
  static Step Handle(Ordering* self, const Cursor& event) {
    return (self->*kMember)(event);
  }
  static constexpr uint32_t kNone = 0xFFFFFFFFu;
  // Threads take the time before they number an event, and may be held up in between; hardly ever for so long, in ns.
  static constexpr uint64_t kMostWait = 10'000'000;

  // Merging: ordering.cc.
  std::optional<Error> Start();
  std::optional<Error> Merge();
  Step RunFirst(std::optional<Error>* fault);
  void Settle(size_t at);
  // The next event of the thread; none: cursor->event is null. `fault` gets the first one. Few events go the long way.
  void Refill(Cursor* cursor, std::optional<Error>* fault) {
    const Next next = Decode(cursor);
    if (next != Next::kEvent || strict_) RefillSlowly(cursor, next, fault);
  }
  void RefillSlowly(Cursor* cursor, Next next, std::optional<Error>* fault);
  bool EmitDueSample();
  void FindNextSample();
  Next Decode(Cursor* cursor);
  Next DecodeCarefully(Cursor* cursor);
  bool EnterBatch(Cursor* cursor);
  Next FailToDecode(const Cursor& cursor);
  Step Advance(const Cursor& cursor);
  // The thread at the heap's head must wait: advances another one. Gives which entry it was.
  Step AdvanceAnother(size_t* at);
  Step FailToAdvance(const Cursor& cursor);
  // Lenient, of a damaged generation: it is too late for what has waited since `since`.
  bool IsOverdue(int64_t since, int64_t now) const {
    return is_damaged_ && now > since && static_cast<uint64_t>(now) - static_cast<uint64_t>(since) > kMostWait;
  }
  // Lenient. All threads wait, or the earliest is overdue: those that wait for the same as the earliest are forced.
  void ForceParked();
  // Tells the event that `step` refused all the same if it can, else leaves it out.
  void Mend(Step step, Cursor* cursor, std::optional<Error>* fault);
  // Makes the states such that the event fits, as far as it says what they must be: ordering_repair.cc.
  void Repair(const Cursor& event);
  void RepairProc(const Cursor& event, ThreadState* own);
  void RepairGoroutine(const Cursor& event, ThreadState* own);
  void RepairRange(const Cursor& event, ThreadState* own);
  void AssumeProc(uint64_t id, uint8_t status, uint64_t number);
  void AssumeGoroutine(uint64_t id, uint8_t status, uint64_t number);
  void AssumeNew(uint64_t id);
  void AssumeHeld(uint64_t thread, ProcIndex p);
  void Unbind(GoroutineIndex g);
  void Unbind(ProcIndex p);
  Error TooLate() const;
  void Push(uint32_t cursor) { heap_.Insert({cursors_[cursor].time, cursor}); }
  void Park(uint32_t cursor);
  void Wake(const Wait& wait);
  int64_t FirstTime();
  Error At(const Cursor& cursor, const std::string& text) const;
  Error Stuck() const;
  void Tally(const Cursor& cursor) { tally_->Add(cursor.code, static_cast<uint64_t>(cursor.at - cursor.event)); }
  void TallyRest();

  // For handlers.
  Step Fail(std::string text);
  Step Block(const Wait& wait);
  static bool Meets(Need need, bool has) { return need == Need::kMay || (need == Need::kMust) == has; }
  Step Require(Need thread, Need proc, Need goroutine) {
    const bool holds = Meets(thread, !context_.thread.is_none()) && Meets(proc, !context_.proc.is_none()) &&
                       Meets(goroutine, !context_.goroutine.is_none());
    return holds ? Step::kDone : FailNeeds(thread, proc, goroutine);
  }
  Step FailNeeds(Need thread, Need proc, Need goroutine);
  Step RequireUser() { return Require(Need::kMust, Need::kMust, Need::kMust); }
  bool Follows(uint64_t number, const Sequence& seq) const {
    return seq.generation == ordinal_ && number == seq.number + 1;
  }
  template <typename State>
  bool IsKnown(const State& state) const {
    return state.epoch == epoch_;
  }
  Sequence First() const { return {0, ordinal_}; }
  bool IsInitial() const { return ordinal_ == initial_; }
  GoroutineState& StateOf(GoroutineIndex g) { return goroutines_[g.index()]; }
  ProcState2& StateOf(ProcIndex p) { return procs_[p.index()]; }
  // The row of the goroutine with this number if its state is known.
  GoroutineIndex Known(uint64_t id) const {
    const GoroutineIndex g = builder_->FindGoroutine(id);
    return g.index() < goroutines_.size() && IsKnown(goroutines_[g.index()]) ? g : GoroutineIndex();
  }
  // A row for a goroutine that appears.
  GoroutineIndex Appear(uint64_t id, uint8_t status);
  ProcIndex KnownProc(uint64_t id);
  ThreadState& StateOfThread(uint64_t id, ThreadIndex* index);
  void SetGoroutine(GoroutineIndex g, uint8_t status) {
    StateOf(g).status = status;
    if (parked_count_ > 0) WakeFor(g);
  }
  void SetProc(ProcIndex p, uint8_t status) {
    StateOf(p).status = status;
    if (parked_count_ > 0) WakeFor(p);
  }
  void WakeFor(GoroutineIndex g);
  void WakeFor(ProcIndex p);
  Step RequireRunning(const Cursor& event) {
    if (const Step step = RequireUser(); step != Step::kDone) return step;
    return StateOf(context_.goroutine).status == kGoRunning ? Step::kDone : FailStatus(event, "Running");
  }
  Step FailStatus(const Cursor& event, const char* wanted);
  // Id of the generation's tables to ours. A missing one: strict: the event is refused; lenient: empty.
  StackId Stack(const Cursor& event, size_t arg) {
    const uint32_t found = generation_->FindStack(event.args[arg]);
    return found != IdMap::kNone ? StackId(found) : MissStack(event, arg);
  }
  StringId Text(const Cursor& event, size_t arg) {
    const uint32_t found = generation_->FindString(event.args[arg]);
    return found != IdMap::kNone ? StringId(found) : MissText(event, arg);
  }
  StackId MissStack(const Cursor& event, size_t arg);
  StringId MissText(const Cursor& event, size_t arg);
  // Whether the event may be told: its ids were found, and it is not muted.
  bool Tells() const { return !is_muted_ && missing_.empty(); }
  void Told(TraceTime time) { is_too_late_ |= time == kNoTime; }
  Step Finished() { return missing_.empty() || is_muted_ ? Step::kDone : FailMissing(); }
  Step FailMissing();
  void TellGo(const Cursor& event, const EventContext& context, GoroutineIndex g, GoState from, GoState to,
              StringId reason, StackId stack, StackId own_stack) {
    if (!Tells()) return;
    const uint16_t reason_index = builder_->Reason(reason);
    Told(builder_->GoTransition(event.time, context, g, from, to, reason_index, stack, own_stack));
  }
  void TellProc(const Cursor& event, const EventContext& context, ProcIndex p, ProcState from, ProcState to);
  Step BeginRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope, uint32_t index, StackId stack);
  Step EndRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope, uint32_t index);
  Step ContinueRange(const Cursor& event, bool* is_open, StringId name, RangeScope scope, uint32_t index);
  StringId StwName(StringId kind);
  void Remove(GoroutineIndex g);
  void PopRegion(GoroutineState* state);
  Step RequireStatus(const Cursor& event, uint8_t status, const char* name);

  // One for each event, in ordering_procs.cc, ordering_goroutines.cc, ordering_syscalls.cc, ordering_ranges.cc,
  // ordering_user.cc.
  Step OnProcsChange(const Cursor& event);
  Step OnProcStart(const Cursor& event);
  Step OnProcStop(const Cursor& event);
  Step OnProcSteal(const Cursor& event);
  Step OnProcStatus(const Cursor& event);
  Step OnGoCreate(const Cursor& event);
  Step OnGoStart(const Cursor& event);
  Step OnGoStop(const Cursor& event);
  Step OnGoUnblock(const Cursor& event);
  Step OnGoSwitch(const Cursor& event);
  Step OnGoStatus(const Cursor& event);
  Step BindSyscall(GoroutineIndex g, uint64_t id, uint64_t thread, EventContext* shown);
  Step OnGoCreateSyscall(const Cursor& event);
  Step OnGoDestroySyscall(const Cursor& event);
  Step OnGoSyscallBegin(const Cursor& event);
  Step OnGoSyscallEnd(const Cursor& event);
  Step OnGoSyscallEndBlocked(const Cursor& event);
  Step OnStwBegin(const Cursor& event);
  Step OnStwEnd(const Cursor& event);
  Step OnGcActive(const Cursor& event);
  Step OnGcBegin(const Cursor& event);
  Step OnGcEnd(const Cursor& event);
  Step OnGcSweepActive(const Cursor& event);
  Step OnGcSweepBegin(const Cursor& event);
  Step OnGcSweepEnd(const Cursor& event);
  Step OnGcMarkAssistActive(const Cursor& event);
  Step OnGcMarkAssistBegin(const Cursor& event);
  Step OnGcMarkAssistEnd(const Cursor& event);
  Step OnHeapMetric(const Cursor& event);
  Step OnGoLabel(const Cursor& event);
  Step OnUserTaskBegin(const Cursor& event);
  Step OnUserTaskEnd(const Cursor& event);
  Step OnUserRegionBegin(const Cursor& event);
  Step OnUserRegionEnd(const Cursor& event);
  Step OnUserLog(const Cursor& event);
  Step OnExperimental(const Cursor& event);
  void SetGc(GcState state, uint64_t seq);

  const bool strict_;
  Trace* const trace_;
  TraceBuilder* const builder_;
  Diagnostics* const diagnostics_;
  WireTally* const tally_;

  // The generation being delivered.
  const GenerationData* generation_ = nullptr;
  uint32_t ordinal_ = 0;         // counts generations from 1
  uint32_t initial_ = 1;         // the one whose states come from nowhere
  std::vector<Cursor> cursors_;  // by stream
  CursorHeap heap_;
  size_t next_sample_ = 0;
  int64_t next_sample_time_ = INT64_MAX;
  std::unordered_map<Wait, uint32_t, HashWait> parked_;  // first cursor of each list
  std::vector<bool> is_parked_;                          // by cursor
  size_t parked_count_ = 0;
  std::vector<uint32_t> woken_;  // cursors that go back into the heap behind the event that woke them
  // Times of parked cursors; strict: only where samples are due. Entries of cursors that left stay until they come up.
  std::priority_queue<CursorHeap::Entry, std::vector<CursorHeap::Entry>, IsLater> parked_times_;

  // States over all generations. A new epoch forgets them all.
  uint32_t epoch_ = 1;
  std::vector<ThreadState> threads_;        // by ThreadIndex
  std::vector<GoroutineState> goroutines_;  // by GoroutineIndex
  std::vector<ProcState2> procs_;           // by ProcIndex
  std::vector<OpenRegion> regions_;
  uint32_t free_region_ = kNone;
  std::vector<uint32_t> active_tasks_;  // by TaskIndex: epoch_ while it is active
  GcState gc_state_ = GcState::kUndetermined;
  uint64_t gc_seq_ = 0;
  std::unordered_map<uint32_t, StringId> stw_names_;  // by kind
  const StringId mark_name_;
  const StringId sweep_name_;
  const StringId assist_name_;

  // The event being advanced.
  EventContext context_;  // before it
  ProcIndex next_proc_;   // after it
  GoroutineIndex next_goroutine_;
  Wait wait_;
  std::string fault_;
  std::string missing_;  // an id that its table does not have
  bool is_muted_ = false;
  bool is_damaged_ = false;
  bool is_too_late_ = false;
  bool has_delivered_ = false;
};

}  // namespace flametrail::gotrace

#endif  // CORE_FORMATS_GOTRACE_V2_ORDERING_H_
