#include "core/formats/pprof/wire.h"

#include <algorithm>

#include "core/base/varint.h"

namespace flametrail::pprof {
namespace {

std::string Text(uint64_t value) { return std::to_string(value); }

FieldState FromVarint(VarintState state, const char* what, std::string* fault) {
  if (state == VarintState::kTruncated) return FieldState::kNeedMore;
  *fault = std::string(what) + " is longer than 10 bytes";
  return FieldState::kBad;
}

// The bytes after the tag. `at` is behind the tag (and the length) on return.
FieldState ReadFixed(Bytes bytes, size_t size, size_t* at, Field* field, uint64_t* wanted) {
  if (size > bytes.size() - *at) {
    *wanted = *at + size;
    return FieldState::kNeedMore;
  }
  for (size_t i = 0; i < size; ++i) field->value |= uint64_t{bytes[*at + i]} << (8 * i);
  *at += size;
  return FieldState::kOk;
}

FieldState ReadPayload(Bytes bytes, size_t* at, Field* field, uint64_t* wanted, std::string* fault) {
  uint64_t length = 0;
  if (const VarintState state = ReadVarint(bytes, at, &length); state != VarintState::kOk) {
    return FromVarint(state, "its length", fault);
  }
  if (length > kMaxFieldBytes) {
    *fault = "wants " + Text(length) + " bytes, more than the " + Text(kMaxFieldBytes) + " that one field may have";
    return FieldState::kBad;
  }
  if (length > bytes.size() - *at) {
    *wanted = *at + length;
    return FieldState::kNeedMore;
  }
  field->payload = bytes.subspan(*at, static_cast<size_t>(length));
  *at += static_cast<size_t>(length);
  return FieldState::kOk;
}

}  // namespace

FieldState ReadField(Bytes bytes, size_t* at, Field* field, uint64_t* wanted, std::string* fault) {
  size_t next = *at;
  uint64_t tag = 0;
  *field = Field();
  field->offset = *at;
  *wanted = 0;
  if (const VarintState state = ReadVarint(bytes, &next, &tag); state != VarintState::kOk) {
    return FromVarint(state, "its tag", fault);
  }
  field->number = tag >> 3;
  field->type = static_cast<WireType>(tag & 7);
  FieldState state = FieldState::kBad;
  switch (field->type) {
    case WireType::kVarint: {
      const VarintState read = ReadVarint(bytes, &next, &field->value);
      state = read == VarintState::kOk ? FieldState::kOk : FromVarint(read, "its number", fault);
      break;
    }
    case WireType::kFixed64:
      state = ReadFixed(bytes, 8, &next, field, wanted);
      break;
    case WireType::kBytes:
      state = ReadPayload(bytes, &next, field, wanted, fault);
      break;
    case WireType::kFixed32:
      state = ReadFixed(bytes, 4, &next, field, wanted);
      break;
    default:
      *fault = "has wire type " + Text(tag & 7) + ", which does not exist here";
  }
  if (state == FieldState::kOk) *at = next;
  return state;
}

bool Framer::Append(Bytes chunk) {
  if (stopped_) return false;
  if (!carry_.empty() && !CompleteCarry(&chunk)) return !stopped_;
  size_t at = 0;
  const uint64_t base = offset_;
  while (at < chunk.size()) {
    Field field;
    std::string fault;
    const size_t begin = at;
    const FieldState state = ReadField(chunk, &at, &field, &carry_wanted_, &fault);
    if (state == FieldState::kBad) return Fail(base + begin, "field " + Text(field.number) + ' ' + fault);
    if (state == FieldState::kNeedMore) {
      carry_.assign(chunk.begin() + static_cast<std::ptrdiff_t>(begin), chunk.end());
      if (carry_wanted_ > 0) carry_wanted_ -= begin;
      return true;
    }
    offset_ = base + at;
    if (!Emit(field, base)) return false;
  }
  return true;
}

// Fills the carried field from the chunk and emits it. False: the chunk is used up, or we stopped.
bool Framer::CompleteCarry(Bytes* chunk) {
  while (!chunk->empty()) {
    const uint64_t missing = carry_wanted_ > carry_.size() ? carry_wanted_ - carry_.size() : 1;
    const auto take = static_cast<size_t>(std::min<uint64_t>(missing, chunk->size()));
    carry_.insert(carry_.end(), chunk->begin(), chunk->begin() + static_cast<std::ptrdiff_t>(take));
    *chunk = chunk->subspan(take);
    if (carry_.size() < carry_wanted_) return false;
    Field field;
    std::string fault;
    size_t at = 0;
    const FieldState state = ReadField(carry_, &at, &field, &carry_wanted_, &fault);
    if (state == FieldState::kBad) return Fail(offset_, "field " + Text(field.number) + ' ' + fault);
    if (state == FieldState::kNeedMore) continue;
    const uint64_t base = offset_;
    offset_ += at;
    const bool go_on = Emit(field, base);
    carry_.clear();
    carry_wanted_ = 0;
    return go_on;
  }
  return false;
}

bool Framer::Emit(Field field, uint64_t base) {
  field.offset += base;
  if (on_field_(field)) return true;
  stopped_ = true;
  return false;
}

bool Framer::Fail(uint64_t offset, std::string text) {
  fault_ = Error{Code::kCorrupt, offset, std::move(text)};
  stopped_ = true;
  return false;
}

std::optional<Error> Framer::Finish() {
  if (stopped_ || carry_.empty()) return fault_;
  stopped_ = true;
  std::string text = "the file ends inside a field";
  if (carry_wanted_ > 0) {
    text += ": it wants " + Text(carry_wanted_) + " bytes, " + Text(carry_.size()) + " left";
  }
  fault_ = Error{Code::kTruncated, offset_, std::move(text)};
  return fault_;
}

bool TypeAllowed(WireType type, uint8_t allowed) {
  if (type == WireType::kVarint) return (allowed & kVarintOnly) != 0;
  return type == WireType::kBytes && (allowed & kBytesOnly) != 0;
}

std::optional<std::string> CheckMessage(Bytes message, const MessageShape& shape, bool* has_unknown) {
  size_t at = 0;
  while (at < message.size()) {
    Field field;
    std::string fault;
    uint64_t wanted = 0;
    const size_t begin = at;
    const FieldState state = ReadField(message, &at, &field, &wanted, &fault);
    if (state == FieldState::kNeedMore) {
      fault = wanted == 0 ? "ends inside a number"
                          : "wants " + Text(wanted - begin) + " bytes, " + Text(message.size() - begin) + " left";
    } else if (state == FieldState::kOk) {
      const uint8_t allowed = field.number < shape.types.size() ? shape.types[field.number] : kUnused;
      if (allowed == kUnused) {
        *has_unknown = true;
      } else if (!TypeAllowed(field.type, allowed)) {
        fault = "has wire type " + Text(static_cast<uint64_t>(field.type)) + ", which that field never has";
      } else if (shape.nested != nullptr && field.number == shape.nested_field) {
        fault = CheckMessage(field.payload, *shape.nested, has_unknown).value_or("");
      }
    }
    if (!fault.empty()) return "its field " + Text(field.number) + ' ' + fault;
  }
  return std::nullopt;
}

}  // namespace flametrail::pprof
