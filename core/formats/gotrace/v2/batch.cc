#include "core/formats/gotrace/v2/batch.h"

#include "core/formats/gotrace/v2/event_spec.h"
#include "core/formats/gotrace/v2/uvarint.h"

namespace flametrail::gotrace {
namespace {

// A header has four numbers: more bytes than this and it is none.
constexpr size_t kMaxHeaderBytes = 2 + 4 * 10;

struct Field {
  uint64_t BatchHeader::*value;
  const char* name;
};

constexpr Field kFields[] = {
    {&BatchHeader::generation, "gen"},
    {&BatchHeader::thread, "M ID"},
    {&BatchHeader::time, "timestamp"},
    {&BatchHeader::size, "size"},
};

}  // namespace

Scan ScanBatch(Bytes bytes, bool is_last, BatchHeader* header, std::string* fault) {
  if (bytes.empty()) return is_last ? Scan::kEnd : Scan::kMore;
  if (bytes[0] == kEndOfGeneration) return Scan::kEndOfGeneration;
  if (bytes[0] != kEventBatch && bytes[0] != kExperimentalBatch) {
    *fault = "expected batch event, got event " + std::to_string(bytes[0]);
    return Scan::kFault;
  }
  *header = BatchHeader();
  const uint8_t* const end = bytes.data() + bytes.size();
  const uint8_t* at = bytes.data() + 1;
  if (bytes[0] == kExperimentalBatch) {
    if (at == end) return is_last ? Scan::kEnd : Scan::kMore;
    header->is_experimental = true;
    header->experiment = *at++;
  }
  for (const Field& field : kFields) {
    const uint8_t* const next = ReadUvarint(at, end, &(header->*field.value));
    if (next == nullptr) {
      if (!is_last && bytes.size() < kMaxHeaderBytes) return Scan::kMore;
      *fault = "error reading batch " + std::string(field.name) + ": " + std::string(UvarintFault(at, end));
      return Scan::kFault;
    }
    at = next;
  }
  if (header->size > kMaxBatchBytes) {
    *fault = "invalid batch size " + std::to_string(header->size) + ", maximum is " + std::to_string(kMaxBatchBytes);
    return Scan::kFault;
  }
  header->header_bytes = static_cast<size_t>(at - bytes.data());
  const auto left = static_cast<uint64_t>(end - at);
  if (header->size <= left) return Scan::kBatch;
  if (!is_last) return Scan::kMore;
  *fault = "failed to read full batch: read " + std::to_string(left) + " but wanted " + std::to_string(header->size);
  return Scan::kFault;
}

}  // namespace flametrail::gotrace
