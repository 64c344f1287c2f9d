// The scanner's short way: most events are only kept, and their bytes need no more than a look.
#include <bit>
#include <cstring>

#include "core/formats/gotrace/v1/scanner.h"

namespace flametrail::gotrace::v1 {
namespace {

// Events of these types mean nothing to the first pass.
bool IsPlain(EventType type) {
  switch (type) {
    case EventType::kNone:
    case EventType::kBatch:
    case EventType::kFrequency:
    case EventType::kStack:
    case EventType::kString:
    case EventType::kTimerGoroutine:
    case EventType::kGoSysExit:
    case EventType::kGoSysExitLocal:
    case EventType::kUserLog:
    case EventType::kCPUSample:
      return false;
    default:
      return true;
  }
}

// Longer events, and those so near to the end, go the long way.
constexpr std::ptrdiff_t kPlainBytes = 64;

// Behind `count` numbers of at most nine bytes each, or null.
const uint8_t* PassLongNumbers(const uint8_t* at, size_t count) {
  for (; count > 0; --count) {
    if (*at++ < 0x80) continue;
    const uint8_t* const last = at + 8;
    while (*at >= 0x80) {
      if (++at == last) return nullptr;
    }
    ++at;
  }
  return at;
}

// The same. Mostly they end within eight bytes, and then the one that ends last is found without a branch on any
// length: those cannot be foreseen.
inline const uint8_t* PassNumbers(const uint8_t* at, size_t count) {
  constexpr size_t kMost = 4;
  if (std::endian::native != std::endian::little || count == 0 || count > kMost) return PassLongNumbers(at, count);
  uint64_t bytes;
  std::memcpy(&bytes, at, sizeof(bytes));
  uint64_t ends[kMost + 1];  // top bits of last bytes, the one of number i lowest
  ends[1] = ~bytes & 0x8080808080808080u;
  for (size_t i = 2; i <= kMost; ++i) ends[i] = ends[i - 1] & (ends[i - 1] - 1);
  if (ends[count] == 0) return PassLongNumbers(at, count);
  return at + (std::countr_zero(ends[count]) + 1) / 8;
}

}  // namespace

void Scanner::FindPlain() {
  if (raw_.version < 7) return;
  for (size_t type = 1; type < kEventTypes; ++type) {
    const auto known = static_cast<EventType>(type);
    if (kEventSpecs[type].since > raw_.version || !IsPlain(known)) continue;
    plain_numbers_[type] = static_cast<uint8_t>(NumbersOf(known, raw_.version));
  }
}

const uint8_t* Scanner::PassPlain(const uint8_t* at, const uint8_t* end) {
  if (!in_batch_) return at;
  const uint8_t* const begin = at;
  while (end - at >= kPlainBytes) {
    const uint8_t first = *at;
    const size_t type = first & 0x3F;
    const size_t count = plain_numbers_[type];
    const size_t inline_count = size_t{1} + (first >> 6);
    const uint8_t* next;
    if (inline_count <= 3) {
      if (inline_count != count) break;
      next = PassNumbers(at + 1, count);
    } else {
      if (count == 0 || at[1] > kPlainBytes - 2) break;
      next = PassNumbers(at + 2, count);
      if (next != at + 2 + at[1]) break;
    }
    if (next == nullptr) break;
    ++raw_.counts[type];
    raw_.sizes[type] += static_cast<uint64_t>(next - at);
    at = next;
  }
  if (at == begin) return at;
  event_ = begin;
  if (!piece_open_) OpenPiece();
  if (run_begin_ == nullptr) run_begin_ = begin;
  run_end_ = at;
  return at;
}

}  // namespace flametrail::gotrace::v1
