#include "core/formats/gotrace/v2/resync.h"

#include <algorithm>
#include <cstring>

#include "core/formats/gotrace/v2/batch.h"

namespace flametrail::gotrace {
namespace {

constexpr size_t kTextBytes = 16;  // so many printable bytes in a row are text
constexpr size_t kShownBytes = 80;

bool IsPrintable(uint8_t byte) { return (byte >= 0x20 && byte < 0x7F) || byte == '\t' || byte == '\n' || byte == '\r'; }

bool IsBatchStart(uint8_t byte) {
  return byte == kEventBatch || byte == kExperimentalBatch || byte == kEndOfGeneration;
}

// A timed event or the head of a table.
bool MayBegin(uint8_t byte) { return byte < kEventCodes && !kEventSpecs[byte].name.empty(); }

bool IsBatchAt(Bytes bytes, bool is_last, uint64_t number) {
  BatchHeader header;
  std::string fault;
  if (ScanBatch(bytes, is_last, &header, &fault) != Scan::kBatch || header.is_experimental || header.size < 2)
    return false;
  if (number != 0 ? header.generation - number > 1 : header.generation == 0 || header.generation > 1u << 20)
    return false;
  if (!MayBegin(bytes[header.header_bytes])) return false;
  const size_t behind = header.header_bytes + static_cast<size_t>(header.size);
  return behind < bytes.size() ? IsBatchStart(bytes[behind]) : is_last;
}

}  // namespace

std::optional<size_t> FindBatch(Bytes bytes, bool is_last, uint64_t number) {
  size_t at = 1;
  while (at < bytes.size()) {
    const void* const found = std::memchr(bytes.data() + at, kEventBatch, bytes.size() - at);
    if (found == nullptr) return std::nullopt;
    at = static_cast<size_t>(static_cast<const uint8_t*>(found) - bytes.data());
    if (IsBatchAt(bytes.subspan(at), is_last, number)) return at;
    ++at;
  }
  return std::nullopt;
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
