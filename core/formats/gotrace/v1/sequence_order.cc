#include "core/formats/gotrace/v1/sequence_order.h"

#include <algorithm>

namespace flametrail::gotrace::v1 {

SequenceOrder::SequenceOrder(const RawTrace* raw, GoTable* goroutines)
    : raw_(raw), table_(goroutines), counts_(CountNumbers(raw->version)) {
  for (uint32_t stream = 0; stream < raw->procs.size(); ++stream) {
    Cursor cursor(*raw, stream);
    Event event;
    for (;;) {
      const uint64_t running = cursor.running();
      const uint32_t piece = cursor.piece();
      const uint32_t begin = piece == kNoPiece ? 0 : cursor.begin();
      if (!cursor.Next(*raw, counts_, &event)) break;
      // GoSysExit is written when the goroutine has a processor again; it says when it really was.
      const bool is_exit = event.type == EventType::kGoSysExit;
      const uint64_t sequence = is_exit ? event.args[1] : event.sequence;
      const int64_t ticks = is_exit && event.args[2] != 0 ? static_cast<int64_t>(event.args[2]) : event.ticks;
      records_.push_back({sequence, ticks, running, stream, cursor.piece(), cursor.piece() == piece ? begin : 0});
    }
  }
  // Signed, as the reference counts.
  std::stable_sort(records_.begin(), records_.end(), [](const Record& a, const Record& b) {
    return static_cast<int64_t>(a.sequence) < static_cast<int64_t>(b.sequence);
  });
}

Event* SequenceOrder::Next() {
  if (next_ == records_.size()) return nullptr;
  const Record& record = records_[next_++];
  Cursor cursor(*raw_, record.stream, record.piece, record.begin, record.running);
  cursor.Next(*raw_, counts_, &event_);
  event_.ticks = record.ticks;
  event_.sequence = record.sequence;
  if (event_.type == EventType::kGoSysCall) {
    event_.blocks = cursor.SyscallBlocks(*raw_, counts_, event_.goroutine);
  }
  FindRows(&event_, table_);
  return &event_;
}

}  // namespace flametrail::gotrace::v1
