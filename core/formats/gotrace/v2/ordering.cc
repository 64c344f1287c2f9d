// Merging of threads; the rules of single events are in the other files of this class.
#include "core/formats/gotrace/v2/ordering.h"

#include <algorithm>
#include <utility>

#include "core/formats/gotrace/v2/uvarint.h"

namespace flametrail::gotrace {
namespace {

// With so many threads the others are tried in turn where one must wait. Up to here Go's sort keeps the order of equal
// times, so ours is the same.
constexpr size_t kTriedInTurn = 12;

// Code, time and arguments.
constexpr auto kMaxEventBytes = static_cast<ptrdiff_t>(1 + (1 + kMaxEventArgs) * kMaxUvarintBytes);

// Arguments of a timed event, or kNotTimed.
constexpr uint8_t kNotTimed = 0xFF;

std::array<uint8_t, 256> MakeArgCounts() {
  std::array<uint8_t, 256> counts;
  counts.fill(kNotTimed);
  for (size_t code = 0; code < kEventCodes; ++code) {
    if (kEventSpecs[code].is_timed) counts[code] = kEventSpecs[code].arg_count;
  }
  return counts;
}

const std::array<uint8_t, 256> kArgCounts = MakeArgCounts();

}  // namespace

Ordering::Ordering(const DecoderInput& input, WireTally* tally)
    : strict_(input.strict),
      trace_(input.trace),
      builder_(input.builder),
      diagnostics_(input.diagnostics),
      tally_(tally),
      mark_name_(builder_->Text("GC concurrent mark phase")),
      sweep_name_(builder_->Text("GC incremental sweep")),
      assist_name_(builder_->Text("GC mark assist")) {}

// specs §5.1, §5.2: each difference of times is converted by itself.
inline Ordering::Next Ordering::Decode(Cursor* cursor) {
  const uint8_t* at = cursor->at;
  if (cursor->end - at < kMaxEventBytes) return DecodeCarefully(cursor);
  const uint8_t code = *at;
  const uint8_t arg_count = kArgCounts[code];
  if (arg_count == kNotTimed) return DecodeCarefully(cursor);
  cursor->event = at;
  uint64_t delta;
  at = ReadUvarintInside(at + 1, &delta);
  if (at == nullptr) return FailToDecode(*cursor);
  for (uint8_t i = 0; i < arg_count; ++i) {
    at = ReadUvarintInside(at, &cursor->args[i]);
    if (at == nullptr) return FailToDecode(*cursor);
  }
  cursor->code = code;
  cursor->time = WrapAdd(cursor->time, generation_->Nanos(delta));
  cursor->at = at;
  return Next::kEvent;
}

// Near the end of a batch.
Ordering::Next Ordering::DecodeCarefully(Cursor* cursor) {
  if (cursor->at == cursor->end && !EnterBatch(cursor)) return Next::kEnd;
  const uint8_t* at = cursor->at;
  const uint8_t* const end = cursor->end;
  cursor->event = at;
  const uint8_t code = *at++;
  const uint8_t arg_count = kArgCounts[code];
  uint64_t delta;
  if (arg_count == kNotTimed || (at = ReadUvarint(at, end, &delta)) == nullptr) return FailToDecode(*cursor);
  for (uint8_t i = 0; i < arg_count; ++i) {
    at = ReadUvarint(at, end, &cursor->args[i]);
    if (at == nullptr) return FailToDecode(*cursor);
  }
  cursor->code = code;
  cursor->time = WrapAdd(cursor->time, generation_->Nanos(delta));
  cursor->at = at;
  return Next::kEvent;
}

inline Ordering::Step Ordering::Advance(const Cursor& cursor) {
  context_.thread = cursor.thread;
  if (cursor.thread.is_none()) {
    context_.proc = ProcIndex();
    context_.goroutine = GoroutineIndex();
  } else {
    ThreadState& thread = threads_[cursor.thread.index()];
    if (!IsKnown(thread)) thread = {ProcIndex(), GoroutineIndex(), epoch_};
    context_.proc = thread.proc;
    context_.goroutine = thread.goroutine;
  }
  next_proc_ = context_.proc;
  next_goroutine_ = context_.goroutine;
  is_muted_ = cursor.is_muted;
  if (!missing_.empty()) missing_.clear();
  const Handler handler = kHandlers[cursor.code];
  if (handler == nullptr) return FailToAdvance(cursor);
  const Step step = handler(this, cursor);
  if (step == Step::kDone && !cursor.thread.is_none()) {
    ThreadState& thread = threads_[cursor.thread.index()];
    thread.proc = next_proc_;
    thread.goroutine = next_goroutine_;
  }
  return step;
}

Ordering::Step Ordering::FailToAdvance(const Cursor& cursor) {
  return Fail("bad event type found while ordering: " + std::to_string(cursor.code));
}

// The next batch that has something in it.
bool Ordering::EnterBatch(Cursor* cursor) {
  while (cursor->at == cursor->end) {
    if (cursor->next_batch == cursor->stream->batches.size()) return false;
    const EventBatchData& batch = cursor->stream->batches[cursor->next_batch++];
    cursor->at = batch.data;
    cursor->end = batch.data + batch.size;
    cursor->time = generation_->Nanos(batch.time);
  }
  return true;
}

// What is wrong with the event that begins at cursor.event.
Ordering::Next Ordering::FailToDecode(const Cursor& cursor) {
  const uint8_t code = *cursor.event;
  uint64_t delta;
  if (kArgCounts[code] == kNotTimed) {
    fault_ = code < kEventCodes ? "found event without a timestamp: type=" + std::to_string(code)
                                : "found invalid event type: " + std::to_string(code);
  } else if (ReadUvarint(cursor.event + 1, cursor.end, &delta) == nullptr) {
    fault_ = "found invalid uvarint for timestamp";
  } else {
    fault_ = "found invalid uvarint";
  }
  return Next::kFault;
}

void Ordering::RefillSlowly(Cursor* cursor, Next next, std::optional<Error>* fault) {
  for (; next == Next::kFault; next = Decode(cursor)) {
    Error error = At(*cursor, fault_);
    const uint64_t lost = static_cast<uint64_t>(cursor->end - cursor->event);
    if (!strict_) {
      diagnostics_->Count(Issue::kLostEvents, error.offset, fault_ + ": " + std::to_string(lost) + " bytes left out");
    }
    if (!*fault) *fault = std::move(error);
    if (strict_) return;
    is_damaged_ = true;
    cursor->at = cursor->end;
  }
  if (next == Next::kEnd) {
    cursor->event = nullptr;
  } else if (strict_) {
    Cursor copy = *cursor;
    cursor->is_muted = Decode(&copy) == Next::kFault;
  }
}

std::optional<Error> Ordering::Deliver(const GenerationData& generation, bool is_damaged) {
  generation_ = &generation;
  is_damaged_ = is_damaged && !strict_;
  ++ordinal_;
  std::optional<Error> fault = Start();
  if (!fault || !strict_) {
    std::optional<Error> later = Merge();
    if (!fault) fault = std::move(later);
  }
  if (fault) TallyRest();
  generation_ = nullptr;
  return fault;
}

std::optional<Error> Ordering::Start() {
  const std::vector<ThreadStream>& streams = generation_->streams();
  cursors_.assign(streams.size(), Cursor());
  is_parked_.assign(streams.size(), false);
  heap_.Clear();
  woken_.clear();
  parked_.clear();
  parked_count_ = 0;
  parked_times_ = {};
  next_sample_ = 0;
  FindNextSample();
  std::optional<Error> first;
  for (uint32_t i = 0; i < cursors_.size(); ++i) {
    Cursor& cursor = cursors_[i];
    cursor.stream = &streams[i];
    if (streams[i].thread != kNoId) StateOfThread(streams[i].thread, &cursor.thread);
    Refill(&cursor, &first);
    if (first && strict_) return first;
    if (cursor.event != nullptr) Push(i);
  }
  // The reference's clock starts at 0, and every event moves it on.
  int64_t time = generation_->Nanos(generation_->min_time());
  if (!has_delivered_) time = std::max<int64_t>(time, 1);
  std::optional<ClockSnapshot> clock;
  if (const auto& raw = generation_->clock()) {
    const auto origin = static_cast<uint64_t>(has_delivered_ ? trace_->origin : time);
    clock = ClockSnapshot{static_cast<uint64_t>(generation_->Nanos(raw->time)) - origin, raw->monotonic,
                          static_cast<int64_t>(raw->seconds), static_cast<uint32_t>(raw->nanos)};
  }
  Told(builder_->Sync(time, clock));
  has_delivered_ = true;
  if (!trace_->syncs.empty()) trace_->syncs.back().experimental_batches = generation_->experimental_batches();
  return first;
}

void Ordering::FinalSync() {
  builder_->Sync(has_delivered_ ? WrapAdd(trace_->origin, static_cast<int64_t>(trace_->end)) : 1, std::nullopt);
  has_delivered_ = true;
}

Error Ordering::TooLate() const {
  return Error{Code::kTooLarge, generation_->offset(),
               "an event is more than 78 hours behind the first one, which is more than a trace may last"};
}

std::optional<Error> Ordering::Merge() {
  std::optional<Error> first;
  while (true) {
    if (is_too_late_) return TooLate();
    if (strict_ && first) return first;
    if ((heap_.empty() || heap_[0].time > next_sample_time_) && EmitDueSample()) continue;
    if (heap_.empty()) {
      if (strict_ || parked_count_ == 0) break;
      ForceParked();
    } else if (is_damaged_ && parked_count_ > 0 && IsOverdue(FirstTime(), heap_[0].time)) {
      ForceParked();
    }
    Step step = RunFirst(&first);
    if (step == Step::kDone) continue;
    size_t at = 0;
    if (step == Step::kWait && !cursors_[heap_[0].cursor].is_forced) step = AdvanceAnother(&at);
    const uint32_t index = heap_[at].cursor;
    Cursor& cursor = cursors_[index];
    if (step != Step::kDone) {
      if (strict_ && step == Step::kFault) return first ? first : At(cursor, fault_);
      if (step == Step::kWait && !cursor.is_forced) {
        if (parked_count_ > 0 || heap_.size() > kTriedInTurn) {
          heap_.Remove(0);
          Park(index);
          continue;
        }
        if (strict_) break;
      }
      Mend(step, &cursor, &first);
    }
    Tally(cursor);
    Refill(&cursor, &first);
    Settle(at);
  }
  if ((parked_count_ > 0 || !heap_.empty()) && !first) first = Stuck();
  return first;
}

// Advances the thread at the heap's head as long as its events come first: mostly some do before another's turn comes.
// Not kDone: the event that stands at the head then says so.
Ordering::Step Ordering::RunFirst(std::optional<Error>* fault) {
  Cursor& cursor = cursors_[heap_[0].cursor];
  const bool runs_on = !strict_ && !(is_damaged_ && parked_count_ > 0);
  const int64_t until = runs_on ? std::min(heap_.SecondTime(), next_sample_time_) : INT64_MIN;
  Step step;
  while ((step = Advance(cursor)) == Step::kDone) {
    Tally(cursor);
    Refill(&cursor, fault);
    if (cursor.time > until || cursor.event == nullptr || !woken_.empty() || is_too_late_) {
      Settle(0);
      return Step::kDone;
    }
  }
  heap_.Update(0, cursor.time);
  return step;
}

// Entry `at` has its next event, or none.
void Ordering::Settle(size_t at) {
  const Cursor& cursor = cursors_[heap_[at].cursor];
  if (cursor.event != nullptr) {
    heap_.Update(at, cursor.time);
  } else {
    heap_.Remove(at);
  }
  for (const uint32_t woken : woken_) Push(woken);
  woken_.clear();
}

Ordering::Step Ordering::AdvanceAnother(size_t* at) {
  if (parked_count_ > 0 || heap_.size() > kTriedInTurn) return Step::kWait;
  heap_.Sort();
  for (size_t i = 1; i < heap_.size() && !IsOverdue(heap_[0].time, heap_[i].time); ++i) {
    const Step step = Advance(cursors_[heap_[i].cursor]);
    *at = i;
    if (step != Step::kWait) return step;
  }
  *at = 0;
  return Step::kWait;
}

void Ordering::Mend(Step step, Cursor* cursor, std::optional<Error>* fault) {
  Error error = At(*cursor, step == Step::kWait ? "broken trace: failed to advance" : fault_);
  Repair(*cursor);
  const bool is_told = Advance(*cursor) == Step::kDone;
  diagnostics_->Count(is_told ? Issue::kTraceStateMismatch : Issue::kLostEvents, error.offset, error.text);
  if (!*fault) *fault = std::move(error);
  cursor->is_forced = false;
  is_damaged_ = true;
}

Error Ordering::At(const Cursor& cursor, const std::string& text) const {
  const EventBatchData& batch = cursor.stream->batches[cursor.next_batch - 1];
  return {Code::kCorrupt, batch.offset + static_cast<uint64_t>(cursor.event - batch.data), text};
}

// What was not delivered counts as bytes of its kind all the same.
void Ordering::TallyRest() {
  for (Cursor& cursor : cursors_) {
    if (cursor.stream == nullptr) continue;
    if (cursor.event == nullptr && cursor.next_batch == cursor.stream->batches.size()) continue;
    if (cursor.event != nullptr && cursor.at > cursor.event) Tally(cursor);
    for (Next next = Decode(&cursor); next != Next::kEnd; next = Decode(&cursor)) {
      if (next == Next::kEvent) Tally(cursor);
      if (next == Next::kFault) cursor.at = cursor.end;
    }
  }
}

void Ordering::Forget() {
  ++epoch_;
  regions_.clear();
  free_region_ = kNone;
  gc_state_ = GcState::kUndetermined;
  gc_seq_ = 0;
  initial_ = ordinal_ + 1;
}

}  // namespace flametrail::gotrace
