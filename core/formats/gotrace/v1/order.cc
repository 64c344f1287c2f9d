#include "core/formats/gotrace/v1/order.h"

#include <algorithm>

#include "core/base/hash.h"

namespace flametrail::gotrace::v1 {

size_t Order::HashWait::operator()(const WaitKey& key) const {
  return static_cast<size_t>(
      HashCombine(uint64_t{key.goroutine} << 2 | static_cast<uint64_t>(key.status), key.sequence));
}

Order::Order(RawTrace* raw, GoTable* goroutines, bool force)
    : raw_(raw), table_(goroutines), force_(force), counts_(CountNumbers(raw->version)) {
  heads_.resize(raw->procs.size() + 1);
  for (uint32_t i = 0; i < raw->procs.size(); ++i) heads_[i].cursor = Cursor(*raw, i);
  std::stable_sort(raw->samples.begin(), raw->samples.end(),
                   [](const RawSample& a, const RawSample& b) { return a.ticks < b.ticks; });
  for (uint32_t i = 0; i < heads_.size(); ++i) {
    if (Admit(i)) PushHeap(&ready_, {heads_[i].event.ticks, i});
  }
}

void Order::FindRows(Head* head) {
  Event& event = head->event;
  if (event.goroutine != head->known_id) {
    head->known_id = event.goroutine;
    head->known_row = table_->Find(event.goroutine);
  }
  event.row = head->known_row;
  event.target = HasTarget(event.type) ? table_->Find(event.args[0]) : 0;
}

namespace {

enum class Whose : uint8_t { kNobody, kOwn, kTarget, kCollection };
enum class Number : uint8_t { kAny, kZero, kOne, kArgument0, kArgument1 };

struct Rule {
  EventType type;
  Whose whose;
  GoStatus from;
  GoStatus to;
  Number number;
  bool counts;
};

constexpr GoStatus kDead = GoStatus::kDead, kRunnable = GoStatus::kRunnable, kRunning = GoStatus::kRunning,
                   kWaiting = GoStatus::kWaiting;
// specs/go-trace.md §3.1. What is not here is always ready.
constexpr Rule kRules[] = {
    {EventType::kGoCreate, Whose::kTarget, kDead, kRunnable, Number::kZero, true},
    {EventType::kGoWaiting, Whose::kOwn, kRunnable, kWaiting, Number::kOne, true},
    {EventType::kGoInSyscall, Whose::kOwn, kRunnable, kWaiting, Number::kOne, true},
    {EventType::kGoStart, Whose::kOwn, kRunnable, kRunning, Number::kArgument1, true},
    {EventType::kGoStartLabel, Whose::kOwn, kRunnable, kRunning, Number::kArgument1, true},
    {EventType::kGoStartLocal, Whose::kOwn, kRunnable, kRunning, Number::kAny, true},
    {EventType::kGoSleep, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlock, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockSend, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockRecv, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockSelect, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockSync, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockCond, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockNet, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoBlockGC, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoSysBlock, Whose::kOwn, kRunning, kWaiting, Number::kAny, false},
    {EventType::kGoSched, Whose::kOwn, kRunning, kRunnable, Number::kAny, false},
    {EventType::kGoPreempt, Whose::kOwn, kRunning, kRunnable, Number::kAny, false},
    {EventType::kGoUnblock, Whose::kTarget, kWaiting, kRunnable, Number::kArgument1, true},
    {EventType::kGoSysExit, Whose::kOwn, kWaiting, kRunnable, Number::kArgument1, true},
    {EventType::kGoUnblockLocal, Whose::kTarget, kWaiting, kRunnable, Number::kAny, true},
    {EventType::kGoSysExitLocal, Whose::kOwn, kWaiting, kRunnable, Number::kAny, true},
    {EventType::kGCStart, Whose::kCollection, kDead, kDead, Number::kArgument0, true},
};

constexpr std::array<Rule, kEventTypes> RulesByType() {
  std::array<Rule, kEventTypes> rules = {};
  for (const Rule& rule : kRules) rules[static_cast<size_t>(rule.type)] = rule;
  return rules;
}
constexpr std::array<Rule, kEventTypes> kRuleOf = RulesByType();

}  // namespace

inline Order::Transition Order::TransitionOf(const Event& event) {
  const Rule& rule = kRuleOf[static_cast<size_t>(event.type)];
  if (rule.whose == Whose::kNobody) return {};
  const uint64_t numbers[] = {kAnySequence, 0, 1, event.args[0], event.args[1]};
  const uint32_t rows[] = {kUnordered, event.row, event.target, kCollection};
  return {rows[static_cast<size_t>(rule.whose)], rule.from, rule.to, numbers[static_cast<size_t>(rule.number)],
          rule.counts};
}

inline bool Order::Ready(const Transition& transition) {
  if (transition.goroutine == kUnordered) return true;
  const GoRow& g = RowOf(transition.goroutine);
  return g.ordered == transition.from && (transition.sequence == kAnySequence || transition.sequence == g.sequence);
}

bool Order::Admit(uint32_t stream) {
  Head& head = heads_[stream];
  if (stream + 1 == heads_.size()) return AdmitSample(&head);
  const bool more = head.cursor.Next(*raw_, counts_, &head.event);
  FreePiece(head.cursor.TakeFinishedPiece());
  if (!more) return false;
  FindRows(&head);
  head.transition = TransitionOf(head.event);
  if (Ready(head.transition)) return true;
  Wait(stream);
  return false;
}

bool Order::AdmitSample(Head* head) {
  if (next_sample_ == raw_->samples.size()) return false;
  const RawSample& sample = raw_->samples[next_sample_++];
  head->event = Event();
  head->event.type = EventType::kCPUSample;
  head->event.stream = static_cast<uint32_t>(heads_.size() - 1);
  head->event.ticks = sample.ticks;
  head->event.proc = sample.proc;
  head->event.goroutine = sample.goroutine;
  head->event.stack = sample.stack;
  head->event.offset = sample.offset;
  FindRows(head);
  return true;
}

void Order::Wait(uint32_t stream) {
  Head& head = heads_[stream];
  const Transition& wanted = head.transition;
  const auto [list, added] = waiting_.try_emplace({wanted.goroutine, wanted.from, wanted.sequence}, kNoStream);
  head.next_waiting = list->second;
  list->second = stream;
  head.waiting = true;
  ++RowOf(wanted.goroutine).waiting;
  ++waiting_count_;
  if (keeps_force_heap_) PushHeap(&force_heap_, {head.event.ticks, stream});
}

// Its state changed: all that waited for just this are ready.
void Order::Wake(uint32_t goroutine) {
  const GoRow& g = RowOf(goroutine);
  if (g.waiting == 0) return;
  WakeList({goroutine, g.ordered, g.sequence});
  WakeList({goroutine, g.ordered, kAnySequence});
}

void Order::WakeList(const WaitKey& key) {
  const auto list = waiting_.find(key);
  if (list == waiting_.end()) return;
  for (uint32_t stream = list->second; stream != kNoStream; stream = heads_[stream].next_waiting) {
    Head& head = heads_[stream];
    if (!head.waiting) continue;  // was forced
    head.waiting = false;
    --RowOf(key.goroutine).waiting;
    --waiting_count_;
    PushHeap(&ready_, {head.event.ticks, stream});
  }
  waiting_.erase(list);
}

// Makes the earliest waiting event ready. False: none waits.
bool Order::Force() {
  if (!keeps_force_heap_) {
    keeps_force_heap_ = true;
    for (uint32_t i = 0; i < heads_.size(); ++i) {
      if (heads_[i].waiting) PushHeap(&force_heap_, {heads_[i].event.ticks, i});
    }
  }
  while (!force_heap_.empty()) {
    const Place place = PopHeap(&force_heap_);
    Head& head = heads_[place.stream];
    if (!head.waiting || head.event.ticks != place.ticks) continue;
    // With all that wait for the same: they have equal reason to, and taking one out of the list could be slow.
    const WaitKey key = {head.transition.goroutine, head.transition.from, head.transition.sequence};
    WakeList(key);
    return true;
  }
  return false;
}

void Order::Apply(const Transition& transition) {
  if (transition.goroutine == kUnordered) return;
  GoRow& g = RowOf(transition.goroutine);
  if (transition.sequence != kAnySequence) g.sequence = transition.sequence;
  if (transition.counts) ++g.sequence;
  g.ordered = transition.to;
  Wake(transition.goroutine);
}

uint32_t Order::Choose() {
  if (last_stream_ != kNoStream && Admit(last_stream_)) {
    const Place place = {heads_[last_stream_].event.ticks, last_stream_};
    // Mostly a processor goes on before another's turn comes.
    if (ready_.empty() || IsBefore(place, ready_.front())) return last_stream_;
    return ReplaceFirst(&ready_, place).stream;
  }
  if (ready_.empty()) {
    if (waiting_count_ == 0) return kNoStream;
    if (disorder_ == Disorder::kNone) disorder_ = Disorder::kNoOrder;
    if (!force_ || !Force()) return kNoStream;
  }
  return PopHeap(&ready_).stream;
}

Event* Order::Next() {
  const uint32_t stream = Choose();
  last_stream_ = kNoStream;
  if (stream == kNoStream) return nullptr;
  Head& head = heads_[stream];
  // Another event of the goroutine may have come first while this one stood in the heap.
  if (!Ready(head.transition)) {
    if (disorder_ == Disorder::kNone) disorder_ = Disorder::kImpossible;
    if (!force_) return nullptr;
    if (forced_++ == 0) forced_offset_ = head.event.offset;
  }
  if (head.event.type == EventType::kGoSysCall) {
    head.event.blocks = head.cursor.SyscallBlocks(*raw_, counts_, head.event.goroutine);
  }
  Apply(head.transition);
  last_stream_ = stream;
  return &head.event;
}

void Order::PushHeap(std::vector<Place>* heap, Place place) {
  heap->push_back(place);
  std::push_heap(heap->begin(), heap->end(), [](const Place& a, const Place& b) { return IsBefore(b, a); });
}

Order::Place Order::PopHeap(std::vector<Place>* heap) {
  std::pop_heap(heap->begin(), heap->end(), [](const Place& a, const Place& b) { return IsBefore(b, a); });
  const Place place = heap->back();
  heap->pop_back();
  return place;
}

// PopHeap and PushHeap in one.
Order::Place Order::ReplaceFirst(std::vector<Place>* heap, Place place) {
  std::vector<Place>& places = *heap;
  const Place first = places[0];
  size_t at = 0;
  for (size_t child = 1; child < places.size(); child = 2 * at + 1) {
    if (child + 1 < places.size() && IsBefore(places[child + 1], places[child])) ++child;
    if (!IsBefore(places[child], place)) break;
    places[at] = places[child];
    at = child;
  }
  places[at] = place;
  return first;
}

void Order::FreePiece(uint32_t index) {
  if (index == kNoPiece) return;
  Slab& slab = raw_->slabs[raw_->pieces[index].slab];
  if (--slab.pieces == 0) slab.bytes.reset();
}

}  // namespace flametrail::gotrace::v1
