// Protocol-buffer fields, one at a time. protobuf's lite runtime decodes the messages inside; this frames the outermost
// level, so that a profile is never in memory as a whole, and words what is wrong where the runtime only says "no".
#ifndef CORE_FORMATS_PPROF_WIRE_H_
#define CORE_FORMATS_PPROF_WIRE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace flametrail::pprof {

enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

struct Field {
  uint64_t number = 0;
  WireType type = WireType::kVarint;
  uint64_t value = 0;   // of a number
  Bytes payload;        // of kBytes
  uint64_t offset = 0;  // of the field's first byte
};

enum class FieldState : uint8_t { kOk, kNeedMore, kBad };

// Reads the field at *at. kNeedMore: `bytes` end inside the field (*wanted tells how many bytes it has in all, as far
// as that can be known yet); kBad: *fault tells why. *at moves on kOk only. field->offset is *at before the call.
FieldState ReadField(Bytes bytes, size_t* at, Field* field, uint64_t* wanted, std::string* fault);

// One field of a profile (a sample, a text) may have this many bytes; larger lengths are corruption or an attack, and
// would not fit into wasm's memory twice.
inline constexpr uint64_t kMaxFieldBytes = uint64_t{256} << 20;

// Cuts a byte stream into fields. A field that lies inside one chunk is handed on without a copy.
class Framer {
 public:
  // Returns false to stop.
  using OnField = std::function<bool(const Field&)>;

  explicit Framer(OnField on_field) : on_field_(std::move(on_field)) {}

  // False: stopped, by on_field or by a fault.
  bool Append(Bytes chunk);
  // Set when the bytes broke the wire rules, also by ending inside a field (call after the last Append).
  std::optional<Error> Finish();
  uint64_t offset() const { return offset_; }

 private:
  bool CompleteCarry(Bytes* chunk);
  bool Emit(Field field, uint64_t base);
  bool Fail(uint64_t offset, std::string text);

  OnField on_field_;
  std::vector<uint8_t> carry_;  // the beginning of a field that the last chunk cut
  uint64_t carry_wanted_ = 0;
  uint64_t offset_ = 0;  // of the first byte not yet framed
  bool stopped_ = false;
  std::optional<Error> fault_;
};

// What google/pprof's decoder asks of a message: which wire types each field may have.
inline constexpr uint8_t kUnused = 0;  // a number that the message does not define
inline constexpr uint8_t kVarintOnly = 1;
inline constexpr uint8_t kBytesOnly = 2;
inline constexpr uint8_t kPackedOrVarint = kVarintOnly | kBytesOnly;

struct MessageShape {
  std::span<const uint8_t> types;  // by field number
  uint64_t nested_field = 0;       // the field that holds messages again, if one does
  const MessageShape* nested = nullptr;
};

bool TypeAllowed(WireType type, uint8_t allowed);

// What is wrong with the bytes of one message, or nothing. Protobuf's lite runtime takes a known field of a wrong wire
// type for an unknown one and says of damage only that there is some.
std::optional<std::string> CheckMessage(Bytes message, const MessageShape& shape, bool* has_unknown);

}  // namespace flametrail::pprof

#endif  // CORE_FORMATS_PPROF_WIRE_H_
