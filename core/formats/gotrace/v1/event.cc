#include "core/formats/gotrace/v1/event.h"

namespace flametrail::gotrace::v1 {
namespace {

constexpr uint64_t Bit(EventType type) { return uint64_t{1} << static_cast<unsigned>(type); }
constexpr bool In(uint64_t set, EventType type) { return (set >> static_cast<unsigned>(type) & 1) != 0; }

constexpr uint64_t kLeaves =
    Bit(EventType::kGoEnd) | Bit(EventType::kGoStop) | Bit(EventType::kGoSched) | Bit(EventType::kGoPreempt) |
    Bit(EventType::kGoSleep) | Bit(EventType::kGoBlock) | Bit(EventType::kGoBlockSend) | Bit(EventType::kGoBlockRecv) |
    Bit(EventType::kGoBlockSelect) | Bit(EventType::kGoBlockSync) | Bit(EventType::kGoBlockCond) |
    Bit(EventType::kGoBlockNet) | Bit(EventType::kGoBlockGC) | Bit(EventType::kGoSysBlock);
constexpr uint64_t kStarts = Bit(EventType::kGoStart) | Bit(EventType::kGoStartLocal) | Bit(EventType::kGoStartLabel);
constexpr uint64_t kTargets = Bit(EventType::kGoCreate) | Bit(EventType::kGoUnblock) | Bit(EventType::kGoUnblockLocal);
constexpr uint64_t kExits = Bit(EventType::kGoSysExit) | Bit(EventType::kGoSysExitLocal);
// The goroutine is an argument, and the one on the processor stays.
constexpr uint64_t kAboutArgument = kExits | Bit(EventType::kGoWaiting) | Bit(EventType::kGoInSyscall);

uint64_t StacksOf() {
  uint64_t set = 0;
  for (size_t type = 0; type < kEventTypes; ++type) {
    if (kEventSpecs[type].stack) set |= uint64_t{1} << type;
  }
  return set;
}
const uint64_t kStacks = StacksOf();

}  // namespace

NumberCounts CountNumbers(int version) {
  NumberCounts counts = {};
  for (size_t type = 1; type < kEventTypes; ++type) {
    counts[type] = static_cast<uint8_t>(NumbersOf(static_cast<EventType>(type), version));
  }
  return counts;
}

bool LeavesProc(EventType type) { return In(kLeaves, type); }
bool IsStart(EventType type) { return In(kStarts, type); }
bool IsExit(EventType type) { return In(kExits, type); }
bool HasTarget(EventType type) { return In(kTargets, type); }

int64_t ExitTicks(const Event& event) {
  if (event.type == EventType::kGoSysExitLocal) return static_cast<int64_t>(event.args[1]);
  return event.type == EventType::kGoSysExit ? static_cast<int64_t>(event.args[2]) : 0;
}

void FindRows(Event* event, GoTable* goroutines) {
  event->row = goroutines->Find(event->goroutine);
  event->target = HasTarget(event->type) ? goroutines->Find(event->args[0]) : 0;
}

Cursor::Cursor(const RawTrace& raw, uint32_t stream)
    : next_piece_(raw.procs[stream].first_piece), stream_(stream), proc_(raw.procs[stream].id) {}

Cursor::Cursor(const RawTrace& raw, uint32_t stream, uint32_t piece, uint32_t begin, uint64_t running)
    : Cursor(raw, stream) {
  Enter(raw, piece);
  at_ += begin;
  running_ = running;
}

bool Cursor::SyscallBlocks(const RawTrace& raw, const NumberCounts& counts, uint64_t goroutine) const {
  Cursor ahead = *this;
  Event next;
  while (ahead.Next(raw, counts, &next)) {
    if (next.goroutine == goroutine) return next.type == EventType::kGoSysBlock;
    if (IsStart(next.type)) return false;
  }
  return false;
}

uint32_t Cursor::TakeFinishedPiece() {
  const uint32_t piece = finished_;
  finished_ = kNoPiece;
  return piece;
}

bool Cursor::Enter(const RawTrace& raw, uint32_t index) {
  finished_ = piece_;
  piece_ = index;
  if (index == kNoPiece) return false;
  const Piece& piece = raw.pieces[index];
  piece_begin_ = at_ = raw.BytesOf(piece);
  end_ = at_ + piece.size;
  piece_offset_ = piece.offset;
  next_piece_ = piece.next;
  if (piece.starts_batch != 0) {
    ticks_ = piece.ticks;
    if (raw.version < 7) sequence_ = raw.sequences[index];
  }
  return true;
}

// Sums of hostile deltas may wrap: unsigned.
inline void Cursor::ReadArguments(const RawTrace& raw, const NumberCounts& counts, Event* event) {
  const uint8_t* at = at_;
  size_t left = counts[static_cast<size_t>(event->type)];
  if (raw.version < 7) {
    sequence_ += TakeUvarint(&at);
    event->sequence = sequence_;
    --left;
  }
  ticks_ = static_cast<int64_t>(static_cast<uint64_t>(ticks_) + TakeUvarint(&at));
  event->ticks = ticks_;
  --left;
  event->args[0] = event->args[1] = event->args[2] = 0;
  event->stack = 0;
  const bool has_stack = In(kStacks, event->type);
  if (has_stack) --left;
  for (size_t i = 0; i < left; ++i) event->args[i] = TakeUvarint(&at);
  if (has_stack) event->stack = TakeUvarint(&at);
  at_ = at;
}

inline void Cursor::Attribute(Event* event) {
  if (In(kStarts, event->type)) {
    running_ = event->args[0];
    event->goroutine = running_;
  } else if (In(kAboutArgument, event->type)) {
    event->goroutine = event->args[0];
  } else {
    event->goroutine = running_;
    if (In(kLeaves, event->type)) running_ = 0;
  }
}

bool Cursor::Next(const RawTrace& raw, const NumberCounts& counts, Event* event) {
  if (at_ == end_ && !Enter(raw, next_piece_)) {
    next_piece_ = kNoPiece;
    return false;
  }
  event->offset = piece_offset_ + static_cast<uint64_t>(at_ - piece_begin_);
  const uint8_t first = *at_++;
  event->type = static_cast<EventType>(first & 0x3F);
  event->blocks = false;
  event->stream = stream_;
  event->proc = proc_;
  const bool prefixed = (first >> 6) == 3;
  if (prefixed) TakeUvarint(&at_);
  ReadArguments(raw, counts, event);
  if (event->type == EventType::kUserLog && prefixed) {
    const auto size = static_cast<size_t>(TakeUvarint(&at_));
    event->message = AsText(Bytes(at_, size));
    at_ += size;
  }
  Attribute(event);
  return true;
}

}  // namespace flametrail::gotrace::v1
