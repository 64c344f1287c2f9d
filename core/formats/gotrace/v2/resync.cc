#include "core/formats/gotrace/v2/resync.h"

#include <algorithm>
#include <cstring>

#include "core/formats/gotrace/v2/batch.h"
#include "core/formats/gotrace/v2/event_spec.h"

namespace flametrail::gotrace {
namespace {

constexpr size_t kTextBytes = 16;  // so many printable bytes in a row are text

bool IsPrintable(uint8_t byte) { return (byte >= 0x20 && byte < 0x7F) || byte == '\t' || byte == '\n' || byte == '\r'; }

bool IsBatchStart(uint8_t byte) {
  return byte == kEventBatch || byte == kExperimentalBatch || byte == kEndOfGeneration;
}

// A timed event or the head of a table.
bool MayBegin(uint8_t byte) { return byte < kEventCodes && !kEventSpecs[byte].name.empty(); }

enum class Guess : uint8_t { kNo, kYes, kUndecided };

// `kUndecided`: only with bytes that have not come yet.
Guess IsBatchAt(Bytes bytes, bool is_last, uint64_t number) {
  BatchHeader header;
  std::string fault;
  const Scan scan = ScanBatch(bytes, is_last, &header, &fault);
  if (scan == Scan::kMore && header.size == 0) return Guess::kUndecided;  // the header is not whole
  if (scan != Scan::kBatch && scan != Scan::kMore) return Guess::kNo;
  if (header.is_experimental || header.size < 2) return Guess::kNo;
  if (number != 0 ? header.generation - number > 1 : header.generation == 0 || header.generation > 1u << 20) {
    return Guess::kNo;
  }
  if (header.header_bytes >= bytes.size()) return Guess::kUndecided;
  if (!MayBegin(bytes[header.header_bytes])) return Guess::kNo;
  const size_t behind = header.header_bytes + static_cast<size_t>(header.size);
  if (behind >= bytes.size()) return is_last ? Guess::kYes : Guess::kUndecided;
  return IsBatchStart(bytes[behind]) ? Guess::kYes : Guess::kNo;
}

}  // namespace

BatchSearch FindBatch(Bytes bytes, size_t from, bool is_last, uint64_t number) {
  size_t at = from;
  while (at < bytes.size()) {
    const void* const found = std::memchr(bytes.data() + at, kEventBatch, bytes.size() - at);
    if (found == nullptr) break;
    at = static_cast<size_t>(static_cast<const uint8_t*>(found) - bytes.data());
    switch (IsBatchAt(bytes.subspan(at), is_last, number)) {
      case Guess::kYes:
        return {true, at};
      case Guess::kUndecided:
        return {false, at};
      case Guess::kNo:
        break;
    }
    ++at;
  }
  return {false, bytes.size()};
}

bool LooksLikeText(Bytes bytes) {
  if (bytes.size() < kTextBytes) return false;
  return std::all_of(bytes.begin(), bytes.begin() + kTextBytes, IsPrintable);
}

std::string FirstLine(Bytes bytes) {
  std::string line;
  for (const uint8_t byte : bytes.first(std::min(bytes.size(), kShownBytes))) {
    if (byte < 0x20 || byte >= 0x7F) break;
    line += static_cast<char>(byte);
  }
  return line;
}

}  // namespace flametrail::gotrace
