// Who waits: threads parked on what their next event needs, and CPU samples for their time.
#include <algorithm>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/formats/gotrace/v2/ordering.h"

namespace flametrail::gotrace {

size_t Ordering::HashWait::operator()(const Wait& wait) const {
  const uint64_t kind = static_cast<uint64_t>(wait.kind) << 8 | wait.state;
  return static_cast<size_t>(HashCombine(HashCombine(wait.id, wait.value), kind));
}

void Ordering::FindNextSample() {
  const std::vector<RawSample>& samples = generation_->samples();
  next_sample_time_ = next_sample_ < samples.size() ? generation_->Nanos(samples[next_sample_].time) : INT64_MAX;
}

// A sample stands before the events that are not earlier.
bool Ordering::EmitDueSample() {
  if (next_sample_ == generation_->samples().size()) return false;
  const int64_t time = next_sample_time_;
  if (time >= FirstTime() && !(heap_.empty() && parked_count_ == 0)) return false;
  const RawSample& sample = generation_->samples()[next_sample_++];
  FindNextSample();
  EventContext context;
  if (sample.thread != kNoId) context.thread = builder_->Thread(sample.thread);
  if (sample.proc != kNoId) context.proc = builder_->Proc(sample.proc);
  if (sample.goroutine != 0) {
    context.goroutine = builder_->FindGoroutine(sample.goroutine);
    if (context.goroutine.is_none()) context.goroutine = builder_->AddGoroutine(sample.goroutine);
  }
  uint32_t stack = generation_->FindStack(sample.stack);
  if (stack == IdMap::kNone) {
    diagnostics_->Count(Issue::kMissingTables, std::nullopt, "CPU samples");
    stack = StackTable::kEmpty.value;
  }
  Told(builder_->Sample(time, context, StackId(stack)));
  return true;
}

// Of all threads, parked ones too.
int64_t Ordering::FirstTime() {
  int64_t first = heap_.empty() ? INT64_MAX : heap_[0].time;
  while (!parked_times_.empty()) {
    const CursorHeap::Entry& top = parked_times_.top();
    if (is_parked_[top.cursor] && cursors_[top.cursor].time == top.time) return std::min(first, top.time);
    parked_times_.pop();
  }
  return first;
}

void Ordering::Park(uint32_t cursor) {
  uint32_t& first = parked_.emplace(wait_, kNone).first->second;
  cursors_[cursor].next_parked = first;
  cursors_[cursor].wait = wait_;
  first = cursor;
  is_parked_[cursor] = true;
  ++parked_count_;
  if (!strict_ || next_sample_ < generation_->samples().size()) parked_times_.push({cursors_[cursor].time, cursor});
}

void Ordering::ForceParked() {
  FirstTime();  // drops the entries of cursors that left
  CHECK(!parked_times_.empty());
  Wake(cursors_[parked_times_.top().cursor].wait);
  for (const uint32_t woken : woken_) {
    cursors_[woken].is_forced = true;
    Push(woken);
  }
  woken_.clear();
  CHECK(!heap_.empty());
}

void Ordering::Wake(const Wait& wait) {
  const auto list = parked_.find(wait);
  if (list == parked_.end()) return;
  for (uint32_t cursor = list->second; cursor != kNone; cursor = cursors_[cursor].next_parked) {
    is_parked_[cursor] = false;
    --parked_count_;
    woken_.push_back(cursor);
  }
  parked_.erase(list);
}

Error Ordering::Stuck() const {
  const Cursor* first = heap_.empty() ? nullptr : &cursors_[heap_[0].cursor];
  for (uint32_t i = 0; i < cursors_.size(); ++i) {
    if (is_parked_[i] && (first == nullptr || cursors_[i].time < first->time)) first = &cursors_[i];
  }
  CHECK(first != nullptr);
  return At(*first, "broken trace: failed to advance");
}

}  // namespace flametrail::gotrace
