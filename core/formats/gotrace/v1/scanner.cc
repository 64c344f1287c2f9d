#include "core/formats/gotrace/v1/scanner.h"

#include <algorithm>
#include <cstring>

namespace flametrail::gotrace::v1 {
namespace {

constexpr uint32_t kSlabBytes = uint32_t{1} << 18;

std::string_view NameOf(EventType type) { return kEventSpecs[static_cast<size_t>(type)].name; }

// Puts [begin, end) behind what the last slab holds, or into a new one. Gives where it begins.
uint32_t Store(std::vector<Slab>* slabs, const uint8_t* begin, const uint8_t* end) {
  const auto size = static_cast<uint32_t>(end - begin);
  if (slabs->empty() || size > slabs->back().size - slabs->back().used) {
    Slab slab;
    slab.size = std::max(size, kSlabBytes);
    slab.bytes.reset(new uint8_t[slab.size]);
    slabs->push_back(std::move(slab));
  }
  Slab& slab = slabs->back();
  const uint32_t at = slab.used;
  std::memcpy(slab.bytes.get() + at, begin, size);
  slab.used += size;
  return at;
}

}  // namespace

Scanner::Scanner(int version, bool strict, StringPool* strings, Diagnostics* diagnostics)
    : strict_(strict), strings_(strings), diagnostics_(diagnostics) {
  raw_.version = version;
  FindPlain();
}

bool Scanner::Append(Bytes chunk) {
  if (fault_) return false;
  rest_.insert(rest_.end(), chunk.begin(), chunk.end());
  if (rest_.size() < wanted_) return true;
  return Scan() != Step::kFault;
}

void Scanner::End(const std::optional<Error>& input_fault) {
  if (fault_) return;
  complete_ = true;
  if (Scan() == Step::kFault && input_fault && fault_->code == Code::kTruncated) fault_ = input_fault;
  if (!fault_ && input_fault) fault_ = input_fault;
}

Scanner::Step Scanner::Scan() {
  const uint8_t* at = rest_.data();
  const uint8_t* end = at + rest_.size();
  base_ = at;
  Step step = Step::kDone;
  while (at < end) {
    at = PassPlain(at, end);
    event_ = at;
    const uint8_t* next = at;
    step = ScanOne(&next, end);
    if (step != Step::kDone) break;
    at = next;
  }
  FlushRun();
  base_offset_ += static_cast<uint64_t>(at - base_);
  raw_.bytes = base_offset_;
  wanted_ = step == Step::kIncomplete ? wanted_ : 0;
  rest_.erase(rest_.begin(), rest_.begin() + (at - rest_.data()));
  return step;
}

Scanner::Step Scanner::ScanOne(const uint8_t** at, const uint8_t* end) {
  const uint8_t first = *(*at)++;
  Record record;
  record.type = static_cast<EventType>(first & 0x3F);
  const size_t type = first & 0x3F;
  if (type == 0 || type >= kEventTypes || kEventSpecs[type].since > raw_.version) {
    return Fault(Code::kCorrupt, "unknown event type " + std::to_string(type));
  }
  keep_ = false;
  Step step = Step::kDone;
  if (record.type == EventType::kString) {
    step = ReadString(at, end);
  } else {
    step = ReadNumbers(&record, first, at, end);
    if (step == Step::kDone) step = OnRecord(record, *at);
  }
  if (step != Step::kDone) return step;
  ++raw_.counts[type];
  raw_.sizes[type] += static_cast<uint64_t>(*at - event_);
  if (!keep_) {
    ClosePiece();
  } else {
    if (!piece_open_) OpenPiece();
    if (run_begin_ == nullptr) run_begin_ = event_;
    run_end_ = *at;
  }
  return Step::kDone;
}

void Scanner::OpenPiece() {
  AddPiece(OffsetOf(event_), batch_begins_);
  batch_begins_ = false;
  piece_open_ = true;
}

void Scanner::AddPiece(uint64_t offset, bool starts_batch) {
  const auto index = static_cast<uint32_t>(raw_.pieces.size());
  ProcStream& stream = raw_.procs[proc_];
  (stream.first_piece == kNoPiece ? stream.first_piece : raw_.pieces[stream.last_piece].next) = index;
  stream.last_piece = index;
  Piece piece;
  piece.starts_batch = starts_batch ? 1 : 0;
  piece.ticks = batch_ticks_;
  piece.offset = offset;
  raw_.pieces.push_back(piece);
  if (raw_.version < 7) raw_.sequences.push_back(batch_sequence_);
}

void Scanner::ClosePiece() {
  FlushRun();
  piece_open_ = false;
}

void Scanner::FlushRun() {
  if (run_begin_ == nullptr || run_begin_ == run_end_) {
    run_begin_ = run_end_ = nullptr;
    return;
  }
  const auto size = static_cast<uint32_t>(run_end_ - run_begin_);
  if (raw_.pieces.back().size > 0) {
    const bool room = size <= raw_.slabs.back().size - raw_.slabs.back().used;
    if (!room) AddPiece(OffsetOf(run_begin_), false);
  }
  const uint32_t begin = Store(&raw_.slabs, run_begin_, run_end_);
  Piece& piece = raw_.pieces.back();
  if (piece.size == 0) {
    piece.slab = static_cast<uint32_t>(raw_.slabs.size() - 1);
    piece.begin = begin;
    ++raw_.slabs.back().pieces;
  }
  piece.size = piece.size + size;
  run_begin_ = run_end_ = nullptr;
}

Scanner::Step Scanner::Incomplete(EventType type, const uint8_t* end, uint64_t more, bool too_long) {
  if (!too_long && !complete_) {
    wanted_ = static_cast<uint64_t>(end - event_) + more;
    return Step::kIncomplete;
  }
  const std::string what = "failed to read event " + std::to_string(static_cast<int>(type)) + " argument: ";
  if (too_long) return Fault(Code::kCorrupt, what + "malformatted base-128 varint");
  if (more <= 1) return Fault(Code::kTruncated, what + "malformatted base-128 varint");
  return Fault(Code::kTruncated, "failed to read trace: unexpected EOF");
}

Scanner::Step Scanner::Fault(Code code, std::string text) {
  fault_ = Error{code, OffsetOf(event_), std::move(text)};
  return Step::kFault;
}

Scanner::Step Scanner::Refuse(std::string text) {
  if (strict_) return Fault(Code::kCorrupt, std::move(text));
  diagnostics_->Count(Issue::kBadRecord, OffsetOf(event_), text);
  return Step::kDone;
}

Scanner::Step Scanner::OnRecord(const Record& record, const uint8_t* end) {
  switch (record.type) {
    case EventType::kBatch:
      return OnBatch(record);
    case EventType::kStack:
      return OnStack(record, end);
    default:
      break;
  }
  const size_t want = NumbersOf(record.type, raw_.version);
  if (record.count != want) {
    return Refuse(std::string(NameOf(record.type)) + " has wrong number of arguments: want " + std::to_string(want) +
                  ", got " + std::to_string(record.count));
  }
  return OnEvent(record);
}

Scanner::Step Scanner::ReadNumbers(Record* record, uint8_t first, const uint8_t** at, const uint8_t* end) {
  size_t narg = size_t{1} + (first >> 6);
  size_t inline_numbers = 3;
  if (raw_.version < 7) {
    ++narg;
    ++inline_numbers;
  }
  if (record->type == EventType::kBatch && (first >> 6) != 1) {
    return Fault(Code::kCorrupt, "EvBatch has wrong number of arguments: got " + std::to_string(narg) + ", want 2");
  }
  if (narg > inline_numbers) return ReadPrefixed(record, at, end);
  for (; record->count < narg; ++record->count) {
    bool too_long = false;
    if (!ReadUvarint(at, end, &record->numbers[record->count], &too_long)) {
      return Incomplete(record->type, end, 1, too_long);
    }
  }
  return Step::kDone;
}

Scanner::Step Scanner::ReadPrefixed(Record* record, const uint8_t** at, const uint8_t* end) {
  uint64_t length = 0;
  bool too_long = false;
  if (!ReadUvarint(at, end, &length, &too_long)) return Incomplete(record->type, end, 1, too_long);
  // Stack records of 1000 frames are longer than the reference allows, and the runtime never writes them.
  if (length > kMaxEventBytes && (record->type != EventType::kStack || length > (4 * kMaxFrames + 2) * 10)) {
    return Fault(Code::kTooLarge, "failed to read event " + std::to_string(static_cast<int>(record->type)) +
                                      " argument: length-prefixed argument too big: " + std::to_string(length) +
                                      " bytes, limit is " + std::to_string(kMaxEventBytes));
  }
  const auto left = static_cast<uint64_t>(end - *at);
  if (length > left) return Incomplete(record->type, end, length - left, false);
  const uint8_t* numbers_end = *at + length;
  record->numbers_begin = *at;
  while (*at < numbers_end) {
    uint64_t value = 0;
    if (!ReadUvarint(at, numbers_end, &value, &too_long)) {
      return Fault(Code::kCorrupt, "malformatted base-128 varint");
    }
    if (record->count < std::size(record->numbers)) record->numbers[record->count] = value;
    ++record->count;
  }
  return record->type == EventType::kUserLog ? SkipMessage(at, end) : Step::kDone;
}

Scanner::Step Scanner::SkipMessage(const uint8_t** at, const uint8_t* end) {
  uint64_t size = 0;
  bool too_long = false;
  if (!ReadUvarint(at, end, &size, &too_long)) return Incomplete(EventType::kUserLog, end, 1, too_long);
  if (size > kMaxStringBytes) {
    return Fault(Code::kTooLarge, "string is too large (len=" + std::to_string(size) + ")");
  }
  const auto left = static_cast<uint64_t>(end - *at);
  if (size > left) return Incomplete(EventType::kUserLog, end, size - left, false);
  *at += size;
  return Step::kDone;
}

Scanner::Step Scanner::ReadString(const uint8_t** at, const uint8_t* end) {
  uint64_t id = 0, size = 0;
  bool too_long = false;
  if (!ReadUvarint(at, end, &id, &too_long) || !ReadUvarint(at, end, &size, &too_long)) {
    return Incomplete(EventType::kString, end, 1, too_long);
  }
  if (size > kMaxStringBytes) return Fault(Code::kTooLarge, "string has too large length " + std::to_string(size));
  const auto left = static_cast<uint64_t>(end - *at);
  if (size > left) return Incomplete(EventType::kString, end, size - left, false);
  const std::string_view text = AsText(Bytes(*at, static_cast<size_t>(size)));
  *at += size;
  if (id == 0) return Refuse("string has invalid id 0");
  if (size == 0) return Refuse("string has invalid length 0");
  if (!raw_.strings.emplace(id, StringId()).second) return Refuse("string has duplicate id " + std::to_string(id));
  raw_.strings[id] = strings_->Intern(text);
  return Step::kDone;
}

Scanner::Step Scanner::OnBatch(const Record& record) {
  ClosePiece();  // while proc_ is still its processor
  if (raw_.version < 7 && record.count != 3) return Fault(Code::kCorrupt, "EvBatch has wrong number of arguments");
  const uint64_t p = record.numbers[0];
  if (p != ~uint64_t{0} && p > 0x7FFFFFFFu) {
    return Fault(Code::kCorrupt, "processor ID " + std::to_string(p) + " is larger than maximum of 2147483647");
  }
  const auto [found, added] =
      proc_index_.try_emplace(static_cast<int64_t>(p), static_cast<uint32_t>(raw_.procs.size()));
  if (added) {
    if (raw_.procs.size() >= kMaxProcs) {
      proc_index_.erase(found);
      return Fault(Code::kTooLarge, "more than " + std::to_string(kMaxProcs) + " processors");
    }
    raw_.procs.push_back({.id = static_cast<int64_t>(p)});
  }
  proc_ = found->second;
  in_batch_ = true;
  ++raw_.batches;
  batch_begins_ = true;
  batch_sequence_ = raw_.version < 7 ? record.numbers[1] : 0;
  batch_ticks_ = static_cast<int64_t>(record.numbers[raw_.version < 7 ? 2 : 1]);
  return Step::kDone;
}

Scanner::Step Scanner::OnStack(const Record& record, const uint8_t* end) {
  if (record.count < 2 || record.numbers_begin == nullptr) {
    return Refuse("EvStack has wrong number of arguments: want at least 2, got " + std::to_string(record.count));
  }
  const uint64_t frames = record.numbers[1];
  if (frames > kMaxFrames) return Refuse("EvStack has bad number of frames: " + std::to_string(frames));
  const uint64_t want = 2 + frames * (raw_.version < 7 ? 1 : 4);
  if (record.count != want) {
    return Refuse("EvStack has wrong number of arguments: want " + std::to_string(want) + ", got " +
                  std::to_string(record.count));
  }
  if (record.numbers[0] == 0 || frames == 0) return Step::kDone;
  const uint8_t* begin = record.numbers_begin;
  TakeUvarint(&begin);
  TakeUvarint(&begin);
  const uint32_t at = Store(&raw_.stack_slabs, begin, end);
  raw_.stacks.push_back(
      {record.numbers[0], static_cast<uint32_t>(raw_.stack_slabs.size() - 1), at, static_cast<uint32_t>(frames)});
  return Step::kDone;
}

Scanner::Step Scanner::OnEvent(const Record& record) {
  if (record.type == EventType::kFrequency) {
    if (record.numbers[0] == 0 || record.numbers[0] > 0x7FFFFFFFFFFFFFFFu) return Refuse("time stamps out of order");
    raw_.ticks_per_second = record.numbers[0];
    return Step::kDone;
  }
  if (record.type == EventType::kTimerGoroutine) {
    raw_.timer_goroutines.insert(record.numbers[0]);
    return Step::kDone;
  }
  if (!in_batch_) {
    return Fault(Code::kCorrupt, "read event " + std::to_string(static_cast<int>(record.type)) +
                                     " with current P of 0, but P has no batches yet");
  }
  if (record.type == EventType::kCPUSample) {
    const int64_t proc = static_cast<int32_t>(record.numbers[2]);
    raw_.samples.push_back(
        {static_cast<int64_t>(record.numbers[1]), proc, record.numbers[3], record.numbers[4], OffsetOf(event_)});
    return Step::kDone;
  }
  const bool is_exit = record.type == EventType::kGoSysExit || record.type == EventType::kGoSysExitLocal;
  const uint64_t exit_ticks = is_exit ? record.numbers[record.count - 1] : 0;
  if (exit_ticks != 0 && raw_.version >= 7) {
    ProcStream& stream = raw_.procs[proc_];
    const auto index = static_cast<uint32_t>(raw_.exits.size());
    (stream.first_exit == kNoExit ? stream.first_exit : raw_.exits[stream.last_exit].next) = index;
    stream.last_exit = index;
    raw_.exits.push_back({static_cast<int64_t>(exit_ticks), record.numbers[1], kNoExit, false});
  }
  keep_ = true;
  return Step::kDone;
}

}  // namespace flametrail::gotrace::v1
