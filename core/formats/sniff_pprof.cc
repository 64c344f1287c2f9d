// A raw pprof profile has no signature. What it has is a shape: fields 1..15 with given wire types, and messages in
// them whose fields have given wire types again. The walk below counts what fits that shape and stops at what does not.
#include <algorithm>
#include <array>
#include <span>

#include "core/base/varint.h"
#include "core/formats/sniff.h"

namespace flametrail::sniff {
namespace {

enum Wire : uint8_t { kNone = 0, kNumber = 1, kBytes = 2, kBoth = kNumber | kBytes };

// By field number; origin of the numbers: proto/profile.proto.
constexpr std::array<uint8_t, 16> kProfile = {kNone,   kBytes,  kBytes,  kBytes, kBytes,  kBytes, kBytes,  kNumber,
                                              kNumber, kNumber, kNumber, kBytes, kNumber, kBoth,  kNumber, kNumber};
constexpr std::array<uint8_t, 3> kValueType = {kNone, kNumber, kNumber};
constexpr std::array<uint8_t, 4> kSample = {kNone, kBoth, kBoth, kBytes};
constexpr std::array<uint8_t, 11> kMapping = {kNone,   kNumber, kNumber, kNumber, kNumber, kNumber,
                                              kNumber, kNumber, kNumber, kNumber, kNumber};
constexpr std::array<uint8_t, 6> kLocation = {kNone, kNumber, kNumber, kNumber, kBytes, kNumber};
constexpr std::array<uint8_t, 6> kFunction = {kNone, kNumber, kNumber, kNumber, kNumber, kNumber};

constexpr uint64_t kStringTable = 6;

// This many fitting fields outweigh a misfit after them: the file is a profile, and damaged.
constexpr uint64_t kConvincing = 2;

std::span<const uint8_t> MessageOf(uint64_t profile_field) {
  switch (profile_field) {
    case 1:
    case 11:
      return kValueType;
    case 2:
      return kSample;
    case 3:
      return kMapping;
    case 4:
      return kLocation;
    case 5:
      return kFunction;
    default:
      return {};
  }
}

enum class Step : uint8_t { kOk, kEnd, kMisfit };

struct WireField {
  uint64_t number = 0;
  bool is_bytes = false;
  bool cut = false;  // the payload goes on behind the head
  Bytes payload;
};

// One field of one of the two wire types that profiles use; kEnd when the bytes end before it is known what it is.
Step TakeField(Bytes bytes, size_t* at, std::span<const uint8_t> types, WireField* field) {
  uint64_t tag = 0;
  VarintState state = ReadVarint(bytes, at, &tag);
  if (state != VarintState::kOk) return state == VarintState::kTruncated ? Step::kEnd : Step::kMisfit;
  field->number = tag >> 3;
  const uint64_t wire = tag & 7;
  field->is_bytes = wire == 2;
  const uint8_t allowed = field->number < types.size() ? types[static_cast<size_t>(field->number)] : uint8_t{kNone};
  if (wire != 0 && wire != 2) return Step::kMisfit;
  if ((allowed & (field->is_bytes ? kBytes : kNumber)) == 0) return Step::kMisfit;
  uint64_t value = 0;
  state = ReadVarint(bytes, at, &value);
  if (state != VarintState::kOk) return state == VarintState::kTruncated ? Step::kEnd : Step::kMisfit;
  if (!field->is_bytes) return Step::kOk;
  const uint64_t left = bytes.size() - *at;
  field->cut = value > left;
  field->payload = bytes.subspan(*at, static_cast<size_t>(std::min(value, left)));
  *at += field->payload.size();
  return Step::kOk;
}

// Counts the fields of a message; false at the first that does not belong there.
bool FitsMessage(Bytes message, bool cut, std::span<const uint8_t> types, uint64_t* fitting) {
  for (size_t at = 0; at < message.size();) {
    WireField field;
    const Step step = TakeField(message, &at, types, &field);
    if (step == Step::kMisfit) return false;
    if (step == Step::kEnd) return cut;
    if (field.cut && !cut) return false;
    ++*fitting;
  }
  return true;
}

}  // namespace

MaybeGuess Pprof(const Head& head) {
  uint64_t fitting = 0;  // of messages, and strings that begin with the empty one: numbers alone prove nothing
  bool first_string = true;
  bool fits = true;
  for (size_t at = 0; fits && at < head.bytes.size();) {
    WireField field;
    const Step step = TakeField(head.bytes, &at, kProfile, &field);
    fits = step != Step::kMisfit;
    if (step != Step::kOk) break;
    if (field.number == kStringTable) {
      if (first_string && field.payload.empty() && !field.cut) ++fitting;
      first_string = false;
    } else if (const auto types = MessageOf(field.number); !types.empty()) {
      if (field.payload.empty() && !field.cut) ++fitting;
      fits = FitsMessage(field.payload, field.cut, types, &fitting);
    }
  }
  if (fitting < (fits ? 1 : kConvincing)) return std::nullopt;
  return Guess{Format::kPprof, "a pprof profile (protocol buffer)"};
}

}  // namespace flametrail::sniff
