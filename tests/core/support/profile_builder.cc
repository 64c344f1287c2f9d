#include "tests/core/support/profile_builder.h"

#include <charconv>

namespace flametrail::testing {
namespace {

constexpr uint64_t kVarintWire = 0, kFixed64Wire = 1, kBytesWire = 2, kFixed32Wire = 5;

int64_t ToNumber(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string VarintBytes(uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}

std::string PaddedVarint(uint64_t value, size_t size) {
  std::string out = VarintBytes(value);
  while (out.size() < size) {
    out.back() = static_cast<char>(out.back() | 0x80);
    out.push_back('\0');
  }
  return out;
}

Message& Message::Raw(std::string_view bytes) {
  bytes_ += bytes;
  return *this;
}

Message& Message::Tag(uint64_t field, uint64_t wire_type) { return Raw(VarintBytes(field << 3 | wire_type)); }

Message& Message::Varint(uint64_t field, uint64_t value) { return Tag(field, kVarintWire).Raw(VarintBytes(value)); }

Message& Message::Bytes(uint64_t field, std::string_view payload) {
  return Tag(field, kBytesWire).Raw(VarintBytes(payload.size())).Raw(payload);
}

Message& Message::Packed(uint64_t field, std::span<const uint64_t> values) {
  std::string payload;
  for (const uint64_t value : values) payload += VarintBytes(value);
  return Bytes(field, payload);
}

Message& Message::Fixed32(uint64_t field, uint32_t value) {
  Tag(field, kFixed32Wire);
  for (int i = 0; i < 4; ++i) bytes_.push_back(static_cast<char>(value >> (8 * i)));
  return *this;
}

Message& Message::Fixed64(uint64_t field, uint64_t value) {
  Tag(field, kFixed64Wire);
  for (int i = 0; i < 8; ++i) bytes_.push_back(static_cast<char>(value >> (8 * i)));
  return *this;
}

ProfileBuilder::ProfileBuilder() { String(""); }

uint64_t ProfileBuilder::String(std::string_view text) {
  const auto found = string_index_.find(text);
  if (found != string_index_.end()) return found->second;
  const uint64_t index = strings_.size();
  strings_.emplace_back(text);
  string_index_.emplace(text, index);
  return index;
}

ProfileBuilder& ProfileBuilder::SampleType(std::string_view type, std::string_view unit) {
  types_.Sub(field::kSampleType, Message().Varint(1, String(type)).Varint(2, String(unit)));
  return *this;
}

uint64_t ProfileBuilder::Mapping(std::string_view file, std::string_view build_id) {
  const uint64_t id = ++mapping_count_;
  class Message mapping;
  mapping.Varint(1, id).Varint(2, id << 20).Varint(3, (id + 1) << 20).Varint(5, String(file));
  mapping.Varint(6, String(build_id)).Varint(7, 1);
  mappings_.Sub(field::kMapping, mapping);
  return id;
}

uint64_t ProfileBuilder::Function(std::string_view name, std::string_view file, int64_t start_line) {
  const uint64_t id = function_by_name_.size() + 1;
  function_by_name_.emplace(name, id);
  class Message function;
  function.Varint(1, id).Varint(2, String(name)).Varint(3, String(name)).Varint(4, String(file));
  if (start_line != 0) function.Varint(5, static_cast<uint64_t>(start_line));
  functions_.Sub(field::kFunction, function);
  return id;
}

uint64_t ProfileBuilder::FunctionOf(std::string_view name) {
  const auto found = function_by_name_.find(name);
  return found != function_by_name_.end() ? found->second : Function(name);
}

uint64_t ProfileBuilder::Location(std::initializer_list<std::string_view> lines, uint64_t mapping, uint64_t address) {
  const uint64_t id = ++location_count_;
  class Message location;
  location.Varint(1, id);
  if (mapping != 0) location.Varint(2, mapping);
  if (address != 0) location.Varint(3, address);
  for (const std::string_view text : lines) {
    const size_t colon = text.rfind(':');
    class Message line;
    line.Varint(1, FunctionOf(text.substr(0, colon)));
    if (colon != std::string_view::npos) line.Varint(2, static_cast<uint64_t>(ToNumber(text.substr(colon + 1))));
    location.Sub(4, line);
  }
  locations_.Sub(field::kLocation, location);
  return id;
}

ProfileBuilder& ProfileBuilder::TextLabel(std::string_view key, std::string_view text) {
  labels_.Sub(3, Message().Varint(1, String(key)).Varint(2, String(text)));
  return *this;
}

ProfileBuilder& ProfileBuilder::NumberLabel(std::string_view key, int64_t number, std::string_view unit) {
  class Message label;
  label.Varint(1, String(key)).Varint(3, static_cast<uint64_t>(number));
  if (!unit.empty()) label.Varint(4, String(unit));
  labels_.Sub(3, label);
  return *this;
}

ProfileBuilder& ProfileBuilder::Sample(std::initializer_list<uint64_t> locations,
                                       std::initializer_list<int64_t> values) {
  class Message sample;
  if (locations.size() > 0) sample.Packed(1, std::vector<uint64_t>(locations));
  sample.Packed(2, std::vector<uint64_t>(values.begin(), values.end()));
  samples_.Sub(field::kSample, sample.Raw(labels_.bytes()));
  labels_ = {};
  return *this;
}

std::string ProfileBuilder::Build() const {
  class Message strings;
  for (const std::string& text : strings_) strings.Bytes(field::kString, text);
  return types_.bytes() + samples_.bytes() + mappings_.bytes() + locations_.bytes() + functions_.bytes() +
         strings.bytes() + scalars_.bytes() + extra_.bytes();
}

std::string FoldedProfileBytes(std::string_view folded) {
  ProfileBuilder builder;
  builder.SampleType("samples", "count");
  std::map<std::string, uint64_t, std::less<>> location_of;
  class Message samples;
  for (const std::string_view line : Split(folded, '\n')) {
    const size_t blank = line.rfind(' ');
    if (blank == std::string_view::npos) continue;
    std::vector<uint64_t> leaf_first;
    for (const std::string_view frame : Split(line.substr(0, blank), ';')) {
      auto found = location_of.find(frame);
      if (found == location_of.end()) {
        found = location_of.emplace(std::string(frame), builder.Location({frame})).first;
      }
      leaf_first.insert(leaf_first.begin(), found->second);
    }
    const uint64_t value = static_cast<uint64_t>(ToNumber(line.substr(blank + 1)));
    samples.Sub(field::kSample, Message().Packed(1, leaf_first).Packed(2, std::vector<uint64_t>{value}));
  }
  builder.samples().Raw(samples.bytes());
  return builder.Build();
}

}  // namespace flametrail::testing
